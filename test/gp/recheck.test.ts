import type { StampSettings } from '../../lib/gp/profiles/site-profile';
import type { ListedRow, SeenMark } from '../../lib/gp/reading/pages';
import {
	chooseRecheck,
	encodeMark,
	type KnownRow,
	marksOf,
	NEVER_READ,
	type RecheckBudget,
	TAKEN_AS_FOUND,
	UNREADABLE,
	wholeListOf,
} from '../../lib/gp/reading/recheck';

const SETTINGS: StampSettings = {
	granularity: 'auto',
	zone: 'UTC',
	overlapMinutes: 10,
	overlapDays: 1,
};
const BUDGET: RecheckBudget = {
	recentPerRun: 10,
	openPerRun: 10,
	afterMinutes: 60,
	keepOpen: true,
	baseline: false,
};
const NOW = 100_000;
const DAY = '2026-03-01';
const INSTANT = '2026-03-01T08:00:00Z';

type Given = Omit<Partial<KnownRow>, 'mark'> & { mark?: Partial<SeenMark> };

function known(key: string, { mark, ...given }: Given = {}): KnownRow {
	const row = { record: { kind: 'payable' } } as unknown as ListedRow;
	return {
		key,
		row,
		stamp: DAY,
		below: true,
		...given,
		mark: {
			row: 'r',
			detail: 'd',
			first: 1_000,
			checked: 9_000,
			open: false,
			kept: false,
			alone: true,
			...mark,
		},
	};
}
const choose = (rows: KnownRow[], budget: Partial<RecheckBudget> = {}, now = NOW) =>
	chooseRecheck(rows, SETTINGS, { ...BUDGET, ...budget }, now);
const chosen = (rows: KnownRow[], budget: Partial<RecheckBudget> = {}, now = NOW) =>
	choose(rows, budget, now).chosen.map(({ key }) => key);

describe('of rows that look as before, the details are read again', () => {
	test.each<[string, Given, boolean]>([
		['of an open document, in turn', { mark: { open: true } }, true],
		['not of one that is done', {}, false],
		['not where the list row says everything', { mark: { detail: null, open: true } }, false],
		['where the last reading failed', { mark: { detail: UNREADABLE } }, true],
		[
			'not where this list lacks it and only its row tells the rest',
			{
				row: null,
				mark: { open: true, alone: false },
			},
			false,
		],
		[
			'where this list lacks it and its detail tells everything',
			{ row: null, mark: { open: true } },
			true,
		],
		[
			'not where that failed and it can only be read with its row',
			{
				row: null,
				mark: { detail: UNREADABLE, alone: false },
			},
			false,
		],
		['of a document without a stamp, open or not', { stamp: null }, true],
		[
			'of a vendor without a stamp',
			{
				stamp: null,
				row: { record: { kind: 'vendor' } } as unknown as ListedRow,
			},
			true,
		],
		[
			'of a row that could not be read, without a stamp',
			{
				stamp: null,
				row: { record: null } as unknown as ListedRow,
			},
			true,
		],
		['not of one this list lacks that is done', { row: null, stamp: null }, false],
		[
			'where it was read within the day of its stamp',
			{ below: false, mark: { first: 8_000, checked: 9_439 } },
			true,
		],
		['not a whole day later', { below: false, mark: { first: 8_000, checked: 9_440 } }, false],
		['not where its stamp is an older one', { mark: { first: 8_000, checked: 8_001 } }, false],
		[
			'where it was read within the minutes of its stamp',
			{
				stamp: INSTANT,
				below: false,
				mark: { first: 8_000, checked: 8_009 },
			},
			true,
		],
		[
			'not ten minutes later',
			{ stamp: INSTANT, below: false, mark: { first: 8_000, checked: 8_010 } },
			false,
		],
		[
			'where its detail was never read',
			{ below: false, mark: { detail: NEVER_READ, checked: 9_999 } },
			true,
		],
		['where it was taken as found', { below: false, mark: { detail: TAKEN_AS_FOUND } }, true],
	])('%s', (_what, given, expected) => {
		expect(chosen([known('1;1', given)])).toEqual(expected ? ['1;1'] : []);
	});

	test('not sooner than told after the last time', () => {
		const rows = [known('1;1', { mark: { open: true, checked: NOW - 60 } })];
		expect(chosen(rows)).toEqual(['1;1']);
		expect(chosen(rows, {}, NOW - 1)).toEqual([]);
	});

	test('of those not looked at for longest, then by key', () => {
		const open = (key: string, checked: number) => known(key, { mark: { open: true, checked } });
		const rows = [open('1;3', 500), open('1;2', 400), open('1;4', 300), open('1;1', 400)];
		expect(chosen(rows, { openPerRun: 3 })).toEqual(['1;4', '1;1', '1;2']);
	});

	test('of those lately changed no more than told, before the open ones', () => {
		const late = (key: string) => known(key, { mark: { detail: UNREADABLE } });
		const rows = [known('1;9', { mark: { open: true } }), late('1;1'), late('1;2')];
		expect(chosen(rows, { recentPerRun: 1 })).toEqual(['1;1', '1;9']);
		expect(chosen(rows, { recentPerRun: 0, openPerRun: 0 })).toEqual([]);
	});
});

test('a look noted by a clock that was ahead counts for none, and its document waits no longer than others', () => {
	const ahead = known('AHEAD', { mark: { open: true, checked: NOW + 500_000 } });
	const looked = known('LOOKED', { mark: { open: true, checked: NOW - 100 } });
	expect(chosen([looked, ahead])).toEqual(['AHEAD', 'LOOKED']);
	expect(chosen([looked, ahead], { openPerRun: 1 })).toEqual(['AHEAD']);
});

describe('documents that are done and have no stamp', () => {
	const open = (count: number) =>
		Array.from({ length: count }, (_, index) => known(`1;${index}`, { mark: { open: true } }));
	const done = (count: number) =>
		Array.from({ length: count }, (_, index) => known(`2;${index}`, { stamp: null }));

	test.each([
		['get a fifth beside many open ones', 20, 20, [8, 2]],
		['get what the open ones leave', 3, 20, [3, 7]],
		['give way where there are fewer of them than their fifth', 20, 1, [9, 1]],
		['get all where nothing is open', 0, 20, [0, 10]],
	])('%s', (_what, opened, closed, expected) => {
		const keys = chosen([...open(opened), ...done(closed)]);
		const of = (kind: string) => keys.filter((key) => key.startsWith(kind)).length;
		expect([of('1;'), of('2;')]).toEqual(expected);
	});

	test('are told with the runs until each had its turn', () => {
		const listed = known('3;1', { mark: { detail: null, open: true } });
		expect(choose([...open(20), ...done(21), listed]).report).toEqual({
			...{ open: 20, openRuns: 3, closed: 21, closedRuns: 11, listed: 1 },
		});
		expect(choose([], { openPerRun: 0 }).report).toMatchObject({ openRuns: 0, closedRuns: 0 });
		expect(choose(open(2), { openPerRun: 0 }).report).toMatchObject({ open: 2, openRuns: 0 });
	});
});

describe('what a watermark remembers of a row', () => {
	const { mark } = known('1;1', { mark: { first: 46_655, checked: 46_656 } });

	test.each<[string, Partial<SeenMark>, string]>([
		['the list row alone', { detail: null, first: 0, checked: 0 }, 'r'],
		['an open one', { detail: null, first: 0, checked: 0, open: true, kept: true }, 'r.ok'],
		['with its detail and when that was read', {}, 'r.d.zzz.1000.'],
		['with a detail that needs the list row', { alone: false, open: true }, 'r.d.zzz.1000.ol'],
		['with a detail that was never read', { detail: NEVER_READ }, 'r..zzz.1000.'],
	])('%s is written and read back', (_what, given, text) => {
		const one = { ...mark, ...given };
		expect(encodeMark(one)).toBe(text);
		expect(marksOf({ '1;1': text })).toEqual([['1;1', one]]);
	});

	test('in another shape is nothing, so that the row is read again', () => {
		const seen = { a: '', b: '.o', c: 'r.d.1', d: 'r.d.1.2', e: 'r.d.1.2.o.x', f: 7 };
		expect(marksOf(seen as unknown as Record<string, string>)).toEqual([]);
		expect(marksOf({ a: 'r.d.?.!.' })).toMatchObject([['a', { first: 0, checked: 0 }]]);
	});

	test('tells when the whole list was read, and whether it has to be', () => {
		const seen = (more: Record<string, string>) => wholeListOf({ since: null, seen: more });
		expect(seen({ '': '1000', '1;1': 'r.ok' })).toMatchObject({ at: 46_656, needed: false });
		expect(seen({ '1;1': 'r.d.1.1.kl' })).toMatchObject({ at: null, needed: true });
		expect(seen({ '1;1': 'r.d.1.1.l' })).toMatchObject({ at: null, needed: false });
		expect(seen({ '': '?' })).toMatchObject({ at: null, needed: false });
		expect(seen({ A: 'r.n', B: 'r' })).toMatchObject({ needed: false, unstamped: true });
		expect(seen({ A: 'r.l', B: 'r' })).toMatchObject({ unstamped: false });
	});
});
