import { type Owed, resumeAfter } from '../../../lib/gp/reading/pending-changes';
import { filterSwallowedRows } from '../../../lib/gp/reading/read-changes';
import { TAKEN_AS_FOUND, UNREADABLE, unreadMark } from '../../../lib/gp/reading/recheck';
import { byKey, document, firm, malformed, summary, whole } from '../support/listed-rows';
import { hour, live, range, markOf, sift, shown } from '../support/sifted';

describe('the whole list, once a day', () => {
	const early = summary(document('1;1', hour(2)));
	const listing = { whole: true, unfiltered: true };

	test('brings open documents from before the overlap, what is done stays out', async () => {
		const seen = { '': '10' };
		const found = await sift([early], live(hour(9), seen), { listing });
		expect(shown(found)).toMatchObject({ changed: ['1;1'] });
		const paid = summary(document('1;2', hour(2), { state: 'history' }));
		expect(shown(await sift([paid], live(hour(9), seen), { listing }))).toEqual({
			...{ changed: [], again: [], unchanged: [] },
		});
		const part = { listing: { unfiltered: true } };
		expect(shown(await sift([early], live(hour(9), seen), part)).changed).toEqual([]);
		const ranged = await sift([early], range('2026-06-02', null), { listing });
		expect(ranged.changed).toEqual([]);
		const none = { listing, budget: { keepOpen: false } };
		expect(shown(await sift([early], live(hour(9), seen), none)).changed).toEqual([]);
	});

	test('is where their story begins, the first time', async () => {
		const detailed = await sift([early], live(hour(9)), { listing });
		expect(detailed.changed).toEqual([]);
		expect(detailed.again).toMatchObject([{ key: '1;1', before: { detail: TAKEN_AS_FOUND } }]);
		const told = whole(document('1;1', hour(2)));
		const listed = await sift([told], live(hour(9)), { listing });
		expect(listed).toMatchObject({ changed: [], again: [] });
		expect(listed.unchanged).toMatchObject([{ key: '1;1', below: true, mark: { detail: null } }]);
		// One that was remembered and has changed is news, the first time too.
		const before = whole(document('1;1', hour(2), { documentNumber: 'OLD' }));
		const other = { '1;1': markOf(before, { kept: true }) };
		expect(shown(await sift([early], live(hour(9), other), { listing })).changed).toEqual(['1;1']);
		// What lies within the overlap is new, the first time too.
		const late = summary(document('1;9', hour(9)));
		expect(shown(await sift([late], live(hour(9)), { listing })).changed).toEqual(['1;9']);
	});
});

describe('what a listing does not have', () => {
	const gone = summary(document('1;1', hour(9)));
	const done = markOf(gone, { detail: 'd', open: false });
	const open = markOf(gone, { detail: 'd', open: true, kept: true });

	test('is read by its key where it is open, or could not be read', async () => {
		const seen = {
			'1;1': open,
			'1;2': done,
			'1;3': markOf(gone, { detail: UNREADABLE, open: false }),
		};
		const { again, unchanged } = await sift([], live(hour(9), seen));
		expect(again.map(({ key }) => key).sort()).toEqual(['1;1', '1;3']);
		expect(again[0]).toMatchObject({ row: null, stamp: null, below: true, owed: null });
		expect(unchanged).toEqual([]);
	});

	test('is not, where the whole list came without it', async () => {
		const found = await sift([], live(hour(9), { '1;1': open }), { listing: { whole: true } });
		expect(shown(found)).toEqual({ changed: [], again: [], unchanged: [] });
	});

	test('is not looked for twice where the listing has it', async () => {
		const found = await sift([gone], live(hour(9), { '1;1': markOf(gone, { detail: 'd' }) }));
		expect(shown(found)).toEqual({ changed: [], again: ['1;1'], unchanged: [] });
	});
});

describe('records that could not be read in earlier runs', () => {
	const owe = (key: string, verify = false): Owed => ({ key, verify });
	const known = summary(document('1;1', hour(9)));
	const seen = { '1;1': markOf(known, { detail: 'd', first: 1, checked: 90_000_000 }) };

	test('come before those looked at again in turn, each once', async () => {
		const other = summary(document('1;0', hour(9)));
		const both = { ...seen, '1;0': markOf(other, { detail: 'd', first: 1, checked: 1 }) };
		const owed = [owe('1;1', true)];
		const { again } = await sift([other, known], live(hour(9), both), { owed });
		expect(again.map(({ key, owed: one }) => [key, one])).toEqual([
			['1;1', owed[0]],
			['1;0', null],
		]);
		expect(again[0]).toMatchObject({ row: known, stamp: hour(9), below: false });
		expect(again[0]!.before).toEqual(again[0]!.after);
	});

	test('that have changed meanwhile are read with the changes, whatever they say', async () => {
		const { changed, again } = await sift([known], live(hour(9)), { owed: [owe('1;1')] });
		expect(changed).toMatchObject([{ key: '1;1', must: true }]);
		expect(again).toEqual([]);
	});

	test('that nobody remembers are read by their key alone', async () => {
		const { again } = await sift([], live(hour(9)), { owed: [owe('1;7')] });
		expect(again).toEqual([
			{
				...{ key: '1;7', row: null, stamp: null, below: true },
				...{ before: null, after: null, owed: owe('1;7') },
			},
		]);
	});

	test('whose list rows are malformed are read by their key, those without one by their row', async () => {
		const rows = [malformed('1;7'), malformed('#8')];
		const remembered = { '1;7': markOf(rows[0]!), '#8': markOf(rows[1]!) };
		const owed = [owe('1;7'), owe('#8'), owe('#9')];
		const { again } = await sift(rows, live(hour(9), remembered), { owed });
		expect(again).toMatchObject([
			{ key: '1;7', row: null },
			{ key: '#8', row: rows[1] },
		]);
	});

	test('and what is looked at again have their turn in the first batch of a run only', async () => {
		const later = { owed: [owe('1;1')], first: false };
		const found = await sift([known], live(hour(9), seen), later);
		expect(shown(found)).toEqual({ changed: [], again: [], unchanged: ['1;1'] });
	});
});

describe('a listing made anew in the middle of a run', () => {
	const rows = ['A', 'B', 'C'].map((key, index) => whole(firm(key, hour(9 + (index % 2)))));

	test('goes on behind the last row that was handed out', async () => {
		// In the order of their stamps: A, C, B.
		const listing = await sift(rows, live(null));
		const rest = resumeAfter(listing, { stamp: hour(9), key: 'C' });
		expect(rest.changed.map(({ key }) => key)).toEqual(['B']);
		expect(rest.unchanged).toEqual(
			listing.changed.slice(0, 2).map(({ key, row, stamp }) => ({
				...{ key, row, stamp, below: false, mark: unreadMark(row) },
			})),
		);
	});

	test('of a backfill by keys; all of it where an older version went by stamps', async () => {
		const listing = await sift(rows, range('2026-05-01', null));
		const rest = resumeAfter(listing, { stamp: null, key: 'B' });
		expect(rest.changed.map(({ key }) => key)).toEqual(['C']);
		expect(resumeAfter(listing, { stamp: hour(9), key: 'B' })).toBe(listing);
	});
});

describe('a filter swallowed rows', () => {
	const rows = [whole(firm('A', hour(9)))];
	const swallowed = (seen: Record<string, string>, bound: string | null = hour(8), given = rows) =>
		filterSwallowedRows(byKey(given), live(hour(9), seen), bound);

	test('where not one of those within the overlap came again', () => {
		expect(swallowed({ B: 'r' })).toBe(true);
		expect(swallowed({ B: 'r', A: 'r' })).toBe(false);
	});

	test('not where none is within the overlap, nor where nothing was filtered, nor in a backfill', () => {
		expect(swallowed({})).toBe(false);
		expect(swallowed({ B: 'r.k' })).toBe(false);
		expect(swallowed({ B: 'r', A: 'r.k' })).toBe(true);
		expect(swallowed({ B: 'r' }, null)).toBe(false);
		expect(filterSwallowedRows(byKey(rows), range(hour(1), null), hour(8))).toBe(false);
	});
});
