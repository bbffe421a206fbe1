import { overlapOf } from '../../lib/audit/overlap';
import { closeRun, runRow } from '../../lib/audit/run';
import type { RunRow } from '../../lib/audit/types';
import { run } from './samples';

const NOW = '2026-03-02T06:00:00.000Z';

function running(runId: string, startedAt: string, given: Partial<RunRow> = {}): RunRow {
	const state = run({ runId, now: startedAt });
	return { ...runRow(state, { executionId: '1', status: 'running' }), ...given };
}

function overlap(runs: RunRow[], given: Partial<Parameters<typeof overlapOf>[0]> = {}) {
	return overlapOf({
		runs,
		company: 'TWO',
		dryRun: false,
		lastSignOf: () => null,
		silentMinutes: 30,
		now: NOW,
		...given,
	});
}

describe('a new run', () => {
	test('goes ahead when every other one is closed', () => {
		const closed = closeRun(run(), { executionId: '1', status: 'success', now: NOW });
		expect(overlap([closed])).toEqual({ yieldTo: null, abandoned: [] });
	});

	test('yields to the one that began first and is still at work', () => {
		const result = overlap([
			running('b', '2026-03-02T05:50:00.000Z'),
			running('a', '2026-03-02T05:45:00.000Z'),
		]);
		expect(result.yieldTo?.run_id).toBe('a');
		expect(result.abandoned).toEqual([]);
	});

	test('yields to a long one that gave a sign of life', () => {
		const long = running('a', '2026-03-01T20:00:00.000Z');
		const lastSignOf = () => '2026-03-02T05:59:00.000Z';
		expect(overlap([long], { lastSignOf }).yieldTo?.run_id).toBe('a');
	});

	test('closes one that fell silent and goes ahead', () => {
		const dead = running('a', '2026-03-02T05:00:00.000Z');
		const result = overlap([dead], { lastSignOf: () => '2026-03-02T05:29:59.000Z' });
		expect(result.yieldTo).toBeNull();
		expect(result.abandoned).toEqual([{ ...dead, status: 'abandoned', finished_at: NOW }]);
	});

	test('minds neither another company nor dry runs', () => {
		const at = '2026-03-02T05:59:00.000Z';
		expect(overlap([running('a', at, { gp_company: 'THREE' })]).yieldTo).toBeNull();
		expect(overlap([running('a', at, { dry_run: true })]).yieldTo).toBeNull();
		expect(overlap([running('a', at)], { dryRun: true }).yieldTo).toBeNull();
	});
});
