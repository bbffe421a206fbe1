/**
 * A mid-size contractor into the Procore stand-in over real HTTP, with 150 ms latency and Procore's
 * real limits: first load (beside the calls of one record at a time), then days after it, then the same load where everything stands there
 * already without origin ids. Calls, wall clock, memory.
 * `npx tsx bench/procore/load.ts [--small] [--json]`
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { naiveCalls } from './naive';

const SPIKE_WINDOW_MS = 11_000;

const small = process.argv.includes('--small');
const size = small
	? { vendors: 500, codesPerProject: 20, invoices: 500, linesPerInvoice: 4, projects: 10 }
	: { vendors: 10_000, codesPerProject: 200, invoices: 5_000, linesPerInvoice: 4, projects: 50 };

async function main(): Promise<void> {
	const server = spawn(
		process.execPath,
		['--import', 'tsx', resolve(__dirname, 'stand-in-process.ts'), String(size.projects)],
		{ stdio: ['pipe', 'pipe', 'inherit'] },
	);
	const lines = createInterface({ input: server.stdout });
	const nextLine = async () => JSON.parse(String((await once(lines, 'line'))[0])) as unknown;
	const ask = async (line: string) => {
		server.stdin.write(`${line}\n`);
		const { health } = (await nextLine()) as { health: Record<string, number> };
		const signals = Object.entries(health).filter(([, count]) => count > 0);
		if (signals.length > 0) console.error(`health signals so far: ${JSON.stringify(signals)}`);
		return Object.values(health).reduce((sum, count) => sum + count, 0);
	};
	try {
		const login = await nextLine();
		const results: object[] = [];
		const measure = async (bench: string, more: object = {}) => {
			// A new process knows nothing of what the one before has used of Procore's ten seconds: without a
			// pause its first call could be the one too many (274 + 1 calls fill eleven windows exactly).
			if (results.length > 0) await new Promise((resume) => setTimeout(resume, SPIKE_WINDOW_MS));
			const { stdout } = await promisify(execFile)(process.execPath, [
				'--import',
				'tsx',
				resolve(__dirname, 'load-process.ts'),
				bench,
				JSON.stringify(size),
				JSON.stringify(login),
			]);
			const measured = JSON.parse(stdout.trim().split('\n').at(-1)!) as object;
			results.push({ ...measured, ...more, unhealthy: await ask('health') });
		};
		await measure('first load', naiveCalls(size));
		await measure('a day without changes');
		await measure('a day with one changed vendor');
		await ask('forget');
		await measure('load of what stands there already');
		if (!process.argv.includes('--json')) console.table(results);
		console.log(JSON.stringify(results));
	} finally {
		server.kill();
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
