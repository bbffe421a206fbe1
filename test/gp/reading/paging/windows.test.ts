import type { Page, PageRequest } from '../../../../lib/gp/reading/paging/page';
import { page, readPages, Refused, rowNames } from '../../support/asked-pages';

/*
 * Lists read by offsets, in pages of ten that overlap by two rows: what is asked, and what shows the end.
 * `8+10` stands for ten rows behind the first eight, `*` for everything, `>a` for the link "a".
 */

type Serve = Parameters<typeof readPages>[0];
type Options = Parameters<typeof readPages>[1];
type More = Partial<Page<string>>;

const part = (rows: string[], request: PageRequest, most = Infinity): string[] =>
	'skip' in request
		? rows.slice(request.skip, request.skip + Math.min(request.top, most))
		: rows.slice(0, most);
const standard = (count: number) => ({ total: { count, standard: true } });
const own = (count: number) => ({ total: { count, standard: false } });

/** Honours offsets, and gives no more than so many rows at once. */
const honest =
	(count: number, most = Infinity, more: More = {}): Serve =>
	(request) =>
		page(part(rowNames(count), request, most), more);
/** Gives the same whatever is asked. */
const ignoring =
	(count: number, more: More = {}): Serve =>
	() =>
		page(rowNames(count), more);
/** The list as it stands at each answer; the last one stays. */
const changing =
	(...lists: string[][]): Serve =>
	(request, answered) =>
		page(part(lists[Math.min(answered, lists.length - 1)]!, request));

describe('a service that honours offsets is asked', () => {
	test.each<[string, Serve, string, Options?]>([
		['for no rows once', honest(0), '0+10'],
		['for one row until it is seen to stand still', honest(1), '0+10 1+10 0+10'],
		['for two rows and what is behind', honest(2), '0+10 1+10 2+10'],
		['for a page less one', honest(9), '0+10 7+10 9+10'],
		['for a page', honest(10), '0+10 8+10 10+10'],
		['for a page and one', honest(11), '0+10 8+10 9+10 11+10'],
		['for pages and a bit', honest(25), '0+10 8+10 16+10 23+10 25+10'],
		['in pages of two with one row between', honest(5), '0+2 1+2 2+2 3+2 4+2 5+2', { pageSize: 2 }],
		['in pages of three', honest(5), '0+3 1+3 2+3 3+3 5+3', { pageSize: 3 }],
		['where it gives two at once', honest(5, 2), '0+10 1+10 2+10 3+10 4+10 5+10'],
		['where it gives three at once', honest(7, 3), '0+10 1+10 2+10 3+10 4+10 5+10 7+10'],
		['where it gives four at once', honest(9, 4), '0+10 2+10 4+10 6+10 7+10 9+10'],
	])('%s', async (_what, serve, asked, options = {}) => {
		expect(await readPages(serve, options)).toMatchObject({
			...{ asked, end: 'nothingBehind', passes: 1, pagingIgnored: false },
		});
	});

	test.each<[string, Serve, Options]>([
		['asked for one row at a time', honest(3), { pageSize: 1 }],
		['giving one row at a time', honest(3, 1), {}],
	])('twice where nothing overlaps: %s', async (_what, serve, options) => {
		const found = await readPages(serve, options);
		const once = [0, 1, 2, 3].map((at) => `${at}+${options?.pageSize ?? 10}`).join(' ');
		expect(found).toMatchObject({ asked: `${once} ${once}`, rows: 3, end: 'nothingBehind' });
	});
});

describe('a count', () => {
	const learned = { countsAll: true };
	test.each<[string, Serve, string, string, Options?]>([
		['of a page is confirmed by one question', honest(7, 99, standard(7)), '0+10 7+10', 'count'],
		['is believed once it was', honest(7, 99, standard(7)), '0+10', 'count', { learned }],
		[
			'of as many as a cap is not',
			honest(10, 99, standard(10)),
			'0+10 8+10 10+10',
			'nothingBehind',
			{ learned },
		],
		['in another name needs two pages', honest(7, 99, own(7)), '0+10 5+10 7+10', 'nothingBehind'],
		['in another name, said twice', honest(23, 99, own(23)), '0+10 8+10 16+10 23+10', 'count'],
		['of pages, believed', honest(23, 99, own(23)), '0+10 8+10 16+10', 'count', { learned }],
		[
			'of pages that looks like a cap is asked behind',
			honest(25, 99, standard(25)),
			'0+10 8+10 16+10 25+10',
			'count',
			{ learned },
		],
		[
			'that is higher',
			honest(23, 99, standard(99)),
			'0+10 8+10 16+10 21+10 23+10',
			'the service counts 99 rows and gave 23',
		],
		[
			'that is higher, of a list that was filtered, in another name',
			honest(23, 99, own(99)),
			'0+10 8+10 16+10 21+10 23+10',
			'nothingBehind',
			{ filtered: true },
		],
		['of none', honest(0, 99, standard(0)), '0+10', 'nothingBehind'],
		[
			'of some where none came',
			honest(0, 99, standard(3)),
			'0+10',
			'the service counts 3 rows and gave 0',
		],
	])('%s', async (_what, serve, asked, end, options = {}) => {
		expect(await readPages(serve, options)).toMatchObject({ asked, end });
	});

	test('that was of the page alone is not believed again: the list is gone through', async () => {
		const ofPage: Serve = (request) => page(part(rowNames(9), request, 7), standard(7));
		expect(await readPages(ofPage)).toMatchObject({
			...{ asked: '0+10 7+10 5+10 7+10 9+10', rows: 9, end: 'nothingBehind' },
		});
	});

	test('is learned where it stays behind the end, and only there', async () => {
		const learn = async (serve: Serve) => {
			const found = { countsAll: false };
			await readPages(serve, { learned: found });
			return found.countsAll;
		};
		expect(await learn(honest(7, 99, standard(7)))).toBe(true);
		const ofAnswer: Serve = (request) => {
			const rows = part(rowNames(7), request);
			return page(rows, standard(rows.length));
		};
		expect(await learn(ofAnswer)).toBe(false);
		expect(await learn((request) => page(part(rowNames(9), request, 7), standard(7)))).toBe(false);
	});
});

describe('what speaks against the end', () => {
	const linked =
		(link: () => Page<string>): Serve =>
		(request) =>
			'next' in request ? link() : page(part(rowNames(7), request), { next: 'z' });
	const refuse = (): never => {
		throw new Refused();
	};

	test.each<[string, Serve, string, string]>([
		[
			'a word that more follow',
			honest(7, 99, { more: true }),
			'0+10 5+10 7+10',
			'more follow after 7 rows',
		],
		['that word beside no rows', honest(0, 99, { more: true }), '0+10', 'more follow after 0 rows'],
		['a link that is refused', linked(refuse), '0+10 5+10 7+10 >z', 'more follow after 7 rows'],
		['not a link to nothing', linked(() => page([])), '0+10 5+10 7+10 >z', 'nothingBehind'],
		['not a link to what came', linked(() => page(['r6'])), '0+10 5+10 7+10 >z', 'nothingBehind'],
		[
			'a count beside a link to nothing',
			(request) => ({
				...linked(() => page([]))(request, 0),
				...('next' in request ? {} : standard(8)),
			}),
			...(['0+10 5+10 7+10 >z', 'counts 8 rows and gave 7'] as const),
		],
	])('%s', async (_what, serve, asked, end) => {
		const found = await readPages(serve);
		expect(found).toMatchObject({ asked, end: expect.stringContaining(end) });
	});

	test('a link to further rows is followed from the beginning', async () => {
		const serve: Serve = (request) =>
			'next' in request ? page(['r7', 'r8']) : page(part(rowNames(7), request), { next: 'z' });
		expect(await readPages(serve)).toMatchObject({
			...{ asked: '0+10 5+10 7+10 >z * >z * >z', rows: 9, end: 'links' },
		});
	});

	test('a link beside no rows is followed', async () => {
		const serve: Serve = (request) =>
			'next' in request ? page(rowNames(3)) : page([], { next: 'z' });
		expect(await readPages(serve)).toMatchObject({
			asked: '0+10 * >z * >z',
			rows: 3,
			end: 'links',
		});
	});

	test('others at the beginning of the opposite order, at the number of a window', async () => {
		const ends = async (last: string) =>
			await readPages(honest(1000, 500), { pageSize: 500, fromTheEnd: async () => [last] });
		expect(await ends('r999')).toMatchObject({ rows: 1000, end: 'nothingBehind' });
		expect((await ends('another')).end).toContain('in the opposite order it begins with others');
	});
});

describe('a service that knows no offsets', () => {
	const twenty = rowNames(23);
	const first = (request: PageRequest) =>
		page('skip' in request ? twenty.slice(0, request.top) : twenty);
	const refusing =
		(from: number): Serve =>
		(request) => {
			if ('skip' in request && request.skip > from) throw new Refused();
			return first(request);
		};
	const CUT = 'exactly 10 rows came in one answer';

	test.each<[string, Serve, string, number, string, Options?]>([
		['gives the same at each', first, '0+10 8+10 9+10 0+10 *', 23, 'wholeAnswer'],
		['refuses the second it is asked', refusing(8), '0+10 8+10 9+10 *', 23, 'wholeAnswer'],
		['refuses the first', refusing(0), '0+10 8+10 *', 23, 'wholeAnswer'],
		['gives all it has, fewer than a page', ignoring(7), '0+10 5+10 6+10 0+10 *', 7, 'wholeAnswer'],
		['gives one row', ignoring(1), '0+10 1+10 2+10 0+10 *', 1, 'wholeAnswer'],
		['gives as many as asked for', ignoring(10), '0+10 8+10 9+10 0+10 *', 10, CUT],
		['gives more than asked for at once', ignoring(12), '0+10', 12, 'wholeAnswer'],
		['gives more, and counts them', ignoring(13, standard(13)), '0+10', 13, 'count'],
		['gives more, as many as a cap', ignoring(100), '0+10 98+10', 100, 'exactly 100 rows'],
		[
			'gives as many, confirmed to be all',
			ignoring(100),
			'0+10 98+10',
			100,
			'wholeAnswer',
			{ comesWhole: true },
		],
	])('%s', async (_what, serve, asked, rows, end, options = {}) => {
		expect(await readPages(serve, options)).toMatchObject({
			...{ asked, rows, pagingIgnored: true, end: expect.stringContaining(end) },
		});
	});

	test('is read by its links where it gives some, with the number or without', async () => {
		const linked: Serve = (request) => {
			if ('skip' in request && request.skip > 0) throw new Refused();
			const at = 'next' in request ? Number(request.next) : 0;
			return page(twenty.slice(at, at + 10), { next: at + 10 < 23 ? String(at + 10) : null });
		};
		expect(await readPages(linked)).toMatchObject({
			...{ asked: '0+10 8+10 * >10 >20 * >10 >20', rows: 23, end: 'links' },
		});
		const without: Serve = (request) => {
			if ('skip' in request) return page(rowNames(10));
			return 'next' in request ? page(rowNames(4, 12)) : page(rowNames(12), { next: 'z' });
		};
		expect(await readPages(without)).toMatchObject({
			...{ asked: '0+10 8+10 9+10 0+10 * >z * >z', rows: 16, end: 'links' },
		});
	});

	test('is asked for everything until that holds what came before', async () => {
		const after =
			(all: (answered: number) => string[]): Serve =>
			(request, answered) =>
				page('skip' in request ? rowNames(10) : all(answered));
		const restless = await readPages(after((answered) => rowNames(12, answered)));
		expect(restless).toMatchObject({
			asked: '0+10 8+10 9+10 0+10 * * *',
			end: 'it gave other rows each time it was asked for all',
		});
		const settled = await readPages(
			after((answered) => (answered < 5 ? rowNames(9, 5) : rowNames(14))),
		);
		expect(settled).toMatchObject({ asked: '0+10 8+10 9+10 0+10 * *', end: 'wholeAnswer' });
	});
});

describe('rows that move while the list is read', () => {
	const fifteen = rowNames(15);
	test.each<[string, Serve, string, number]>([
		['one deleted', changing(fifteen, fifteen.slice(2)), '0+10 8+10 0+10 8+10 11+10 13+10', 15],
		['one put in', changing(fifteen, ['new', ...fifteen]), '0+10 8+10 0+10 8+10 14+10 16+10', 16],
		[
			'as many put in before the first page as it has been read',
			changing(rowNames(10), [...rowNames(8, 90), ...rowNames(10)], rowNames(10)),
			...(['0+10 8+10 9+10 0+10 8+10 10+10', 10] as const),
		],
	])('%s: it is read again until it holds still', async (_what, serve, asked, rows) => {
		expect(await readPages(serve)).toMatchObject({ asked, rows, passes: 2, end: 'nothingBehind' });
	});

	test('in each of six readings: it is given up', async () => {
		const restless = await readPages((_request, answered) => page(rowNames(10, answered * 100)));
		expect(restless).toMatchObject({
			asked: Array(6).fill('0+10 8+10').join(' '),
			end: 'unstable: rows moved in each of 6 readings',
		});
	});

	test('a fault of the service ends it', async () => {
		const serve: Serve = (request) => {
			if ('skip' in request && request.skip > 0) throw new Error('away');
			return page(part(rowNames(20), request));
		};
		expect(await readPages(serve)).toMatchObject({ asked: '0+10 8+10', end: 'away' });
	});
});

describe('pages that are short for no reason', () => {
	const short =
		(count: number, sizes: Record<number, number>): Serve =>
		(request, answered) =>
			page(part(rowNames(count), request).slice(0, sizes[answered] ?? 10));

	test.each<[string, Serve, string, number]>([
		['no more than the overlap', short(25, { 1: 2 }), '0+10 8+10 10+10 9+10 18+10 23+10 25+10', 25],
		['a row more', short(25, { 1: 3 }), '0+10 8+10 9+10 17+10 23+10 25+10 25+10', 25],
		['twice', short(20, { 1: 4, 2: 2 }), '0+10 8+10 10+10 12+10 11+10 18+10 20+10 20+10', 20],
	])('%s: what is behind is looked for', async (_what, serve, asked, rows) => {
		expect(await readPages(serve)).toMatchObject({ asked, rows, end: 'nothingBehind' });
	});

	test('an answer without rows where there had been some is no end, nor is any later one', async () => {
		const hollow = await readPages(short(15, { 1: 0 }));
		expect(hollow).toMatchObject({ asked: '0+10 8+10 0+10 8+10 13+10 15+10', rows: 15 });
		expect(hollow.end).toContain('answers without rows came in the middle');
		const emptied = await readPages(short(15, { 1: 0, 2: 0 }));
		expect(emptied).toMatchObject({ asked: '0+10 8+10 0+10', end: hollow.end });
	});

	const behind =
		(rows: string[]): Serve =>
		(request) =>
			'skip' in request && request.skip >= 10 ? page(rows) : page(part(rowNames(10), request));

	test('behind the last row comes what came before, or a refusal: it was the last', async () => {
		const end = { asked: '0+10 8+10 10+10', rows: 10, end: 'nothingBehind' };
		expect(await readPages(behind(['r3']))).toMatchObject(end);
		const refused: Serve = (request) => {
			if ('skip' in request && request.skip >= 10) throw new Refused();
			return page(part(rowNames(10), request));
		};
		expect(await readPages(refused)).toMatchObject(end);
	});

	test('behind the last row come new ones that do not join on: rows have moved', async () => {
		for (const rows of [['r3', 'x'], ['x']]) {
			const found = await readPages(behind(rows));
			expect(found.end).toBe('unstable: rows moved in each of 6 readings');
		}
	});
});
