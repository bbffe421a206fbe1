import { cutoff, planRetention } from '../../lib/audit/retention';
import { runRow } from '../../lib/run/run';
import type { RunRow } from '../../lib/audit/event-row';
import type { OutcomeKind } from '../../lib/model/outcome';
import { event } from '../run/requests/samples';
import { NOW, parkedRow, run } from './samples';

const OLD = '2025-01-01T00:00:00.000Z';
const ran = (run_id: string, given: Partial<RunRow> = {}): RunRow => ({
	...runRow(run(), { executionId: '1', status: 'success' }),
	run_id,
	started_at: OLD,
	finished_at: OLD,
	events: 1,
	...given,
});
let ids = 0;
const stored = (run_id: string, key: string, kind: OutcomeKind = 'created') => ({
	...event(key, kind, OLD),
	run_id,
	id: ++ids,
});
const plan = (given: Partial<Parameters<typeof planRetention>[0]>) =>
	planRetention({ runs: [], events: [], parked: [], latest: [], months: 12, now: NOW, ...given });

/** Ids that would be left. */
function left(events: Array<{ id: number; run_id: string }>, given: Parameters<typeof plan>[0]) {
	const { ranges } = plan({ ...given, events: events as never });
	return events
		.filter(
			({ id, run_id }) =>
				!ranges.some((range) => range.run_id === run_id && id > range.after && id < range.before),
		)
		.map(({ id }) => id);
}

describe('retention', () => {
	beforeEach(() => (ids = 0));

	test('removes all events of an old run in one go and marks its row, which stays', () => {
		const events = ['1;1', '1;2', '1;3'].map((key) => stored('a', key));
		const planned = plan({ runs: [ran('a')], events });
		expect(planned.ranges).toEqual([{ run_id: 'a', after: 0, before: 4 }]);
		expect(planned.marked).toEqual([{ run_id: 'a', events_removed_at: NOW }]);
		expect(planned.emptyRuns).toEqual([]);
	});

	test('touches neither a young run, nor one at work, nor one cleaned before', () => {
		const runs = [
			ran('young', { started_at: NOW, finished_at: NOW }),
			ran('working', { status: 'running', finished_at: '' }),
			ran('cleaned', { events_removed_at: NOW }),
		];
		const events = runs.map((row) => stored(row.run_id, '1;1'));
		expect(plan({ runs, events })).toMatchObject({ ranges: [], marked: [], emptyRuns: [] });
	});

	test('removes the row of an old run that handled nothing', () => {
		expect(plan({ runs: [ran('quiet', { events: 0 })] })).toMatchObject({
			emptyRuns: [{ run_id: 'quiet' }],
			marked: [],
		});
		// Events that should be there and are not: tampering, so the row must stay.
		expect(plan({ runs: [ran('robbed', { events: 3 })] }).emptyRuns).toEqual([]);
	});

	test('keeps the story of a parked record, and the event in front that it is checked against', () => {
		const events = [
			stored('a', '1;1'),
			stored('a', '1;2'),
			stored('a', '1;7', 'failed'),
			stored('a', '1;4'),
		];
		expect(left(events, { runs: [ran('a')], parked: [parkedRow('1;7')] })).toEqual([2, 3]);
	});

	test('keeps the story of a record whose last outcome is a failure, although it is not parked', () => {
		const events = [stored('a', '1;7', 'failed'), stored('a', '1;8', 'failed')];
		const latest = [event('1;7', 'failed', NOW), event('1;8', 'updated', NOW)];
		expect(left(events, { runs: [ran('a')], latest })).toEqual([1]);
	});

	test('keeps what went well with such a record too, but not every repeated try', () => {
		const runs = ['a', 'b', 'c'].map((id, index) =>
			ran(id, { started_at: `2025-01-0${index + 1}` }),
		);
		const events = [
			stored('a', '1;7', 'created'),
			stored('a', '1;7', 'failed'),
			stored('b', '1;7', 'failed'),
			stored('c', '1;7', 'failed'),
		];
		expect(left(events, { runs, parked: [parkedRow('1;7')] })).toEqual([1, 2]);
	});

	test('a first load of forty thousand events is looked through in a moment', () => {
		const events = Array.from({ length: 40_000 }, (_, index) => stored('a', `1;${index}`));
		const began = Date.now();
		expect(plan({ runs: [ran('a')], events }).ranges).toHaveLength(1);
		expect(Date.now() - began).toBeLessThan(4_000);
	});

	test('counts months back from today', () => {
		expect(cutoff(12, '2026-03-02T06:00:00.000Z')).toBe('2025-03-02T06:00:00.000Z');
		expect(cutoff(6, '2026-08-31T06:00:00.000Z')).toBe('2026-02-28T06:00:00.000Z');
		expect(cutoff(24, '2028-02-29T06:00:00.000Z')).toBe('2026-02-28T06:00:00.000Z');
	});
});
