import fc from 'fast-check';
import { Pages } from '../../lib/gp/reading/pages';
import type { Page, PageRequest } from '../../lib/gp/reading/paging/page';
import { pageThrough } from '../../lib/gp/reading/paging/page-through';

/** A list that changes between requests. */
class ShiftingList {
	requests = 0;
	constructor(
		public rows: string[],
		private readonly between: (rows: string[], request: number) => string[] = (rows) => rows,
		private readonly cap = Infinity,
	) {}

	fetch = async (request: PageRequest): Promise<Page<string>> => {
		this.requests += 1;
		const [skip, top] = 'skip' in request ? [request.skip, request.top] : [0, Infinity];
		const rows = this.rows.slice(skip, skip + Math.min(top, this.cap));
		this.rows = this.between(this.rows, this.requests);
		return { rows, next: null };
	};
}

async function readAll(list: ShiftingList, pageSize: number) {
	const taken = new Set<string>();
	const pages = new Pages(
		pageThrough<string>({
			fetch: list.fetch,
			paging: 'offset',
			pageSize,
			keyOf: (row) => row,
			unstable: (why) => {
				throw new Error(`unstable: ${why}`);
			},
		}),
	);
	for await (const page of pages) for (const row of page) taken.add(row);
	return { taken, report: pages.end! };
}

const rowNames = (count: number) =>
	Array.from({ length: count }, (_, index) => String(index).padStart(4, '0'));

test('a quiet list is read once: n rows in pages of p cost about n / (p - 2) requests', async () => {
	const list = new ShiftingList(rowNames(1000));
	const { taken, report } = await readAll(list, 101);
	expect(taken.size).toBe(1000);
	expect(report).toMatchObject({ passes: 1, pagingIgnored: false });
	// The last two show the end: nothing but the overlap, and nothing behind it.
	expect(list.requests).toBeLessThanOrEqual(13);
});

test('a row deleted on a page already read does not hide the one that slips over the border', async () => {
	const list = new ShiftingList(rowNames(30), (rows, request) =>
		request === 1 ? rows.slice(3) : rows,
	);
	const { taken, report } = await readAll(list, 10);
	expect(rowNames(30).filter((row) => !taken.has(row))).toEqual([]);
	expect(report.passes).toBe(2);
});

test('rows put in before the first page do not pass for a service that ignores offsets', async () => {
	const list = new ShiftingList(
		rowNames(6),
		(rows, request) => (request <= 2 ? [`new${request}`, ...rows] : rows),
		3,
	);
	const { taken } = await readAll(list, 3);
	expect(rowNames(6).filter((row) => !taken.has(row))).toEqual([]);
});

test('a page that is cut right behind its overlap does not end the list', async () => {
	const list = new ShiftingList(rowNames(30));
	const whole = list.fetch;
	list.fetch = async (request) => {
		const page = await whole(request);
		return list.requests === 3 ? { ...page, rows: page.rows.slice(0, 2) } : page;
	};
	const { taken, report } = await readAll(list, 10);
	expect(taken.size).toBe(30);
	expect(report.completeness).toEqual({ proven: true, by: 'nothingBehind' });
});

test('pages cut at any length lose no row: all are read, or the list counts as unstable', async () => {
	const runs = fc.asyncProperty(
		fc.integer({ min: 13, max: 40 }),
		fc.integer({ min: 3, max: 12 }),
		fc.array(fc.option(fc.integer({ min: 1, max: 11 })), { minLength: 1, maxLength: 12 }),
		async (count, pageSize, cuts) => {
			const list = new ShiftingList(rowNames(count));
			const whole = list.fetch;
			list.fetch = async (request) => {
				const page = await whole(request);
				const cut = list.requests === 1 ? null : cuts[list.requests % cuts.length];
				return { ...page, rows: page.rows.slice(0, cut ?? Infinity) };
			};
			const read = await readAll(list, pageSize).catch((error: Error) => error);
			if (read instanceof Error) expect(read.message).toMatch(/^unstable/);
			else expect(read.taken.size).toBe(count);
		},
	);
	await fc.assert(runs, { numRuns: 2000 });
});

test('whatever is deleted, added or moved to the end while it is paged, every row that stayed is read', async () => {
	const edit = fc.record({
		when: fc.integer({ min: 1, max: 12 }),
		kind: fc.constantFrom('delete', 'insert', 'toEnd'),
		where: fc.integer({ min: 0, max: 59 }),
	});
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 0, max: 60 }),
			fc.integer({ min: 3, max: 17 }),
			fc.integer({ min: 3, max: 30 }),
			fc.array(edit, { maxLength: 8 }),
			async (count, pageSize, cap, edits) => {
				const touched = new Set<string>();
				let made = 0;
				const between = (rows: string[], request: number): string[] => {
					let now = rows;
					for (const { kind, where } of edits.filter(({ when }) => when === request)) {
						const index = now.length === 0 ? 0 : where % now.length;
						if (kind === 'insert')
							now = [...now.slice(0, index), `new${(made += 1)}`, ...now.slice(index)];
						else if (now.length > 0) {
							// A row that changes gets a new stamp, and so another reading: the watermark sees to that.
							touched.add(now[index]!);
							now =
								kind === 'delete'
									? now.toSpliced(index, 1)
									: [...now.toSpliced(index, 1), now[index]!];
						}
					}
					return now;
				};
				const list = new ShiftingList(rowNames(count), between, cap);
				const outcome = await readAll(list, pageSize).catch((error: Error) => error);
				if (outcome instanceof Error) {
					// Giving up aloud is allowed where rows moved in every reading; losing one silently is not.
					expect(outcome.message).toMatch(/^unstable/);
					expect(edits.length).toBeGreaterThanOrEqual(6);
					return;
				}
				const { taken } = outcome;
				const missed = rowNames(count).filter((row) => !taken.has(row) && !touched.has(row));
				expect(missed).toEqual([]);
			},
		),
		{ numRuns: 2000 },
	);
});

test('a list that never holds still is given up with an error, not read forever', async () => {
	let generation = 0;
	const restless = () => rowNames(40).map((row) => `${(generation += 1)}-${row}`);
	const list = new ShiftingList(rowNames(40), restless, 10);
	await expect(readAll(list, 10)).rejects.toThrow('unstable');
	expect(list.requests).toBeLessThan(30);
});

test.each([0, 1, 2, 9, 10, 11, 20])(
	'%i rows from a server without paging are read in at most five requests',
	async (count) => {
		const rows = rowNames(count);
		const taken: string[] = [];
		let requests = 0;
		const pages = pageThrough<string>({
			fetch: async () => {
				requests += 1;
				return { rows, next: null };
			},
			paging: 'offset',
			pageSize: 10,
			keyOf: (row) => row,
			unstable: (why) => {
				throw new Error(why);
			},
		});
		for await (const page of pages) for (const row of page) taken.push(row);
		expect([...new Set(taken)]).toEqual(rows);
		expect(requests).toBeLessThanOrEqual(5);
	},
);

test('pages by number end with an empty or a repeated page', async () => {
	for (const rows of [rowNames(25), rowNames(30)]) {
		const taken = new Set<string>();
		const pages = pageThrough<string>({
			fetch: async (request) => {
				const page = 'page' in request ? request.page - 1 : 0;
				return { rows: page < 0 ? [] : rows.slice(page * 10, page * 10 + 10), next: null };
			},
			paging: 'number',
			pageSize: 10,
			keyOf: (row) => row,
			unstable: (why) => {
				throw new Error(why);
			},
		});
		for await (const page of pages) for (const row of page) taken.add(row);
		expect([...taken]).toEqual(rows);
	}
});

test('a service that links its pages is followed, and a link that repeats is an error', async () => {
	const linked: Record<string, Page<string>> = {
		first: { rows: ['a'], next: 'second' },
		second: { rows: ['b'], next: 'third' },
		third: { rows: [], next: null },
	};
	const read = async () => {
		const taken: string[] = [];
		const pages = pageThrough<string>({
			fetch: async (request) => linked['next' in request ? request.next : 'first']!,
			paging: 'offset',
			pageSize: 10,
			keyOf: (row) => row,
			unstable: (why) => {
				throw new Error(`unstable: ${why}`);
			},
		});
		for await (const page of pages) for (const row of page) taken.push(row);
		return taken;
	};
	// Links cannot overlap: read again until twice the same came.
	expect([...new Set(await read())]).toEqual(['a', 'b']);
	linked.third!.next = 'second';
	await expect(read()).rejects.toThrow('unstable');
});
