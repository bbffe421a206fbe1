import { gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { planFlow } from '../../cli/install/plan-flow';
import type { InstalledFlow } from '../../cli/flow/flow';
import { planTables } from '../../cli/install/plan-tables';
import { verifyChain } from '../../lib/audit/chain';
import { readShipped } from '../../cli/shipped/shipped';
import type { WorkflowFile } from './run-workflow';
import { SyncWorld } from './sync-world';

jest.setTimeout(120_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

/** The sync as an earlier release shipped it (test/harness/releases; from its published files). */
const release = (version: string): WorkflowFile =>
	JSON.parse(
		gunzipSync(
			readFileSync(path.join(__dirname, 'releases', `sync-${version}.json.gz`)),
		).toString(),
	) as WorkflowFile;

const shipped = readShipped();
const today = shipped.templates.find(({ id }) => id === 'gpp-sync')!;

/** What the installer makes of an installed workflow. */
function upgraded(installed: WorkflowFile): WorkflowFile {
	const ids = new Map(shipped.templates.map(({ id }): [string, string] => [id, id]));
	const around = {
		ids,
		chosen: new Map(),
		existing: new Set<string>(),
		releases: shipped.releases['gpp-sync']!,
	};
	const { flow, kept } = planFlow(today, installed as unknown as InstalledFlow, around);
	expect(kept).toEqual([]);
	return { ...(today as unknown as WorkflowFile), ...(flow as unknown as WorkflowFile) };
}

interface Stored {
	id: string;
	name: string;
	columns: Array<{ name: string; type: string }>;
	rows: Array<Record<string, unknown>>;
}

/** The tables behind the harness, to make them older and newer. */
const storedTables = (world: SyncWorld): Stored[] =>
	(world.tables as unknown as { tables: Stored[] }).tables;

/** Takes away what the release did not know yet: its history stays, without the columns of today. */
function asThen(world: SyncWorld, installed: WorkflowFile): void {
	const then = new Map(
		installed.nodes
			.filter(({ parameters }) => parameters.operation === 'create')
			.map(({ parameters }) => [
				String(parameters.tableName),
				(parameters.columns as { column: Array<{ name: string }> }).column.map(({ name }) => name),
			]),
	);
	const tables = storedTables(world);
	const kept = tables.filter(({ name }) => then.has(name));
	for (const table of kept) {
		const known = then.get(table.name)!;
		table.columns = table.columns.filter(({ name }) => known.includes(name));
		for (const row of table.rows)
			for (const { name } of shipped.tables.find((one) => one.name === table.name)!.columns)
				if (!known.includes(name)) delete row[name];
	}
	tables.splice(0, tables.length, ...kept);
}

/** What the installer does to the tables: missing columns are added, empty. */
function addColumns(world: SyncWorld): string[] {
	const entries = storedTables(world).map((table) => ({ ...table, projectId: 'project' }));
	return planTables(shipped.tables, entries).flatMap(({ definition, missing }) => {
		const table = storedTables(world).find(({ name }) => name === definition.name);
		for (const column of table ? missing : []) {
			table!.columns.push({ ...column });
			for (const row of table!.rows) row[column.name] = null;
		}
		return table ? missing.map(({ name }) => `${definition.name}.${name}`) : [];
	});
}

const costs = (world: SyncWorld) =>
	world
		.directCosts()
		.map(({ origin_id, grand_total, updated_at }) => `${origin_id} ${grand_total} ${updated_at}`)
		.sort();

/** In the order of a story: each step starts from what the one before left. */
describe.each(['0.2.0', '0.3.0'])('a company synced with %s', (version) => {
	let world: SyncWorld;
	let before: { costs: string[]; events: number; writes: number; runs: number };
	const seen = () => ({
		costs: costs(world),
		events: world.events().length,
		writes: world.procore.counters().writes,
		runs: world.runs().length,
	});

	beforeAll(async () => {
		world = await SyncWorld.open({ vendorCount: 12, documentCount: 30 });
		for (const { name, columns } of shipped.tables)
			world.tables.create(name, Object.fromEntries(columns.map((one) => [one.name, one.type])));
		world.workflow = release(version);
		await world.sync();
		asThen(world, release(version));
		before = seen();
		expect(before.costs.length).toBeGreaterThan(5);
		expect(before.events).toBeGreaterThan(20);
	});
	afterAll(async () => await world.close());

	test('and its old workflow on the new nodes, before the installer ran: it goes on as it was', async () => {
		world.workflow = release(version);
		const added = world.gp.edits.addInvoice({
			state: 'open',
			lines: [{ account: '300-5130-02', amount: '77.00' }],
		});
		await world.sync();
		expect(world.runs().at(-1)).toMatchObject({ status: 'success', created: 1, failed: 0 });
		const now = seen();
		expect(now.costs).toEqual(expect.arrayContaining(before.costs));
		expect(now.costs).toHaveLength(before.costs.length + 1);
		expect(now.costs.some((cost) => cost.includes(added.voucher))).toBe(true);
		const { run_id, events, chain } = world.runs().at(-1)!;
		const told = world.events().filter((event) => event.run_id === run_id);
		expect(verifyChain(run_id, told, { events: Number(events), hash: chain! }).intact).toBe(true);
		before = now;
	});

	test('and the new sync imported by file over its tables stops before it reads, and says what to do', async () => {
		world.workflow = upgraded(release(version));
		const { error } = await world.run();
		expect(error?.message).toMatch(
			/The data tables are not as this release writes them: gpp_\w+ lacks \w+ \(\w+\)/,
		);
		expect(error?.description).toMatch(/n8n-nodes-dynamics-gp-procore install.*keeps all rows/);
		expect(seen()).toEqual(before);
		expect(world.tables.rows('gpp_lease')).toEqual([]);
	});

	test('upgraded by the installer: nothing is lost, nothing is sent again, the books agree', async () => {
		expect(addColumns(world).length).toBeGreaterThan(0);
		world.workflow = upgraded(release(version));
		for (let runs = 0; runs < 2; runs++) {
			await world.sync();
			expect(world.runs().at(-1)).toMatchObject({ created: 0, updated: 0, failed: 0 });
		}
		const after = seen();
		expect(after).toMatchObject({ costs: before.costs, writes: before.writes });
		expect(after.events).toBeGreaterThanOrEqual(before.events);
		expect(world.books().unexplained).toBe('0.00');
		// The chain is no matter here: taking columns away from events of today breaks it.
		expect(world.audit()).toMatchObject({ missing: [], doubled: [], invented: [] });
	});
});
