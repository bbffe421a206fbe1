import { firstRow, Pages, type PageSource } from '../../lib/gp/reading/pages';
import { pageThrough } from '../../lib/gp/reading/paging/page-through';

/** Pages of two rows, which notes what it was asked for and whether it was let go. */
function counted(pages: number) {
	const seen = { asked: 0, ended: false };
	async function* source(): PageSource<number, string> {
		try {
			for (let page = 0; page < pages; page += 1) {
				seen.asked += 1;
				yield await Promise.resolve([2 * page, 2 * page + 1]);
			}
			return 'all';
		} finally {
			seen.ended = true;
		}
	}
	return { seen, source };
}

test('what is known at the end is told once the end was reached, and not before', async () => {
	const { seen, source } = counted(3);
	const pages = new Pages(source());
	expect(seen.asked).toBe(0);
	const rows: number[] = [];
	for await (const page of pages) {
		expect(pages.end).toBeNull();
		rows.push(...page);
	}
	expect(rows).toEqual([0, 1, 2, 3, 4, 5]);
	expect(pages.end).toBe('all');
});

test('whoever leaves the loop ends the reading: nothing more is asked for, what is held is released', async () => {
	const { seen, source } = counted(3);
	const pages = new Pages(source());
	for await (const page of pages) if (page.includes(3)) break;
	expect(seen).toEqual({ asked: 2, ended: true });
	expect(pages.end).toBeNull();
});

test('a fault of whoever reads ends the reading, too, and is not taken for one of the source', async () => {
	const { seen, source } = counted(3);
	const pages = new Pages(source());
	const reading = (async () => {
		for await (const page of pages) throw new Error(`fault at ${page[0]}`);
	})();
	await expect(reading).rejects.toThrow('fault at 0');
	expect(seen).toEqual({ asked: 1, ended: true });
});

test('the first row is had of the first page that has one', async () => {
	const { seen, source } = counted(3);
	await expect(firstRow(new Pages(source()))).resolves.toBe(0);
	expect(seen).toEqual({ asked: 1, ended: true });
	await expect(firstRow(new Pages(counted(0).source()))).resolves.toBeNull();
});

test.each(['none', 'offset', 'number'] as const)(
	'paging "%s" asks for nothing behind the page at which the loop is left',
	async (paging) => {
		let requests = 0;
		const pages = pageThrough<string>({
			paging,
			firstPage: 1,
			pageSize: 2,
			keyOf: (row) => row,
			fetch: async () => {
				requests += 1;
				return await Promise.resolve({ rows: [`a${requests}`, `b${requests}`], next: 'more' });
			},
			unstable: (why) => {
				throw new Error(why);
			},
		});
		for await (const _page of pages) break;
		expect(requests).toBe(1);
	},
);
