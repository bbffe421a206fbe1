import { leaseRow } from '../../lib/run/lease';
import { openRun } from '../../lib/run/run';
import { aheadBy } from './hasty-effects';
import { SyncWorld } from './sync-world';

/*
 * Several companies on one GP server, synced by whatever worker of n8n is free: the table of leases tells each
 * run which others read that server. The other runs are rows here, as theirs would be.
 */
jest.setTimeout(60_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

let world: SyncWorld;
beforeAll(async () => {
	world = await SyncWorld.open({ vendorCount: 6, documentCount: 8 });
	await world.sync();
});
afterAll(async () => await world.close());

const server = () => new URL(world.gp.url).host;

/** A run of another company that asked before, as its own execution enters it; gives the end of its lease. */
function other(company: string, gpServer: string, minutes: number): number {
	const now = new Date().toISOString();
	const state = openRun({
		runId: `run of ${company}`,
		startKind: 'schedule',
		company,
		dryRun: false,
		from: null,
		parts: [],
		now,
		leaseMinutes: minutes,
		gpServer,
	});
	const row = leaseRow(state, { executionId: `of ${company}`, now });
	world.tables.insert('gpp_lease', [{ ...row, taken_at: now }]);
	return Date.parse(row.until);
}

/** How often the run waited, and when it asked GP first, by the clock it goes by. */
async function sync(): Promise<{ waits: number; ended: number }> {
	const { runData } = await world.sync();
	expect(world.runs().at(-1)).toMatchObject({ status: 'success' });
	expect(
		world.tables.rows('gpp_lease').some(({ run_id }) => run_id === world.runs().at(-1)!.run_id),
	).toBe(false);
	return {
		waits: runData['Wait for GP']?.length ?? 0,
		ended: runData['Turn at GP?']!.at(-1)!.startTime + aheadBy(),
	};
}

beforeEach(() => world.tables.delete('gpp_lease', () => true));

test('waits for nobody while few runs read its server, and for none of another server', async () => {
	for (const company of ['AAA', 'BBB']) other(company, server(), 5);
	for (const company of ['CCC', 'DDD', 'EEE']) other(company, 'gp.example.com', 5);
	expect((await sync()).waits).toBe(0);
});

test('waits while three that asked before read it, and goes on as one of them ends', async () => {
	for (const company of ['AAA', 'BBB']) other(company, server(), 5);
	const ends = other('CCC', server(), 0.02);
	const { waits, ended } = await sync();
	expect(waits).toBeGreaterThan(0);
	expect(ended).toBeGreaterThanOrEqual(ends);
	// The others' rows are theirs.
	expect(world.tables.rows('gpp_lease').length).toBeGreaterThanOrEqual(2);
});

test('as many as the node says', async () => {
	for (const company of ['AAA', 'BBB', 'CCC']) other(company, server(), 5);
	world.parameters('Open run').gpRuns = 4;
	expect((await sync()).waits).toBe(0);
	delete world.parameters('Open run').gpRuns;
});
