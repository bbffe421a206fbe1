import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * `npm run test:mutation -- limiter [--sample 60 [--seed 2]] [--files a.ts,b.ts] [--concurrency 1]`: Stryker on one
 * room of lib; with a sample on that many of its lines only.
 */
const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		files: { type: 'string' },
		concurrency: { type: 'string' },
		sample: { type: 'string' },
		seed: { type: 'string' },
	},
});
const root = resolve(__dirname, '../..');
const child = spawn(
	process.execPath,
	[
		resolve(root, 'node_modules/@stryker-mutator/core/bin/stryker.js'),
		'run',
		'test/mutation/stryker.config.mjs',
	],
	{
		cwd: root,
		stdio: 'inherit',
		env: {
			...process.env,
			ROOM: positionals[0] ?? 'limiter',
			...(values.files && { FILES: values.files }),
			...(values.sample && { SAMPLE: values.sample }),
			...(values.seed && { SEED: values.seed }),
			...(values.concurrency && { CONCURRENCY: values.concurrency }),
		},
	},
);
child.once('close', (code) => process.exit(code ?? 1));
