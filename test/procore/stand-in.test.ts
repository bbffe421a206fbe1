import type { ProcoreStandIn } from '../../sandbox/procore/server';
import type { ProcoreClient } from '../../lib/procore/procore-client';
import { syncCostCodes } from '../../lib/sync/kinds/cost-code';
import { syncDirectCosts } from '../../lib/sync/kinds/sync-direct-costs';
import { syncVendors } from '../../lib/sync/kinds/vendor';
import { listProjects, readProject } from '../../lib/procore/resources/projects';
import type { Outcome } from '../../lib/model/outcome';
import {
	clientOf as clientFor,
	specificationIsThere,
	startStandIn,
} from './support/checked-stand-in';
import { companyOf, type Size } from './support/construction-company';
import { fakeClock } from './support/fake-clock';
import { expectHealthy } from './support/healthy';

jest.setTimeout(60_000);

if (!specificationIsThere)
	console.warn('The vendor specification is absent: traffic is not checked against it.');

const PROJECTS = Array.from({ length: 50 }, (_, index) => ({
	number: `26-${String(index).padStart(3, '0')}`,
	name: `Project ${index}`,
}));
const tally = (outcomes: Outcome[]) =>
	outcomes.reduce<Record<string, number>>(
		(counts, { outcome }) => ({ ...counts, [outcome]: (counts[outcome] ?? 0) + 1 }),
		{},
	);

let standIn: ProcoreStandIn;
let clock: ReturnType<typeof fakeClock>;
/** Signals this test brings about on purpose. */
let unhealthy: Parameters<typeof expectHealthy>[1];
beforeEach(() => (unhealthy = {}));
afterEach(async () => {
	expectHealthy(standIn, unhealthy);
	await standIn.close();
});

async function start(options: Parameters<typeof startStandIn>[1] = {}): Promise<void> {
	clock = fakeClock();
	standIn = await startStandIn(clock, {
		seed: { projects: PROJECTS, vendors: [], costCodes: [] },
		...options,
	});
}

const clientOf = (more: Parameters<typeof clientFor>[2] = {}) => clientFor(standIn, clock, more);

async function sizeOf(client: ProcoreClient, size: Omit<Size, 'projectIds'>): Promise<Size> {
	const projects = (await listProjects(client)).flatMap((row) => readProject(row) ?? []);
	return { ...size, projectIds: projects.map(({ id }) => id) };
}

async function load(client: ProcoreClient, books: ReturnType<typeof companyOf>, cacheKey: string) {
	const options = { dryRun: false, cacheKey };
	return {
		vendors: tally(await syncVendors(client, books.vendors, options)),
		codes: tally(await syncCostCodes(client, books.codes, options)),
		costs: tally(await syncDirectCosts(client, books.costs, options)),
	};
}

function totals(): Map<string, string> {
	return new Map(
		standIn
			.snapshot()
			.projects.flatMap((project: any) =>
				project.directCosts.map((cost: any) => [
					`${project.id} ${cost.originId ?? cost.origin_id}`,
					cost.total ?? cost.grand_total,
				]),
			),
	);
}

const SMALL = { vendors: 40, codesPerProject: 6, invoices: 150, linesPerInvoice: 3 };
/**
 * A mid-size contractor in a tenth of its size, with batches a tenth of the usual 500: as many calls
 * as the whole takes, which `npm run bench` loads.
 */
const TENTH = { vendors: 1_000, codesPerProject: 20, invoices: 500, linesPerInvoice: 4 };
const TENTH_BATCH = 50;

test('loads, changes nothing the second time, and stays healthy', async () => {
	await start();
	const client = clientOf();
	const books = companyOf(await sizeOf(client, SMALL));
	expect(await load(client, books, 'one')).toEqual({
		vendors: { created: 40 },
		codes: { created: 300 },
		costs: { created: 150 },
	});
	const { writes } = client.counters;
	expect(await load(client, books, 'two')).toEqual({
		vendors: { unchanged: 40 },
		codes: { unchanged: 300 },
		costs: { unchanged: 150 },
	});
	expect(client.counters.writes).toBe(writes);
	expect(totals().size).toBe(150);
});

test('the first load of a mid-size contractor takes at most 280 calls, and the floor of time; a day without changes 3', async () => {
	await start({ specification: undefined, switches: { latencyMs: 150 } });
	const client = clientOf({ batchSize: TENTH_BATCH });
	const begin = clock.now();
	const books = companyOf(await sizeOf(client, TENTH));
	expect(await load(client, books, 'one')).toEqual({
		vendors: { created: 1_000 },
		codes: { created: 1_000 },
		costs: { created: 500 },
	});
	expect(client.counters.calls).toBeLessThanOrEqual(280);
	expect(clock.now() - begin).toBeLessThan(1.15 * (client.counters.calls / 2.5) * 1000);

	const { calls, writes } = client.counters;
	await listProjects(client);
	await load(client, { vendors: [], codes: [], costs: [] }, 'a day without changes');
	expect(client.counters).toMatchObject({ calls: calls + 1, writes });
	await listProjects(client);
	await syncVendors(
		client,
		[{ ...books.vendors[77], vendor: { ...books.vendors[77].vendor, city: 'Duluth' } }],
		{ dryRun: false, cacheKey: 'a day with one' },
	);
	expect(client.counters).toMatchObject({ calls: calls + 1 + 3, writes: writes + 1 });
});

test('the same load where everything already stands without origin ids adopts everything in at most 450 calls', async () => {
	await start({ specification: undefined });
	const client = clientOf({ batchSize: TENTH_BATCH });
	const books = companyOf(await sizeOf(client, TENTH));
	await load(client, books, 'made by hand');
	for (const table of ['vendors', 'costCodes', 'directCosts', 'directCostLines'] as const) {
		for (const row of (standIn.state as any)[table].all())
			(standIn.state as any).put(table, { ...row, origin_id: null, origin_data: null });
	}
	standIn.state.commit();
	const before = client.counters.calls;
	const result = await load(client, books, 'adopting');
	expect(result).toEqual({
		vendors: { adopted: 1_000 },
		codes: { adopted: 1_000 },
		costs: { adopted: 500 },
	});
	// The whole has nine more pages of vendors to read.
	expect(client.counters.calls - before).toBeLessThanOrEqual(450 - 9);
	expect(standIn.state.vendors.all()).toHaveLength(1_000);
	expect(standIn.state.directCosts.all()).toHaveLength(500);
});

test('a token that expires in mid-load is renewed, and the load completes', async () => {
	await start({ switches: { tokenTtlSeconds: 30 } });
	const client = clientOf();
	const books = companyOf(await sizeOf(client, SMALL));
	expect((await load(client, books, 'expiring')).costs).toEqual({ created: 150 });
	expect(standIn.counters().tokens).toBeGreaterThan(1);
	// Procore tells of the end of a token in no other way, and what is sent again with the new one
	// passes the limiter by: with a token that ends every 30 seconds that shows.
	const some = expect.any(Number) as number;
	unhealthy = { unauthorized401: some, rateLimited429: some };
});

/** Fields that tell two copies of the company apart, ids and times aside. */
function essence() {
	const codes = new Map(standIn.state.costCodes.all().map((code) => [code.id, code]));
	return {
		vendors: standIn.state.vendors
			.all()
			.map(({ name, origin_id, is_active }) => `${origin_id} ${name} ${is_active}`)
			.sort(),
		codes: [...codes.values()]
			.map(
				({ project_id, code, parent_id, origin_id }) =>
					`${project_id} ${codes.get(Number(parent_id))?.code} ${code} ${origin_id}`,
			)
			.sort(),
		costs: standIn.state.directCosts
			.all()
			.map(
				({ project_id, invoice_number, status, origin_id }) =>
					`${project_id} ${invoice_number} ${status} ${origin_id}`,
			)
			.sort(),
		lines: standIn.state.directCostLines
			.all()
			.map(({ origin_id, amount }) => `${origin_id} ${amount}`)
			.sort(),
	};
}

test.each<[string, (standIn: ProcoreStandIn) => void, Parameters<typeof startStandIn>[1]]>([
	[
		'one answer in seven is lost after it took effect',
		({ faults }) =>
			[2, 9, 16, 23].forEach((skip) =>
				faults.add({ method: 'PATCH', skip, times: 1, action: { kind: 'loseResponse' } }),
			),
		{},
	],
	[
		'connections drop',
		({ faults }) =>
			[1, 5, 12, 20].forEach((skip) => faults.add({ skip, times: 1, action: { kind: 'drop' } })),
		{},
	],
	[
		'answers are cut in half',
		({ faults }) =>
			[3, 8].forEach((skip) =>
				faults.add({ method: 'PATCH', skip, times: 1, action: { kind: 'truncate' } }),
			),
		{},
	],
	[
		'Procore is overloaded now and then',
		({ faults }) =>
			[0, 4, 11].forEach((skip) =>
				faults.add({
					skip,
					times: 2,
					action: {
						kind: 'status',
						status: 503,
						body: '<h1>Busy</h1>',
						headers: { 'Retry-After': '3' },
					},
				}),
			),
		{},
	],
	[
		'overlapping writes are refused',
		({ faults }) =>
			[0, 6].forEach((skip) =>
				faults.add({
					method: 'PATCH',
					path: 'direct_costs',
					skip,
					times: 3,
					action: {
						kind: 'status',
						status: 409,
						body: { error: { code: 'CONFLICT', message: 'busy' } },
					},
				}),
			),
		{},
	],
	[
		'large batches run into the gateway',
		() => undefined,
		{ switches: { slowBatch: { moreRowsThan: 10, status: 504 } } },
	],
	[
		'the limits are narrow',
		() => undefined,
		{
			switches: {
				spikeLimit: { limit: 5, seconds: 10 },
				hourlyLimit: { limit: 40, seconds: 3600 },
			},
		},
	],
	[
		'sync answers come in another order',
		() => undefined,
		{ switches: { entityOrder: 'reversed' } },
	],
])('reaches the same state when %s', async (_name, disturb, options) => {
	const size = { vendors: 12, codesPerProject: 4, invoices: 24, linesPerInvoice: 2 };
	const seed = { projects: PROJECTS.slice(0, 3), vendors: [], costCodes: [] };
	await start({ seed });
	await load(clientOf(), companyOf(await sizeOf(clientOf(), size)), 'undisturbed');
	const expected = essence();
	expectHealthy(standIn);
	await standIn.close();

	await start({ seed, ...options });
	const client = clientOf();
	const books = companyOf(await sizeOf(client, size));
	disturb(standIn);
	const outcomes = await load(client, books, 'disturbed');
	expect(essence()).toEqual(expected);
	expect(outcomes).toEqual({
		vendors: { created: 12 },
		codes: { created: 12 },
		costs: { created: 24 },
	});
	// A limit of five calls is told by the first answer, when five may be on their way.
	if (options?.switches?.spikeLimit) unhealthy = { rateLimited429: expect.any(Number) as number };
});

test('a poison row among many is the only one that fails', async () => {
	await start();
	const client = clientOf();
	const books = companyOf(await sizeOf(client, SMALL));
	standIn.faults.add({
		method: 'PATCH',
		path: 'vendors/sync',
		bodyIncludes: books.vendors[17].originId,
		action: { kind: 'status', status: 500, body: '<h1>Error</h1>' },
	});
	const outcomes = await syncVendors(client, books.vendors, { dryRun: false });
	expect(
		outcomes.filter(({ outcome }) => outcome !== 'created').map(({ originId }) => originId),
	).toEqual([books.vendors[17].originId]);
});

test('an app that is not installed says so, and is asked once', async () => {
	await start({ switches: { appConnected: false } });
	const client = clientOf();
	await expect(
		syncVendors(client, companyOf({ ...SMALL, projectIds: [], invoices: 0 }).vendors, {
			dryRun: false,
		}),
	).rejects.toMatchObject({
		code: 'procore-company-blocked',
		scope: 'configuration',
		remedy: expect.stringContaining('App Management'),
	});
	unhealthy = { forbidden403: 1 };
});
