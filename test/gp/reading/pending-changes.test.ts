import type { ListedRow } from '../../../lib/gp/reading/pages';
import {
	boundsOf,
	comparePlaces,
	keepNewer,
	markAfter,
} from '../../../lib/gp/reading/pending-changes';
import { NEVER_READ, unreadMark } from '../../../lib/gp/reading/recheck';
import { document, firm, malformed, summary, whole } from '../support/listed-rows';
import { SETTINGS, hour, NOW, live, range, markOf, sift, shown } from '../support/sifted';

describe('what a service is asked for', () => {
	test('from the overlap before the watermark on, everything at first, a range as it is', () => {
		expect(boundsOf(live(hour(9)), SETTINGS)).toEqual({ since: hour(8), until: null });
		expect(boundsOf(live(null), SETTINGS)).toEqual({ since: null, until: null });
		expect(boundsOf(range('2026-05-01', '2026-05-31'), SETTINGS)).toEqual({
			...{ since: '2026-05-01', until: '2026-05-31' },
		});
	});
});

describe('rows of a listing', () => {
	const row = whole(firm('A', hour(9)));

	test('that nobody knows are changed, by stamp and then by key, those without a stamp first', async () => {
		const rows = [
			whole(firm('D', hour(12))),
			whole(firm('C', hour(11))),
			whole(firm('B', hour(12))),
			whole(firm('A', null)),
		];
		expect(shown(await sift(rows, live(null)))).toEqual({
			...{ changed: ['A', 'C', 'B', 'D'], again: [], unchanged: [] },
		});
	});

	test('that are as remembered are left alone, others are changed with what was known of them', async () => {
		const same = live(hour(9), { A: markOf(row) });
		expect(shown(await sift([row], same))).toMatchObject({ changed: [], unchanged: ['A'] });
		const renamed = whole(firm('A', hour(9), 'ACME & Sons'));
		const { changed, unchanged } = await sift([renamed], same);
		expect(unchanged).toEqual([]);
		expect(changed).toEqual([
			{
				...{ key: 'A', row: renamed, stamp: hour(9), must: false },
				...{ before: unreadMark(row), after: null },
			},
		]);
		expect(markAfter(changed[0]!)).toEqual(unreadMark(renamed));
	});

	test('from before the overlap count only where they are remembered', async () => {
		const early = whole(firm('A', hour(7)));
		expect(shown(await sift([early], live(hour(9))))).toMatchObject({ changed: [], unchanged: [] });
		const kept = { A: markOf(early, { kept: true, open: true }) };
		const { changed, unchanged } = await sift([early], live(hour(9), kept));
		expect(changed).toEqual([]);
		expect(unchanged).toMatchObject([{ key: 'A', below: true, stamp: hour(7) }]);
		// The overlap begins at eight.
		expect(shown(await sift([whole(firm('A', hour(8)))], live(hour(9))))).toMatchObject({
			changed: ['A'],
		});
	});

	test('that cannot be understood come too, by what is wrong with them', async () => {
		const broken = malformed('#1');
		const first = await sift([broken], live(hour(9)));
		expect(first.changed).toMatchObject([{ key: '#1', stamp: null, before: null }]);
		const known = live(hour(9), { '#1': markOf(broken) });
		expect(shown(await sift([broken], known))).toMatchObject({ changed: [], unchanged: ['#1'] });
	});

	test('of which 0.2.0 noted the list row alone are as before, and their detail is still to be read', async () => {
		const old = summary(document('1;1', hour(9)));
		const seen = { '1;1': old.record!.hash.slice(0, 12) };
		const { again, changed } = await sift([old], live(hour(9), seen));
		expect(changed).toEqual([]);
		expect(again).toMatchObject([{ key: '1;1', before: { detail: NEVER_READ } }]);
	});

	test('are told with how many were read, and whether the whole list was', async () => {
		const counted = await sift([row], live(null), { listing: { read: 7 } });
		expect(counted).toMatchObject({ read: 7, live: true, wholeList: null });
		const seen = { '': '10' };
		expect(await sift([row], live(null, seen))).toMatchObject({ wholeList: 36 });
		expect(await sift([row], live(null, seen), { listing: { unfiltered: true } })).toMatchObject({
			wholeList: Math.floor(NOW / 60_000),
		});
	});
});

describe('the ceiling of the watermark', () => {
	const rows = [whole(firm('A', hour(9))), whole(firm('B', hour(11))), whole(firm('C', hour(10)))];
	const ceiling = async (given: ListedRow[], reach = live(null), durationMs = 0) =>
		(await sift(given, reach, { listing: { durationMs } })).ceiling;

	test('is the latest stamp, less the time the listing took', async () => {
		expect(await ceiling(rows)).toBe(hour(11));
		expect(await ceiling(rows, live(null), 3_600_000)).toBe(hour(10));
		expect(await ceiling([])).toBeNull();
		expect(await ceiling([whole(firm('A', null))])).toBeNull();
	});

	test('is not carried off by a stamp ahead of our clock, which comes all the same', async () => {
		// A clock that was wrong, or another zone: what comes until then would lie before it.
		const late = whole(firm('L', '2026-06-01T20:00:00.001Z'));
		expect(await ceiling([...rows, whole(firm('S', hour(20)))])).toBe(hour(20));
		expect(await ceiling([...rows, late])).toBe(hour(11));
		expect(shown(await sift([late], live(null))).changed).toEqual(['L']);
	});

	test('of days is not carried off by a day that has begun nowhere yet', async () => {
		const days = (...stamps: string[]) => stamps.map((stamp, at) => whole(firm(`D${at}`, stamp)));
		expect(await ceiling(days('2026-06-01', '2026-06-02', '2026-06-03'))).toBe('2026-06-02');
		expect(await ceiling(days('2026-06-03'))).toBeNull();
	});

	test('is not set by what lies before the overlap', async () => {
		const early = whole(document('1;1', hour(3)));
		const reach = live(hour(9), { '1;1': markOf(early, { kept: true }) });
		expect(await ceiling([early], reach)).toBeNull();
	});
});

describe('a backfill', () => {
	const rows = ['2026-05-02', '2026-05-03', '2026-05-04', null].map((stamp, index) =>
		whole(firm('DCBA'[index], stamp)),
	);

	test('takes its range, whatever is remembered, by key; what has no stamp may lie in it', async () => {
		const found = await sift(rows, range('2026-05-03', '2026-05-03'));
		expect(shown(found)).toEqual({ changed: ['A', 'C'], again: [], unchanged: [] });
		expect(found.live).toBe(false);
	});

	test('may be open on either side', async () => {
		expect(shown(await sift(rows, range(null, '2026-05-03'))).changed).toEqual(['A', 'C', 'D']);
		expect(shown(await sift(rows, range('2026-05-03', null))).changed).toEqual(['A', 'B', 'C']);
	});

	test('looks at no details again for being open', async () => {
		const open = summary(document('1;1', hour(9)));
		const reach = { ...range('2026-05-01', null) };
		const found = await sift([open], reach, { listing: { whole: true } });
		expect(shown(found)).toEqual({ changed: ['1;1'], again: [], unchanged: [] });
	});
});

describe('a watermark that somebody set back', () => {
	const row = whole(firm('A', hour(9)));

	test('has what it passed handed out again, though it is as remembered', async () => {
		const kept = { A: markOf(row, { kept: true }) };
		const { changed } = await sift([row], live(hour(9), kept));
		expect(changed).toMatchObject([{ key: 'A', must: true }]);
	});

	test('to nothing has all of it handed out again, where older rows are remembered', async () => {
		const open = summary(document('1;1', hour(2)));
		const seen = { A: markOf(row), '1;1': markOf(open, { kept: true }) };
		const { changed } = await sift([row, open], live(null, seen));
		expect(changed).toMatchObject([
			{ key: '1;1', must: true },
			{ key: 'A', must: true },
		]);
		const some = { A: markOf(row), '1;1': markOf(open, { kept: true }) };
		expect(shown(await sift([row], live(hour(9), some))).unchanged).toContain('A');
		const fresh = { A: markOf(row) };
		expect(shown(await sift([row], live(null, fresh))).unchanged).toEqual(['A']);
	});

	test('does not count for a stamp of the far future, nor for a day beside an instant', async () => {
		const wrong = whole(firm('A', '2099-12-31T00:00:00.000Z'));
		const kept = { A: markOf(wrong, { kept: true }) };
		expect(shown(await sift([wrong], live(hour(9), kept))).unchanged).toEqual(['A']);
		const day = whole(firm('A', '2026-06-01'));
		const dated = { A: markOf(day, { kept: true }) };
		expect(shown(await sift([day], live(hour(9), dated))).unchanged).toEqual(['A']);
		expect(shown(await sift([day], live('2026-06-02', dated))).changed).toEqual(['A']);
		const none = whole(firm('A', null));
		const stampless = { A: markOf(none, { kept: true }) };
		expect(shown(await sift([none], live(hour(9), stampless))).unchanged).toEqual(['A']);
	});
});

test('rows without a stamp have their turn first, then by stamp, then by key', () => {
	const places = [
		{ stamp: null, key: 'a' },
		{ stamp: null, key: 'b' },
		{ stamp: hour(1), key: 'a' },
		{ stamp: hour(2), key: 'A' },
	];
	for (const [at, one] of places.entries())
		for (const [against, other] of places.entries())
			expect(Math.sign(comparePlaces(one, other))).toBe(Math.sign(at - against));
});

test('of two readings of one record the later stamp counts, at equal stamps the later reading', () => {
	const kept = (...rows: ListedRow[]) => {
		const map = new Map<string, ListedRow>();
		for (const row of rows) keepNewer(map, row);
		return map.get('A');
	};
	const [early, late, none] = [hour(1), hour(2), null].map((stamp) => whole(firm('A', stamp)));
	const again = whole(firm('A', hour(2), 'again'));
	expect([kept(early!, late!), kept(late!, early!)]).toEqual([late, late]);
	expect(kept(late!, again)).toBe(again);
	expect([kept(none!, early!), kept(early!, none!)]).toEqual([early, early]);
	expect(kept(malformed('A'), early!)).toBe(early);
});
