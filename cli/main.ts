#!/usr/bin/env node
import { runCommand } from './run-command';
import { describeFailure } from './terminal/failure';

const { argv, env, stdin, stdout, stderr } = process;

// Who reads our lines may stop (`| head`): the work goes on, without a word.
const silent = (error: NodeJS.ErrnoException) => {
	if (error.code !== 'EPIPE') process.exitCode = 1;
};
stdout.on('error', silent);
stderr.on('error', silent);

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
		const { text, code } = describeFailure(error, env);
		stderr.write(`${text}\n`);
		process.exitCode = code;
	},
);
