import { bareList, type EntityProfile } from '../../../lib/gp/profiles/site-profile';
import type { ListRequest } from '../../../lib/gp/reading/list-source';
import { type Row, lists, ids, paged, refusing, SINCE } from '../support/one-list';

describe('doubt about a list', () => {
	const hundred = () => ids(100);
	const doubted =
		'exactly 100 rows came in one answer, and no way is known to ask for what may follow';

	test('is kept until it was read to its end, with why', async () => {
		let rows = hundred();
		const site = lists(() => rows, { dialect: 'none' });
		expect((await site.read()).end).toBe(doubted);
		expect([...site.services.doubts]).toEqual([['T', doubted]]);
		rows = ids(7);
		await site.read({}, { few: true });
		expect(site.services.doubts.size).toBe(1);
		await site.read();
		expect(site.services.doubts.size).toBe(0);
	});

	test('is none where only a few rows were wanted', async () => {
		const site = lists(hundred, { dialect: 'none' });
		await site.read({}, { few: true });
		expect(site.services.doubts.size).toBe(0);
	});

	test('is none where somebody confirmed that lists come whole', async () => {
		expect((await lists(hundred, { dialect: 'none', listsComeWhole: true }).read()).end).toBe(
			'wholeAnswer',
		);
	});

	test('comes where as many came as the site is known to give, or as of another list', async () => {
		expect((await lists(() => ids(7), { dialect: 'none', cap: 7 }).read()).end).toContain(
			'exactly 7',
		);
		const site = lists(() => ids(7), { dialect: 'none' });
		expect((await site.read()).end).toBe('wholeAnswer');
		expect((await site.read()).end).toBe('wholeAnswer');
		const other = { source: bareList('U') };
		expect((await site.read({}, other)).end).toContain('as many as of T');
		expect(Object.fromEntries(site.services.wholeSizes)).toEqual({ T: 7, U: 7 });
	});
});

describe('a count that may leave the filter out of account', () => {
	const counted = (all: number) =>
		lists(
			paged(ids(3), ({ query }) => ({
				'@odata.count': 50,
				...(/9999/.test(query('$filter') ?? '') ? { value: ids(all) } : {}),
			})),
			{ count: 'odata4' },
		);

	test('is looked at with a filter nothing can meet, once for all lists', async () => {
		const site = counted(0);
		const { end, asked } = await site.read(SINCE);
		expect(end).toBe('nothingBehind');
		expect(asked.filter((one) => one.includes('9999'))).toEqual([
			'filter=TS ge 9999-12-30T00:00:00Z&count=true&top=1',
		]);
		expect(site.services.learned.countsBeforeFilter).toBe(true);
		expect(
			(await site.read({ since: '2026-05-02', until: '2026-05-09' })).asked.filter((one) =>
				one.includes('9999'),
			),
		).toEqual([]);
	});

	test('is believed where that filter gives rows, or there was none to ask with', async () => {
		const ignored = counted(2);
		expect((await ignored.read(SINCE)).end).toContain('counts 50 rows and gave 3');
		expect(ignored.services.learned.countsBeforeFilter).toBe(false);
		const searched = counted(0);
		expect((await searched.read({ search: 'x' })).end).toContain('counts 50');
		expect(searched.services.learned.countsBeforeFilter).toBeUndefined();
	});

	test('is believed where the question is refused', async () => {
		const site = lists(
			refusing(
				/9999/,
				paged(ids(3), () => ({ '@odata.count': 50 })),
			),
			{ count: 'odata4' },
		);
		expect((await site.read(SINCE)).end).toContain('counts 50');
		expect(site.services.learned.countsBeforeFilter).toBeUndefined();
	});
});

describe('the other end of a list of a thousand rows', () => {
	const fields = { vendorId: ['VendorId', 'Key'] };
	const other = async (
		settings: Partial<EntityProfile>,
		more: Partial<ListRequest<Row>> = {},
		refused = /never/,
	) => {
		const all = ids(1_000);
		const site = lists(
			refusing(refused, (asked) =>
				/ desc/.test(asked.query('$orderby') ?? '') ? [{ ID: 1_500 }] : paged(all)(asked),
			),
			{ pageSize: 990 },
			settings,
		);
		const { asked, end } = await site.read({}, more);
		return {
			order: asked.map((one) => /orderby=([^&]*)&top=2/.exec(one)?.[1]).filter(Boolean),
			end,
		};
	};

	test.each<[string, Partial<EntityProfile>, Partial<ListRequest<Row>>, string | null]>([
		['the order turned round', { orderBy: ['A', 'B asc', 'C DESC'] }, {}, 'A desc,B desc,C'],
		['the latest change first, without an order', {}, {}, 'TS desc'],
		[
			'the column of the key, without a stamp',
			{ stampField: null },
			{ source: { ...bareList('T'), keyColumns: { vendorId: { column: 'VEND', type: 'text' } } } },
			'VEND desc',
		],
		['the field of the key, without a column', { stampField: null, fields }, {}, 'VendorId desc'],
	])('%s', async (_what, settings, more, order) => {
		const found = await other(settings, more);
		expect(found.order).toEqual([order]);
		expect(found.end).toContain('in the opposite order it begins with others');
	});

	test('is not asked for where nothing names an order, nor where orders were refused', async () => {
		const none = await other({ stampField: null, keyParts: [] } as never);
		expect(none.end).toBeDefined();
		expect((await other({}, {}, /orderby/)).end).toContain('no way is known to ask');
	});
});
