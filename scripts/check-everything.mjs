import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { projectRoot } from './bootstrap.mjs';

/** What `npm test` runs, quickest verdict first. Every step runs even when an earlier one failed. */
const STEPS = [
	...['lint', 'types', 'test:unit', 'test:engine', 'test:property'],
	...['test:peers', 'test:package', 'test:e2e'],
];

/** What the whole suite takes a sample of; the command by itself takes all. */
const SAMPLES = {
	'test:property': { RANDOM_SERVERS: '500' },
	'test:e2e': { FIRST_HOUR: 'two' },
};

/**
 * Runs every check, prints a table of verdicts and, as the last line, "N passed, N failed", where a
 * jest suite counts by its tests and any other step as one.
 *
 * @param {Record<string, { program: string, args: string[] }[]>} commands
 * @returns {Promise<number>} exit code
 */
export async function checkEverything(commands) {
	const verdicts = [];
	for (const name of STEPS) {
		process.stdout.write(`\n== ${name} ==\n`);
		const started = Date.now();
		const verdict = await runCheck(name, commands[name].at(-1));
		verdicts.push({ name, seconds: Math.round((Date.now() - started) / 1000), ...verdict });
	}
	process.stdout.write('\n');
	for (const { name, seconds, passed, failed, skipped } of verdicts) {
		const notes = skipped > 0 ? `, ${skipped} skipped` : '';
		process.stdout.write(
			`${name.padEnd(14)} ${passed} passed, ${failed} failed${notes} (${seconds} s)\n`,
		);
	}
	const total = (field) => verdicts.reduce((sum, verdict) => sum + verdict[field], 0);
	process.stdout.write(`\n${total('passed')} passed, ${total('failed')} failed\n`);
	return total('failed') === 0 ? 0 : 1;
}

async function runCheck(name, { program, args }) {
	const isJest = args[0].includes('/jest/');
	const report = path.join(
		projectRoot,
		'.build',
		`report-${name.replace(':', '-')}-${process.pid}.json`,
	);
	fs.mkdirSync(path.dirname(report), { recursive: true });
	const code = await runToEnd(
		program,
		isJest ? [...args, '--json', `--outputFile=${report}`] : args,
		SAMPLES[name],
	);
	if (isJest && fs.existsSync(report)) {
		const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } =
			JSON.parse(fs.readFileSync(report, 'utf8'));
		fs.rmSync(report);
		const failed = numFailedTests + numRuntimeErrorTestSuites;
		// Jest can fail without a failed test (coverage, an open handle that crashed): never call that green.
		return {
			passed: numPassedTests,
			failed: code !== 0 && failed === 0 ? 1 : failed,
			skipped: numPendingTests,
		};
	}
	return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/** `--json` makes jest print its report to stdout; the readable one is on stderr and shown. */
function runToEnd(program, args, env) {
	const isJest = args.includes('--json');
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, {
			cwd: projectRoot,
			env: { ...process.env, ...env },
			stdio: ['ignore', isJest ? 'ignore' : 'inherit', 'inherit'],
		});
		child.once('error', reject);
		child.once('close', (code) => resolve(code ?? 1));
	});
}
