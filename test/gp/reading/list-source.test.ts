import { bareList } from '../../../lib/gp/profiles/site-profile';
import type { ListFilter } from '../../../lib/gp/query/list-query';
import type { Answer } from '../support/services';
import { lists, ids, paged, REFUSED, refusing, SINCE } from '../support/one-list';

describe('a query that is refused is asked again with less of it', () => {
	const steps = async (what: RegExp, filter: ListFilter = SINCE, query = {}, settings = {}) => {
		const site = lists(refusing(what, paged(ids(2))), query, settings);
		const { asked, ids: found } = await site.read(filter);
		const firsts = asked.filter((one) => !one.includes('skip'));
		return { firsts, found, step: site.services.acceptedStep.get('T'), site };
	};

	test('in another form of the date', async () => {
		expect(await steps(/T00:00:00Z/)).toMatchObject({
			firsts: [
				'filter=TS ge 2026-05-01T00:00:00Z&top=10',
				"filter=TS ge datetime'2026-05-01T00:00:00'&top=10",
			],
			...{ found: '0 1', step: 'otherDateLiteral' },
		});
	});

	test('without the filter, and then without anything', async () => {
		expect(await steps(/filter/)).toMatchObject({ found: '0 1', step: 'pagingOnly' });
		const bare = await steps(/\?/);
		expect(bare).toMatchObject({ found: '0 1', step: 'bare' });
		expect(bare.firsts).toHaveLength(4);
		expect(bare.firsts.at(-1)).toBe('');
	});

	test('how far that went is remembered, a refusal of everything is an error', async () => {
		const { site } = await steps(/filter/);
		expect((await site.read(SINCE)).asked[0]).toBe('top=10');
		// Without a filter there is no such step: it begins with what is left.
		site.services.acceptedStep.set('T', 'otherDateLiteral');
		expect((await site.read({})).asked[0]).toBe('top=10');
		await expect(steps(/T/)).rejects.toMatchObject({ code: 'GP_BUSINESS_ERROR' });
	});

	test.each<[string, Answer, boolean]>([
		['a bad request', REFUSED, true],
		['an error in an answer with status 200', { body: { Message: 'no such option' } }, true],
		['a web page', { type: 'text/html', body: '<html>no</html>' }, true],
		['501', { status: 501, body: {} }, true],
		['404', { status: 404, body: {} }, false],
		['a refused user', { status: 403, body: {} }, false],
		['half an answer', { body: '{"value":' }, false],
	])('%s: %s', async (_what, refusal, isRefusal) => {
		const reading = lists(
			refusing(/orderby/, paged(ids(2)), refusal),
			{},
			{ orderBy: ['ID'] },
		).read();
		if (isRefusal) expect((await reading).ids).toBe('0 1');
		else await expect(reading).rejects.toThrow();
	});

	test('not once it has answered: a fault in the middle is one', async () => {
		const site = lists(refusing(/skip=8/, paged(ids(30))), {}, { orderBy: ['ID'] });
		const { asked, end } = await site.read().catch((error: Error) => ({
			...{ asked: site.asked, end: error.message },
		}));
		// To refuse a further page is to know no offsets: then all is asked for at once.
		expect([asked.length > 2, end]).toEqual([true, expect.any(String)]);
		const broken = lists(
			refusing(/skip=8/, paged(ids(30)), { status: 403, body: {} }),
			{},
			{ orderBy: ['ID'] },
		);
		await expect(broken.read()).rejects.toMatchObject({ code: 'GP_USER_NOT_ALLOWED' });
		expect(broken.asked).toHaveLength(2);
	});
});

describe('a service that bounds the size of a page', () => {
	const bounded = (most: number, message = 'too many') =>
		lists(
			(asked) => {
				const top = asked.query('$top');
				if (top === null || top === undefined)
					return paged(ids(250).slice(0, most))({ ...asked, query: () => null } as never);
				return Number(top) > most
					? { status: 400, body: { Message: message } }
					: paged(ids(250))(asked);
			},
			{ pageSize: 500 },
		);

	test.each([
		['is asked for hundreds', 100, undefined],
		['is asked for what it says', 40, "The limit of '40' for Top query has been exceeded."],
		['is asked for the larger of two', 60, 'The limit must be between 1 and 60.'],
		['is asked for less than was refused', 50, 'Limit 500 exceeds the maximum of 50 (status 400)'],
	])('%s, once, and gives its list to the end', async (_what, most, message) => {
		const site = bounded(most, message);
		expect(await site.read(SINCE)).toMatchObject({ ids: idsOf(250), end: 'nothingBehind' });
		expect(await site.read({})).toMatchObject({ ids: idsOf(250), end: 'nothingBehind' });
		expect(site.asked.filter((one) => one.includes('top=500'))).toEqual([]);
	});

	test('and takes no page at all gives what it gives at once', async () => {
		const site = bounded(0);
		expect((await site.read()).ids).toBe('');
		const refused = lists(refusing(/top/, paged(ids(2))), { pageSize: 500 });
		expect(await refused.read()).toMatchObject({ ids: '0 1' });
		expect(refused.asked.filter((one) => one.includes('top=100')).length).toBeLessThan(3);
		// Another list is asked for large pages as before.
		expect(refused.services.learned).not.toHaveProperty('largestPage');
	});
});

const idsOf = (count: number) =>
	ids(count)
		.map(({ ID }) => ID)
		.join(' ');

describe('nothing meets the wish', () => {
	const EMPTY: Array<[string, Answer]> = [
		['404', { status: 404, body: { Message: 'no rows' } }],
		['no answer', { body: '' }],
	];
	test.each(EMPTY)(
		'where %s comes the list without the filter tells whether it is there',
		async (_what, none) => {
			const site = lists(refusing(/filter/, paged(ids(2)), none));
			const { asked, ids: found } = await site.read(SINCE);
			expect(found).toBe('0 1');
			// The other form of the date would be refused in the same way.
			expect(asked.filter((one) => one.includes('filter')).map((one) => one.slice(0, 9))).toEqual(
				Array(none === EMPTY[0]![1] ? 1 : 3).fill('filter=TS'),
			);
			expect(
				(await lists(refusing(/filter/, paged(ids(2)), none)).read({ until: '2026-05-01' })).ids,
			).toBe('0 1');
			expect((await lists(refusing(/filter/, paged(ids(2)), none)).read({ search: 'x' })).ids).toBe(
				'0 1',
			);
		},
	);

	test('a list that is not there is an error, whatever was wished for', async () => {
		const gone = lists(() => ({ status: 404, body: { Message: 'no rows' } }));
		await expect(gone.read(SINCE)).rejects.toMatchObject({ code: 'GP_RESOURCE_NOT_OFFERED' });
		await expect(gone.read({})).rejects.toMatchObject({ code: 'GP_RESOURCE_NOT_OFFERED' });
		expect(gone.asked).toHaveLength(1);
		// A page of the service itself says that there is no such path.
		const page = { status: 404, type: 'text/html', body: '<html>Endpoint not found.</html>' };
		const path = lists(refusing(/filter/, paged(ids(2)), page));
		await expect(path.read(SINCE)).rejects.toThrow();
		expect(path.asked).toHaveLength(1);
	});
});

describe('a condition', () => {
	const wish = { condition: 'ID eq 1' };

	test.each([400, 501])(
		'refused with %i leads to the whole list, also the next time',
		async (status) => {
			const site = lists(refusing(/filter/, paged(ids(2)), { status, body: { Message: 'no' } }));
			expect(await site.read(wish)).toMatchObject({ ids: '0 1' });
			expect(
				(await site.read({ condition: 'ID eq 2' })).asked.filter((one) => one.includes('filter')),
			).toEqual([]);
			expect([...site.services.refusedConditions]).toEqual(['T']);
		},
	);

	test.each([500, 404, 403])('refused with %i is an error', async (status) => {
		const site = lists(refusing(/filter/, paged(ids(2)), { status, body: { Message: 'no' } }));
		await expect(site.read(wish)).rejects.toThrow();
		expect([...site.services.refusedConditions]).toEqual([]);
	});

	test('is asked for where it is honoured', async () => {
		expect((await lists(paged(ids(2))).read(wish)).asked[0]).toBe('filter=ID eq 1&top=10');
	});
});

test('a list whose filter is not trusted is asked for without it, its condition stays', async () => {
	const site = lists(paged(ids(2)));
	site.services.distrustedFilters.add('T');
	const { asked } = await site.read({ ...SINCE, until: '2026-06-01', condition: 'A eq 1' });
	expect(asked[0]).toBe('filter=A eq 1&top=10');
	site.services.distrustedFilters.clear();
	site.services.distrustedFilters.add('OTHER');
	expect((await site.read(SINCE)).asked[0]).toContain('TS ge');
});

describe('pages', () => {
	test('are as long as wanted, else as the profile says', async () => {
		const site = lists(paged(ids(3)));
		expect((await site.read({}, { pageSize: 7 })).asked[0]).toBe('top=7');
		expect((await site.read()).asked[0]).toBe('top=10');
	});

	test('have what the profile says of all rows of the list', async () => {
		const source = { ...bareList('T'), assign: { STATE: 'Open' } };
		const { rows } = await lists(paged([{ ID: 1, STATE: 'x' }])).read({}, { source });
		expect(rows[0]).toEqual({ ID: 1, STATE: 'Open' });
	});

	test('are read at the place of the entity, else of the site', async () => {
		const answer = () => ({ body: { a: { b: [{ ID: 1 }] }, c: { d: [{ ID: 2 }] } } });
		const site = lists(answer, { dialect: 'none' });
		site.services.profile = { ...site.services.profile, responsePath: 'a.b' };
		expect((await site.read()).ids).toBe('1');
		const own = lists(answer, { dialect: 'none' }, { responsePath: 'c.d' });
		expect((await own.read()).ids).toBe('2');
	});

	test('that never hold still are an error that names the list', async () => {
		let generation = 0;
		const restless = lists(() => Array.from({ length: 10 }, () => ({ ID: (generation += 1) })));
		await expect(restless.read()).rejects.toMatchObject({
			code: 'GP_LIST_UNSTABLE',
			message: expect.stringContaining('rows moved in each of'),
			details: { entity: 'vendor', address: expect.stringMatching(/\/T$/) },
		});
	});
});
