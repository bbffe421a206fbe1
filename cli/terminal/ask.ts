import type { ReadStream, WriteStream } from 'node:tty';
import { UsageError } from '../errors';

export interface Terminal {
	input: ReadStream;
	output: WriteStream;
}

/** Asks for one line. What is typed is not shown when it is secret. */
export async function ask(
	{ input, output }: Terminal,
	question: string,
	{ secret = false } = {},
): Promise<string> {
	if (!input.isTTY)
		throw new UsageError(
			'n8n’s address and an API key are needed, and nobody can be asked here.',
			'Give --url and --api-key, or set N8N_URL and N8N_API_KEY.',
		);
	output.write(question);
	input.setRawMode(true);
	input.setEncoding('utf8');
	input.resume();
	try {
		return await new Promise<string>((resolve, reject) => {
			let typed = '';
			const onData = (chunk: unknown) => {
				for (const character of String(chunk)) {
					if (character === '\r' || character === '\n') {
						input.off('data', onData);
						resolve(typed.trim());
						return;
					}
					if (character === '\u0003' || character === '\u0004') {
						input.off('data', onData);
						reject(new UsageError('Stopped.', ''));
						return;
					}
					const erased = character === '\u007f' || character === '\b';
					if (erased && typed.length > 0 && !secret) output.write('\b \b');
					typed = erased ? typed.slice(0, -1) : typed + character;
					if (!erased && !secret) output.write(character);
				}
			};
			input.on('data', onData);
		});
	} finally {
		input.setRawMode(false);
		input.pause();
		output.write('\n');
	}
}
