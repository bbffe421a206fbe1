/**
 * Every npm script goes through here: `node scripts/run.mjs <command> [arguments]`. It needs nothing
 * but Node, so that each command works on a bare checkout: dependencies first, then the work.
 */
import { spawn } from 'node:child_process';
import { ensureDependencies, projectRoot } from './bootstrap.mjs';
import { say } from './progress.mjs';
import { checkEverything } from './check-everything.mjs';

const node = (...args) => ({ program: process.execPath, args });
const tool = (entry, ...args) => node(`node_modules/${entry}`, ...args);
const jest = (...args) => tool('jest/bin/jest.js', ...args);
const e2e = (file) => jest('-c', 'test/e2e/jest.config.js', '--runInBand', file);
const typescript = (file) => node('--import', 'tsx', file);

/** What each command runs; the person's own arguments go to the last step and to those that take them. */
const COMMANDS = {
	build: [typescript('workflows/source/build.ts'), tool('gulp/bin/gulp.js', 'build')],
	lint: [tool('eslint/bin/eslint.js', '.', '--max-warnings', '0')],
	format: [tool('prettier/bin/prettier.cjs', '--write', '**/*.{ts,js,mjs}', '--log-level', 'warn')],
	types: [tool('typescript/bin/tsc', '-p', 'tsconfig.all.json', '--noEmit')],
	'test:unit': [jest('-c', 'test/jest.unit.config.js')],
	'test:engine': [jest('-c', 'test/harness/jest.config.js')],
	'test:books': [jest('-c', 'test/books/jest.config.js', '--runInBand')],
	'test:property': [jest('-c', 'test/property/jest.config.js')],
	'test:peers': [jest('-c', 'test/peers/jest.config.js', '--runInBand')],
	'test:hostile': [typescript('test/hostile/run.ts')],
	'test:package': [jest('-c', 'test/package/jest.config.js', '--runInBand')],
	'test:e2e': [jest('-c', 'test/e2e/jest.config.js')],
	'test:canary': [{ ...e2e('canary.test.ts'), env: { ALL_TEXTS: '1' } }],
	'test:mutation': [typescript('test/mutation/main.ts')],
	'test:chaos': [typescript('test/chaos/main.ts')],
	'test:crash': [{ ...e2e('crash.test.ts'), env: { CRASHES: '20' } }],
	'test:overlap': [
		{ ...e2e('overlap.test.ts'), env: { OVERLAP: 'SQLite PostgreSQL', ROUNDS: '8' } },
	],
	'test:queue': [jest('-c', 'test/queue/jest.config.js', '--runInBand')],
	'test:upgrade': [jest('-c', 'test/upgrade/jest.config.js', '--runInBand')],
	'test:retry': [{ ...e2e('retry.test.ts'), env: { ALL_NODES: '1' } }],
	start: [typescript('sandbox/start/main.ts')],
	dev: [typescript('sandbox/start/dev.ts')],
	sandbox: [typescript('sandbox/start/sandbox-only.ts')],
	bench: [typescript('bench/run.ts')],
	'bench:dashboard': [typescript('bench/dashboard/run.ts')],
	'bench:events': [typescript('bench/events/load.ts')],
	'bench:sync': [typescript('bench/sync/run.ts')],
	'record-release': [typescript('workflows/source/record-release.ts')],
	screenshots: [
		node('scripts/house-picture.mjs'),
		{ ...typescript('sandbox/n8n/screenshots.ts'), takesArguments: true },
		typescript('sandbox/n8n/dashboard-pictures.ts'),
	],
};

/** Runs one step in the foreground and hands signals on, so that Ctrl-C stops what it started. */
export function runStep({ program, args, env }) {
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, {
			cwd: projectRoot,
			stdio: 'inherit',
			env: { ...process.env, ...env },
		});
		const handOn = (signal) => child.kill(signal);
		process.on('SIGINT', handOn);
		process.on('SIGTERM', handOn);
		child.once('error', reject);
		child.once('close', (code, signal) => {
			process.off('SIGINT', handOn);
			process.off('SIGTERM', handOn);
			resolve(signal ? 1 : code);
		});
	});
}

const [command, ...args] = process.argv.slice(2);
const steps = COMMANDS[command];
if (!steps && command !== 'test') {
	say(`There is no command "${command}". There are: test, ${Object.keys(COMMANDS).join(', ')}.`);
	process.exit(2);
}
try {
	await ensureDependencies();
	if (command === 'test') process.exit(await checkEverything(COMMANDS));
	for (const [index, step] of steps.entries()) {
		const takes = step.takesArguments || index === steps.length - 1;
		const code = await runStep(takes ? { ...step, args: [...step.args, ...args] } : step);
		if (code !== 0) process.exit(code);
	}
} catch (error) {
	say(error.message);
	process.exit(1);
}
