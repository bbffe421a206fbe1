import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { CANARY, type ChildReport, type HostileCase, type Verdict } from './case.types';
import { startHostileServer } from './hostile-server';

const root = path.join(__dirname, '..', '..');

/** The child as one file, so that it starts at once; n8n's own packages are taken from where they are. */
export async function buildChild(): Promise<{ file: string; remove(): void }> {
	const base = path.join(root, '.build');
	fs.mkdirSync(base, { recursive: true });
	const folder = fs.mkdtempSync(path.join(base, 'hostile-'));
	const file = path.join(folder, 'child.cjs');
	await build({
		entryPoints: [path.join(__dirname, 'child.ts')],
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		outfile: file,
		packages: 'external',
		logLevel: 'error',
	});
	return { file, remove: () => fs.rmSync(folder, { recursive: true, force: true }) };
}

/** Runs one case against its server, bounded in memory and time, and judges how it ended. */
export async function runCase(test: HostileCase, child: string): Promise<Verdict> {
	const server = await startHostileServer(test);
	const withinMs = test.withinMs ?? 20_000;
	const started = Date.now();
	try {
		const argument = JSON.stringify({ kind: test.kind, url: server.url, input: test.input ?? {} });
		const { output, errors, why } = await inProcess(
			[`--max-old-space-size=${test.heapMb ?? 256}`, child, argument],
			withinMs,
		);
		const ms = Date.now() - started;
		const report = reportIn(output);
		const counts = {
			name: test.name,
			ms,
			logins: server.logins(),
			requests: server.requests(),
			elsewhere: server.elsewhere(),
		};
		if (!report) {
			const empty = { end: 'died', message: errors.slice(-300), blockMs: ms, peakMb: 0 };
			return { ...counts, ...empty, longestSleepMs: 0, faults: [why] };
		}
		const { shown, ...rest } = report;
		return {
			...counts,
			...rest,
			faults: faultsOf(test, report, counts, shown.join('\n') + errors),
		};
	} finally {
		await server.close();
	}
}

function faultsOf(
	test: HostileCase,
	report: ChildReport,
	{ logins, elsewhere }: { logins: number; elsewhere: number },
	texts: string,
): string[] {
	const wanted = [test.ends].flat();
	const faults: string[] = [];
	if (!wanted.includes(report.end))
		faults.push(`ended with ${report.end}, not ${wanted.join(' or ')}`);
	if (report.blockMs > (test.blockMs ?? 250)) faults.push(`blocked ${report.blockMs} ms`);
	if (logins > (test.logins ?? 2)) faults.push(`${logins} logins`);
	if (elsewhere > 0) faults.push(`${elsewhere} requests to another server`);
	if (report.longestSleepMs > 3_700_000) faults.push(`waited ${report.longestSleepMs} ms`);
	for (const [name, secret] of Object.entries(CANARY)) {
		const forms = [secret, Buffer.from(secret).toString('base64').slice(0, 20), encodeURI(secret)];
		if (forms.some((form) => texts.includes(form))) faults.push(`showed the ${name}`);
	}
	if (/\bunhandled: /.test(texts)) faults.push('a rejection nobody handled');
	// eslint-disable-next-line no-control-regex -- what a terminal would obey
	if (/[\u001b\u009b\u0000]/.test(texts)) faults.push('showed a control character');
	return faults;
}

function inProcess(args: string[], withinMs: number) {
	return new Promise<{ output: string; errors: string; why: string }>((resolve) => {
		const env = {
			PATH: process.env.PATH,
			HOME: os.tmpdir(),
			NODE_PATH: path.join(root, 'node_modules'),
		};
		const child = spawn(process.execPath, args, {
			cwd: root,
			env,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let output = '';
		let errors = '';
		child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
		child.stderr.on(
			'data',
			(chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-20_000)),
		);
		let late = false;
		const timer = setTimeout(() => {
			late = true;
			child.kill('SIGKILL');
		}, withinMs);
		child.on('close', (code, signal) => {
			clearTimeout(timer);
			const why = late ? `killed after ${withinMs} ms` : `died with ${code ?? signal}`;
			resolve({ output, errors, why });
		});
	});
}

function reportIn(output: string): ChildReport | null {
	try {
		return JSON.parse(output.trim().split('\n').at(-1) ?? '') as ChildReport;
	} catch {
		return null;
	}
}
