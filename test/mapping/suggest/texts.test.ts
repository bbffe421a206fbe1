import {
	formatOf,
	numbersOf,
	type Written,
	written,
} from '../../../lib/mapping/suggest/propose-numbers';
import { textPlaces } from '../../../lib/mapping/suggest/propose-texts';

const places = (texts: string[], numbers: string[]) =>
	textPlaces(
		new Map(texts.map((text) => [text, 1])),
		'reference',
		numbersOf(numbers.map((one) => [one, one] as const)),
	);
const names = (...given: Parameters<typeof places>) =>
	places(...given).map(({ name }) => name.replace('reference, ', ''));
const read = (of: ReturnType<typeof places>, where: string, text: string) =>
	of.find(({ name }) => name === `reference, ${where}`)?.read(text) ?? null;
const OTHERS = ['as all of it', 'at its start', 'at its end', 'anywhere'];

describe('numbers of Procore in texts', () => {
	const NUMBERS = ['301', '302', '1303'];
	const JOBS = ['Job 301 slab', 'job: 302 wall', 'JOB #1303, roof', 'x 301'];

	test('are read after a word that mostly stands before them, else by where they stand', () => {
		const found = places(JOBS.slice(0, 3), NUMBERS);
		expect(found.map(({ name, looseness }) => [name, looseness])).toEqual(
			['after "JOB"', ...OTHERS].map((one, at) => [`reference, ${one}`, at]),
		);
		expect(read(found, 'after "JOB"', 'for job #302!')).toBe('302');
		expect(read(found, 'after "JOB"', 'jobs 302')).toBeNull();
		// Three or four signs were met.
		expect(
			['12', '123', '1234', '12345'].map((one) => read(found, 'as all of it', `# ${one} `)),
		).toEqual([...[null, '123', '1234', null]]);
		expect([read(found, 'at its start', '301 job'), read(found, 'at its start', 'x 301')]).toEqual([
			'301',
			null,
		]);
		expect([read(found, 'at its end', 'x 301.'), read(found, 'at its end', '301 x')]).toEqual([
			'301',
			null,
		]);
		expect(read(found, 'anywhere', 'x-301-y')).toBe('301');
	});

	test('are looked for in a long word in no time', () => {
		const from = performance.now();
		expect(names([`${'a'.repeat(400_000)}.....301`], NUMBERS)).toEqual(OTHERS);
		expect(performance.now() - from).toBeLessThan(5_000);
	});

	test('need four of five lines with the word, and a word of plain letters', () => {
		expect(names([...JOBS.slice(0, 3), 'job 302', 'x 301'], NUMBERS)[0]).toBe('after "JOB"');
		expect(names(JOBS, NUMBERS)).toEqual(OTHERS);
		expect(names(['Ö301', 'Ö 302', 'ö 1303'], NUMBERS)).toEqual(OTHERS);
	});

	test('are read before a word, at the start where they mostly begin the text', () => {
		const start = places(['301-PO', '302 po', '1303/PO'], NUMBERS);
		expect(start[0]!.name).toBe('reference, before "PO"');
		expect([read(start, 'before "PO"', '301 po'), read(start, 'before "PO"', 'x 301 po')]).toEqual([
			'301',
			null,
		]);
		const inside = places(['a 301-PO', 'b 302 po', 'c 1303/PO'], NUMBERS);
		expect(read(inside, 'before "PO"', 'x 301 po')).toBe('301');
		expect(read(inside, 'before "PO"', '301 - . po')).toBeNull();
	});

	test('are written with other signs or zeros, and come out as Procore has them', () => {
		const parts = places(['24015', '24-016 x', 'a 24 017'], ['24-015', '24-016', '24-017']);
		expect(parts[0]!.rule).toMatchObject({ from: 'reference', format: '$1-$2' });
		expect(read(parts, 'anywhere', 'x 24.099 y')).toBe('24-099');
		const zeros = places(['00301', '0302', '303'], ['301', '302', '303']);
		expect(read(zeros, 'anywhere', 'x 000777')).toBe('777');
		expect(
			read(places(['301', '302', '303'], ['301', '302', '303']), 'anywhere', 'x 000777'),
		).toBeNull();
		const letters = places(['a12', 'B34 x', 'c 56'], ['A-12', 'B-34', 'C-56']);
		expect(read(letters, 'anywhere', 'z99')).toBe('z-99');
	});

	test('leave out what all of Procore begin with, and it is put back', () => {
		const numbers = ['P-301', 'P-302', 'P-303'];
		expect(read(places(['x 301', 'x 302', 'x 303'], numbers), 'anywhere', 'y 777')).toBe('P-777');
		const plain = ['J301', 'J302', 'J303'];
		expect(read(places(['301', '302', '303'], plain), 'anywhere', 'y 777')).toBe('J777');
		// Not where one begins otherwise, nor by two.
		expect(places(['x 301', 'x 302'], ['P-301', 'P-302', 'Q-303'])).toEqual([]);
		expect(places(['x 301', 'x 302'], ['P-301', 'P-302'])).toEqual([]);
		expect(places(['x 1', 'x 2', 'x 3'], ['P-1', 'P-2', 'P-3'])).toEqual([]);
	});

	test('are none that several of Procore fit, nor words, nor parts of longer numbers', () => {
		expect(places(['2401'], ['24-01', '240-1'])).toEqual([]);
		expect(places(['alpha'], ['ALPHA'])).toEqual([]);
		expect(places(['3011', '1301'], ['301'])).toEqual([]);
		expect(places(['3 -- 01'], ['301'])).toEqual([]);
		expect(places([`1-${'2'.repeat(24)}`], [`1${'2'.repeat(24)}`])).toEqual([]);
		expect(names(['1'.repeat(24)], ['1'.repeat(24)])).toEqual(OTHERS);
		// Five runs at most are put together.
		expect(names(['1-2-3-4-5'], ['12345'])).toEqual(OTHERS);
		expect(places(['1-2-3-4-5-6'], ['123456'])).toEqual([]);
	});

	test('of one shape share a pattern, in the lengths met; letters before digits are another', () => {
		const numbers = ['AB12', 'ABC345', 'D6', '7A', '8B', '901'];
		const found = places(numbers, numbers).filter(({ name }) => name.endsWith('anywhere'));
		expect(found.map(({ rule }) => rule.pattern)).toEqual([
			...['\\b([A-Z]{1,3}\\d{1,3})\\b', '\\b(\\d[A-Z])\\b', '\\b(\\d{3})\\b'],
		]);
	});

	test('of different shapes are read by a place each, the one on more lines first, three at most', () => {
		const numbers = ['301', '302', 'A-1', 'B-2', '7/7', '8.8.8'];
		const found = textPlaces(
			new Map([
				['301', 1],
				['A-1', 5],
				['7/7', 3],
				['8.8.8', 2],
			]),
			'purchaseOrder',
			numbersOf(numbers.map((one) => [one, one] as const)),
		);
		const formats = found.map(({ rule }) => rule.format ?? '$1');
		expect([...new Set(formats)]).toEqual(['$1-$2', '$1/$2', '$1.$2.$3']);
		expect(found[0]!.name).toMatch(/^PO number, /);
	});
});

describe('numbers of GP beside those of Procore', () => {
	const of = (...texts: string[]) => numbersOf(texts.map((one, at) => [String(at), one] as const));
	const way = (values: string[], texts: string[]) => of(...texts).writtenOf(values).kind;

	test('a less simple way has to explain more than a tenth and one more', () => {
		expect(way(['301', '302', '24-03'], ['301', '302', '2403'])).toBe('same');
		expect(way(['24-01', '24-02', '301'], ['2401', '2402', '301'])).toBe('bare');
		expect(way(['24-01'], ['2401'])).toBe('bare');
		expect(way(['x'], ['y'])).toBe('same');
		const many = [...Array(20).keys()].map((at) => `${100 + at}`);
		const bare = (count: number) =>
			many.map((one, at) => (at < count ? `${one[0]}-${one.slice(1)}` : one));
		expect(way(bare(1), many)).toBe('same');
		expect(way(bare(2), many)).toBe('bare');
	});

	test('short numbers are compared as they are written only', () => {
		expect(of('1').find('01', { kind: 'zeros' })).toBeUndefined();
		expect(of('12-3').find('123', { kind: 'bare' })).toBe('0');
		expect(of('1-2').find('12', { kind: 'bare' })).toBeUndefined();
		expect(of('2024--301', '2025-302').find('301', { kind: 'part' })).toBe('0');
		expect(of('301-').find('301', { kind: 'part' })).toBeUndefined();
		expect(way(['12', '13', '14'], ['P12', 'P13', 'P14'])).toBe('same');
	});

	test('of several constant beginnings the one that makes most numbers counts', () => {
		const values = ['301', '302', '303', '304', '305', '306', '307'];
		const texts = values.map((value, at) => `${at < 3 ? 'P' : 'Q'}${value}`);
		expect(of(...texts).writtenOf(values)).toEqual({
			kind: 'added',
			before: 'Q',
			after: '',
		});
		expect(of('301', '302', '303').writtenOf(['301X', '302X', '303X'])).toEqual({
			kind: 'within',
			before: '',
			after: 'X',
		});
		expect(of('301', '302', '999').writtenOf(['J301', 'J302', 'J888']).kind).not.toBe('within');
	});

	test('no beginning or end is added where a value could be two numbers by it', () => {
		const values = ['015', '016', '017'];
		const way = (...texts: string[]) => of(...texts).writtenOf(values).kind;
		const [before, after] = [
			['24-015', '24-016', '24-017'],
			['015-24', '016-24', '017-24'],
		];
		expect([way(...before), way(...after)]).toEqual(['added', 'added']);
		expect(way(...before, '23-015')).toBe('part');
		expect(way(...after, '015-23')).toBe('same');
		// Numbers of another length, or with the value at the other end, are no doubt.
		expect([way(...before, '123-015'), way(...before, '015-23')]).toEqual(['added', 'added']);
	});

	test('the format is that of nearly all pairs', () => {
		const pairs = (odd: number, all: number) =>
			[...Array(all).keys()].map((at): [string, string] => [
				`${100 + at}`,
				at < odd ? `${100 + at}.` : `${100 + at}`,
			]);
		const bare: Written = { kind: 'bare' };
		expect(formatOf(pairs(1, 50), bare)).toEqual({ slices: [[0, null]], literals: ['', ''] });
		expect(formatOf(pairs(2, 50), bare)).toBeNull();
		expect(formatOf([...pairs(49, 50)], bare)).toEqual({
			slices: [[0, null]],
			literals: ['', '.'],
		});
		expect(formatOf([['1', ' 1 ']], bare)).toEqual({ slices: [[0, null]], literals: ['', ''] });
		expect(formatOf([['1', '--']], bare)).toBeNull();
	});

	test('of other zeros is without them, unless Procore has some itself', () => {
		const zeros: Written = { kind: 'zeros' };
		expect(
			formatOf(
				[
					['007', '7'],
					['0A1', 'A1'],
				],
				zeros,
			),
		).toEqual({ slices: [[0, null]], literals: ['', ''], dropZeros: true });
		expect(formatOf([['7', '007']], zeros)).toEqual({ slices: [[0, null]], literals: ['00', ''] });
		expect(formatOf([['0007', '07']], zeros)).toEqual({ slices: [[2, null]], literals: ['', ''] });
		expect(formatOf([['007', '7-1']], zeros)).not.toHaveProperty('dropZeros');
		expect(written('00-70', { slices: [[0, null]], literals: ['', ''], dropZeros: true })).toBe(
			'70',
		);
		expect(written('000', { slices: [[0, null]], literals: ['', ''], dropZeros: true })).toBe('0');
	});

	test('of a constant end takes the value as a whole', () => {
		const after: Written = { kind: 'added', before: '', after: 'X' };
		expect(formatOf([['301', '301X']], after)).toEqual({
			slices: [[0, null]],
			literals: ['', 'X'],
		});
		expect(formatOf([['3012', '301']], after)).toBeNull();
	});
});
