/**
 * First load of a mid-size contractor into the Procore stand-in over real HTTP, with 150 ms latency
 * and Procore's real limits: calls, wall clock, memory. `npx tsx bench/procore/load.ts [--small] [--json]`
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createProcoreClient } from '../../lib/procore/procore-client';
import { listProjects, readProject } from '../../lib/procore/resources/projects';
import { syncCostCodes } from '../../lib/procore/sync/cost-codes/sync-cost-codes';
import { syncDirectCosts } from '../../lib/procore/sync/direct-costs/sync-direct-costs';
import { syncVendors } from '../../lib/procore/sync/vendors/sync-vendors';
import { companyOf } from '../../test/procore/support/construction-company';
import { fetchTransport } from '../../test/procore/support/fetch-transport';

const small = process.argv.includes('--small');
const size = small
	? { vendors: 500, codesPerProject: 20, invoices: 500, linesPerInvoice: 4, projects: 10 }
	: { vendors: 10_000, codesPerProject: 200, invoices: 5_000, linesPerInvoice: 4, projects: 50 };

async function main(): Promise<void> {
	// A process of its own, so that the memory measured is the client's alone.
	const server = spawn(
		process.execPath,
		['--import', 'tsx', resolve(__dirname, 'stand-in-process.ts'), String(size.projects)],
		{
			stdio: ['ignore', 'pipe', 'inherit'],
		},
	);
	try {
		const [line] = (await once(server.stdout, 'data')) as [Buffer];
		const { url, clientId, clientSecret, companyId } = JSON.parse(String(line)) as Record<
			string,
			string
		>;
		const client = createProcoreClient({
			transport: fetchTransport({ loginUrl: url, clientId, clientSecret }),
			apiBaseUrl: url,
			companyId: String(companyId),
			effects: {
				now: Date.now,
				random: Math.random,
				sleep: (ms) => new Promise((wake) => setTimeout(wake, ms)),
			},
		});
		let peak = 0;
		const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
		const begin = Date.now();
		const projectIds = (await listProjects(client)).flatMap((row) => readProject(row)?.id ?? []);
		const books = companyOf({ ...size, projectIds });
		const options = { dryRun: false, cacheKey: 'bench' };
		const outcomes = [
			...(await syncVendors(client, books.vendors, options)),
			...(await syncCostCodes(client, books.codes, options)),
			...(await syncDirectCosts(client, books.costs, options)),
		];
		clearInterval(watch);
		const seconds = (Date.now() - begin) / 1000;
		const { calls, writes } = client.counters;
		const floor = calls / 2.5;
		const result = {
			bench: small ? 'procore load (small)' : 'procore load',
			records: outcomes.length,
			created: outcomes.filter(({ outcome }) => outcome === 'created').length,
			calls,
			writes,
			seconds: Number(seconds.toFixed(1)),
			secondsAtAllowedRate: Number(floor.toFixed(1)),
			ratio: Number((seconds / floor).toFixed(3)),
			peakMegabytes: Math.round(peak / 1_048_576),
		};
		if (!process.argv.includes('--json')) console.table(result);
		console.log(JSON.stringify(result));
	} finally {
		server.kill();
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
