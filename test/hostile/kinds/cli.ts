import { PassThrough } from 'node:stream';
import { runCommand } from '../../../cli/run-command';
import { describeFailure } from '../../../cli/terminal/failure';
import { CANARY, type Kind } from '../case.types';
import { writtenOut } from './written-out';

/** The command line tool against what answers at n8n's address; `{url}` stands for it. */
export const cli: Kind = async ({ url, input, show }) => {
	const { argv, environment } = writtenOut(input) as {
		argv?: string[];
		environment?: Record<string, string>;
	};
	const given = (argv ?? ['doctor', '--url', '{url}']).map((one) => one.replaceAll('{url}', url));
	try {
		return await runCommand(given, {
			environment: { N8N_API_KEY: CANARY.token, ...environment },
			print: show,
			terminal: { input: new PassThrough(), output: new PassThrough() } as never,
			fetch,
		});
	} catch (error) {
		const { text } = describeFailure(error, {});
		show(text);
		if (/This should not have happened/.test(text)) throw new TypeError(text);
		throw error;
	}
};
