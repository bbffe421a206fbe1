import fc from 'fast-check';
import {
	beforeAtGp,
	claimLease,
	heldBy,
	leaseRow,
	writesUntil,
	yieldedRow,
} from '../../lib/run/lease';
import { runRow } from '../../lib/run/run';
import type { LeaseRow, RunRow } from '../../lib/audit/event-row';
import { NOW, run } from '../audit/samples';

const LATER = '2026-03-02T06:20:00.000Z';
const EARLIER = '2026-03-02T05:00:00.000Z';

const lease = (id: number, runId: string, given: Partial<LeaseRow> = {}): LeaseRow => ({
	id,
	gp_company: 'TWO',
	run_id: runId,
	execution_id: '7',
	taken_at: EARLIER,
	until: LATER,
	...given,
});
const open = (runId: string, given: Partial<RunRow> = {}): RunRow => ({
	...runRow(run({ runId, now: EARLIER }), { executionId: '7', status: 'running' }),
	...given,
});
const claim = (leases: LeaseRow[], openRuns: RunRow[] = [], state = run()) =>
	claimLease({ state, leases, openRuns, executionId: '9', now: NOW });
const ASKING = { taken_at: '' };

describe('a run that has asked for its lease', () => {
	test('takes it when nobody is before it', () => {
		const rows = [lease(3, 'run-2', ASKING), lease(4, 'later', ASKING)];
		expect(claim(rows)).toEqual({
			verdict: 'free',
			take: { ...leaseRow(run(), { executionId: '9', now: NOW }), taken_at: NOW },
		});
	});

	test('holds it once it has taken it', () => {
		expect(claim([lease(3, 'run-2'), lease(4, 'later', ASKING)]).verdict).toBe('held');
	});

	test('leaves the field to one that has taken it or asked earlier, and names the one at work', () => {
		const mine = lease(3, 'run-2', ASKING);
		const earlier = lease(2, 'other', ASKING);
		const atWork = lease(4, 'works');
		expect(claim([earlier, mine])).toEqual({ verdict: 'yields', holder: earlier });
		expect(claim([earlier, mine, atWork])).toEqual({ verdict: 'yields', holder: atWork });
		// Of several that asked, and of several at work, the one that came first; in whatever order they are read.
		const first = lease(1, 'first', ASKING);
		expect(claim([mine, earlier, first])).toEqual({ verdict: 'yields', holder: first });
		const { id: _, ...unnumbered } = lease(0, 'unnumbered', ASKING);
		expect(claim([earlier, mine, unnumbered])).toEqual({ verdict: 'yields', holder: unnumbered });
		expect(claim([lease(9, 'late'), mine, atWork])).toMatchObject({ holder: atWork });
		const row = yieldedRow(run(), atWork, { executionId: '9', now: NOW });
		expect(row).toMatchObject({ status: 'skipped', finished_at: NOW, created: 0 });
		expect(row.error).toBe(heldBy(run(), atWork, NOW));
		expect(row.error).toContain(`Run works (execution 7) is at work for TWO since ${EARLIER}`);
		expect(heldBy(run(), earlier, NOW)).not.toContain('since');
	});

	test('says what to do about a lease that ends later than any lasts, since its clock was ahead', () => {
		const ends = (minutes: number) => {
			const until = new Date(Date.parse(NOW) + minutes * 60_000).toISOString();
			return heldBy(run(), lease(4, 'works', { until }), NOW);
		};
		expect(ends(15)).toMatch(/its lease ends at \S+Z\.$/);
		expect(ends(16)).toMatch(/the clock was ahead .* delete its row in gpp_lease\.$/);
		const typed = lease(4, 'works', { until: 'tomorrow' });
		expect(heldBy(run(), typed, NOW)).toMatch(/delete its row in gpp_lease\.$/);
	});

	test('leaves the field to whoever passed it, also when that one has ended', () => {
		const other = lease(2, 'other', ASKING);
		expect(claim([other])).toEqual({ verdict: 'yields', holder: other });
		expect(claim([])).toEqual({ verdict: 'yields', holder: null });
		expect(heldBy(run(), null, NOW)).toContain('asked for TWO at the same moment and has ended');
	});

	test('leaves it to one whose lease ended after the expired ones were cleared: it may renew it now', () => {
		const expired = lease(1, 'slow', { until: EARLIER });
		expect(claim([expired, lease(3, 'run-2', ASKING)]).verdict).toBe('yields');
	});

	test('does not yield quietly when it is a retry', () => {
		const state = { ...run(), resumed: true };
		const row = yieldedRow(state, lease(2, 'other'), { executionId: '9', now: NOW });
		expect(row.status).toBe('failed');
	});

	test('holds it beyond its end as long as nobody else took over', () => {
		expect(claim([lease(3, 'run-2', { until: EARLIER })]).verdict).toBe('held');
	});

	test('closes runs that are marked as running and hold no lease', () => {
		const claimed = claim(
			[lease(3, 'run-2'), lease(4, 'waiting', ASKING)],
			[
				open('dead', { created: 5, id: 8 } as never),
				open('waiting'),
				open('run-2'),
				open('elsewhere', { gp_company: 'THREE' }),
			],
		);
		const { abandoned } = claimed as { abandoned: RunRow[] };
		expect(abandoned).toMatchObject([
			{ run_id: 'dead', status: 'abandoned', finished_at: NOW, created: 5 },
		]);
		expect(abandoned[0]).not.toHaveProperty('id');
	});

	test('is in no dry run’s way, nor a dry run in its', () => {
		const dry = run({ dryRun: true });
		const row = leaseRow(dry, { executionId: '9', now: NOW });
		expect(row.gp_company).toBe('TWO (dry run)');
		expect(claim([lease(1, 'other'), { ...row, id: 2 }], [], dry).verdict).toBe('free');
	});

	test('keeps it for the minutes the run asked for', () => {
		const state = run({ leaseMinutes: 30 });
		expect(leaseRow(state, { executionId: '9', now: NOW }).until).toBe('2026-03-02T06:30:00.000Z');
		// After a kill the next run begins within five minutes.
		expect(leaseRow(run(), { executionId: '9', now: NOW }).until).toBe('2026-03-02T06:05:00.000Z');
	});

	test('writes to Procore only while its lease surely lasts', () => {
		const until = '2026-03-02T06:05:00.000Z';
		expect(new Date(writesUntil('run-2', until)).toISOString()).toBe('2026-03-02T06:04:15.000Z');
		expect(() => writesUntil('run-2', 'lost')).toThrow(/no longer holds the lease/);
	});
});

describe('a run at its GP server', () => {
	const state = { runId: 'mine', gpServer: 'gp:48620', gpRuns: 2 };
	const at = (id: number, given: Partial<LeaseRow> = {}) =>
		lease(id, `run ${id}`, { gp_company: `C${id}`, gp_server: 'gp:48620', ...given });
	const mine = lease(9, 'mine', { gp_server: 'gp:48620', taken_at: NOW });
	const before = (...rows: LeaseRow[]) =>
		beforeAtGp(state, [mine, ...rows], NOW).map(({ run_id }) => run_id);

	test('waits for those that asked before, once they are as many as may read at once', () => {
		expect(before(at(1))).toEqual([]);
		expect(before(at(1), at(2))).toEqual(['run 1', 'run 2']);
		expect(before(at(1), at(2), at(3))).toHaveLength(3);
	});

	test('does not wait for later ones, ended ones and other servers', () => {
		expect(before(at(1), at(10), at(11))).toEqual([]);
		expect(before(at(1), at(2, { until: EARLIER }))).toEqual([]);
		expect(before(at(1), at(2, { gp_server: 'other' }), at(3, { gp_server: undefined }))).toEqual(
			[],
		);
	});

	test('reads all the same after ten minutes in line, without its row, and where no server is known', () => {
		const long = { ...mine, taken_at: '2026-03-02T05:50:00.000Z' };
		expect(beforeAtGp(state, [long, at(1), at(2)], NOW)).toEqual([]);
		expect(beforeAtGp(state, [at(1), at(2)], NOW)).toEqual([]);
		expect(beforeAtGp({ runId: 'mine' }, [mine, at(1), at(2)], NOW)).toEqual([]);
	});

	test('of any runs in line, in any order of ending, no more than may read at once, and all get their turn', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 4 }),
				fc.array(fc.nat({ max: 99 }), { minLength: 1, maxLength: 12 }),
				(gpRuns, order) => {
					let rows = order.map((_, index) => at(index + 1, { taken_at: NOW }));
					const reads = () =>
						rows.filter(
							({ run_id }) =>
								beforeAtGp({ ...state, runId: run_id, gpRuns }, rows, NOW).length === 0,
						);
					for (const which of order) {
						const reading = reads();
						expect(reading).toHaveLength(Math.min(gpRuns, rows.length));
						const over = reading[which % reading.length];
						rows = rows.filter((row) => row !== over);
					}
					expect(rows).toEqual([]);
				},
			),
		);
	});
});
