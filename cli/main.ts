#!/usr/bin/env node
import { ConnectorError } from '../lib/base/connector-error';
import { runCommand } from './run-command';

const { argv, env, stdin, stdout, stderr } = process;

runCommand(argv.slice(2), {
	environment: env,
	print: (text) => stdout.write(`${text}\n`),
	terminal: { input: stdin, output: stderr },
	fetch,
}).then(
	(code) => {
		process.exitCode = code;
	},
	(error: unknown) => {
		const known = error instanceof ConnectorError;
		stderr.write(known ? `${error.message}\n${error.remedy}\n` : `${(error as Error).stack}\n`);
		process.exitCode = known && error.code === 'usage' ? 2 : 1;
	},
);
