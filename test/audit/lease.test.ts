import { claimLease, heldBy, leaseRow, yieldedRow } from '../../lib/audit/lease';
import { runRow } from '../../lib/audit/run';
import type { LeaseRow, RunRow } from '../../lib/audit/types';
import { NOW, run } from './samples';

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
	claimLease({ state, leases, openRuns, now: NOW });

describe('a run that has taken its lease', () => {
	test('goes on when its row is the oldest that has not expired', () => {
		const expired = lease(1, 'dead', { until: EARLIER });
		expect(claim([lease(3, 'run-2'), lease(4, 'later'), expired])).toMatchObject({
			holder: null,
			expiredRowIds: [1],
		});
	});

	test('leaves the field to an older one, and names it', () => {
		const { holder } = claim([lease(2, 'other'), lease(3, 'run-2')]);
		expect(holder).toMatchObject({ run_id: 'other' });
		const row = yieldedRow(run(), holder!, { executionId: '9', now: NOW });
		expect(row).toMatchObject({ status: 'yielded', finished_at: NOW, created: 0 });
		expect(row.error).toBe(heldBy(holder!));
		expect(row.error).toContain('Run other (execution 7)');
	});

	test('does not yield quietly when it is a retry', () => {
		const state = { ...run(), resumed: true };
		const row = yieldedRow(state, lease(2, 'other'), { executionId: '9', now: NOW });
		expect(row.status).toBe('failed');
	});

	test('holds it beyond its end as long as nobody else took over', () => {
		expect(claim([lease(3, 'run-2', { until: EARLIER })]).holder).toBeNull();
	});

	test('closes runs that are marked as running and hold no lease', () => {
		const { abandoned } = claim(
			[lease(3, 'run-2'), lease(4, 'waiting')],
			[
				open('dead', { created: 5, id: 8 } as never),
				open('waiting'),
				open('run-2'),
				open('elsewhere', { gp_company: 'THREE' }),
			],
		);
		expect(abandoned).toMatchObject([
			{ run_id: 'dead', status: 'abandoned', finished_at: NOW, created: 5 },
		]);
		expect(abandoned[0]).not.toHaveProperty('id');
	});

	test('is in no dry run’s way, nor a dry run in its', () => {
		const dry = run({ dryRun: true });
		const row = leaseRow(dry, { executionId: '9', now: NOW });
		expect(row.gp_company).toBe('TWO (dry run)');
		expect(claim([lease(1, 'other'), { ...row, id: 2 }], [], dry).holder).toBeNull();
	});

	test('keeps it for the minutes the run asked for', () => {
		const state = run({ leaseMinutes: 5 });
		expect(leaseRow(state, { executionId: '9', now: NOW }).until).toBe('2026-03-02T06:05:00.000Z');
		expect(leaseRow(run(), { executionId: '9', now: NOW }).until).toBe('2026-03-02T06:30:00.000Z');
	});
});
