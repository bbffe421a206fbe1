import { bareList } from '../../../lib/gp/profiles/site-profile';
import { type Answer, type Asked } from '../support/services';
import { ids, lists, paged, REFUSED, refusing, SINCE } from '../support/one-list';

/* What a list is asked beside its pages, and what is asked again where something was refused. */

const wish = { condition: 'ID eq 1' };
const FORBIDDEN: Answer = { status: 403, body: {} };

describe('a condition that is refused', () => {
	const site = () => lists(refusing(/ID eq/, paged(ids(2))));

	test('is left out alone: the rest of the question stays, now and the next time', async () => {
		const one = site();
		const { asked } = await one.read({ ...wish, ...SINCE });
		const first = asked.find((question) => !question.includes('ID eq'))!;
		expect(first).toBe('filter=TS ge 2026-05-01T00:00:00Z&top=10');
		one.services.acceptedStep.clear();
		expect((await one.read({ ...wish, ...SINCE })).asked[0]).toBe(first);
	});
});

describe('once a list has answered', () => {
	test('a refusal is a fault of what was asked then: the list is not asked for in a weaker way', async () => {
		const linked = ({ query, url }: Asked): Answer => {
			if (url.includes('rest') || query('$skip')) return REFUSED;
			const next = query('$top') ? {} : { '@odata.nextLink': 'https://gp.example.com/rest' };
			return { body: { value: ids(10), ...next } };
		};
		const { read, asked } = lists(linked, {}, { orderBy: ['ID'] });
		await expect(read()).rejects.toMatchObject({ code: 'GP_BUSINESS_ERROR' });
		expect(asked.map((one) => one.replace('T?$orderby=ID&', ''))).toEqual([
			...['$top=10', '$top=10&$skip=8', 'T?$orderby=ID', '/rest'],
		]);
	});
});

test('405 to a filter is no word that nothing meets it', async () => {
	const { read, asked } = lists(refusing(/filter/, paged(ids(2)), { status: 405, body: {} }));
	await expect(read(SINCE)).rejects.toMatchObject({ code: 'GP_RESOURCE_NOT_OFFERED' });
	expect(asked).toHaveLength(1);
});

test('an error says of which records the list is', async () => {
	await expect(lists(() => FORBIDDEN).read()).rejects.toMatchObject({
		details: { entity: 'vendor', httpStatus: 403 },
	});
});

describe('a count in another name than that of OData', () => {
	const counted = lists((asked) => {
		const skip = Number(asked.query('$skip') ?? 0);
		return { body: { rows: ids(3).slice(skip), totalCount: 9 } };
	});

	test('is a doubt about a list that was asked for whole', async () => {
		expect((await counted.read()).end).toBe('the service counts 9 rows and gave 3');
	});

	test.each([SINCE, { until: '2026-06-01' }, { search: 'x' }, wish])(
		'is none where a part was asked for: %j',
		async (filter) => {
			expect((await counted.read(filter)).end).toBe('nothingBehind');
		},
	);
});

describe('the question nothing can meet', () => {
	const asking = (answer: Answer) =>
		lists(
			(asked) =>
				/9999/.test(asked.query('$filter') ?? '')
					? answer
					: paged(ids(3), () => ({ '@odata.count': 50 }))(asked),
			{ count: 'odata4' },
		);

	test.each<[string, object]>([
		['that is answered without a count', { value: [] }],
		['that counts none', { value: [], '@odata.count': 0 }],
	])('%s shows nothing about counts', async (_what, body) => {
		const site = asking({ body });
		expect((await site.read(SINCE)).end).toContain('counts 50 rows and gave 3');
		expect(site.services.learned.countsBeforeFilter).toBe(false);
	});

	test('is an error where the user is not let in', async () => {
		await expect(asking(FORBIDDEN).read(SINCE)).rejects.toMatchObject({
			code: 'GP_USER_NOT_ALLOWED',
		});
	});
});

describe('the other end of a list', () => {
	const asked = async (settings: object, step?: 'pagingOnly', keepsOrder = true) => {
		const [up, down] = [paged(ids(1_000)), paged(ids(1_000).reverse())];
		const isDown = (one: Asked) => keepsOrder && / desc/.test(one.query('$orderby') ?? '');
		const answer = (one: Asked) => (isDown(one) ? down : up)(one);
		const site = lists(answer, { pageSize: 990 }, settings);
		if (step) site.services.acceptedStep.set('T', step);
		const found = await site.read(step ? SINCE : {});
		return { end: found.end, two: found.asked.filter((one) => /top=2(&|$)/.test(one)) };
	};

	test('is asked for with two rows', async () => {
		const found = await asked({ orderBy: ['ID'] });
		expect(found.two).toEqual(['orderby=ID desc&top=2', 'orderby=ID&top=2']);
		expect(found.end).toBe('nothingBehind');
		const ignored = await asked({ orderBy: ['ID'] }, undefined, false);
		expect(ignored.end).toContain('no way is known to ask what its other end is');
	});

	test('is not asked for where nothing names an order, nor where orders are not taken', async () => {
		const none = { stampField: null, keyParts: [] };
		const unknown = { end: expect.stringContaining('no way is known to ask'), two: [] };
		expect(await asked(none)).toEqual(unknown);
		expect(await asked({ orderBy: ['ID'] }, 'pagingOnly')).toEqual(unknown);
	});

	test('is not taken from a service that has no word for an order', async () => {
		const names = {
			since: null,
			until: null,
			limit: '$top',
			offset: '$skip',
			page: null,
			order: null,
		};
		const site = lists(paged(ids(1_000)), { dialect: 'parameters', pageSize: 990, names });
		expect((await site.read({})).end).toContain('no way is known to ask');
	});
});

test('another list of another length is no doubt', async () => {
	const site = lists(({ path }) => ids(path === 'T' ? 8 : 7), { dialect: 'none' });
	expect((await site.read()).end).toBe('wholeAnswer');
	expect((await site.read({}, { source: bareList('U') })).end).toBe('wholeAnswer');
});
