import type { SeenMark } from '../../../lib/gp/reading/pages';
import {
	chooseRecheck,
	detailFingerprint,
	markIfSame,
	isOpenDocument,
	type KnownRow,
	marksOf,
	rowFingerprint,
	unreadMark,
} from '../../../lib/gp/reading/recheck';
import { document, firm, malformed, summary, whole } from '../support/listed-rows';

const STAMP = '2026-06-01T09:00:00.000Z';
const LATER = '2026-06-01T10:00:00.000Z';
const one = document('1;1', STAMP);

test.each([
	['a posted document', one, true],
	['one that is not posted', document('1;1', STAMP, { state: 'unposted' }), true],
	['one in history', document('1;1', STAMP, { state: 'history' }), false],
	['one that is voided', document('1;1', STAMP, { voided: true }), false],
	['a vendor', firm('A', STAMP), false],
])('%s may still change: %s', (_what, record, open) => expect(isOpenDocument(record)).toBe(open));

describe('the fingerprint of a list row', () => {
	test('that says everything is that of its content, whatever its stamp', () => {
		expect(rowFingerprint(whole(one))).toBe(one.hash.slice(0, 12));
		expect(rowFingerprint(whole(document('1;1', LATER)))).toBe(rowFingerprint(whole(one)));
	});

	test('behind which a detail stands counts its stamp', () => {
		const print = rowFingerprint(summary(one));
		expect(print).toMatch(/^[\w-]{8}$/);
		expect(rowFingerprint(summary(document('1;1', STAMP)))).toBe(print);
		expect(rowFingerprint(summary(document('1;1', LATER)))).not.toBe(print);
		expect(rowFingerprint(summary(document('1;2', STAMP)))).not.toBe(print);
	});

	test('that is malformed is that of what is wrong with it', () => {
		const print = rowFingerprint(malformed('1;1'));
		expect(print).toMatch(/^[0-9a-f]{12}$/);
		expect(rowFingerprint(malformed('1;1'))).toBe(print);
		expect(rowFingerprint(malformed('1;2'))).not.toBe(print);
		expect(rowFingerprint({ ...malformed('1;1'), fault: null })).not.toBe(print);
	});

	test('is short, like that of a detail', () => {
		expect(detailFingerprint(one)).toMatch(/^[\w-]{8}$/);
	});
});

test('a mark of 0.2.0 says the content of the list row and knows no detail', () => {
	const old = { ...unreadMark(summary(one)), row: one.hash.slice(0, 12), detail: null };
	expect(markIfSame(old, summary(one))).toEqual(unreadMark(summary(one)));
	expect(markIfSame(old, whole(one))).toBe(old);
	expect(markIfSame({ ...old, detail: 'd' }, summary(one))).toBeNull();
	expect(markIfSame({ ...old, row: 'other' }, summary(one))).toBeNull();
	expect(markIfSame(old, malformed('1;1'))).toBeNull();
});

test('letters of a fingerprint are no flags, and when the list was read is no row', () => {
	expect(marksOf({ '1;1': 'look', '': '1000' })).toEqual([
		['1;1', expect.objectContaining({ row: 'look', open: false, kept: false, alone: true })],
	]);
});

describe('what is told of the turn of open documents', () => {
	const settings = {
		granularity: 'auto',
		zone: 'UTC',
		overlapMinutes: 60,
		overlapDays: 1,
	} as const;
	const budget = {
		recentPerRun: 0,
		openPerRun: 9,
		afterMinutes: 0,
		keepOpen: true,
		baseline: false,
	};
	const known = (mark: Partial<SeenMark>, more: Partial<KnownRow> = {}): KnownRow => ({
		...{ key: '1;1', row: summary(one), stamp: null, below: false },
		mark: { ...unreadMark(summary(one)), detail: 'd', first: 0, checked: 9_999, ...mark },
		...more,
	});
	const told = (row: KnownRow) => {
		const { report, chosen } = chooseRecheck([row], settings, budget, 100_000);
		const { open, closed, listed } = report;
		return { open, closed, listed, chosen: chosen.length };
	};
	const vendor = { row: summary(firm('A', null)) };

	test.each<[string, KnownRow, ReturnType<typeof told>]>([
		['open, without a stamp', known({ open: true }), { open: 1, closed: 0, listed: 0, chosen: 1 }],
		['done, without a stamp', known({ open: false }), { open: 0, closed: 1, listed: 0, chosen: 1 }],
		[
			'a vendor, without a stamp',
			known({ open: false }, vendor),
			{ open: 1, closed: 0, listed: 0, chosen: 1 },
		],
		[
			'told whole by its row',
			known({ detail: null, open: true }),
			{ open: 0, closed: 0, listed: 1, chosen: 0 },
		],
		[
			'told whole, and done',
			known({ detail: null, open: false }),
			{ open: 0, closed: 0, listed: 0, chosen: 0 },
		],
		[
			'needing its row, which is there',
			known({ open: true, alone: false }),
			{ open: 1, closed: 0, listed: 0, chosen: 1 },
		],
		[
			'needing its row, which is not',
			known({ open: true, alone: false }, { row: null }),
			{ open: 0, closed: 0, listed: 0, chosen: 0 },
		],
	])('%s', (_what, row, expected) => expect(told(row)).toEqual(expected));
});
