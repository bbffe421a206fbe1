import { FakeGp, vendorRow } from './support/fake-gp';
import { clientFor } from './support/client';

const STAMP = '2026-05-01T10:00:00.000Z';
const vendors = (count: number) =>
	Array.from({ length: count }, (_, index) =>
		vendorRow(`V${String(index).padStart(5, '0')}`, STAMP),
	);

/** A site that gives the first rows of a list and nothing behind them, in whatever order it is asked. */
function withWindow(there: number, shown: number, keepsOrder = true) {
	const all = vendors(there);
	const gp = new FakeGp({ order: 'shuffled' });
	gp.before = (url) => {
		const fromTheEnd = keepsOrder && / desc/.test(url.searchParams.get('$orderby') ?? '');
		const rows = fromTheEnd ? all.slice(-shown).reverse() : all.slice(0, shown);
		gp.rows.vendor = new Map(rows.map((row) => [row.key, row]));
	};
	return { gp, client: clientFor(gp).client };
}

describe('a list that ends at a thousand rows', () => {
	test('is looked at from its other end: rows stand behind the window', async () => {
		const { gp, client } = withWindow(1_200, 1_000);
		const { keys, completeness } = await client.listKeys('vendor');
		expect(keys).toHaveLength(1_000);
		expect(completeness).toMatchObject({
			proven: false,
			why: expect.stringContaining('1000 rows and nothing behind them'),
		});
		expect(gp.log.filter((url) => / desc/.test(url))).toHaveLength(1);
	});

	test('is whole where the other end is among what came', async () => {
		const { client } = withWindow(1_000, 1_000);
		expect((await client.listKeys('vendor')).completeness.proven).toBe(true);
	});

	test.each([1_200, 1_000])(
		'of %d rows is not proven where the service takes an order and keeps to none',
		async (there) => {
			const { client } = withWindow(there, 1_000, false);
			expect((await client.listKeys('vendor')).completeness).toMatchObject({
				proven: false,
				why: expect.stringContaining('no way is known to ask what its other end is'),
			});
		},
	);

	test('with another number of rows nobody looks', async () => {
		const { gp, client } = withWindow(1_001, 1_001);
		expect((await client.listKeys('vendor')).completeness.proven).toBe(true);
		expect(gp.log.filter((url) => / desc/.test(url))).toEqual([]);
	});
});

describe('what is searched for in a list', () => {
	const found = async (search: string) => {
		const gp = new FakeGp().put('vendor', ...vendors(3));
		const records = await clientFor(gp).client.list('vendor', { search });
		return records.map(({ key }) => key);
	};

	test('is found in whatever case, blanks around put aside', async () => {
		expect(await found(' v00001 ')).toEqual(['V00001']);
		expect(await found('V00001')).toEqual(['V00001']);
		expect(await found('nothing like it')).toEqual([]);
		expect(await found(' ')).toHaveLength(3);
	});
});
