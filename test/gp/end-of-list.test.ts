import {
	countSaysEnd,
	judgeWhole,
	looksLikeCap,
	looksLikeWindow,
	notAWindow,
	type Reading,
	saysMore,
	saysMoreOfThese,
	type Answer,
	type Page,
} from '../../lib/gp/reading/paging/page';

const names = (count: number) => Array.from({ length: count }, (_, index) => `row${index}`);
const answer = (count: number, more: Partial<Page<string>> = {}): Answer<string> => {
	const rows = names(count);
	return { page: { rows, next: null, ...more }, keys: rows };
};
const odata = (count: number) => ({ count, standard: true });
const own = (count: number) => ({ count, standard: false });

test('a number of rows that services are known to cut at looks like a cap', () => {
	const caps = [10, 16, 25, 50, 64, 99, 100, 150, 256, 1000, 1024, 9999, 65_535];
	expect(caps.filter((rows) => !looksLikeCap(rows))).toEqual([]);
	const numbers = [0, 1, 2, 3, 4, 8, 11, 17, 49, 51, 63, 65, 101, 998, 1023];
	expect(numbers.filter(looksLikeCap)).toEqual([]);
});

test('from a thousand rows on, thousands and powers of two look like a window', () => {
	expect([1000, 1024, 3000, 8192, 9999, 10_000, 32_767, 65_535].map(looksLikeWindow)).toEqual(
		Array(8).fill(true),
	);
	expect([0, 50, 512, 999, 1001, 1500, 9998, 65_534].map(looksLikeWindow)).toEqual(
		Array(8).fill(false),
	);
});

describe('an end at the number of a window is looked at from the other side', () => {
	const end = { proven: true, by: 'nothingBehind' } as const;
	const look = (
		known: number,
		others: string[] | null,
		given: Parameters<typeof notAWindow>[2] = end,
		comesWhole = false,
	) =>
		notAWindow(
			{ options: { fromTheEnd: async () => others, comesWhole } } as unknown as Reading<string>,
			new Set(names(known)),
			given,
		);

	test('with rows that came it is the end', async () => {
		expect(await look(1000, ['row999', 'row998'])).toBe(end);
	});
	test('with one that did not come it is none', async () => {
		expect(await look(1000, ['row999', 'another'])).toMatchObject({ proven: false });
	});
	test('of a service that knows no order nobody knows, but where somebody confirmed its lists', async () => {
		expect(await look(1000, null)).toMatchObject({ proven: false });
		expect(await look(1000, null, end, true)).toBe(end);
	});
	test('another number of rows is no window, and what is not proven stays so', async () => {
		expect(await look(1001, ['another'])).toBe(end);
		const open = { proven: false, why: 'it stopped' } as const;
		expect(await look(1000, ['row1'], open)).toBe(open);
	});
});

describe('an answer behind which nothing can be asked for', () => {
	const judge = (
		one: Answer<string>,
		options: Partial<Parameters<typeof judgeWhole>[1]> = {},
		top?: number,
	) => {
		const end = judgeWhole(one, { pageSize: 500, ...options }, top);
		return end.proven ? end.by : end.why;
	};

	test.each<
		[string, Answer<string>, Partial<Parameters<typeof judgeWhole>[1]>, number | undefined, RegExp]
	>([
		[
			'is all where lists come whole',
			answer(100),
			{ comesWhole: true },
			undefined,
			/^wholeAnswer$/,
		],
		[
			'is not where it says that more follow',
			answer(7, { more: true }),
			{ comesWhole: true },
			undefined,
			/more follow/,
		],
		[
			'is not where it counts more',
			answer(7, { total: odata(8) }),
			{},
			undefined,
			/counts 8 rows and gave 7/,
		],
		['is all where the count agrees', answer(7, { total: odata(7) }), {}, undefined, /^count$/],
		[
			'is all by itself where only another count agrees',
			answer(7, { total: own(7) }),
			{},
			undefined,
			/^wholeAnswer$/,
		],
		[
			'is not proven by a count of what looks like a cap',
			answer(100, { total: odata(100) }),
			{},
			undefined,
			/exactly 100 rows/,
		],
		['is not proven by as many as were asked for', answer(7), {}, 7, /exactly 7 rows/],
		['is by fewer', answer(7), {}, 8, /^wholeAnswer$/],
		[
			'is not proven by as many as this site is known to give',
			answer(7),
			{ cap: 7 },
			undefined,
			/exactly 7 rows/,
		],
		['without rows holds nothing', answer(0), { cap: 0 }, undefined, /^nothingBehind$/],
		[
			'is not proven by as many as of another list',
			answer(7),
			{ sameSizeElsewhere: () => 'vendors' },
			undefined,
			/as many as of vendors/,
		],
		[
			'is by so few that it may be chance',
			answer(4),
			{ sameSizeElsewhere: () => 'vendors' },
			undefined,
			/^wholeAnswer$/,
		],
		[
			'nor by five',
			answer(5),
			{ sameSizeElsewhere: () => 'vendors' },
			undefined,
			/as many as of vendors/,
		],
		[
			'is where no other list is as long',
			answer(7),
			{ sameSizeElsewhere: () => null },
			undefined,
			/^wholeAnswer$/,
		],
	])('%s', (_what, one, options, top, expected) => {
		expect(judge(one, options, top)).toMatch(expected);
	});
});

describe('what a service says against the end', () => {
	test.each<[string, Partial<Page<string>>, boolean, boolean]>([
		['a count that is higher', { total: odata(8) }, false, true],
		['the same of what was filtered', { total: odata(8) }, true, true],
		['a count of its own', { total: own(8) }, false, true],
		['the same of what was filtered, which may be of all', { total: own(8) }, true, false],
		['as many', { total: odata(7) }, false, false],
		['a link', { next: 'https://gp.example/next' }, true, true],
		['a word that more follow', { more: true }, true, true],
		['a word that none follow', { more: false }, false, false],
	])('%s', (_what, more, filtered, expected) => {
		expect(saysMore(answer(7, more), 7, { filtered }) !== null).toBe(expected);
	});

	test.each<[string, Partial<Page<string>>, boolean, boolean | undefined, boolean]>([
		['a count of all, as the service was seen to give', { total: odata(8) }, true, true, false],
		['a count of what was asked for', { total: odata(8) }, true, false, true],
		['where nobody knows', { total: odata(8) }, true, undefined, true],
		['a count where nothing was filtered', { total: odata(8) }, false, true, true],
		['a link beside such a count', { total: odata(8), next: 'x' }, true, true, true],
		['nothing', {}, true, true, false],
	])('with %s', async (_what, more, filtered, countsAll, expected) => {
		const countsBeforeFilter = countsAll === undefined ? undefined : async () => countsAll;
		const reading = { options: { filtered, countsBeforeFilter } } as unknown as Reading<string>;
		expect((await saysMoreOfThese(reading, answer(7, more), 7)) !== null).toBe(expected);
	});
});

describe('a count says that nothing follows', () => {
	const says = (
		more: Partial<Page<string>>,
		read: Partial<Parameters<typeof countSaysEnd>[1]> = {},
		lastPage = 7,
	) =>
		countSaysEnd(
			answer(lastPage, more),
			{ rows: 7, pages: 1, largestPage: 7, totalBefore: null, ...read },
			500,
		);
	const two = { rows: 27, pages: 2, largestPage: 20, totalBefore: 27 };

	test.each<[string, boolean, boolean]>([
		['of one page, in the own name of OData', says({ total: odata(7) }), true],
		['not in another name', says({ total: own(7) }), false],
		['not another number', says({ total: odata(8) }), false],
		['not without one', says({}), false],
		['not beside a link', says({ total: odata(7), next: 'x' }), false],
		['not beside a word that more follow', says({ total: odata(7), more: true }), false],
		['not of what looks like a cap', says({ total: odata(50) }, { rows: 50 }), false],
		['not of a full page', says({ total: odata(501) }, { rows: 501 }), false],
		['of two pages, in whatever name, where it said so twice', says({ total: own(27) }, two), true],
		[
			'not where it said something else before',
			says({ total: own(27) }, { ...two, totalBefore: 20 }),
			false,
		],
		['not where the last page was full', says({ total: own(27) }, two, 20), false],
	])('%s', (_what, given, expected) => expect(given).toBe(expected));
});
