import { SyncWorld } from './sync-world';

jest.setTimeout(60_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

let world: SyncWorld;

beforeAll(async () => {
	world = await SyncWorld.open({ vendorCount: 20, documentCount: 60 });
	await run();
	// What was proposed by the first run itself is no change to the second.
	await run();
});

afterAll(() => world.close());

async function run() {
	const result = await world.sync();
	return result;
}

interface Event {
	run_id: string;
	entity: string;
	gp_key: string;
	replay_of: string;
	touches: string;
}
const lastRunId = () => world.tables.rows<{ run_id: string }>('gpp_run').at(-1)!.run_id;
/** Documents that have anything to do with an account or job. */
const documentsOf = (token: string) =>
	new Set(
		world.tables
			.rows<Event>('gpp_event')
			.filter((event) => event.entity === 'payable' && event.touches?.includes(token))
			.map((event) => event.gp_key),
	);
const costs = () =>
	world.procore
		.snapshot()
		.projects.flatMap((project) => project.directCosts.map((cost) => ({ ...cost, project })))
		.filter((cost) => cost.origin_id);
const lines = () =>
	costs().flatMap((cost) =>
		cost.line_items.map((line) => ({ ...line, cost })),
	) as unknown as Array<{
		description: string;
		cost_code: { full_code: string };
		cost: { status: string };
	}>;
const unexplained = () => world.books().unexplained;

test('a run without a changed row asks for nothing and calls nobody for it', async () => {
	const before = world.procore.counters().writes;
	const calls = { ...world.tables.calls };
	const result = await run();
	expect(world.procore.counters().writes).toBe(before);
	expect(world.tables.rows('gpp_request')).toEqual([]);
	// The events, the one large table, are not looked through.
	expect(world.tables.calls['gpp_event get']).toBe(calls['gpp_event get']);
	const changed = result.subRuns.flatMap((sub) => sub.items('Changed in crosswalks'));
	expect(changed).toEqual([]);
});

test('an account given another code moves the invoices that stand there, and reads no others', async () => {
	const account = lines()
		.map(({ description }) => /\b[1-7]00-5[1-3]\d\d-\d\d\b/.exec(description)?.[0])
		.find((one) => one && !one.includes('-5110-'))!;
	const ofAccount = () => lines().filter((line) => line.description.includes(account));
	const code = account.split('-')[1];
	expect(new Set(ofAccount().map((line) => line.cost_code.full_code))).toEqual(new Set([code]));
	const concerned = documentsOf(`|A:${account}|`);

	world.tables.update('gpp_account_crosswalk', (row) => row.gp_account === account, {
		cost_code: '5110',
	});
	world.gp.resetJournal();
	await run();
	expect(new Set(ofAccount().map((line) => line.cost_code.full_code))).toEqual(new Set(['5110']));
	expect(world.tables.rows('gpp_request')).toEqual([]);
	const replayed = world.tables
		.rows<Event>('gpp_event')
		.filter((event) => event.run_id === lastRunId() && event.entity === 'payable');
	for (const event of replayed) {
		if (event.replay_of) expect(concerned).toContain(event.gp_key);
	}
	expect(replayed.filter((event) => event.replay_of).length).toBeGreaterThan(0);
	expect(unexplained()).toBe('0.00');
});

test('a job moved to another project is withdrawn from the old one and stands in the new one', async () => {
	const jobs = world.tables.rows<Record<string, string>>('gpp_project_crosswalk');
	const [moved, target] = ['300', '400'].map((job) => jobs.find((row) => row.gp_job === job)!);
	const inProject = (id: string) =>
		costs().filter((cost) => String(cost.project.id) === id && cost.status !== 'draft');
	const before = inProject(moved.procore_project_id);
	expect(before.length).toBeGreaterThan(0);

	world.tables.update('gpp_project_crosswalk', (row) => row.gp_job === '300', {
		procore_project_id: target.procore_project_id,
	});
	await run();
	expect(inProject(moved.procore_project_id)).toEqual([]);
	const total = (list: Array<{ grand_total: unknown }>) =>
		list.reduce((sum, cost) => sum + Number(cost.grand_total), 0);
	expect(inProject(target.procore_project_id).length).toBeGreaterThanOrEqual(before.length);
	expect(total(inProject(target.procore_project_id))).toBeGreaterThan(0);
	expect(unexplained()).toBe('0.00');
	expect(world.tables.rows('gpp_request')).toEqual([]);
});

test('a job that waited goes once it is given a project, and the row taken back withdraws it', async () => {
	const { id } = world.procore.state.projects.all()[0];
	const ofJob = () =>
		costs().filter((cost) => cost.status !== 'draft' && documentsOf('|J:800|').has(keyOf(cost)));
	const waiting = world.tables.rows('gpp_parked').length;
	world.tables.update('gpp_project_crosswalk', (row) => row.gp_job === '800', {
		procore_project_id: String(id),
	});
	await run();
	expect(world.tables.rows('gpp_parked').length).toBeLessThan(waiting);
	expect(ofJob().length).toBeGreaterThan(0);
	expect(unexplained()).toBe('0.00');

	world.tables.update('gpp_project_crosswalk', (row) => row.gp_job === '800', { action: 'skip' });
	await run();
	expect(unexplained()).toBe('0.00');
});

function keyOf({ origin_id }: { origin_id: unknown }): string {
	const [, , , type, voucher] = String(origin_id).split(':');
	return `${type};${voucher}`;
}
