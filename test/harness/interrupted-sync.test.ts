import { Interruptions } from './interruptions';
import { SyncWorld, template } from './sync-world';

jest.setTimeout(120_000);
jest.mock('../../nodes/shared/effects', () => ({
	n8nEffects: jest.requireActual('./hasty-effects').hastyEffects,
}));

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
let undisturbed: Promise<{ outcome: ReturnType<SyncWorld['outcome']>; nodes: string[] }>;

const reference = async () =>
	await (undisturbed ??= (async () => {
		const watched = new Interruptions();
		const calm = await SyncWorld.open(COMPANY);
		try {
			const run = await calm.run();
			if (run.error) throw run.error;
			expect(calm.audit()).toMatchObject(CLEAN);
			return { outcome: calm.outcome(), nodes: watched.nodes };
		} finally {
			watched.end();
			await calm.close();
		}
	})());

const CLEAN = { missing: [], doubled: [], invented: [], broken: [] };

/** Node executions of a load at which it is killed; about 120 there are. */
const EVERY = process.env.ALL ? 3 : 40;
const KILLS = Array.from({ length: Math.floor(103 / EVERY) }, (_, index) => 17 + index * EVERY);

test.each(KILLS)(
	'a load killed at its node execution %i is completed by the next run, each write once in the audit',
	async (at) => {
		const { outcome } = await reference();
		interruptions = new Interruptions({ at, how: 'kill' });
		void world.run();
		await interruptions.killed;
		interruptions.end();
		const run = await world.run();
		if (run.error) throw run.error;
		expect(world.audit()).toMatchObject(CLEAN);
		const { events: _events, parked: _parked, ...after } = world.outcome();
		expect(outcome).toMatchObject(after);
		expect(world.books().unexplained).toBe('0.00');
		expect(world.runs().filter((row) => row.status === 'running')).toEqual([]);
	},
);

/** `ALL=1`: every node of the template; else a sample. */
const some = (sample: string[], all: string[]) => (process.env.ALL ? all : sample);

const NODES = some(
	['Claim lease', 'Write audit events', 'Batch result', 'Run batch'],
	template.nodes
		.map((node) => node.name)
		.filter((name) => !/^(Note|Every|Run now|Run with|Batch starts)/.test(name)),
);

/**
 * A load with everything in it that a run may meet: one that was killed before it had recorded what
 * it wrote, its lease expired, rows that wait from an earlier run, records asked for by name.
 */
async function prepare(prepared: SyncWorld): Promise<void> {
	const calm = await prepared.run('Run with options', [{ 'Dry run': 'No', Parts: ['Vendors'] }]);
	if (calm.error) throw calm.error;
	// Refused by Procore at first, and waiting since.
	prepared.tables.insert('gpp_parked', [
		{
			entity: 'vendor',
			gp_company: 'TWO',
			gp_key: 'WAITS0001',
			tries: 1,
			payload:
				'{"kind":"vendor","company":"TWO","key":"WAITS0001","vendorId":"WAITS0001","name":""}',
			run_id: 'earlier',
		},
	]);
	const killing = new Interruptions({ at: 'Write audit events', how: 'kill' });
	void prepared.run();
	await killing.killed;
	killing.end();
	const request = (entity: string, gp_key: string) => ({
		entity,
		gp_key,
		gp_company: 'TWO',
		reason: 'replay',
		tries: 0,
	});
	const [document] = [...prepared.gp.company.documents.values()];
	prepared.tables.insert('gpp_request', [
		request('vendor', 'ADVENTUR0001'),
		request('payable', `${document.documentType};${document.voucher}`),
		request('payable', '1;NOSUCHVOUCHER'),
	]);
}

let busy: Promise<{ outcome: ReturnType<SyncWorld['outcome']>; nodes: string[] }>;

const busyReference = async () =>
	await (busy ??= (async () => {
		const calm = await SyncWorld.open(COMPANY);
		calm.forgetLeases();
		await prepare(calm);
		const watched = new Interruptions();
		try {
			const run = await calm.run();
			if (run.error) throw run.error;
			expect(calm.audit()).toMatchObject(CLEAN);
			return { outcome: calm.outcome(), nodes: watched.nodes };
		} finally {
			watched.end();
			await calm.close();
		}
	})());

/** Nodes of the way a failed run takes: there something else has to fail first. */
const OF_FAILURE = ['Close failed run', 'Save failed run', 'Free lease', 'Run failed'];
const OF_YIELDING = ['Withdraw', 'Save yielded run', 'Was it a retry?', 'Another run is at work'];

test.each(NODES.filter((name) => ![...OF_FAILURE, ...OF_YIELDING].includes(name)))(
	'a run whose node "%s" fails is completed by Retry as if nothing had happened',
	async (name) => {
		const { outcome, nodes } = await busyReference();
		expect(nodes.includes(name) || name === 'Keep requests' || name.includes('failed')).toBe(true);
		await prepare(world);
		interruptions = new Interruptions({ at: name, how: 'fail' });
		let run = await world.run();
		if (nodes.includes(name)) expect(run.status).toBe('error');
		if (run.error) run = await run.retry();
		if (run.error) throw run.error;
		expect(world.audit()).toMatchObject(CLEAN);
		expect(world.outcome()).toEqual(outcome);
		expect(world.runs().map((row) => row.status)).toEqual(['success', 'abandoned', 'success']);
	},
);

test.each(some(['Save failed run'], OF_FAILURE))(
	'a failed run whose node "%s" fails too is completed by two retries at most',
	async (name) => {
		const { outcome } = await busyReference();
		await prepare(world);
		interruptions = new Interruptions({ at: ['Sync cost codes', name], how: 'fail' });
		let run = await world.run();
		let retries = 0;
		while (run.error && retries < 2) {
			run = await run.retry();
			retries++;
		}
		if (run.error) throw run.error;
		expect(world.audit()).toMatchObject(CLEAN);
		expect(world.outcome()).toEqual(outcome);
	},
);

describe('a run that finds another one at work', () => {
	const otherRun = () => {
		const until = new Date(Date.now() + 3_600_000).toISOString();
		world.tables.insert('gpp_lease', [
			{ gp_company: 'TWO', run_id: 'other', execution_id: '77', taken_at: 'before', until },
		]);
	};

	test('leaves it the field, touches nothing, and says so in its row', async () => {
		const calm = await world.run();
		if (calm.error) throw calm.error;
		otherRun();
		const before = world.outcome();
		const run = await world.run();
		if (run.error) throw run.error;
		expect(world.outcome()).toEqual(before);
		expect(world.runs().at(-1)).toMatchObject({
			status: 'yielded',
			error: expect.stringContaining('execution 77'),
			created: 0,
		});
		const dry = await world.run('Run with options', [{ 'Dry run': 'Yes' }]);
		if (dry.error) throw dry.error;
		expect(world.runs().at(-1)).toMatchObject({ status: 'success', dry_run: true });
	});

	test('of two started at once one works and the other yields', async () => {
		const tablesMade = await world.run('Run with options', [
			{ 'Dry run': 'Yes', Parts: ['Vendors'] },
		]);
		if (tablesMade.error) throw tablesMade.error;
		world.parameters('Open run').leaseMinutes = 30;
		const both = await Promise.all([world.run(), world.run()]);
		expect(both.map((run) => run.error?.message)).toEqual([undefined, undefined]);
		const [, ...rows] = world.runs();
		expect(rows.map((row) => row.status).sort()).toEqual(['success', 'yielded']);
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
		expect(world.outcome()).toEqual((await reference()).outcome);
		expect(world.runs()).toMatchObject([{ status: 'success', error: '' }]);
	});
});
