/** One variant of the load in a process of its own, so that the memory measured is its alone. */
import type { Outcome } from '../../lib/model/outcome';
import { createProcoreClient, type ProcoreClient } from '../../lib/procore/procore-client';
import { listProjects, readProject } from '../../lib/procore/resources/projects';
import { syncPayables } from '../../lib/sync/payables/sync-payables';
import { syncCostCodes } from '../../lib/sync/kinds/cost-code';
import { syncVendors } from '../../lib/sync/kinds/vendor';
import { companyOf, type Size } from '../../test/procore/support/construction-company';
import { fetchTransport } from '../../test/procore/support/fetch-transport';

/** Calls a second that Procore's spike limit allows. */
const ALLOWED_RATE = 2.5;

interface Variant {
	/** The outcome everything should have. */
	expected: Outcome['outcome'];
	work(client: ProcoreClient, size: Omit<Size, 'projectIds'>): Promise<Outcome[]>;
}

const options = { dryRun: false, cacheKey: 'bench', batchId: 'bench' };

async function load(client: ProcoreClient, size: Omit<Size, 'projectIds'>): Promise<Outcome[]> {
	const rows = await listProjects(client);
	const projectIds = rows.flatMap((row) => readProject(row)?.id ?? []);
	const books = companyOf({ ...size, projectIds });
	return [
		...(await syncVendors(client, books.vendors, options)),
		...(await syncCostCodes(client, books.codes, options)),
		...(await syncPayables(client, books.costs, options)),
	];
}

const VARIANTS: Record<string, Variant> = {
	'first load': { expected: 'created', work: load },
	'load of what stands there already': { expected: 'adopted', work: load },
	'a day without changes': {
		expected: 'unchanged',
		work: async (client) => {
			await listProjects(client);
			return [];
		},
	},
	'a day with one changed vendor': {
		expected: 'updated',
		work: async (client, size) => {
			await listProjects(client);
			const [vendor] = companyOf({ ...size, projectIds: [], invoices: 0 }).vendors;
			vendor.vendor.city = 'Duluth';
			return await syncVendors(client, [vendor], options);
		},
	},
};

async function main(bench: string, size: Size, login: Record<string, string>): Promise<void> {
	const { expected, work } = VARIANTS[bench];
	const client = createProcoreClient({
		transport: fetchTransport({ ...login, loginUrl: login.url } as never),
		apiBaseUrl: login.url,
		companyId: String(login.companyId),
		effects: {
			now: Date.now,
			random: Math.random,
			sleep: (ms) => new Promise((wake) => setTimeout(wake, ms)),
		},
	});
	let peak = 0;
	const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
	const begin = Date.now();
	const outcomes = await work(client, size);
	const seconds = (Date.now() - begin) / 1000;
	clearInterval(watch);
	const { calls, writes } = client.counters;
	console.log(
		JSON.stringify({
			bench,
			records: outcomes.length,
			otherwise: outcomes.filter(({ outcome }) => outcome !== expected).length,
			calls,
			writes,
			seconds: Number(seconds.toFixed(1)),
			secondsAtAllowedRate: Number((calls / ALLOWED_RATE).toFixed(1)),
			ratio: Number((seconds / (calls / ALLOWED_RATE)).toFixed(3)),
			peakMegabytes: Math.round(peak / 1_048_576),
		}),
	);
}

const [bench, size, login] = process.argv.slice(2);
main(bench, JSON.parse(size) as Size, JSON.parse(login) as Record<string, string>).catch(
	(error: unknown) => {
		console.error(error);
		process.exitCode = 1;
	},
);
