import type { Page } from '../../../../lib/gp/reading/paging/page';
import { page, readPages, Refused, rowNames } from '../../support/asked-pages';

/* Lists read by page numbers, ten rows each: `#2+10` stands for page 2. */

type Serve = Parameters<typeof readPages>[0];
type Options = Parameters<typeof readPages>[1];
interface Habits {
	/** Number of the first page. */
	base?: 0 | 1;
	/** Most rows of a page; where it is less than asked for, pages may begin at multiples of either. */
	most?: number;
	step?: 'given' | 'asked';
	/** What a page beyond the last one is, and one before the first. */
	beyond?: 'empty' | 'last' | 'refused';
}

const numbered =
	(
		count: number,
		{ base = 1, most = Infinity, step = 'given', beyond = 'empty' }: Habits = {},
	): Serve =>
	(request) => {
		if (!('page' in request)) throw new Error('asked by something else than a page');
		const size = Math.min(request.top, most);
		const stride = step === 'asked' ? request.top : size;
		const last = Math.max(0, Math.ceil(count / stride) - 1) * stride;
		const at = (request.page - base) * stride;
		if (at >= 0 && at <= last) return page(rowNames(count).slice(at, at + size));
		if (beyond === 'refused') throw new Refused();
		const from = at < 0 ? 0 : last;
		return page(beyond === 'empty' ? [] : rowNames(count).slice(from, from + size));
	};
const ignoring =
	(count: number): Serve =>
	() =>
		page(rowNames(count));
const ofPage = (asked: Parameters<Serve>[0]) => ('page' in asked ? asked.page : null);
const read = async (serve: Serve, options: Options = {}) =>
	await readPages(serve, { paging: 'number', ...options });
/** The same pages, asked for so often. */
const times = (often: number, ...pages: Array<number | string>) =>
	Array(often)
		.fill(pages.map((one) => (typeof one === 'number' ? `#${one}+10` : one)).join(' '))
		.join(' ');

describe('where nobody knows the number of the first page, page 0 is asked for beside page 1', () => {
	test.each<[string, Serve, string, number, string]>([
		['no rows', numbered(0), '#0+10 #1+10', 0, 'nothingBehind'],
		['one', numbered(1), '#0+10 #1+10 #2+10 #2+1 #1+10', 1, 'nothingBehind'],
		['a page', numbered(10), '#0+10 #1+10 #2+10 #1+10', 10, 'nothingBehind'],
		['pages', numbered(25), `${times(2, 0, 1, 2, 3, 4)} #26+1`, 25, 'nothingBehind'],
		['from 0, a bit', numbered(7, { base: 0 }), '#0+10 #1+10 #1+7 #0+10', 7, 'nothingBehind'],
		['from 0, a page', numbered(10, { base: 0 }), '#0+10 #1+10 #0+10', 10, 'nothingBehind'],
		[
			'from 0, pages',
			numbered(25, { base: 0 }),
			`${times(2, 0, 1, 2, 3)} #25+1`,
			25,
			'nothingBehind',
		],
		[
			'page 0 refused',
			numbered(25, { beyond: 'refused' }),
			`${times(2, 0, 1, 2, 3, 4)} #26+1`,
			25,
			'nothingBehind',
		],
		[
			'page 0 is page 1',
			numbered(25, { beyond: 'last' }),
			`${times(2, 0, 1, 2, 3, 4)} #26+1`,
			25,
			'lastPageRepeated',
		],
		[
			'page 0 is the whole list',
			(asked, answered) =>
				ofPage(asked) === 0 ? page(rowNames(25)) : numbered(25)(asked, answered),
			...([`${times(2, 0, 1, 2, 3, 4)} #26+1`, 25, 'nothingBehind'] as const),
		],
		[
			'page 0 was moved by a few rows',
			(asked, answered) => (answered === 0 ? page(rowNames(10, 5)) : numbered(25)(asked, answered)),
			...([`#0+10 #1+10 ${times(2, 0, 1, 2, 3, 4)} #26+1`, 25, 'nothingBehind'] as const),
		],
	])('%s', async (_what, serve, asked, rows, end) => {
		expect(await read(serve)).toMatchObject({ asked, rows, end });
	});
});

describe('where it is known it is the first that is asked for', () => {
	test.each<[string, 0 | 1, number, string, number]>([
		['no rows', 0, 0, '#0+10', 1],
		['a bit, from 0', 0, 7, '#0+10 #1+10 #1+7 #0+10', 1],
		['a bit, from 1', 1, 7, '#1+10 #2+10 #2+7 #1+10', 1],
		['pages from 0', 0, 25, `${times(2, 0, 1, 2, 3)} #25+1`, 2],
		['pages from 1', 1, 25, `${times(2, 1, 2, 3, 4)} #26+1`, 2],
	])('%s', async (_what, firstPage, count, asked, passes) => {
		expect(await read(numbered(count, { base: firstPage }), { firstPage })).toMatchObject({
			...{ asked, passes, rows: count, end: 'nothingBehind', pagingIgnored: false },
		});
	});
});

describe('a page beyond the last one', () => {
	const first = { firstPage: 1 } as const;
	test.each<[string, Serve, number, string]>([
		[
			'refused behind a full page shows nothing',
			numbered(30, { beyond: 'refused' }),
			30,
			'page 4 was refused after 30 rows',
		],
		['refused behind a short page does', numbered(25, { beyond: 'refused' }), 25, 'nothingBehind'],
		[
			'refused behind the only page shows nothing',
			numbered(7, { beyond: 'refused' }),
			7,
			'page 2 was refused after 7 rows',
		],
		['that is the last again is the end', numbered(25, { beyond: 'last' }), 25, 'lastPageRepeated'],
		[
			'that is the only one again: it may be all',
			numbered(7, { beyond: 'last' }),
			7,
			'wholeAnswer',
		],
		[
			'that is the only one again, full: it may be cut',
			numbered(10, { beyond: 'last' }),
			10,
			'exactly 10 rows came',
		],
	])('%s', async (_what, serve, rows, end) => {
		const found = await read(serve, first);
		expect(found.rows).toBe(rows);
		expect(found.end).toContain(end);
	});
});

describe('a service that ignores the number', () => {
	test.each<[number, Options, string, string]>([
		[7, {}, '#0+10 #1+10 #2+10 #2+7 #1+10', 'wholeAnswer'],
		[7, { firstPage: 1 }, '#1+10 #2+10 #2+7 #1+10', 'wholeAnswer'],
		[10, { firstPage: 1 }, '#1+10 #2+10 #1+10', 'exactly 10 rows came'],
		[50, { firstPage: 1 }, '#1+10 #2+10 #1+10', 'exactly 50 rows came'],
	])('gives %i rows, known beforehand: %j', async (count, options, asked, end) => {
		const found = await read(ignoring(count), options);
		expect(found).toMatchObject({ asked, pagingIgnored: true });
		expect(found.end).toContain(end);
	});
});

describe('a service that gives less than it was asked for', () => {
	const first = { firstPage: 1 } as const;
	const narrowed = ['#1+4', '#2+4', '#3+4', '#4+4'];

	test.each(['given', 'asked'] as const)(
		'is asked in its own size (pages of what is %s)',
		async (step) => {
			const found = await read(numbered(11, { most: 4, step }), first);
			expect(found).toMatchObject({
				asked: `#1+10 #2+10 ${times(2, ...narrowed)} #12+1`,
				...{ rows: 11, end: 'nothingBehind' },
			});
		},
	);

	test('in one page is asked behind it in that size', async () => {
		const one = await read(numbered(3, { most: 4, step: 'asked' }), first);
		expect(one).toMatchObject({ asked: '#1+10 #2+10 #2+3 #1+10', rows: 3 });
		const more = await read(numbered(7, { most: 4, step: 'asked' }), first);
		expect(more).toMatchObject({ rows: 7, end: 'nothingBehind' });
		expect(more.asked).toBe('#1+10 #2+10 #2+4 #1+4 #2+4 #3+4 #1+4 #2+4 #3+4 #8+1');
	});

	test('is asked for no more from the beginning where that is known', async () => {
		const found = await read(numbered(11, { most: 4 }), { ...first, cap: 4 });
		expect(found).toMatchObject({ asked: `${times(2, ...narrowed)} #12+1`, rows: 11 });
	});
});

describe('what speaks against the end', () => {
	const first = { firstPage: 1 } as const;
	const but =
		(
			change: (asked: Parameters<Serve>[0], given: Page<string>, answered: number) => Page<string>,
		): Serve =>
		(asked, answered) =>
			change(asked, numbered(25)(asked, answered), answered);
	const counted = (standard: boolean) =>
		but((_asked, given) => ({ ...given, total: { count: 30, standard } }));
	const lastRow = (answer: () => Page<string>) =>
		but((asked, given) => ('top' in asked && asked.top === 1 ? answer() : given));

	test.each<[string, Serve, string, Options?]>([
		['a count that is higher', counted(true), 'the service counts 30 rows and gave 25'],
		[
			'not one of all rows, where a part was asked for',
			counted(false),
			'nothingBehind',
			{ filtered: true },
		],
		[
			'not what a full page says of the next',
			but((_asked, given) => ({ ...given, more: true, next: 'z' })),
			'nothingBehind',
		],
		[
			'a page in the middle that is shorter than others',
			but((asked, given) => (ofPage(asked) === 2 ? page(given.rows.slice(0, 6)) : given)),
			'numbered pages of 6 and of 10 rows came, so rows may stand on none of them',
		],
		[
			'a row behind the last',
			lastRow(() => page(['x'])),
			'a row stands behind the 25 of the numbered pages',
		],
		['not one that came', lastRow(() => page(['r3'])), 'nothingBehind'],
		[
			'not a refusal',
			lastRow(() => {
				throw new Refused();
			}),
			'nothingBehind',
		],
	])('%s', async (_what, serve, end, options = {}) => {
		expect(await read(serve, { ...first, ...options })).toMatchObject({ end });
	});

	test('others at the beginning of the opposite order, at the number of a window', async () => {
		const found = await read(numbered(1000), {
			...first,
			pageSize: 500,
			fromTheEnd: async () => ['x'],
		});
		expect(found.end).toContain('in the opposite order it begins with others');
	});

	test.each<[string, (answered: number) => string[] | null, string, number]>([
		[
			'came on two pages',
			(at) => (at === 1 ? rowNames(10, 9) : null),
			`#1+10 #2+10 ${times(2, 1, 2, 3, 4)} #26+1`,
			25,
		],
		[
			'came in one reading alone',
			(at) => (at === 2 ? ['x', 'y'] : null),
			`${times(3, 1, 2, 3, 4)} #26+1`,
			27,
		],
	])('a row that %s: it is read again', async (_what, moved, asked, rows) => {
		const serve = but((_asked, given, answered) => page(moved(answered) ?? given.rows));
		expect(await read(serve, first)).toMatchObject({ asked, rows, end: 'nothingBehind' });
	});

	test('the only page has changed meanwhile: it is read again', async () => {
		for (const serve of [
			numbered,
			(count: number) => numbered(count, { beyond: 'last' }),
		] as const) {
			const shrinking: Serve = (asked, answered) => serve(answered < 3 ? 7 : 6)(asked, answered);
			expect(await read(shrinking, first)).toMatchObject({
				...{ asked: '#1+10 #2+10 #2+7 #1+10 #1+10 #2+10 #2+6 #1+10', rows: 7, passes: 2 },
			});
		}
	});

	test('a fault of the service ends it', async () => {
		const away: Serve = () => {
			throw new Error('away');
		};
		expect(await read(away, first)).toMatchObject({ asked: '#1+10', end: 'away' });
		expect(await read(away)).toMatchObject({ asked: '#0+10', end: 'away' });
	});
});
