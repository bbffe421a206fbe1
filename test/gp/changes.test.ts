import { EMPTY_WATERMARK, type Watermark } from '../../lib/model/gp-changes';
import type { GpPayable } from '../../lib/model/gp-records';
import { encodeCursor, SEEN_LIMIT } from '../../lib/gp/reading/checkpoint';
import { accountRow, FakeGp, payableRow, vendorRow } from './support/fake-gp';
import { clientFor, siteFor } from './support/client';
import { fakeClock } from './support/fake-clock';
import { readRun } from './support/read-run';

const at = (minute: number) =>
	new Date(Date.parse('2026-06-01T00:00:00Z') + minute * 60_000).toISOString();
const keys = (records: Array<{ key: string }>) => records.map(({ key }) => key);
const vendors = (count: number, stamp: (index: number) => string = at) =>
	Array.from({ length: count }, (_, index) =>
		vendorRow(`V${String(index).padStart(5, '0')}`, stamp(index)),
	);

test('60 rows stamped in one second over three pages come once each', async () => {
	const gp = new FakeGp({ order: 'shuffled' }).put(
		'vendor',
		...vendors(60, () => '2026-06-01T10:00:00.000Z'),
	);
	const { client } = clientFor(gp, { site: siteFor({ query: { pageSize: 25 } }) });
	const { records, watermark } = await readRun(client, 'vendor', EMPTY_WATERMARK, { limit: 7 });
	expect(new Set(keys(records)).size).toBe(60);
	expect(records).toHaveLength(60);
	expect((await readRun(client, 'vendor', watermark)).records).toEqual([]);
	gp.put('vendor', vendorRow('V99999', '2026-06-01T10:00:00.000Z'));
	expect(keys((await readRun(client, 'vendor', watermark)).records)).toEqual(['V99999']);
});

test('20,001 vendors from a service that ignores paging: one request for all batches, none twice, memory within bounds', async () => {
	const gp = new FakeGp({ dialect: 'none' }).put('vendor', ...vendors(20_001));
	const { client } = clientFor(gp);
	const before = process.memoryUsage().heapUsed;
	let peak = 0;
	const seen = new Set<string>();
	let cursor: string | null = null;
	let watermark: Watermark = EMPTY_WATERMARK;
	let batches = 0;
	do {
		const batch = await client.readChanges('vendor', { watermark, limit: 500, cursor });
		for (const { key } of batch.records) {
			expect(seen.has(key)).toBe(false);
			seen.add(key);
		}
		({ watermark, cursor } = batch.checkpoint);
		batches += 1;
		peak = Math.max(peak, process.memoryUsage().heapUsed - before);
	} while (cursor !== null);
	expect(seen.size).toBe(20_001);
	expect(batches).toBe(41);
	expect(gp.log).toHaveLength(1);
	expect(peak).toBeLessThan(300 * 1024 * 1024);
	// Only the overlap is remembered, 75 minutes, not the whole list.
	expect(Object.keys(watermark.seen).length).toBeLessThan(80);
}, 60_000);

test('a row committed late, with a stamp before the watermark, is met within the overlap', async () => {
	const gp = new FakeGp().put('vendor', ...vendors(3));
	const { client } = clientFor(gp);
	const { watermark } = await readRun(client, 'vendor', EMPTY_WATERMARK);
	expect(watermark.since).toBe(at(2));
	gp.put('vendor', vendorRow('LATE', at(-10)));
	const run = await readRun(client, 'vendor', watermark);
	expect(keys(run.records)).toEqual(['LATE']);
	expect(run.watermark.since).toBe(at(2));
	expect((await readRun(client, 'vendor', run.watermark)).records).toEqual([]);
});

test('rows touched while a long list is read keep the watermark back', async () => {
	const gp = new FakeGp().put('vendor', ...vendors(30));
	const clock = fakeClock();
	const { client } = clientFor(gp, { clock, site: siteFor({ query: { pageSize: 10 } }) });
	gp.before = (_url, count) => {
		clock.advance(20 * 60_000);
		// On the second page, a row of the first is changed; on the third, another gets the latest stamp.
		if (count === 2) gp.put('vendor', vendorRow('V00001', at(40), { Name: 'changed meanwhile' }));
		if (count === 3) gp.put('vendor', vendorRow('V00029', at(60)));
	};
	const first = await readRun(client, 'vendor', EMPTY_WATERMARK);
	expect(first.records).toHaveLength(30);
	gp.before = () => undefined;
	const second = await readRun(client, 'vendor', first.watermark);
	expect(second.records).toMatchObject([{ key: 'V00001', name: 'changed meanwhile' }]);
});

test('a date-only stamp re-reads its whole day and hands out only what changed in it', async () => {
	const gp = new FakeGp({ stamps: 'dateOnly' }).put(
		'vendor',
		...vendors(5, () => '2026-06-01T08:00:00.000Z'),
	);
	const { client } = clientFor(gp);
	const { watermark } = await readRun(client, 'vendor', EMPTY_WATERMARK);
	expect(watermark.since).toBe('2026-06-01');
	gp.put('vendor', vendorRow('V00002', '2026-06-01T17:00:00.000Z', { Name: 'in the afternoon' }));
	const run = await readRun(client, 'vendor', watermark);
	expect(run.records).toMatchObject([
		{ key: 'V00002', name: 'in the afternoon', modified: '2026-06-01' },
	]);
	expect((await readRun(client, 'vendor', run.watermark)).records).toEqual([]);
});

test('without stamps the whole list is compared by content', async () => {
	const gp = new FakeGp({ stamps: 'absent' }).put(
		'account',
		accountRow('1-1', at(0)),
		accountRow('1-2', at(0)),
	);
	const { client } = clientFor(gp);
	const first = await readRun(client, 'account', EMPTY_WATERMARK);
	expect(keys(first.records)).toEqual(['1-1', '1-2']);
	expect(first.watermark.since).toBeNull();
	gp.put('account', accountRow('1-2', at(0), { Description: 'Formwork' }));
	const second = await readRun(client, 'account', first.watermark);
	expect(second.records).toMatchObject([{ key: '1-2', description: 'Formwork' }]);
});

test('a stamp from the far future does not carry the watermark with it', async () => {
	const gp = new FakeGp().put(
		'vendor',
		...vendors(2),
		vendorRow('WRONGDATE', '2099-12-31T00:00:00.000Z'),
	);
	const { client } = clientFor(gp);
	const first = await readRun(client, 'vendor', EMPTY_WATERMARK);
	expect(keys(first.records)).toEqual(['V00000', 'V00001', 'WRONGDATE']);
	expect(first.watermark.since).toBe(at(1));
	gp.put('vendor', vendorRow('V00000', at(2)));
	gp.put('vendor', vendorRow('NEW', at(3)));
	expect(keys((await readRun(client, 'vendor', first.watermark)).records)).toEqual(['NEW']);
});

test('only the stamp moved, the content did not: nothing is handed out', async () => {
	const gp = new FakeGp().put('vendor', ...vendors(2));
	const { client } = clientFor(gp);
	const { watermark } = await readRun(client, 'vendor', EMPTY_WATERMARK);
	gp.put('vendor', vendorRow('V00001', at(5)));
	expect((await readRun(client, 'vendor', watermark)).records).toEqual([]);
});

test('a document that moves from work to open to history stays the same document', async () => {
	const gp = new FakeGp().put('payable', payableRow('00417', at(0), { TransactionState: 'Work' }));
	const { client } = clientFor(gp);
	let { watermark } = await readRun(client, 'payable', EMPTY_WATERMARK);
	for (const [index, state] of ['Open', 'History'].entries()) {
		gp.put('payable', payableRow('00417', at(index + 1), { TransactionState: state }));
		const run = await readRun(client, 'payable', watermark);
		expect(run.records).toMatchObject([{ key: '1;00417', state: state.toLowerCase() }]);
		watermark = run.watermark;
	}
});

test('the same document found twice while it moves between two tables counts as the later one', async () => {
	const twice = [
		payableRow('00417', at(1), { TransactionState: 'Open' }),
		payableRow('00417', at(0), { TransactionState: 'Work' }),
	];
	const gp = new FakeGp();
	gp.put('payable', twice[0]!);
	gp.rows.payable.set('other', { ...twice[1]!, key: '0' });
	const { client } = clientFor(gp);
	const { records } = await readRun(client, 'payable', EMPTY_WATERMARK);
	expect(records).toMatchObject([{ key: '1;00417', state: 'open' }]);
});

test('states that are not wanted stay out until they change', async () => {
	const gp = new FakeGp().put(
		'payable',
		payableRow('1', at(0), { TransactionState: 'Work' }),
		payableRow('2', at(0)),
	);
	const { client } = clientFor(gp, { site: siteFor({ transactionStates: ['open', 'history'] }) });
	const first = await readRun(client, 'payable', EMPTY_WATERMARK);
	expect(keys(first.records)).toEqual(['1;2']);
	gp.put('payable', payableRow('1', at(0), { TransactionState: 'Open' }));
	expect(keys((await readRun(client, 'payable', first.watermark)).records)).toEqual(['1;1']);
	expect((await client.listKeys('payable')).keys.sort()).toEqual(['1;1', '1;2']);
});

describe('batches of one run', () => {
	test('the watermark goes no further than what was handed out', async () => {
		const gp = new FakeGp({ order: 'shuffled' }).put('vendor', ...vendors(10).reverse());
		const { client } = clientFor(gp);
		const batch = await client.readChanges('vendor', {
			watermark: EMPTY_WATERMARK,
			limit: 4,
			cursor: null,
		});
		expect(keys(batch.records)).toEqual(['V00000', 'V00001', 'V00002', 'V00003']);
		expect(batch.checkpoint).toMatchObject({
			kind: 'checkpoint',
			entity: 'vendor',
			company: 'TWO',
			more: true,
			watermark: { since: at(3) },
			counts: { read: 10, unchanged: 0, requests: 3 },
		});
	});

	test('the same cursor gives the same batch again', async () => {
		const gp = new FakeGp().put('vendor', ...vendors(10));
		const { client } = clientFor(gp);
		const first = await client.readChanges('vendor', {
			watermark: EMPTY_WATERMARK,
			limit: 4,
			cursor: null,
		});
		const next = {
			watermark: first.checkpoint.watermark,
			limit: 4,
			cursor: first.checkpoint.cursor,
		};
		const once = await client.readChanges('vendor', next);
		const again = await client.readChanges('vendor', next);
		expect(again.records).toEqual(once.records);
		expect(again.checkpoint.watermark).toEqual(once.checkpoint.watermark);
		// Two pages, and one that shows that nothing is behind the last.
		expect(gp.log).toHaveLength(3);
	});

	test('after 30 minutes the listing is made anew from the watermark, and nothing is lost or doubled', async () => {
		const gp = new FakeGp().put('vendor', ...vendors(10));
		const { client, clock } = clientFor(gp);
		const first = await client.readChanges('vendor', {
			watermark: EMPTY_WATERMARK,
			limit: 4,
			cursor: null,
		});
		clock.advance(31 * 60_000);
		const second = await client.readChanges('vendor', {
			watermark: first.checkpoint.watermark,
			limit: 100,
			cursor: first.checkpoint.cursor,
		});
		expect(keys([...first.records, ...second.records])).toEqual(vendors(10).map(({ key }) => key));
	});

	test('a dry run, which never moves the watermark, gets to its end even when the listing is lost each time', async () => {
		const gp = new FakeGp().put('vendor', ...vendors(10));
		const { client, clock } = clientFor(gp);
		const read: string[] = [];
		let cursor: string | null = null;
		do {
			const batch = await client.readChanges('vendor', {
				watermark: EMPTY_WATERMARK,
				limit: 4,
				cursor,
			});
			read.push(...keys(batch.records));
			({ cursor } = batch.checkpoint);
			clock.advance(31 * 60_000);
		} while (cursor !== null && read.length < 50);
		expect(read).toEqual(vendors(10).map(({ key }) => key));
	});

	test('a listing is handed only to the company and entity it was made for', async () => {
		const gp = new FakeGp()
			.put('vendor', ...vendors(4))
			.put('account', accountRow('1-1', at(0)), accountRow('1-2', at(1)));
		const { client } = clientFor(gp);
		const first = await client.readChanges('vendor', {
			watermark: EMPTY_WATERMARK,
			limit: 1,
			cursor: null,
		});
		const other = await client.readChanges('account', {
			watermark: EMPTY_WATERMARK,
			limit: 10,
			cursor: first.checkpoint.cursor,
		});
		expect(other.records.every(({ kind }) => kind === 'account')).toBe(true);
	});

	test('what is no cursor is refused with words', async () => {
		const { client } = clientFor(new FakeGp().put('vendor', ...vendors(1)));
		await expect(
			client.readChanges('vendor', { watermark: EMPTY_WATERMARK, limit: 1, cursor: 'abc' }),
		).rejects.toMatchObject({ code: 'GP_SETTING_INVALID' });
	});
});

describe('backfill', () => {
	test('reads a range, both days included, and leaves the live watermark alone', async () => {
		const day = (index: number) => at(index * 24 * 60 + 600);
		const gp = new FakeGp().put('vendor', ...vendors(10, day));
		const { client } = clientFor(gp);
		const live = (await readRun(client, 'vendor', EMPTY_WATERMARK)).watermark;
		const run = await readRun(client, 'vendor', live, {
			from: '2026-06-03',
			until: '2026-06-05',
			limit: 2,
		});
		expect(keys(run.records)).toEqual(['V00002', 'V00003', 'V00004']);
		expect(run.watermark).toEqual(live);
	});

	test('goes by keys, whatever was changed first', async () => {
		const gp = new FakeGp().put('vendor', ...vendors(10, (index) => at(60 * (10 - index))));
		const { client } = clientFor(gp);
		const run = await readRun(client, 'vendor', EMPTY_WATERMARK, { from: '2026-01-01', limit: 3 });
		expect(keys(run.records)).toEqual(vendors(10).map(({ key }) => key));
	});

	test('hands out all of it again where an older version began it, by another order', async () => {
		const { client } = clientFor(new FakeGp().put('vendor', ...vendors(10)));
		const began = encodeCursor({ token: '', offset: 4, stamp: at(9), key: 'V00009', began: '' });
		const { records } = await client.readChanges('vendor', {
			...{ watermark: EMPTY_WATERMARK, limit: 100, cursor: began, from: '2026-01-01' },
		});
		expect(records).toHaveLength(10);
	});

	test('goes on where it stood when the listing was lost', async () => {
		const gp = new FakeGp().put('vendor', ...vendors(10));
		const { client, clock } = clientFor(gp);
		const first = await client.readChanges('vendor', {
			watermark: EMPTY_WATERMARK,
			limit: 4,
			cursor: null,
			from: '2026-01-01',
		});
		clock.advance(31 * 60_000);
		const second = await client.readChanges('vendor', {
			watermark: EMPTY_WATERMARK,
			limit: 100,
			cursor: first.checkpoint.cursor,
			from: '2026-01-01',
		});
		expect(keys([...first.records, ...second.records])).toEqual(vendors(10).map(({ key }) => key));
	});
});

describe('what the server does with the query is not trusted', () => {
	test.each([
		['ignores the filter', { ignores: ['$filter'] }],
		['ignores the limit', { ignores: ['$top'] }],
		['ignores the offset', { ignores: ['$skip'] }],
		['ignores limit and offset', { ignores: ['$top', '$skip'] }],
		['refuses the filter', { refuses: ['filter'] }],
		['refuses every parameter', { refuses: ['everything'] }],
		['refuses an order', { refuses: ['orderby'] }],
		['gives fewer rows than asked for', { cap: 7 }],
		['gives one row at a time', { cap: 1 }],
		['shuffles', { order: 'shuffled' }],
	] as Array<[string, Partial<FakeGp['settings']>]>)('it %s', async (_what, settings) => {
		const gp = new FakeGp(settings).put('vendor', ...vendors(40));
		const { client } = clientFor(gp, {
			site: siteFor({ query: { pageSize: 10 }, entities: { vendor: { orderBy: ['Key/Id'] } } }),
		});
		const first = await readRun(client, 'vendor', EMPTY_WATERMARK, { limit: 9 });
		expect(keys(first.records)).toEqual(vendors(40).map(({ key }) => key));
		gp.put('vendor', vendorRow('V00007', at(50), { Name: 'changed' }));
		const { client: next } = clientFor(gp, { site: siteFor({ query: { pageSize: 10 } }) });
		expect(keys((await readRun(next, 'vendor', first.watermark)).records)).toEqual(['V00007']);
	});

	test('a filter that swallows what was there a moment ago is not used again', async () => {
		const gp = new FakeGp().put('vendor', ...vendors(5));
		const { client } = clientFor(gp);
		const { watermark } = await readRun(client, 'vendor', EMPTY_WATERMARK);
		gp.put('vendor', vendorRow('V00001', at(9), { Name: 'changed' }));
		// The server misreads the date and finds nothing later than it.
		gp.before = (url) =>
			url.search.includes('filter')
				? {
						status: 200,
						headers: { 'content-type': 'application/json' },
						body: Buffer.from('[]'),
						url: '',
					}
				: undefined;
		const run = await readRun(client, 'vendor', watermark);
		expect(keys(run.records)).toEqual(['V00001']);
	});
});

test('more rows than can be remembered cost time, never truth', async () => {
	const count = SEEN_LIMIT + 50;
	const gp = new FakeGp({ dialect: 'none', stamps: 'absent' }).put('vendor', ...vendors(count));
	const { client } = clientFor(gp);
	const first = await readRun(client, 'vendor', EMPTY_WATERMARK, { limit: 10_000 });
	expect(first.records).toHaveLength(count);
	expect(Object.keys(first.watermark.seen)).toHaveLength(SEEN_LIMIT);
	expect(
		(await readRun(client, 'vendor', first.watermark, { limit: 10_000 })).records,
	).toHaveLength(50);
}, 60_000);

/** A document whose distribution was edited and nothing else, as the list shows it. */
function editedDistribution(voucher: string, stamp: string): ReturnType<typeof payableRow> {
	const edited = payableRow(voucher, stamp);
	(edited.detail!.Distributions as Array<Record<string, unknown>>)[0]!.Reference = 'J200';
	return edited;
}

describe('edits that leave no trace in the list', () => {
	const rotating = { recheck: { recentPerRun: 0, openPerRun: 10 } };
	const details = (gp: FakeGp, from: number) =>
		gp.log.slice(from).filter((url) => !gp.listRequests.includes(url)).length;

	test('every open document is looked at again within the number of runs told, after a restart too', async () => {
		const vouchers = Array.from({ length: 35 }, (_, index) => String(index).padStart(5, '0'));
		const gp = new FakeGp({ summary: true }).put(
			'payable',
			...vouchers.map((voucher, index) => payableRow(voucher, at(index * 60))),
			payableRow('99999', at(36 * 60), { TransactionState: 'History' }),
		);
		let { watermark } = await readRun(
			clientFor(gp, { site: siteFor(rotating) }).client,
			'payable',
			EMPTY_WATERMARK,
		);
		const looked = new Set<string>();
		for (let run = 1; run <= 4; run += 1) {
			// A client of its own is what is left after a restart: only the watermark is handed on.
			const { client, clock } = clientFor(gp, { site: siteFor(rotating) });
			clock.advance(run * 3_600_000);
			const before = gp.log.length;
			const { records, checkpoint } = await client.readChanges('payable', {
				watermark: JSON.parse(JSON.stringify(watermark)) as Watermark,
				limit: 500,
				cursor: null,
			});
			expect(records).toEqual([]);
			expect(checkpoint.recheck).toMatchObject({ open: 35, openRuns: 4, closed: 0, read: 10 });
			expect(details(gp, before)).toBe(10);
			for (const url of gp.log.slice(before)) {
				const voucher = /Transactions\(1;(\d+)\)/.exec(url)?.[1];
				if (voucher) looked.add(voucher);
			}
			watermark = checkpoint.watermark;
		}
		expect([...looked].sort()).toEqual(vouchers);
	});

	test('with lists that say everything it is found by the whole list, once a day', async () => {
		const gp = new FakeGp().put(
			'payable',
			...Array.from({ length: 30 }, (_, index) => payableRow(String(index), at(index * 60))),
		);
		const { client, clock } = clientFor(gp);
		let { watermark } = await readRun(client, 'payable', EMPTY_WATERMARK);
		gp.put('payable', editedDistribution('3', at(3 * 60)));
		clock.advance(3_600_000);
		const before = gp.log.length;
		const hourly = await readRun(client, 'payable', watermark);
		expect(hourly.records).toEqual([]);
		expect(details(gp, before)).toBe(0);
		({ watermark } = hourly);
		clock.advance(24 * 3_600_000);
		const daily = await readRun(client, 'payable', watermark);
		expect(daily.records).toMatchObject([
			{ key: '1;3', distributions: [{ reference: 'J200' }, {}, {}] },
		]);
		clock.advance(24 * 3_600_000);
		expect((await readRun(client, 'payable', daily.watermark)).records).toEqual([]);
	});

	test('a watermark of 0.2.0, or set by hand: older open documents are noted, not sent, and edits found from then on', async () => {
		const gp = new FakeGp({ summary: true }).put(
			'payable',
			...Array.from({ length: 25 }, (_, index) => payableRow(String(index), at(index * 60 + 1))),
		);
		const { client, clock } = clientFor(gp, {
			site: siteFor({ recheck: { recentPerRun: 5, openPerRun: 10 } }),
		});
		let watermark: Watermark = { since: at(24 * 60), seen: {} };
		const next = async () => {
			clock.advance(3_600_000);
			const one = await readRun(client, 'payable', watermark);
			({ watermark } = one);
			return keys(one.records);
		};
		const runs = [await next(), await next(), await next(), await next()];
		expect(runs).toEqual([['1;23', '1;24'], [], [], []]);
		gp.put('payable', editedDistribution('3', at(3 * 60 + 1)));
		expect([...(await next()), ...(await next()), ...(await next())]).toEqual(['1;3']);
	});

	test('details 0.2.0 never compared are read and handed out in their turn', async () => {
		const gp = new FakeGp({ summary: true, stamps: 'absent' }).put(
			'payable',
			...Array.from({ length: 25 }, (_, index) => payableRow(String(index), at(index))),
		);
		const { client } = clientFor(gp, {
			site: siteFor({ recheck: { recentPerRun: 5, openPerRun: 10 } }),
		});
		const lists = clientFor(gp, { site: siteFor({ entities: { payable: { details: 'never' } } }) });
		const { watermark: old } = await readRun(lists.client, 'payable', EMPTY_WATERMARK);
		expect(Object.values(old.seen)[1]).toMatch(/^[0-9a-f]{12}\b/);
		let watermark: Watermark = {
			since: null,
			seen: Object.fromEntries(
				Object.entries(old.seen).map(([key, mark]) => [key, mark.slice(0, 12)]),
			),
		};
		const sizes: number[] = [];
		for (let run = 0; run < 4; run += 1) {
			const one = await readRun(client, 'payable', watermark);
			sizes.push(one.records.length);
			({ watermark } = one);
		}
		expect(sizes).toEqual([10, 10, 5, 0]);
	});

	test('a document that turns up with an old date is found by the daily look at the whole list', async () => {
		const gp = new FakeGp({ summary: true }).put(
			'payable',
			...Array.from({ length: 5 }, (_, index) => payableRow(String(index), at(index * 1_440 + 60))),
		);
		const { client, clock } = clientFor(gp);
		const { watermark } = await readRun(client, 'payable', EMPTY_WATERMARK);
		gp.put('payable', payableRow('88', at(60)));
		clock.advance(3_600_000);
		const hourly = await readRun(client, 'payable', watermark);
		expect(hourly.records).toEqual([]);
		clock.advance(86_400_000);
		expect(keys((await readRun(client, 'payable', hourly.watermark)).records)).toEqual(['1;88']);
	});

	test('a watermark set back by hand has everything since then handed out again', async () => {
		const gp = new FakeGp({ summary: true }).put(
			'payable',
			...Array.from({ length: 5 }, (_, index) => payableRow(String(index), at(index * 1_440 + 60))),
		);
		const { client } = clientFor(gp);
		const { watermark } = await readRun(client, 'payable', EMPTY_WATERMARK);
		const back = await readRun(client, 'payable', { ...watermark, since: at(2 * 1_440 + 60) });
		expect(keys(back.records)).toEqual(['1;2', '1;3']);
		const cleared = await readRun(client, 'payable', { ...watermark, since: null });
		expect(cleared.records).toHaveLength(5);
	});

	test('a detail that lacks what its list row says is read together with it', async () => {
		const gp = new FakeGp({ summary: true }).put(
			'payable',
			...Array.from({ length: 5 }, (_, index) => payableRow(String(index), at(index * 1_440 + 60))),
		);
		const onlyDetail = gp.request.bind(gp);
		gp.request = async (request) => {
			const answer = await onlyDetail(request);
			if (!/Transactions\(/.test(decodeURIComponent(request.url))) return answer;
			const { Distributions, Key } = JSON.parse(String(answer.body)) as Record<string, unknown>;
			return { ...answer, body: Buffer.from(JSON.stringify({ Key, Distributions })) };
		};
		const { client, clock } = clientFor(gp);
		const first = await readRun(client, 'payable', EMPTY_WATERMARK);
		expect(first.records).toHaveLength(5);
		clock.advance(3_600_000);
		const second = await readRun(client, 'payable', first.watermark);
		expect(second).toMatchObject({ records: [], faults: [] });
		gp.put('payable', editedDistribution('1', at(1_440 + 60)));
		const third = await readRun(client, 'payable', second.watermark);
		expect(keys(third.records)).toEqual(['1;1']);
	});

	test('nothing is looked at again where the site profile says none', async () => {
		const gp = new FakeGp({ summary: true }).put('payable', payableRow('00417', at(0)));
		const { client } = clientFor(gp, {
			site: siteFor({ recheck: { recentPerRun: 0, openPerRun: 0 } }),
		});
		const { watermark } = await readRun(client, 'payable', EMPTY_WATERMARK);
		gp.put('payable', editedDistribution('00417', at(0)));
		expect((await readRun(client, 'payable', watermark)).records).toEqual([]);
		const [document] = (await readRun(client, 'payable', watermark, { from: '2026-01-01' }))
			.records as GpPayable[];
		expect(document!.distributions[0]!.reference).toBe('J200');
	});
});

describe('a detail that could not be read', () => {
	const broken = (gp: FakeGp, voucher: string) => {
		gp.before = (url) =>
			decodeURIComponent(url.pathname).includes(`(1;${voucher})`)
				? {
						status: 200,
						headers: { 'content-type': 'application/json' },
						body: Buffer.from('{"Key":'),
						url: '',
					}
				: undefined;
	};

	test('is read again on every run until it is there, also without anybody asking', async () => {
		const gp = new FakeGp({ summary: true }).put(
			'payable',
			...['1', '2', '3'].map((voucher, index) =>
				payableRow(voucher, at(index * 1_440 + 60), { TransactionState: 'History' }),
			),
		);
		const { client } = clientFor(gp);
		broken(gp, '1');
		let run = await readRun(client, 'payable', EMPTY_WATERMARK);
		expect(keys(run.faults)).toEqual(['1;1']);
		// The fault is told once; it is tried again all the same.
		run = await readRun(client, 'payable', run.watermark);
		expect(run).toMatchObject({ records: [], faults: [] });
		gp.before = () => undefined;
		run = await readRun(client, 'payable', run.watermark);
		expect(keys(run.records)).toEqual(['1;1']);
		expect((await readRun(client, 'payable', run.watermark)).records).toEqual([]);
	});

	test('is told each time while it is owed, handed out though it is as it was, and told as gone', async () => {
		const gp = new FakeGp({ summary: true }).put(
			'payable',
			...['1', '2', '3'].map((voucher, index) => payableRow(voucher, at(index * 1_440 + 60))),
		);
		const { client } = clientFor(gp);
		const { watermark } = await readRun(client, 'payable', EMPTY_WATERMARK);
		const owed = [{ key: '1;1', verify: true }];
		const read = async (key = owed) =>
			await client.readChanges('payable', { watermark, limit: 500, cursor: null, owed: key });
		broken(gp, '1');
		expect((await read()).faults).toMatchObject([{ key: '1;1' }]);
		gp.before = () => undefined;
		expect(keys((await read()).records)).toEqual(['1;1']);
		gp.rows.payable.delete('1;1');
		expect(await read()).toMatchObject({ records: [], gone: ['1;1'] });
		// Many at once that cannot be read are no broken service.
		gp.before = (url) =>
			/Transactions\(/.test(decodeURIComponent(url.pathname))
				? {
						status: 200,
						headers: { 'content-type': 'text/html' },
						body: Buffer.from('<html>'),
						url: '',
					}
				: undefined;
		const all = ['1;1', '1;2', '1;3', '1;4'].map((key) => ({ key, verify: false }));
		expect((await read(all)).faults).toHaveLength(4);
	});
});

describe('vendors of which some have no stamp', () => {
	const nameless = (id: string, more: object = {}) =>
		vendorRow(id, '1900-01-01T00:00:00', more as never);

	test('are met once a day as they come and as they change, each once', async () => {
		const gp = new FakeGp({ dialect: 'odata' }).put('vendor', vendorRow('A', at(1)), nameless('B'));
		const { client, clock } = clientFor(gp);
		let { watermark } = await readRun(client, 'vendor', EMPTY_WATERMARK);
		// A run each hour, whose lists show only what has a stamp.
		const next = async () => {
			const found: string[] = [];
			for (let hour = 0; hour < 24; hour++) {
				clock.advance(3_600_000);
				const run = await readRun(client, 'vendor', watermark);
				({ watermark } = run);
				found.push(...keys(run.records));
			}
			return found;
		};
		gp.put('vendor', nameless('C'), vendorRow('D', at(2)));
		expect((await next()).sort()).toEqual(['C', 'D']);
		gp.put('vendor', nameless('B', { Name: 'Renamed' }));
		expect(await next()).toEqual(['B']);
		expect(await next()).toEqual([]);
	});
});
