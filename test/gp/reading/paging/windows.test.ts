import { page, readPages, Refused, rowNames } from '../../support/asked-pages';
import {
	type Serve,
	type Options,
	part,
	standard,
	own,
	honest,
	ignoring,
	changing,
} from '../../support/offset-services';

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

describe('a list of as many rows as were asked for at once', () => {
	test('is not ended by its count alone', async () => {
		expect(await readPages(honest(7, 99, standard(7)), { pageSize: 7 })).toMatchObject({
			...{ asked: '0+7 5+7 7+7', end: 'nothingBehind' },
		});
	});

	test('and of a thousand is taken as it is where there is no opposite order', async () => {
		expect((await readPages(honest(1000, 500), { pageSize: 500 })).end).toBe('nothingBehind');
	});
});

describe('a count is confirmed', () => {
	const seven = standard(7);
	test.each<[string, Serve, boolean]>([
		['by nothing', honest(7, 99, seven), true],
		['by what came before', ignoring(7, seven), false],
		[
			'by a refusal',
			(request) => {
				if ('skip' in request && request.skip > 0) throw new Refused();
				return page(rowNames(7), seven);
			},
			false,
		],
		[
			'by an answer without a count',
			(request) =>
				page(part(rowNames(7), request), 'skip' in request && request.skip > 0 ? {} : seven),
			false,
		],
	])('%s: what is learned of counts is %#', async (_what, serve, learns) => {
		const learned = { countsAll: false };
		expect(await readPages(serve, { learned })).toMatchObject({ asked: '0+10 7+10', end: 'count' });
		expect(learned.countsAll).toBe(learns);
		expect((await readPages(serve)).end).toBe('count');
	});
});

test('a service that cannot refuse lets every fault through', async () => {
	const serve: Serve = (request) => {
		if ('skip' in request && request.skip > 0) throw new Refused('no such place');
		return page(rowNames(10));
	};
	expect((await readPages(serve, { isRefusal: undefined })).end).toBe('no such place');
});

test('a list that never ends is given up after 20,000 questions', async () => {
	const endless: Serve = (request) => page('skip' in request ? rowNames(3, request.skip) : []);
	const found = await readPages(endless);
	expect(found.end).toBe('unstable: it had not ended after 20000 requests');
	expect(found.asked.split(' ')).toHaveLength(20_000);
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

	test('one from the pages read to the end, where the border stays as it was: it is read again', async () => {
		const moved = ['new', ...fifteen.toSpliced(3, 1), 'r3'];
		const found = await readPages(changing(fifteen, moved));
		expect(found).toMatchObject({ rows: 16, passes: 2, end: 'nothingBehind' });
	});

	test('one of two, so that nothing is left to overlap: the other is read again by itself', async () => {
		const found = await readPages(changing(['a', 'b'], ['b']));
		expect(found).toMatchObject({ asked: '0+10 1+10 0+10 1+10 0+10', passes: 2 });
	});

	test('the only one, while it was seen to stand still: it is read again', async () => {
		const found = await readPages(changing(['a'], ['a'], ['b'], ['b']));
		expect(found).toMatchObject({ asked: '0+10 1+10 0+10 0+10 1+10 0+10', rows: 2, passes: 2 });
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
		const some = await readPages(behind(['r3', 'x']));
		expect(some.end).toBe('unstable: rows moved in each of 6 readings');
		expect(some.asked).toBe(Array(6).fill('0+10 8+10 10+10').join(' '));
		const none = await readPages(behind(['x']));
		expect(none.end).toBe(some.end);
		expect(none.asked).toBe(Array(6).fill('0+10 8+10 10+10 9+10').join(' '));
	});
});
