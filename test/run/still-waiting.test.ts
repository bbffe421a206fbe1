import type { RecordOutcomesInput } from '../../lib/run/record-outcomes';
import type { ParkedRow } from '../../lib/audit/event-row';
import { NOW, outcome, parkedRow, payablesRun, record } from '../audit/samples';

/** An hour before NOW. */
const AN_HOUR_AGO = '2026-03-02T05:00:00.000Z';
const waits = (given: Partial<ParkedRow> = {}) =>
	parkedRow('1;7', { id: 4, last_tried_at: AN_HOUR_AGO, ...given });
const triedAgain = (given: Partial<RecordOutcomesInput> = {}) =>
	record({
		state: payablesRun({ step: { part: 'payables', phase: 'parked', batch: 1 } }),
		checkpoint: null,
		notSent: [outcome('parked', '1;7')],
		parkedRows: [waits()],
		...given,
	});

describe('a record that is tried again and still waits for the same reason', () => {
	test('is counted, and leaves its row as it is and no event', () => {
		const { events, parked, resolvedRowIds, state } = triedAgain();
		expect([events, parked, resolvedRowIds]).toEqual([[], [], []]);
		expect(state.counts.payable.parked).toBe(1);
	});

	test('is told of once a day', () => {
		const yesterday = waits({ last_tried_at: '2026-03-01T06:00:00.000Z' });
		const { events, parked, resolvedRowIds } = triedAgain({ parkedRows: [yesterday] });
		expect(events).toMatchObject([{ outcome: 'parked', gp_key: '1;7' }]);
		expect(parked).toMatchObject([{ tries: 3, last_tried_at: NOW }]);
		expect(resolvedRowIds).toEqual([4]);
	});

	test.each([
		['another reason', { reason_code: 'no-project' }],
		['another message', { message: 'No vendor yet' }],
		['no date of the last try', { last_tried_at: '' }],
	])('is told of when its row has %s', (_what, row) => {
		expect(triedAgain({ parkedRows: [waits(row)] }).events).toHaveLength(1);
	});

	test('is told of when Procore was asked, and refused for another reason', () => {
		const refused = outcome('failed', '1;7', {
			reason: { code: 'row-refused', message: 'No', remedy: 'Mend it' },
		});
		const { events, parked } = triedAgain({ notSent: [], outcomes: [refused] });
		expect([events.length, parked.length]).toEqual([1, 1]);
	});

	test.each(['failed', 'conflict', 'locked'] as const)(
		'is counted and told of once a day when it is %s, too',
		(kind) => {
			const again = (row: Partial<ParkedRow>, more = {}) =>
				triedAgain({
					notSent: [],
					outcomes: [outcome(kind, '1;7', more)],
					parkedRows: [waits(row)],
				});
			const { events, parked, resolvedRowIds, state } = again({});
			expect([events, parked, resolvedRowIds]).toEqual([[], [], []]);
			expect(state.counts.payable.failed).toBe(1);
			expect(again({ last_tried_at: '2026-03-01T06:00:00.000Z' }).events).toHaveLength(1);
			// What reached Procore all the same has its event each time.
			const write = {
				outcome: 'updated',
				procore: { type: 'directCost' },
				originId: 'X',
				reason: {},
			};
			expect(again({}, { also: [write] }).events).toHaveLength(2);
			expect(again({}, { also: [{ ...write, unmarked: true }] }).events).toHaveLength(0);
			// Written by a batch that was cut off: that is not on record yet.
			expect(again({}, { recovered: { batchId: 'gone/1' } }).events).toHaveLength(1);
			const unrecorded = { batchId: 'gone/1', outcome: 'created' };
			expect(again({}, { unrecorded }).events).toHaveLength(2);
		},
	);

	test('is told of when another part of it went', () => {
		const { events, parked, resolvedRowIds } = triedAgain({
			outcomes: [outcome('created', '1;7')],
		});
		expect(events.map((event) => event.outcome).sort()).toEqual(['created', 'parked']);
		expect([parked.length, resolvedRowIds]).toEqual([1, [4]]);
	});

	test('is told of when a batch that was cut off left it two rows, and keeps one', () => {
		const { parked, resolvedRowIds } = triedAgain({ parkedRows: [waits(), waits({ id: 5 })] });
		expect([parked.length, resolvedRowIds]).toEqual([1, [4, 5]]);
	});

	test('is told of when it was read from GP anew, or in a dry run', () => {
		expect(
			record({ notSent: [outcome('parked', '1;7')], parkedRows: [waits()] }).events,
		).toHaveLength(1);
		const state = payablesRun({
			dryRun: true,
			step: { part: 'payables', phase: 'parked', batch: 1 },
		});
		expect(triedAgain({ state }).events).toHaveLength(1);
	});
});
