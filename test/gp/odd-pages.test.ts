import { Pages } from '../../lib/gp/reading/pages';
import type { Page, PageRequest, PagingOptions } from '../../lib/gp/reading/paging/page';
import { pageThrough } from '../../lib/gp/reading/paging/page-through';

/*
 * Lists that end, or seem to, in ways of their own. Each is read whole, or the reading says what is
 * not proven; test/property tries them in every combination.
 */

type Options = Partial<PagingOptions<string>>;

async function read(fetch: (request: PageRequest) => Page<string>, options: Options = {}) {
	const taken = new Set<string>();
	let requests = 0;
	const pages = pageThrough<string>({
		paging: 'offset',
		pageSize: 500,
		fetch: async (request) => {
			requests += 1;
			return fetch(request);
		},
		keyOf: (row) => row,
		isRefusal: (error) => error instanceof TypeError,
		unstable: (why) => {
			throw new Error(`unstable: ${why}`);
		},
		...options,
	});
	const reading = new Pages(pages);
	for await (const page of reading) for (const row of page) taken.add(row);
	return { rows: taken.size, completeness: reading.end!.completeness, requests };
}

const rowNames = (count: number, from = 0) =>
	Array.from({ length: count }, (_, index) => `row${from + index}`);

const offsetOf = (request: PageRequest) => ('skip' in request ? request.skip : 0);
const page = (rows: string[], more: Partial<Page<string>> = {}): Page<string> => ({
	rows,
	next: null,
	...more,
});

describe('a server that gives what it managed in its time', () => {
	test('the first page is short, and the next one shows no more than the rows both have', async () => {
		const managed = [7, 2, 200];
		const all = rowNames(37);
		let answers = 0;
		const result = await read((request) => {
			const at = offsetOf(request);
			return page(all.slice(at, at + managed[answers++ % managed.length]!));
		});
		expect(result).toMatchObject({ rows: 37, completeness: { proven: true } });
	});

	test('an answer without rows in the middle is no end, and later ones are not believed to be', async () => {
		const all = rowNames(60);
		const managed = [20, 9, 20, 2, 0, 20, 20];
		let answers = 0;
		const result = await read((request) => {
			const at = offsetOf(request);
			return page(all.slice(at, at + (managed[answers++] ?? 20)));
		});
		expect(result).toMatchObject({ rows: 60, completeness: { proven: false } });
		// The list read again for rows that seemed to have moved, and empty all at once.
		answers = 0;
		managed.splice(2, Infinity, 9, 0, 0);
		const emptied = await read((request) => {
			const at = offsetOf(request);
			return page(all.slice(at, at + (managed[answers++] ?? 20)));
		});
		expect(emptied.completeness).toMatchObject({ proven: false });
	});

	test('numbered pages cut short hide rows between them: not proven', async () => {
		const all = rowNames(90);
		const result = await read(
			(request) => {
				const at = 'page' in request ? (request.page - 1) * 20 : 0;
				const size = 'page' in request && request.page === 3 ? 11 : 20;
				return page(at < 0 ? [] : all.slice(at, at + size));
			},
			{ paging: 'number', pageSize: 20 },
		);
		expect(result.rows).toBe(81);
		expect(result.completeness).toEqual({
			proven: false,
			why: expect.stringContaining('pages of 11 and of 20 rows'),
		});
	});

	test('the last numbered page cut short is found by asking for the row behind it', async () => {
		const all = rowNames(35);
		const result = await read(
			(request) => {
				if (!('page' in request) || request.page < 1) return page([]);
				const at = (request.page - 1) * request.top;
				return page(all.slice(at, at + Math.min(request.top, at === 20 ? 6 : 20)));
			},
			{ paging: 'number', pageSize: 20 },
		);
		expect(result).toMatchObject({ rows: 26, completeness: { proven: false } });
	});
});

test('numbered pages that begin at multiples of what was asked for, but hold less, are asked for in their size', async () => {
	const all = rowNames(230);
	const result = await read(
		(request) => {
			if (!('page' in request) || request.page < 1) return page([]);
			const at = (request.page - 1) * request.top;
			return page(all.slice(at, at + Math.min(request.top, 40)));
		},
		{ paging: 'number' },
	);
	expect(result).toMatchObject({ rows: 230, completeness: { proven: true } });
});

describe('a number of rows that lies', () => {
	const all = rowNames(411);
	const cap = 137;
	const serve = (count: (given: number) => number) => (request: PageRequest) => {
		const at = offsetOf(request);
		const rows = all.slice(at, at + cap);
		return page(rows, { total: { count: count(rows.length), standard: true } });
	};

	test.each([
		['counts the page', (given: number) => given],
		['counts no further than the server gives at once', () => cap],
		['was estimated too low', () => 137],
		['changes from page to page', (given: number) => given + 3],
	])('%s: one question behind it shows the rest', async (_what, count) => {
		const result = await read(serve(count));
		expect(result.rows).toBe(411);
	});

	test('that agrees is confirmed by one question, and once it was no more is asked', async () => {
		const learned = { countsAll: false };
		const honest = (request: PageRequest) =>
			page(rowNames(12).slice(offsetOf(request)), { total: { count: 12, standard: true } });
		const first = await read(honest, { learned });
		expect(first).toMatchObject({ requests: 2, completeness: { proven: true, by: 'count' } });
		const second = await read(honest, { learned });
		expect(second).toMatchObject({ requests: 1, completeness: { proven: true, by: 'count' } });
	});

	test('that leaves the filter out of account is believed no more, once that was shown', async () => {
		const filtered = () => page(['row1'], { total: { count: 1500, standard: true } });
		const fetch = (request: PageRequest) => (offsetOf(request) === 0 ? filtered() : page([]));
		const doubted = await read(fetch, { filtered: true });
		const shown = await read(
			(request) => ({ ...fetch(request), total: { count: 1500, standard: true } }),
			{ filtered: true, countsBeforeFilter: async () => true },
		);
		expect(doubted.completeness.proven).toBe(true);
		expect(shown.completeness).toEqual({ proven: true, by: 'nothingBehind' });
		const unshown = await read(
			(request) => ({ ...fetch(request), total: { count: 1500, standard: true } }),
			{ filtered: true, countsBeforeFilter: async () => false },
		);
		expect(unshown.completeness).toMatchObject({ proven: false });
	});
});

test('rows behind a window of 5,000 that no page leads to are found from the other end', async () => {
	const all = rowNames(5200);
	const serve = (request: PageRequest) => {
		const at = offsetOf(request);
		return page(all.slice(at, Math.min(5000, at + 500)));
	};
	const cut = await read(serve, { fromTheEnd: async () => ['row5199', 'row5198'] });
	expect(cut).toMatchObject({ rows: 5000, completeness: { proven: false } });
	const whole = await read(serve, { fromTheEnd: async () => ['row4999', 'row4998'] });
	expect(whole).toMatchObject({ rows: 5000, completeness: { proven: true } });
});

describe('links', () => {
	test('that are given only where no number of rows is asked for are found and followed', async () => {
		const all = rowNames(411);
		const result = await read((request) => {
			const at = 'next' in request ? Number(request.next) : 0;
			const rows = all.slice(at, at + 137);
			return page(rows, { next: 'skip' in request || at + 137 >= 411 ? null : String(at + 137) });
		});
		expect(result).toMatchObject({ rows: 411, completeness: { proven: true, by: 'links' } });
	});

	test('of one use each that lead in a circle are given up at the second round', async () => {
		let token = 0;
		const serve = (request: PageRequest) => {
			const at = 'next' in request ? Number(request.next.split('#')[0]) : 0;
			return page(rowNames(10, at), { next: `${(at + 10) % 40}#${(token += 1)}` });
		};
		await expect(read(serve, { paging: 'none' })).rejects.toThrow('circle');
		expect(token).toBeLessThan(8);
	});

	test('through pages without rows are followed, though not for ever', async () => {
		const pages = (empty: number) => (request: PageRequest) => {
			const at = 'next' in request ? Number(request.next) : 0;
			if (at > empty) return page(['row1']);
			return page(at === 0 ? ['row0'] : [], { next: String(at + 1) });
		};
		const some = await read(pages(6), { paging: 'none' });
		expect(some).toMatchObject({ rows: 2, completeness: { proven: true } });
		await expect(read(pages(10_000), { paging: 'none' })).rejects.toThrow('circle');
	});

	test('from the last page to one without rows do not make the list doubtful', async () => {
		const all = rowNames(30);
		const result = await read((request) => {
			if ('next' in request) return page([]);
			const rows = all.slice(offsetOf(request));
			return page(rows, { next: rows.length > 0 ? 'end' : null });
		});
		expect(result).toMatchObject({ rows: 30, completeness: { proven: true } });
	});

	test('that go on where offsets end are followed from the beginning', async () => {
		const all = rowNames(100);
		const result = await read((request) => {
			const at = 'next' in request ? Number(request.next) : offsetOf(request);
			const limit = 'next' in request || 'everything' in request ? 100 : 60;
			const rows = all.slice(at, Math.min(limit, at + 25));
			return page(rows, { next: at + 25 < 100 ? String(at + 25) : null });
		});
		expect(result).toMatchObject({ rows: 100, completeness: { proven: true, by: 'links' } });
	});
});

test('a list of one row that left while the row behind it was asked for hides none', async () => {
	let rows = rowNames(2);
	let answers = 0;
	const result = await read((request) => {
		const given = rows.slice(offsetOf(request), offsetOf(request) + 1);
		if ((answers += 1) === 1) rows = rows.slice(1);
		return page(given);
	});
	expect(result.rows).toBe(2);
});

test('a server that gives its first page at any offset, and refuses the next one, knows no offsets', async () => {
	const all = rowNames(13);
	const asked: number[] = [];
	const result = await read(
		(request) => {
			if (!('skip' in request)) return page(all);
			asked.push(request.skip);
			// The second offset it is asked for, one behind the first.
			if (asked.length === 3) throw new TypeError('no such offset');
			return page(all.slice(0, 12));
		},
		{ pageSize: 12 },
	);
	expect(asked[2]).toBe(asked[1] + 1);
	expect(result).toMatchObject({ rows: 13, completeness: { proven: true, by: 'wholeAnswer' } });
});
