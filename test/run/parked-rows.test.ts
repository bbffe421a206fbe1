import {
	GONE_IN_GP,
	isOwed,
	isStillOwed,
	owedRecords,
	rowsByKey,
	triesOf,
	waitsFor,
} from '../../lib/run/parked-rows';
import { COST_ON_RECEIPT, WAITS_FOR_PROCORE } from '../../lib/run/look-up';
import type { ParkedRow } from '../../lib/audit/event-row';
import { outcome, parkedRow, source } from '../audit/samples';

const NOW = '2026-03-02T06:00:00.000Z';
const unread = (key: string, given: Partial<ParkedRow> = {}) =>
	parkedRow(key, {
		...{ reason_code: 'GP_RECORD_MALFORMED', message: 'It cannot be read', payload: '' },
		...{ first_parked_at: '2026-03-01T05:00:00.000Z', last_tried_at: '2026-03-02T05:30:00.000Z' },
		...given,
	});

describe('what is read from GP by its key', () => {
	test.each([
		['what could not be read', { reason_code: 'GP_RECORD_MALFORMED' }, true],
		['what was gone', { reason_code: GONE_IN_GP }, true],
		['what was asked for in vain', { reason_code: 'gave-up' }, true],
		['what has no record stored', { payload: ' ' }, true],
		['what has half a record stored', { payload: '{"kind":"payable","key":' }, true],
		['what has nothing of a record stored', { payload: '{}' }, true],
		['what has a record of another kind stored', { payload: '{"kind":"vendor"}' }, true],
		['nothing else', {}, false],
		['nothing that only looks like a fault of reading', { reason_code: 'NOT_GP_X' }, false],
	])('%s', (_what, given, expected) => expect(isOwed(parkedRow('1;7', given))).toBe(expected));

	const owed = (rows: ParkedRow[], receipts = false) =>
		owedRecords(rows, 'TWO', Date.parse(NOW), receipts);

	test('in the order in which it was tried, of this company, with a key', () => {
		const rows = [
			unread('1;7', { last_tried_at: '2026-03-02T05:00:00.000Z' }),
			unread('1;8', { last_tried_at: '2026-03-02T04:00:00.000Z' }),
			unread('1;9', { gp_company: 'THREE' }),
			unread(''),
			parkedRow('1;10'),
		];
		expect(owed(rows).map(({ key }) => key)).toEqual(['1;8', '1;7']);
	});

	test('what is gone once a day only', () => {
		const gone = (last_tried_at: string) =>
			unread('1;7', { reason_code: GONE_IN_GP, last_tried_at });
		expect(owed([gone('2026-03-01T06:00:00.001Z')])).toEqual([]);
		expect(owed([gone('2026-03-01T06:00:00.000Z')])).toHaveLength(1);
		expect(owed([gone('')])).toHaveLength(1);
	});

	test('in the list, too, but for what the list shows and GP does not give: every 24th time', () => {
		const missing = (tries: number) => unread('1;7', { reason_code: 'GP_RECORD_NOT_FOUND', tries });
		expect([1, 23, 24, 25, 48].map((tries) => owed([missing(tries)])[0].verify)).toEqual([
			...[false, false, true, false, true],
		]);
		expect(owed([unread('1;7')])[0].verify).toBe(true);
	});

	test('what waits for the cost on its receipt, where this way into GP carries receipts', () => {
		const waiting = parkedRow('1;7', { reason_code: COST_ON_RECEIPT });
		expect([owed([waiting]), owed([waiting], true).length]).toEqual([[], 1]);
	});
});

describe('a record that still cannot be read', () => {
	const failed = (code = 'GP_RECORD_MALFORMED', message = 'It cannot be read') =>
		outcome('failed', '1;7', { reason: { code, message, remedy: '' } });
	const still = (rows: ParkedRow[], one = failed(), now = NOW) =>
		isStillOwed(one, rowsByKey(rows), now);
	const row = unread('1;7');

	test('says no more than its row', () => {
		expect(still([row])).toBe(true);
		expect(still([row], { ...failed(), outcome: 'parked' })).toBe(true);
	});

	test.each<[string, ParkedRow[], ReturnType<typeof failed>?, string?]>([
		['where no row stands', []],
		['where two stand', [row, unread('1;7', { id: 2 })]],
		['for another reason', [row], failed('GP_HTML_PAGE')],
		['in other words', [row], failed('GP_RECORD_MALFORMED', 'Its date is none')],
		['where it could be read and waits for something else', [row], failed('missing-vendor')],
		[
			'where its row waits for something else',
			[parkedRow('1;7')],
			failed('missing-vendor', 'No vendor'),
		],
		['where it went', [row], { ...failed(), outcome: 'created' }],
		['a day after it was parked', [row], failed(), '2026-03-03T05:00:00.000Z'],
	])('is told of anew %s', (_what, rows, one = failed(), now = NOW) => {
		expect(still(rows, one, now)).toBe(false);
	});

	test('is counted in days since it was parked, not since midnight', () => {
		expect(still([row], failed(), '2026-03-03T04:59:59.999Z')).toBe(true);
	});

	test('as one that waits for its receipt', () => {
		const words = { code: COST_ON_RECEIPT, message: 'No receipt', remedy: '' };
		const waits = outcome('parked', '1;7', { reason: words });
		const onReceipt = (given: Partial<ParkedRow> = {}) =>
			unread('1;7', {
				reason_code: COST_ON_RECEIPT,
				message: 'No receipt',
				payload: '{}',
				...given,
			});
		expect(still([onReceipt()], waits)).toBe(true);
		expect(still([onReceipt({ reason_code: 'other' })], waits)).toBe(false);
		expect(still([onReceipt()], failed(COST_ON_RECEIPT + 'x', 'No receipt'))).toBe(false);
	});
});

test('tries are counted in runs: one that this run began counts once', () => {
	expect(triesOf([], 'run-2')).toBe(1);
	expect(triesOf([parkedRow('1;7', { tries: 3 })], 'run-2')).toBe(4);
	expect(triesOf([parkedRow('1;7', { tries: 3, run_id: 'run-2' })], 'run-2')).toBe(3);
	expect(triesOf([parkedRow('1;7', { tries: 'x' as never })], 'run-2')).toBe(1);
	expect(triesOf([parkedRow('1;7', { tries: 2 }), parkedRow('1;7', { tries: 5 })], 'run-2')).toBe(
		6,
	);
});

test('what the sync had waits for Procore, what the mapping kept for it to know more', () => {
	const [sent, kept] = [outcome('failed', '1;7'), outcome('parked', '1;8')];
	const of = waitsFor([sent], 'v1');
	expect([of(sent), of(kept)]).toEqual([WAITS_FOR_PROCORE, 'v1']);
	expect(of(outcome('failed', '1;7', { source: source('1;7', { company: 'THREE' }) }))).toBe('v1');
	expect(waitsFor([sent], null)(sent)).toBe('');
});
