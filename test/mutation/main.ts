import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import judged from './judged.json';
import { publishScore, type Report, scoreOf, shareOf } from './score';

/**
 * `npm run test:mutation -- limiter [--sample 60 [--seed 2]] [--files a.ts,b.ts] [--concurrency 1] [--publish]`: Stryker
 * on one room of lib; with a sample on that many of its lines only. `--publish` writes docs/mutation.md.
 */
const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		files: { type: 'string' },
		concurrency: { type: 'string' },
		sample: { type: 'string' },
		seed: { type: 'string', default: '1' },
		publish: { type: 'boolean', default: false },
	},
});
/** Of the mutants of a room, percent that a test must notice. */
const GOAL = 85;
const root = resolve(__dirname, '../..');
const [room = 'limiter'] = positionals;
const report = resolve(root, `.build/mutation/${room}.json`);
rmSync(report, { force: true });
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
			ROOM: room,
			SEED: values.seed,
			...(values.files && { FILES: values.files }),
			...(values.sample && { SAMPLE: values.sample }),
			...(values.concurrency && { CONCURRENCY: values.concurrency }),
		},
	},
);
child.once('close', (code) => process.exit(code === 0 ? tell() : (code ?? 1)));

function tell(): number {
	const score = scoreOf(JSON.parse(readFileSync(report, 'utf8')) as Report, judged);
	for (const { file, at, line, change } of score.survivors)
		console.log(`${file}:${at}\n    ${line}\n    ${change}`);
	console.log(
		`${room}: ${score.noticed} of ${score.mutants} mutants noticed (${shareOf(score).toFixed(1)} %), ${score.judged} judged`,
	);
	const lines = values.sample ?? 'all';
	if (values.publish)
		publishScore(root, { room, lines, seed: values.seed, score }, judged, new Date());
	return shareOf(score) >= GOAL ? 0 : 1;
}
