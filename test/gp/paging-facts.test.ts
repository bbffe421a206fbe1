import { pagingFacts } from '../../lib/gp/response/paging-facts';

const rows = [{ VENDORID: 'A' }];

test.each<[string, object, string, number | null]>([
	['an amount of money that is whole', { Total: 1500, value: rows }, 'value', null],
	['an amount as text', { total: '118', Payload: { Vendors: rows } }, 'Payload.Vendors', null],
	['a total beside a page number', { total: 118, page: 1, value: rows }, 'value', 118],
	['a total beside a link', { total: 118, next: '/x?p=2', value: rows }, 'value', 118],
	['a total in an object about pages', { paging: { total: 118 }, value: rows }, 'value', 118],
	['a count by its name', { totalCount: 118, value: rows }, 'value', 118],
	["OData's own", { '@odata.count': 118, value: rows }, 'value', 118],
])('%s', (_, body, path, count) => {
	expect(pagingFacts(body, path).total?.count ?? null).toBe(count);
});
