import { chainEvents, startOfChain, verifyRuns } from '../../lib/audit/chain';
import { runRow } from '../../lib/run/run';
import type { RunRow } from '../../lib/audit/event-row';
import { event } from '../run/requests/samples';
import { run } from './samples';

const { events, head } = chainEvents(
	['1;1', '1;2', '1;3'].map((key) => ({ ...event(key), run_id: 'run-2' })),
	startOfChain('run-2'),
);
const closed = (given: Partial<RunRow> = {}): RunRow => ({
	...runRow(run(), { executionId: '40', status: 'success' }),
	events: head.events,
	chain: head.hash,
	...given,
});
const verdict = (row: RunRow, rows = events) => verifyRuns([row], rows)[0]!;

describe('the events of a run', () => {
	test('are intact as they were written', () => {
		expect(verdict(closed())).toMatchObject({ verdict: 'intact', problem: '', events: 3 });
	});

	test('are broken when a cell was changed, a row was taken out or cut off', () => {
		const changed = events.map((row, index) => (index === 1 ? { ...row, gp_amount: '1.00' } : row));
		expect(verdict(closed(), changed)).toMatchObject({
			verdict: 'broken',
			problem: expect.stringContaining('Event 2'),
		});
		expect(
			verdict(
				closed(),
				events.filter((_row, index) => index !== 1),
			).verdict,
		).toBe('broken');
		expect(verdict(closed(), events.slice(0, 2)).verdict).toBe('broken');
		expect(verdict(closed(), []).verdict).toBe('broken');
	});

	test('of a run that failed are checked as far as they go', () => {
		const failed = closed({ status: 'failed', events: undefined, chain: undefined });
		expect(verdict(failed)).toMatchObject({ verdict: 'intact' });
		expect(verdict(failed, events.slice(1)).verdict).toBe('broken');
	});

	test('are not judged while the run is at work, when retention removed them, or without a chain', () => {
		expect(verdict(closed({ status: 'running' }), []).verdict).toBe('open');
		expect(verdict(closed({ events_removed_at: '2026-03-01' }), []).verdict).toBe('removed');
		expect(verdict(closed({ chain: undefined, events: undefined }), [event('1;1')]).verdict).toBe(
			'unchained',
		);
	});

	test('that retention kept are still checked against the event in front', () => {
		const removed = closed({ events_removed_at: '2026-03-01' });
		expect(verdict(removed, events.slice(1)).verdict).toBe('removed');
		const changed = { ...events[2]!, message: 'another' };
		expect(verdict(removed, [events[1]!, changed])).toMatchObject({
			verdict: 'broken',
			problem: expect.stringContaining('Event 3'),
		});
	});

	test('are looked at run by run', () => {
		const other = closed({ run_id: 'run-3', events: 0, chain: startOfChain('run-3').hash });
		expect(verifyRuns([closed(), other], events).map((one) => [one.run_id, one.verdict])).toEqual([
			['run-2', 'intact'],
			['run-3', 'intact'],
		]);
	});
});
