import type { Watermark } from '../../../lib/model/gp-changes';
import {
	canGive,
	decodeCursor,
	encodeCursor,
	isUnmoved,
	letGoBefore,
	SEEN_LIMIT,
	SnapshotStore,
	watermarkAfter,
} from '../../../lib/gp/reading/checkpoint';
import type { PendingChanges, RecheckedRow } from '../../../lib/gp/reading/pending-changes';
import type { SeenMark } from '../../../lib/gp/reading/pages';
import { marksOf, NEVER_READ, UNREADABLE } from '../../../lib/gp/reading/recheck';
import { fakeClock } from '../support/fake-clock';

const SETTINGS = { granularity: 'auto', zone: 'UTC', overlapMinutes: 60, overlapDays: 1 } as const;
const BUDGET = { recentPerRun: 0, openPerRun: 5, afterMinutes: 0, keepOpen: true, baseline: false };
const hour = (number: number) => `2026-06-01T${String(number).padStart(2, '0')}:00:00.000Z`;
const mark = (given: Partial<SeenMark> = {}): SeenMark => ({
	...{ row: 'r', detail: null, first: 0, checked: 0, open: false, kept: false, alone: true },
	...given,
});
const changed = (key: string, stamp: string | null, more: object = {}) => ({
	...{
		key,
		row: {} as never,
		stamp,
		before: null,
		after: mark({ row: `new-${key}` }),
		must: false,
	},
	...more,
});
const unchanged = (key: string, stamp: string | null, given: Partial<SeenMark> = {}) => ({
	...{ key, row: {} as never, stamp, below: false, mark: mark(given) },
});
const again = (key: string, more: Partial<RecheckedRow> = {}): RecheckedRow => ({
	...{ key, row: null, stamp: null, below: false, owed: null },
	...{ before: mark({ row: 'before' }), after: mark({ row: 'after' }) },
	...more,
});
const pending = (given: Partial<PendingChanges>): PendingChanges => ({
	...{ changed: [], again: [], unchanged: [], ceiling: hour(23), live: true },
	...{ read: 0, wholeList: null, report: {} as never },
	...given,
});
const EMPTY: Watermark = { since: null, seen: {} };
const after = (
	given: Partial<PendingChanges>,
	done: number,
	before: Watermark = EMPTY,
	budget: Partial<typeof BUDGET> = {},
) => watermarkAfter(pending(given), done, before, SETTINGS, { ...BUDGET, ...budget });

describe('a watermark is as it was', () => {
	const before = { since: hour(1), seen: { a: '1', b: '2' } };

	test('where it says the same, in whatever order', () => {
		expect(isUnmoved(before, { since: hour(1), seen: { b: '2', a: '1' } })).toBe(true);
	});

	test('where only the list came quicker than the time before', () => {
		const seconds = (many: number) => new Date(Date.parse(hour(1)) + many * 1000).toISOString();
		expect(isUnmoved(before, { ...before, since: seconds(59) })).toBe(true);
		expect(isUnmoved(before, { ...before, since: seconds(60) })).toBe(false);
		const day = (since: string) =>
			isUnmoved({ ...before, since: '2026-06-01' }, { ...before, since });
		expect([day('2026-06-01'), day('2026-06-02')]).toEqual([true, false]);
	});

	test.each([
		['its date moved', { ...before, since: hour(2) }],
		['a row was looked at again', { ...before, seen: { a: '1', b: '3' } }],
		['a row came', { ...before, seen: { ...before.seen, c: '1' } }],
		['a row went', { ...before, seen: { a: '1' } }],
		['another took its place', { ...before, seen: { a: '1', c: '2' } }],
	])('but not where %s', (_what, after) => {
		expect(isUnmoved(before, after)).toBe(false);
	});

	test('nor where nothing was read before: that an empty stream was read is written', () => {
		expect(isUnmoved(EMPTY, EMPTY)).toBe(false);
	});
});

describe('the watermark after so many rows of a listing', () => {
	const three = [changed('a', hour(1)), changed('b', hour(2)), changed('c', hour(3))];

	test.each([
		[0, null],
		[1, hour(1)],
		[2, hour(2)],
		[3, hour(23)],
		[4, hour(23)],
	])('stands after %i of three at %s', (done, since) => {
		expect(after({ changed: three }, done).since).toBe(since);
	});

	test('is the same batch after batch, and after one asked for again, as from the beginning', () => {
		const rows = () => [
			changed('none', null),
			...Array.from({ length: 9 }, (_, at) =>
				changed(`r${at}`, hour(at), {
					before: at % 4 === 0 ? mark({ row: `old-${at}` }) : null,
					after: mark({
						row: `new-${at}`,
						open: at % 3 === 0,
						detail: at === 1 ? UNREADABLE : null,
					}),
				}),
			),
		];
		const list = pending({ changed: rows() });
		for (const done of [0, 2, 2, 5, 9, 3, 7, 10]) {
			const fresh = after({ changed: rows() }, done);
			expect(watermarkAfter(list, done, EMPTY, SETTINGS, BUDGET)).toEqual(fresh);
			expect(Object.keys(fresh.seen).length).toBeGreaterThan(done === 0 ? 0 : 1);
		}
		const run = pending({ changed: rows() });
		for (const done of [2, 5, 4, 5, 9, 10]) {
			if (done !== 4) letGoBefore(run, run.remembered?.done ?? 0);
			const fresh = after({ changed: rows() }, done);
			expect(watermarkAfter(run, done, EMPTY, SETTINGS, BUDGET)).toEqual(fresh);
		}
		expect([canGive(run, 8), canGive(run, 9)]).toEqual([false, true]);
		// Of what the watermark remembers no more than that is left, of the others nothing.
		expect(run.settled!.rows.map(({ key, row }) => [key, row.key])).toContainEqual(['r0', '']);
		expect(run.changed.slice(0, 9).map(({ key }) => key)).toEqual(Array(9).fill(''));
	});

	test('goes no further than the ceiling, and not at all where there is none', () => {
		expect(after({ changed: three, ceiling: hour(2) }, 1).since).toBe(hour(1));
		expect(after({ changed: [...three, changed('d', hour(4))], ceiling: hour(2) }, 3).since).toBe(
			hour(2),
		);
		expect(after({ changed: three, ceiling: null }, 3).since).toBeNull();
		expect(after({ changed: three, ceiling: null }, 1, { since: hour(0), seen: {} }).since).toBe(
			hour(0),
		);
	});

	test('never goes back, and a row without a stamp does not move it', () => {
		expect(after({ changed: three }, 1, { since: hour(9), seen: {} }).since).toBe(hour(9));
		expect(after({ changed: [changed('a', null), ...three] }, 1).since).toBeNull();
	});

	test('stays as it was for a backfill', () => {
		const before = { since: hour(9), seen: { x: 'r' } };
		expect(after({ changed: three, live: false }, 3, before)).toBe(before);
	});

	test('remembers what was done as it is now, and what waits as it was', () => {
		const known = { before: mark({ row: 'old' }) };
		const rows = [changed('a', hour(1)), changed('b', hour(1), known), changed('c', hour(1))];
		expect(after({ changed: rows }, 1).seen).toEqual({ a: 'new-a', b: 'old' });
		expect(after({ changed: rows, ceiling: hour(1) }, 3).seen).toEqual({
			...{ a: 'new-a', b: 'new-b', c: 'new-c' },
		});
	});

	test('remembers of those read again behind them how far they are', () => {
		const given = {
			changed: [changed('a', hour(1))],
			again: [again('x'), again('y'), again('z', { after: null })],
			ceiling: hour(1),
		};
		const before = { x: 'before.n', y: 'before.n', z: 'before.n' };
		expect(after(given, 1).seen).toEqual({ a: 'new-a', ...before });
		expect(after(given, 2).seen).toEqual({ a: 'new-a', ...before, x: 'after.n' });
		expect(after(given, 4).seen).toEqual({ a: 'new-a', x: 'after.n', y: 'after.n' });
	});
});

describe('beyond the overlap are remembered', () => {
	// The watermark stands at 10:00, the overlap begins at 9:00.
	const seen = (row: ReturnType<typeof unchanged>, budget = {}) =>
		after({ unchanged: [row], ceiling: hour(10) }, 0, EMPTY, budget).seen;

	test.each<[string, ReturnType<typeof unchanged>, object]>([
		['nothing that is done', unchanged('1', hour(8)), {}],
		['an open document', unchanged('1', hour(8), { open: true }), { '1': 'r.ok' }],
		[
			'what could not be read',
			unchanged('1', hour(8), { detail: UNREADABLE }),
			{ '1': 'r.!.0.0.k' },
		],
		['no row without a key', unchanged('#1', hour(8), { detail: UNREADABLE }), {}],
		['what was never read and is done, not', unchanged('1', hour(8), { detail: NEVER_READ }), {}],
		['within it all', unchanged('1', hour(9)), { '1': 'r' }],
		['without a stamp all, and that', unchanged('1', null), { '1': 'r.n' }],
		[
			'without a stamp as it cannot be read',
			unchanged('1', null, { detail: UNREADABLE }),
			{ '1': 'r.!.0.0.' },
		],
	])('%s', (_what, row, expected) => expect(seen(row)).toEqual(expected));

	test('what this listing did not have, where it is open', () => {
		const row = { ...unchanged('1', null, { open: true }), below: true };
		expect(seen(row)).toEqual({ '1': 'r.ok' });
		expect(seen({ ...row, mark: mark() })).toEqual({});
	});

	test('no open document where none are looked at again', () => {
		expect(seen(unchanged('1', hour(8), { open: true }), { keepOpen: false })).toEqual({});
	});

	test('all while there is no watermark yet', () => {
		expect(after({ unchanged: [unchanged('1', hour(8))], ceiling: null }, 0).seen).toEqual({
			'1': 'r',
		});
	});
});

test('when the whole list was read is noted once the listing is worked off', () => {
	const given = { changed: [changed('a', hour(1))], wholeList: 36 };
	expect(after(given, 1).seen).toMatchObject({ '': '10' });
	expect(after(given, 0).seen).not.toHaveProperty('');
	expect(after(given, 0, { since: null, seen: { '': 'z' } }).seen).toMatchObject({ '': 'z' });
	expect(after(given, 1, EMPTY, { keepOpen: false }).seen).not.toHaveProperty('');
});

describe('more rows than can be remembered', () => {
	const many = (count: number, key: string, stamp: (index: number) => string | null) =>
		Array.from({ length: count }, (_, index) =>
			unchanged(`${key}${String(index).padStart(5, '0')}`, stamp(index), { checked: 5 }),
		);
	const open = (key: string, checked: number) => ({
		...unchanged(key, hour(1), { open: true, detail: 'd', checked }),
	});
	const remembered = (rows: Array<ReturnType<typeof unchanged>>) =>
		Object.keys(after({ unchanged: rows, ceiling: hour(10) }, 0).seen);

	test('as many as can be are all remembered', () => {
		expect(remembered(many(SEEN_LIMIT, 'v', () => hour(10)))).toHaveLength(SEEN_LIMIT);
	});

	test('of the kept ones those looked at longest ago go first, of one minute the first', () => {
		const kept = [open('k1', 9), open('k2', 5), open('k3', 5), open('k4', 7)];
		const left = remembered([...many(SEEN_LIMIT - 2, 'v', () => hour(10)), ...kept]);
		expect(left).toHaveLength(SEEN_LIMIT);
		expect(left.filter((key) => key.startsWith('k'))).toEqual(['k1', 'k4']);
		const one = remembered([...many(SEEN_LIMIT - 3, 'v', () => hour(10)), ...kept]);
		expect(one.filter((key) => key.startsWith('k'))).toEqual(['k1', 'k3', 'k4']);
		const three = remembered([...many(SEEN_LIMIT - 1, 'v', () => hour(10)), ...kept]);
		expect(three.filter((key) => key.startsWith('k'))).toEqual(['k1']);
		const none = remembered([...many(SEEN_LIMIT, 'v', () => hour(10)), ...kept]);
		expect(none.filter((key) => key.startsWith('k'))).toEqual([]);
		expect(none).toHaveLength(SEEN_LIMIT);
	});

	test('where they are not enough all of them go, then the oldest of the others', () => {
		const stamps = (index: number) => (index === 7 ? hour(9) : hour(10));
		const left = remembered([open('k1', 5), ...many(SEEN_LIMIT + 1, 'v', stamps)]);
		expect(left).toHaveLength(SEEN_LIMIT);
		expect(left).not.toContain('k1');
		expect(left).not.toContain('v00007');
	});

	test('what has no stamp goes before all others, but for one by which a whole list is asked for', () => {
		const stamped = (count: number) => many(count, 'v', () => hour(10));
		const [kept, none] = [open('k1', 5), (count: number) => many(count, 'n', () => null)];
		const left = remembered([...none(9), ...stamped(SEEN_LIMIT - 4), kept]);
		expect(left).toHaveLength(SEEN_LIMIT);
		expect(left.filter((key) => !key.startsWith('v'))).toEqual([
			'n00000',
			'n00001',
			'n00002',
			'k1',
		]);
		const few = remembered([...none(2), ...stamped(SEEN_LIMIT + 1), kept]);
		expect(few.filter((key) => !key.startsWith('v'))).toEqual(['n00000']);
		expect(few).toHaveLength(SEEN_LIMIT);
	});

	test('what is kept says so', () => {
		const { seen } = after({ unchanged: [open('k1', 5)], ceiling: hour(10) }, 0);
		expect(marksOf(seen)).toEqual([
			['k1', mark({ open: true, detail: 'd', checked: 5, kept: true })],
		]);
	});
});

describe('listings kept between batches', () => {
	const MINUTE = 60_000;

	test('come back to their owner alone, until they are dropped', () => {
		const clock = fakeClock();
		const store = new SnapshotStore<string>();
		const token = store.put('listing', 'company one', clock);
		expect(store.get(token, 'company one', clock)).toBe('listing');
		expect(store.get(token, 'company two', clock)).toBeNull();
		expect(store.get('another', 'company one', clock)).toBeNull();
		expect(store.put('listing', 'company one', clock)).not.toBe(token);
		store.delete(token);
		expect(store.get(token, 'company one', clock)).toBeNull();
	});

	test('live half an hour, and half an hour more each time they are asked for', () => {
		const clock = fakeClock();
		const store = new SnapshotStore<string>();
		const token = store.put('listing', 'one', clock);
		const other = store.put('other', 'one', clock);
		clock.advance(29 * MINUTE);
		expect(store.get(token, 'one', clock)).toBe('listing');
		clock.advance(29 * MINUTE);
		expect(store.get(other, 'one', clock)).toBeNull();
		expect(store.get(token, 'one', clock)).toBe('listing');
		clock.advance(30 * MINUTE);
		expect(store.get(token, 'one', clock)).toBeNull();
		expect(store.size).toBe(0);
	});

	test('are sixteen at most, the oldest goes; what has run out makes room first', () => {
		const clock = fakeClock();
		const store = new SnapshotStore<number>();
		const tokens = Array.from({ length: 17 }, (_, index) => store.put(index, 'one', clock));
		expect(store.size).toBe(16);
		expect(tokens.map((token) => store.get(token, 'one', clock))).toEqual([
			null,
			...Array.from({ length: 16 }, (_, index) => index + 1),
		]);
		clock.advance(31 * MINUTE);
		store.put(99, 'one', clock);
		expect(store.size).toBe(1);
	});
});

describe('a cursor', () => {
	const cursor = { token: 'abc', offset: 7, stamp: hour(1), key: '1;417', began: 'ff' };
	const written = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

	test('comes back as it was handed out, without a stamp too', () => {
		expect(decodeCursor(encodeCursor(cursor))).toEqual(cursor);
		const first = { token: '', offset: 0, stamp: null, key: '', began: '' };
		expect(decodeCursor(encodeCursor(first))).toEqual(first);
	});

	test.each<[string, unknown]>([
		['of another token', [1, 7, null, 'k', 'b']],
		['of an offset that is no number', ['t', '7', null, 'k', 'b']],
		['of an offset that is no whole number', ['t', 7.5, null, 'k', 'b']],
		['of an offset below zero', ['t', -1, null, 'k', 'b']],
		['of a stamp that is a number', ['t', 7, 7, 'k', 'b']],
		['of a stamp that is not told', ['t', 7]],
		['of a key that is none', ['t', 7, null, 8, 'b']],
		['without what the run began with', ['t', 7, null, 'k']],
		['that is an object', { token: 't' }],
		['that is null', null],
	])('%s is refused', (_what, value) => {
		expect(() => decodeCursor(written(value))).toThrow(
			expect.objectContaining({
				code: 'GP_SETTING_INVALID',
				details: expect.objectContaining({ setting: 'cursor' }),
			}),
		);
	});
});
