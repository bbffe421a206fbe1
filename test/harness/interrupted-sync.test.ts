import { CLEAN } from '../retry/play';
import { Interruptions } from './interruptions';
import { SyncWorld } from './sync-world';

jest.setTimeout(120_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

const COMPANY = { vendorCount: 12, documentCount: 24 };

let world: SyncWorld;
let interruptions: Interruptions | undefined;

beforeEach(async () => {
	world = await SyncWorld.open(COMPANY);
	world.forgetLeases();
});

afterEach(async () => {
	interruptions?.end();
	interruptions = undefined;
	await world.close();
});

/** The load as nothing disturbed it; made once. */
let undisturbed: Promise<ReturnType<SyncWorld['outcome']>>;

const reference = async () =>
	await (undisturbed ??= (async () => {
		const calm = await SyncWorld.open(COMPANY);
		try {
			const run = await calm.run();
			if (run.error) throw run.error;
			expect(calm.audit()).toMatchObject(CLEAN);
			return calm.outcome();
		} finally {
			await calm.close();
		}
	})());

/** Node executions of a load at which it is killed; about 120 there are. */
const EVERY = process.env.ALL ? 3 : 40;
const KILLS = Array.from({ length: Math.floor(103 / EVERY) }, (_, index) => 17 + index * EVERY);

test.each(KILLS)(
	'a load killed at its node execution %i is completed by the next run, each write once in the audit',
	async (at) => {
		const outcome = await reference();
		interruptions = new Interruptions({ at, how: 'kill' });
		void world.run();
		await interruptions.killed;
		interruptions.end();
		await world.sync();
		expect(world.audit()).toMatchObject(CLEAN);
		const { events: _events, parked: _parked, runs: _runs, ...after } = world.outcome();
		expect(outcome).toMatchObject(after);
		expect(world.books().unexplained).toBe('0.00');
		expect(world.runs().filter((row) => row.status === 'running')).toEqual([]);
	},
);

test('a run that broke off and was closed by the errors workflow takes its lease again when it is retried', async () => {
	interruptions = new Interruptions({ at: [{ node: 'Prepare batch', visit: 2 }], how: 'fail' });
	const failed = await world.run();
	expect(failed.error?.message).toBe('Made to fail: Prepare batch');
	world.tables.update('gpp_run', () => true, { status: 'failed', error: 'Made to fail' });
	world.tables.delete('gpp_lease', () => true);
	const completed = await failed.retry();
	if (completed.error) throw completed.error;
	expect(world.outcome()).toEqual(await reference());
	expect(world.runs()).toMatchObject([{ status: 'success', error: '' }]);
});

describe('a run that finds another one at work', () => {
	const otherRun = () => {
		const until = new Date(Date.now() + 3_600_000).toISOString();
		world.tables.insert('gpp_lease', [
			{ gp_company: 'TWO', run_id: 'other', execution_id: '77', taken_at: 'before', until },
		]);
	};

	test('leaves it the field, touches nothing, and says so in its row', async () => {
		await world.sync();
		otherRun();
		const { runs: _before, ...before } = world.outcome();
		await world.sync();
		expect(world.outcome()).toMatchObject(before);
		expect(world.runs().at(-1)).toMatchObject({
			status: 'skipped',
			error: expect.stringContaining('execution 77'),
			created: 0,
		});
		await world.sync('Run with options', [{ 'Dry run': 'Yes' }]);
		expect(world.runs().at(-1)).toMatchObject({ status: 'success', dry_run: true });
	});

	test('of two started at once one works and the other yields', async () => {
		await world.sync('Run with options', [{ 'Dry run': 'Yes', Parts: ['Vendors'] }]);
		world.parameters('Open run').leaseMinutes = 30;
		const both = await Promise.all([world.run(), world.run()]);
		expect(both.map((run) => run.error?.message)).toEqual([undefined, undefined]);
		const [, ...rows] = world.runs();
		expect(rows.map((row) => row.status).sort()).toEqual(['skipped', 'success']);
		expect(world.audit()).toMatchObject(CLEAN);
		expect(world.tables.rows('gpp_lease')).toEqual([]);
	});

	test('fails when it is a retry, names the other one, and goes on once that has ended', async () => {
		interruptions = new Interruptions({ at: 'Sync cost codes', how: 'fail' });
		const failed = await world.run();
		expect(world.runs()).toMatchObject([
			{ status: 'failed', error: 'Made to fail: Sync cost codes' },
		]);
		expect(world.tables.rows('gpp_lease')).toEqual([]);
		otherRun();
		const held = await failed.retry();
		expect(held.error?.message).toContain('Run other (execution 77) is at work');
		expect(world.tables.rows('gpp_lease')).toHaveLength(1);
		world.tables.update('gpp_lease', () => true, { until: '2000-01-01T00:00:00.000Z' });
		const completed = await held.retry();
		if (completed.error) throw completed.error;
		expect(world.outcome()).toEqual(await reference());
		expect(world.runs()).toMatchObject([{ status: 'success', error: '' }]);
	});
});

test('tables that fail in passing, as while another write holds them, do not end the run', async () => {
	const outcome = await reference();
	const nodes = [
		'Read watermarks',
		'Read parked',
		'Resolve parked',
		'Confirm lease',
		'Move watermark',
	];
	interruptions = new Interruptions({
		at: nodes.map((node) => ({ node, visit: 1 })),
		how: 'fail',
	});
	const run = await world.run();
	expect(run.error).toBeUndefined();
	expect(interruptions.awaited.map(({ node }) => node)).not.toContain('Read watermarks');
	expect(interruptions.awaited.map(({ node }) => node)).not.toContain('Move watermark');
	expect(world.audit()).toMatchObject(CLEAN);
	expect(world.outcome()).toMatchObject(outcome);
});
