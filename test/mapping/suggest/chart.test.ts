import type { GpAccount } from '../../../lib/model/gp-records';
import {
	accountPattern,
	accountPlaces,
	accountsByValue,
	isPlain,
	isWholeSegment,
	naturalSegment,
	overlaps,
	type Piece,
	shareDescribed,
	valuesBySegment,
} from '../../../lib/mapping/suggest/propose-account-places';
import { prefixesOf } from '../../../lib/mapping/suggest/propose-accounts';
import { account } from '../samples';

const piece = (from: number, to: number | null, segment = 2): Piece => ({
	segment,
	from,
	to,
	length: null,
});
const WHOLE = piece(0, null);

test.each<[string, Piece, Piece, boolean]>([
	['two segments', WHOLE, piece(0, null, 3), false],
	['a segment and a part of it', WHOLE, piece(2, null), true],
	['two beginnings', piece(0, 2), piece(0, 4), true],
	['two ends', piece(-2, null), piece(-4, null), true],
	['two rests', piece(2, null), piece(4, null), true],
	['the first two and all but the first two', piece(0, 2), piece(2, null), false],
	['the first two and all but the first three', piece(0, 2), piece(3, null), false],
	['the first three and all but the first two', piece(0, 3), piece(2, null), true],
	['all but the last two and the last two', piece(0, -2), piece(-2, null), false],
	['all but the last two and the last three', piece(0, -2), piece(-3, null), true],
	['all but the last three and the last two', piece(0, -3), piece(-2, null), true],
	['all but the last two and all but the first two', piece(0, -2), piece(2, null), true],
	['the first two and the last two of whatever length', piece(0, 2), piece(-2, null), true],
])('%s share signs: see the last column', (_what, one, other, share) => {
	expect([overlaps(one, other), overlaps(other, one)]).toEqual([share, share]);
});

describe('places in accounts of several forms', () => {
	test('are of every segment that any account has, in order, blanks being none', () => {
		const places = accountPlaces(['1', '1--22', '1-22-3']);
		expect(places.map(({ name }) => name)).toEqual([
			...['account segment 1', 'account segment 2', 'account segment 3'],
			...['account segments 1 and 2', 'account segments 2 and 3'],
		]);
		expect(places.map(({ pieces: [{ length }] }) => length)).toEqual([1, 2, null, 1, 2]);
	});

	test('are parts of a segment where one account has four signs in it', () => {
		const names = accountPlaces(['12', '1234']).map(({ name }) => name);
		expect(names).toHaveLength(1 + 3 * 4);
		expect(accountPlaces(['123']).map(({ name }) => name)).toEqual(['account segment 1']);
		expect(accountPlaces(['1'.repeat(12)])).toHaveLength(1 + 7 * 4);
		const part = accountPlaces(['1234']).find(
			({ name }) => name === 'the first 2 of account segment 1',
		)!;
		expect([isWholeSegment(part), part.read('12'), part.read('123')]).toEqual([false, null, '12']);
	});
});

describe('a place as pattern', () => {
	const AS_IT_IS = { slices: [[0, null]] as Array<[number, number | null]>, literals: ['', ''] };
	test('is none where a part of the format lies beyond the place, or takes too many groups', () => {
		const [place] = accountPlaces(['123', '456']);
		const beyond = {
			slices: [
				[0, 3],
				[3, 5],
			] as Array<[number, number | null]>,
			literals: ['', '-', ''],
		};
		expect(accountPattern(place!, beyond)).toBeNull();
		const groups = (count: number) => ({
			slices: [...Array(count).keys()].map((at): [number, number] => [at, at + 1]),
			literals: Array(count + 1).fill(''),
		});
		const [long] = accountPlaces(['1'.repeat(12)]);
		expect(accountPattern(long!, groups(9))?.format).toBe('$1$2$3$4$5$6$7$8$9');
		expect(accountPattern(long!, groups(10))).toBeNull();
	});

	test('passes over what the format leaves out, in front, between and behind', () => {
		const [place] = accountPlaces(['123456', '654321']);
		const format = {
			slices: [
				[1, 2],
				[4, 5],
			] as Array<[number, number | null]>,
			literals: ['', '-', ''],
		};
		const made = accountPattern(place!, format)!;
		const match = new RegExp(made.pattern).exec('123456')!;
		expect([match[1], match[2], made.format]).toEqual(['2', '5', '$1-$2']);
		expect(new RegExp(made.pattern).test('12345')).toBe(false);
		const two = accountPlaces(['12-34', '56-78']).find(({ pieces }) => pieces.length === 2)!;
		const last = accountPattern(two, { slices: [[3, null]], literals: ['', ''] })!;
		expect(new RegExp(last.pattern).exec('12-34')![1]).toBe('4');
	});

	test('as it is, is what plain means', () => {
		expect(isPlain(AS_IT_IS)).toBe(true);
		expect(
			isPlain({
				slices: [
					[0, null],
					[2, null],
				],
				literals: ['', '', ''],
			}),
		).toBe(false);
		expect(isPlain({ ...AS_IT_IS, literals: ['', '-'] })).toBe(false);
	});
});

describe('the natural segment of a chart', () => {
	const chart = (...given: Array<[string, string, Partial<GpAccount>?]>) =>
		given.flatMap(([numbers, kind, more]) =>
			numbers.split(' ').map((one) =>
				account(one, {
					postingType:
						kind === 'sheet' ? 'balanceSheet' : kind === 'result' ? 'profitAndLoss' : 'unknown',
					...more,
				}),
			),
		);
	const SHEET: [string, string] = ['1-100 2-100 1-210 2-210', 'sheet'];
	const RESULT: [string, string] = ['1-500 2-500 1-600 2-600', 'result'];

	test('is the one whose values are of one kind', () => {
		expect(naturalSegment(chart(SHEET, RESULT))).toBe(2);
		expect(
			naturalSegment(
				chart(['1-100 2-100', 'sheet'], ['1-500 2-500', 'result'], ['3-600', 'result']),
			),
		).toBe(2);
	});

	test('is not told by two values, by too few of a kind, or by those that nobody knows', () => {
		expect(naturalSegment(chart(['1-100 2-100', 'sheet'], ['1-500 2-500', 'result']))).toBe(0);
		expect(naturalSegment(chart(['1-100', 'sheet'], RESULT))).toBe(0);
		expect(naturalSegment(chart(SHEET, ['1-500', 'result']))).toBe(0);
		expect(naturalSegment(chart(SHEET, RESULT, ['1-500 2-500 3-500 4-500', 'unknown']))).toBe(2);
		const units = chart(SHEET, RESULT, ['1-500 2-500 3-500', 'sheet', { type: 'unit' }]);
		expect(naturalSegment(units)).toBe(2);
		expect(naturalSegment([])).toBe(0);
	});

	test('may hold one account in twenty of the other kind, and not more', () => {
		const many = (sheet: number): ReturnType<typeof chart> => [
			...chart(SHEET),
			...[...Array(16).keys()].flatMap((at) =>
				chart([`${at}-500`, at < sheet ? 'sheet' : 'result']),
			),
			...chart(['9-600 8-600', 'result']),
		];
		expect(naturalSegment(many(1))).toBe(2);
		expect(naturalSegment(many(3))).not.toBe(2);
	});

	test('of two that tell it is the purer one, then the one with more values', () => {
		const both = chart(['A-100 A-110 B-120', 'sheet'], ['C-500 C-510 D-520', 'result']);
		expect(naturalSegment(both)).toBe(2);
		expect(
			naturalSegment(
				both.map((one) => ({ ...one, account: one.account.split('-').reverse().join('-') })),
			),
		).toBe(1);
	});
});

test('accounts are put together by their values', () => {
	const accounts = ['1-2', '1--2', '3'].map((one) => account(one));
	const bySegment = valuesBySegment(accounts);
	expect([...bySegment.get(1)!].map(([value, of]) => `${value} ${of.length}`)).toEqual([
		'1 2',
		'3 1',
	]);
	expect([...bySegment.keys()].sort()).toEqual(
		[...new Set(accounts.flatMap((one) => [...valuesBySegment([one]).keys()]))].sort(),
	);
	const read = (one: string) => (one === '3' ? null : 'x');
	expect(
		[...accountsByValue(accounts, read)].map(([value, of]) => `${value} ${of.length}`),
	).toEqual(['x 2']);
});

test('of the described accounts the share that fits counts', () => {
	const of = (...texts: Array<string | null>) =>
		shareDescribed(
			texts.map((description) => account('1', { description })),
			/shop/i,
		);
	expect([
		of('Shop', 'Yard', null, ' '),
		of(null),
		of(),
		of('Shop'),
		of('a', 'b', 'Shop', 'Shop'),
	]).toEqual([...[0.5, 0, 0, 1, 0.5]]);
});

test('beginnings are as short as they can be, whatever the order of the values', () => {
	expect(prefixesOf(['52', '51', '5'], ['6'])).toEqual([
		{ text: '5', whole: true },
		{ text: '5', whole: false },
	]);
	expect(prefixesOf(['5110', '51'], ['512'])).toEqual([
		{ text: '51', whole: true },
		{ text: '511', whole: false },
	]);
});
