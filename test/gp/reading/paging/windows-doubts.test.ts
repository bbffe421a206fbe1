import type { Page, PageRequest } from '../../../../lib/gp/reading/paging/page';
import { page, readPages, Refused, rowNames } from '../../support/asked-pages';
import {
	type Serve,
	type Options,
	part,
	standard,
	honest,
	ignoring,
} from '../../support/offset-services';

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
		['gives more, and counts fewer', ignoring(13, standard(5)), '0+10', 13, 'wholeAnswer'],
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

	test('gives more than asked for and a link to the rest: that is followed', async () => {
		const serve: Serve = (request) =>
			'next' in request ? page(rowNames(3, 12)) : page(rowNames(12), { next: 'z' });
		expect(await readPages(serve)).toMatchObject({
			...{ asked: '0+10 10+10 * >z * >z', rows: 15, end: 'links' },
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
