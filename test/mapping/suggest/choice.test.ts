import {
	choose,
	exampleOf,
	furtherPlaces,
	lineShown,
	pairsOf,
	rankingOf,
	scored,
	type Scored,
	shownText,
} from '../../../lib/mapping/suggest/propose-choice';
import { numbersOf } from '../../../lib/mapping/suggest/propose-numbers';
import type { SampleLine } from '../../../lib/mapping/suggest/propose-types';

/* Lines that carry values in up to three places: `a b c`, a dash for nothing. */
const line = (text: string, lines = 1): SampleLine => {
	const [account, reference, description] = text
		.split(' ')
		.map((one) => (one === '-' ? null : one));
	return {
		account: account ?? '',
		reference: reference ?? null,
		description: description ?? null,
		purchaseOrder: null,
		lines,
	};
};
const NUMBERS = ['2401', '2402', '2403', '2404', '2405'];
const numbers = numbersOf(NUMBERS.map((text) => [text, text] as const));
type Field = 'account' | 'reference' | 'description';
const place = (field: Field, lines: SampleLine[], effort = 0, known = numbers) =>
	scored(field as string, field, effort, lines, known, (one) => one[field] || null);
const chosen = (
	lines: SampleLine[],
	effort: Partial<Record<Field, number>> = {},
	known = numbers,
) => {
	const all = (['account', 'reference', 'description'] as const).map((field) =>
		place(field, lines, effort[field] ?? 0, known),
	);
	return choose(all, lines, known, { what: 'numbers' });
};
const best = (...given: Parameters<typeof chosen>) => {
	const { best: one, why } = chosen(...given);
	return one?.name ?? why;
};
const many = (texts: string[], lines = 1) => texts.map((text) => line(text, lines));

describe('a place on the lines of a sample', () => {
	test('is counted by its lines; a value is a number of Procore or none', () => {
		const one = place('reference', [
			line('x 2401', 3),
			line('x 2401'),
			line('x 9999'),
			line('x -'),
		]);
		expect(one).toMatchObject({ read: 5, matched: 4, values: ['2401', '2401', '9999', null] });
		expect(one.ids).toEqual(['2401', '2401', undefined, undefined]);
		expect([...pairsOf(one)]).toEqual([['2401', '2401']]);
	});

	test('holds nothing where nothing but zeros and signs stand, unless that is a number', () => {
		const lines = many(['000', '0-0', '0a', '001', '--']);
		expect(place('account', lines).values).toEqual([null, null, '0a', '001', null]);
		const zero = numbersOf([['z', '000']]);
		expect(place('account', lines, 0, zero).values[0]).toBe('000');
	});
});

describe('of several places', () => {
	const SURE = ['2401', '2402', '2403'];

	test('the one with more numbers on more lines is chosen', () => {
		const lines = [
			...many(
				SURE.map((one) => `x ${one}`),
				5,
			),
			...many(NUMBERS.map((one) => `${one} -`)),
		];
		expect(chosen(lines).ranking.map(({ name }) => name)).toEqual(['reference', 'account']);
		const wide = [
			...many(
				SURE.map((one) => `x ${one}`),
				2,
			),
			...many(
				NUMBERS.map((one) => `${one} -`),
				2,
			),
		];
		expect(chosen(wide).ranking[0]!.name).toBe('account');
	});

	test('the simpler one stands before one that says the same', () => {
		const lines = many(SURE.map((one) => `${one} ${one} ${one}`));
		expect(best(lines, { account: 2, reference: 1, description: 3 })).toBe('reference');
		expect(
			chosen(lines, { account: 2, reference: 1, description: 3 }).ranking.map(({ name }) => name),
		).toEqual(['reference', 'account', 'description']);
		// Not where it finds clearly less.
		const less = [
			...many(
				SURE.map((one) => `${one} ${one} -`),
				9,
			),
			...many(SURE.map((one) => `${one} - -`)),
		];
		expect(best(less, { account: 3 })).toBe('account');
		const nearly = [
			...many(
				SURE.map((one) => `${one} ${one} -`),
				19,
			),
			line('2401 - -'),
		];
		expect(best(nearly, { account: 3 })).toBe('reference');
	});

	test('nothing is chosen where another says something else and comes near', () => {
		const other: Record<string, string> = { 2401: '2402', 2402: '2403', 2403: '2401' };
		const both = (lines: number) => [
			...many(
				SURE.map((one) => `${one} ${other[one]}`),
				lines,
			),
			...many(
				SURE.map((one) => `${one} -`),
				20 - lines,
			),
		];
		expect(best(both(19))).toMatch(/^account and reference both hold numbers .* different things$/);
		// The square root of a quarter of the lines is half of its score.
		expect(best(both(5))).toMatch(/say different things$/);
		expect(best(both(4))).toBe('account');
		// Or where hardly any of what stands there is a number.
		const rare = [
			...both(19),
			...many(
				['y1', 'y2', 'y3', 'y4', 'y5', 'y6', 'y7', 'y8', 'y9', 'y0'].map((one) => `- ${one}`),
				30,
			),
		];
		expect(best(rare)).toBe('account');
	});

	test('a place claims nothing by fewer than three numbers', () => {
		expect(best(many(['2401', '2402']))).toBe(
			"only 2 of Procore's numbers stand in account, which may be chance",
		);
		expect(best(many(['2401', '2401']))).toMatch(/^only 1 of Procore's numbers stands in account/);
		expect(best(many(['x']))).toBe("none of Procore's numbers stands in any place");
		expect(choose([], [], numbersOf([]), { what: 'numbers' }).why).toBe(
			'Procore has no numbers to compare with',
		);
	});

	test('but for long ones found all over, where Procore has no more', () => {
		const two = numbersOf(['2401', '2402'].map((text) => [text, text] as const));
		const all = (lines: number) => [line('2401', lines), line('2402', 1)];
		expect(best(all(9), {}, two)).toBe('account');
		expect(best(all(8), {}, two)).toMatch(/may be chance$/);
		expect(best([line('2401', 20)], {}, two)).toMatch(/may be chance$/);
		const short = numbersOf([
			['1', ' 24 '],
			['2', '2402'],
		]);
		expect(best([line('24', 9), line('2402', 9)], {}, short)).toMatch(/may be chance$/);
	});

	test('nor where most of what stands there is none', () => {
		const lines = [...many(SURE), ...many(['y1', 'y2', 'y3', 'y4'])];
		expect(best(lines)).toBe(
			"account holds 3 of Procore's numbers, but most of what stands there is none",
		);
		expect(best([...many(SURE), ...many(['y1', 'y2', 'y3'])])).toBe('account');
	});
});

describe('further places', () => {
	/** Names of the places taken beside the account. */
	const further = (
		lines: SampleLine[],
		effort: Partial<Record<Field, number>> = {},
		known = numbers,
	) => {
		const [first, ...others] = (['account', 'reference', 'description'] as const).map((field) =>
			place(field, lines, effort[field] ?? 0, known),
		);
		const costLines = lines.reduce((sum, one) => sum + one.lines, 0);
		return furtherPlaces(first!, [first!, ...others], { lines, costLines }, known).map(
			({ name }) => name,
		);
	};
	const FIRST = many(
		NUMBERS.map((one) => `${one} -`),
		4,
	);
	const OPEN = many(['- 2401', '- 2402', '- 2403'], 2);

	test('are taken for the lines on which the first holds nothing', () => {
		expect(further([...FIRST, ...OPEN])).toEqual(['reference']);
		expect(further(FIRST)).toEqual([]);
		// All that they hold stands where the first has its say already.
		expect(
			further(
				many(
					NUMBERS.map((one) => `${one} ${one}`),
					4,
				),
			),
		).toEqual([]);
	});

	test('one after the other, the one with more lines first', () => {
		const also = many(['- - 2401', '- - 2402', '- - 2403'], 3);
		expect(further([...FIRST, ...OPEN, ...also])).toEqual(['description', 'reference']);
		// Of two that say the same on the same lines the simpler is enough.
		const same = many(['- 2401 2401', '- 2402 2402', '- 2403 2403'], 2);
		expect(further([...FIRST, ...same], { reference: 2, description: 1 })).toEqual(['description']);
		expect(further([...FIRST, ...same], { reference: 1, description: 2 })).toEqual(['reference']);
	});

	test('speak for enough: four fifths of what stands there, some lines and three numbers', () => {
		const strange = (lines: number) => line('- y1', lines);
		expect(further([...FIRST, ...OPEN, strange(1)])).toEqual(['reference']);
		expect(further([...FIRST, ...OPEN, strange(2)])).toEqual([]);
		expect(further([...FIRST, ...many(['- 2401', '- 2402', '- 2401', '- 2402'], 4)])).toEqual([]);
		expect(further([...FIRST, ...many(['- 2401', '- 2402', '- 2403'])])).toEqual(['reference']);
		const few = [
			...many(
				NUMBERS.map((one) => `${one} -`),
				40,
			),
			...many(['- 2401', '- 2402', '- 2403']),
		];
		expect(further(few)).toEqual([]);
		expect(further([...few, line('- 2401', 2)])).toEqual(['reference']);
	});

	test('are none where they contradict the first, or each other on the open lines', () => {
		const against = many(['2401 2402', '2402 2401'], 2);
		expect(further([...FIRST, ...OPEN, ...against])).toEqual([]);
		const split = many(['- 2401 2402', '- 2402 2403', '- 2403 2401'], 2);
		expect(further([...FIRST, ...split])).toEqual([]);
		const mostly = [...split, ...many(['- 2401 -', '- 2402 -', '- 2403 -'], 9)];
		expect(further([...FIRST, ...mostly])).toEqual(['reference']);
	});
});

describe('what is shown of lines and places', () => {
	test('a line by its account and whatever texts it has, cut where they are long', () => {
		expect(lineShown(line('1 -'))).toBe('account 1');
		expect(lineShown({ ...line('1 r d'), purchaseOrder: ' p ' })).toBe(
			'account 1, reference "r", PO number "p", description "d"',
		);
		expect(lineShown({ ...line('1 -'), reference: '  ' })).toBe('account 1');
		expect(shownText(` ${'x'.repeat(60)} `)).toBe('x'.repeat(60));
		expect(shownText('x'.repeat(61))).toBe(`${'x'.repeat(60)}…`);
	});

	test('the five best places, with what they hold', () => {
		const lines = many(['2401', '2402', 'y']);
		const one = { ...place('account', lines) } as Scored;
		expect(rankingOf([one])).toEqual([
			'account: 2 numbers of Procore on 2 of the 3 lines that have something there',
		]);
		expect(rankingOf(Array(7).fill(one))).toHaveLength(5);
		expect(exampleOf(one, lines, numbers, 1)).toHaveLength(1);
	});
});
