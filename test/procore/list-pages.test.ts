import { readPage } from '../../lib/procore/list-pages';
import { listTaxCodes } from '../../lib/procore/resources/projects';
import { listVendors } from '../../lib/procore/resources/vendors';
import { all, apiList, containing, listWhere } from '../../lib/procore/resources/api-request';
import type { ProcoreRequest } from '../../lib/procore/transport';
import { clientOf } from './support/desired';
import { reply } from './support/fake-procore';

/** A list of `count` rows in pages, with the total Procore tells. */
function pages(count: number) {
	const asked: Array<[page: number, perPage: number]> = [];
	const client = clientOf(async ({ url }: ProcoreRequest) => {
		const query = new URL(url).searchParams;
		const [page, perPage] = [Number(query.get('page')), Number(query.get('per_page'))];
		asked.push([page, perPage]);
		const rows = Array.from({ length: count }, (_, id) => ({ id, name: `Row ${id}` }));
		return reply(200, rows.slice((page - 1) * perPage, page * perPage), { total: String(count) });
	});
	return { client, asked };
}

test('one page is one call, and tells whether there are more', async () => {
	const { client, asked } = pages(250);
	const first = await readPage(client, 1, 100, (one) => listVendors(one));
	const last = await readPage(client, 3, 100, (one) => listVendors(one));
	expect([first.rows.length, first.more, last.rows.length, last.more]).toEqual([
		100,
		true,
		50,
		false,
	]);
	expect(asked).toEqual([
		[1, 100],
		[3, 100],
	]);
});

test('a list Procore caps is asked for no more than its cap', async () => {
	const { client, asked } = pages(10);
	await readPage(client, 1, 500, (one) => listTaxCodes(one));
	expect(asked).toEqual([[1, 100]]);
});

test('a list narrowed down here is read no further than needed', async () => {
	const { client, asked } = pages(2500);
	const call = { path: '/rest/v1.0/vendors', what: 'list' };
	const test = all(containing(' 1', 'name'), (row) => Number(row.id) % 2 === 0);
	expect(await listWhere(client, call, test, 3)).toMatchObject([
		{ id: 10 },
		{ id: 12 },
		{ id: 14 },
	]);
	expect(asked).toHaveLength(1);
	expect(await listWhere(client, call, containing('row 2499', 'name'))).toHaveLength(1);
	expect(asked).toHaveLength(4);
});

test('nothing sought is no test', () => {
	expect(containing('  ', 'name')).toBeUndefined();
	expect(all(undefined, undefined)).toBeUndefined();
});

test.each([
	['a page of a proxy', '<html>Sign in'],
	['a single record', { id: 1, name: 'A' }],
	['a row that is null', [null]],
	['nothing', null],
])('%s is no empty page', async (_what, body) => {
	const client = clientOf(async () => reply(200, body));
	const read = readPage(client, 1, 100, (one) => listVendors(one));
	await expect(read).rejects.toMatchObject({ code: 'procore-unexpected-answer' });
});

test.each([
	[400, { errors: ['page is out of range'] }],
	[416, { message: 'Requested page does not exist' }],
	[422, { errors: { page: ['must be less than or equal to 1'] } }],
])(
	'a page behind the last one that is refused (HTTP %i) is the end of a list that tells none',
	async (status, body) => {
		const client = clientOf(async ({ url }: ProcoreRequest) =>
			new URL(url).searchParams.get('page') === '1' ? reply(200, [{ id: 1 }]) : reply(status, body),
		);
		expect(await listVendors(client)).toHaveLength(1);
	},
);

test('what is refused for another reason is no end', async () => {
	const client = clientOf(async ({ url }: ProcoreRequest) =>
		new URL(url).searchParams.get('page') === '1'
			? reply(200, [{ id: 1 }])
			: reply(400, '<html><title>Bad request</title>This page was made by a proxy.'),
	);
	await expect(listVendors(client)).rejects.toMatchObject({ code: 'procore-request-refused' });
});

test('a size that is refused is asked for again as Procore usually gives it', async () => {
	const { client, asked } = pages(250);
	const strict: typeof client = clientOf(async ({ url }: ProcoreRequest) => {
		if (Number(new URL(url).searchParams.get('per_page')) > 100)
			return reply(422, { errors: { per_page: ['must be less than or equal to 100'] } });
		const rows = await client.call({
			method: 'GET',
			path: new URL(url).pathname + new URL(url).search,
			what: 'list',
		});
		return reply(200, rows.body, { total: '250' });
	});
	expect(await listVendors(strict)).toHaveLength(250);
	expect(asked).toEqual([
		[1, 100],
		[2, 100],
		[3, 100],
	]);
});

describe('a row that comes twice, as when rows are made between two pages', () => {
	const rows = [{ id: 1 }, { id: 2 }, { id: '2' }, { name: 'A' }, { name: 'A' }];
	const shifting = clientOf(async ({ url }: ProcoreRequest) =>
		new URL(url).searchParams.get('page') === '1'
			? reply(200, rows, { total: '7' })
			: reply(200, [{ id: 2 }, { id: 3 }], { total: '7' }),
	);
	const call = { path: '/rest/v1.0/vendors', what: 'list' };

	test('is handed on once; rows without an id are all of them', async () => {
		expect(await shifting.list(call)).toEqual([
			{ id: 1 },
			{ id: 2 },
			{ name: 'A' },
			{ name: 'A' },
			{ id: 3 },
		]);
	});

	test('is handed on as it came where nothing is known of the list', async () => {
		expect(await shifting.list({ ...call, anyRows: true })).toHaveLength(7);
		expect(await apiList(shifting, { path: call.path })).toHaveLength(7);
	});
});
