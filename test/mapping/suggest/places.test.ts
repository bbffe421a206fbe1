import { fc, test as property } from '@fast-check/jest';
import {
	accountPattern,
	accountPlaces,
	isPlain,
	naturalSegment,
} from '../../../lib/mapping/suggest/propose-account-places';
import { prefixesOf, prefixPattern } from '../../../lib/mapping/suggest/propose-accounts';
import {
	agree,
	choose,
	counted,
	exampleOf,
	scored,
	type Scored,
} from '../../../lib/mapping/suggest/propose-choice';
import {
	bare,
	type Format,
	formatOf,
	inner,
	numbersOf,
	type Written,
	written,
} from '../../../lib/mapping/suggest/propose-numbers';
import type { SampleLine } from '../../../lib/mapping/suggest/propose-types';
import { account } from '../samples';

const ACCOUNTS = ['01-2401-5110', '01-2402-5120', '02-2503-5210'];
const placeNamed = (name: string, accounts = ACCOUNTS) =>
	accountPlaces(accounts).find((place) => place.name === name)!;

describe('places in an account', () => {
	test('segments, neighbours together, and beginnings and ends of the long ones', () => {
		const names = accountPlaces(ACCOUNTS).map(({ name }) => name);
		expect(names.slice(0, 5)).toEqual([
			...['account segment 1', 'account segment 2', 'account segment 3'],
			...['account segments 1 and 2', 'account segments 2 and 3'],
		]);
		// Two long segments, cut in four ways after one, two or three signs.
		expect(names).toHaveLength(5 + 2 * 4 * 3);
		expect(accountPlaces(ACCOUNTS, (segment) => segment !== 2).map(({ name }) => name)).toEqual(
			names.filter((name) => !/ 2\b/.test(name.replace(/(first|last) 2/, '$1'))),
		);
	});

	test.each([
		['account segment 2', '2401', [2]],
		['account segments 2 and 3', '24015110', [2, 3]],
		['the first 2 of account segment 2', '24', [2]],
		['the last 1 of account segment 2', '1', [2]],
		['all but the first 2 of account segment 2', '01', [2]],
		['all but the last 3 of account segment 2', '2', [2]],
	])('%s reads %s', (name, value, segments) => {
		const place = placeNamed(name);
		expect(place.read('01-2401-5110')).toBe(value);
		// Again, as it was kept.
		expect(place.read('01-2401-5110')).toBe(value);
		expect(place.segments).toEqual(segments);
	});

	test('an account without the segment, or with one too short, has nothing there', () => {
		for (const { name, read } of accountPlaces(ACCOUNTS)) {
			if (!/segments? 1/.test(name)) expect([name, read('01')]).toEqual([name, null]);
			if (/[1-3] of account segment 2/.test(name)) {
				const cut = Number(/([1-3]) of/.exec(name)![1]);
				// Of as many signs as are cut off nothing is left, or nothing tells it from the whole.
				expect([name, read(`01-${'7'.repeat(cut)}-5110`)]).toEqual([name, null]);
				expect(read(`01-${'7'.repeat(cut + 1)}-5110`)).not.toBeNull();
			}
		}
	});
});

describe('a place as pattern over the account', () => {
	const asPattern = (place: string, format: Format, accounts = ACCOUNTS) => {
		const made = accountPattern(placeNamed(place, accounts), format);
		if (!made) return null;
		return accounts.map((one) => {
			const match = new RegExp(made.pattern, 'i').exec(one);
			return match && made.format.replace(/\$(\d)/g, (_, group: string) => match[Number(group)]!);
		});
	};
	const digit = fc.constantFrom('0', '1', '2', '5');
	const text = (length: number) => fc.array(digit, { minLength: length, maxLength: length });
	const alike = fc
		.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 })
		.chain((lengths) =>
			fc.array(fc.tuple(...lengths.map((length) => text(length).map((one) => one.join('')))), {
				minLength: 2,
				maxLength: 4,
			}),
		)
		.map((accounts) => accounts.map((segments) => segments.join('-')));
	const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { maxLength: 2 });

	property.prop([alike, cuts, fc.boolean()], { numRuns: 500 })(
		'reads what the place and the format make of it, in every account of that form',
		(accounts, at, isOpen) => {
			for (const place of accountPlaces(accounts)) {
				const value = place.read(accounts[0]!) ?? '';
				const ends = at.filter((end) => end < value.length).sort((left, right) => left - right);
				const slices = [0, ...ends].map((from, index): [number, number | null] => [
					from,
					ends[index] ?? (isOpen ? null : value.length),
				]);
				const format: Format = { slices, literals: ['P', ...ends.map(() => '/'), '.'] };
				const got = asPattern(place.name, format, accounts);
				const wanted = accounts.map((one) => written(place.read(one)!, format));
				expect([place.name, got]).toEqual([place.name, wanted]);
			}
		},
	);

	test('a whole segment is taken as long as it is, a part of one as long as it was', () => {
		const format: Format = { slices: [[0, null]], literals: ['', ''] };
		const read = (place: string, of: string) =>
			new RegExp(accountPattern(placeNamed(place), format)!.pattern, 'i').exec(of)?.[1];
		expect(read('account segment 2', '01-24015-5110')).toBe('24015');
		expect(read('all but the first 2 of account segment 2', '01-24015-5110')).toBe('015');
		expect(read('the first 2 of account segment 2', '01-24015-5110')).toBe('24');
		expect(read('the last 2 of account segment 2', '01-24015-5110')).toBe('15');
	});

	test('leading zeros are dropped of a whole segment only', () => {
		const format: Format = { slices: [[0, null]], literals: ['', ''], dropZeros: true };
		expect(asPattern('account segment 1', format)).toEqual(['1', '1', '2']);
		expect(asPattern('account segments 1 and 2', format)).toBeNull();
		expect(isPlain(format)).toBe(false);
		expect(isPlain({ slices: [[0, null]], literals: ['', ''] })).toBe(true);
		expect(isPlain({ slices: [[0, null]], literals: ['P', ''] })).toBe(false);
		expect(isPlain({ slices: [[1, null]], literals: ['', ''] })).toBe(false);
		expect(isPlain({ slices: [[0, 2]], literals: ['', ''] })).toBe(false);
	});

	test('segments whose length varies cannot be told apart behind each other', () => {
		const accounts = ['01-240-5110', '1-2402-5120'];
		const format: Format = {
			slices: [
				[0, 2],
				[2, null],
			],
			literals: ['', '.', ''],
		};
		expect(asPattern('account segments 1 and 2', format, accounts)).toBeNull();
	});
});

describe('numbers of GP beside those of Procore', () => {
	const numbers = (...texts: string[]) =>
		numbersOf(texts.map((one, index) => [String(index), one] as const));

	test.each<[string, string[], string[], Written]>([
		[
			'as they are',
			['24-015', '24-016', '24-017'],
			['24-015', '24-016', '24-017'],
			{ kind: 'same' },
		],
		[
			'without signs',
			['24015', '24016', '24017'],
			['24-015', '24-016', '24-017'],
			{ kind: 'bare' },
		],
		['with zeros', ['00301', '00302', '00303'], ['301', '302', '303'], { kind: 'zeros' }],
		[
			'shorter',
			['301', '302', '303'],
			['P301', 'P302', 'P303'],
			{ kind: 'added', before: 'P', after: '' },
		],
		[
			'longer',
			['J301', 'J302', 'J303'],
			['301', '302', '303'],
			{ kind: 'within', before: 'J', after: '' },
		],
		[
			'ended',
			['301', '302', '303'],
			['301X', '302X', '303X'],
			{ kind: 'added', before: '', after: 'X' },
		],
		[
			'the last part',
			['301', '302', '303'],
			['2024-301', '2025-302', '2026-303'],
			{ kind: 'part' },
		],
		// Two of a kind may be chance.
		['in two only', ['301', '302', '999'], ['P301', 'P302', '777'], { kind: 'part' }],
	])('%s', (_what, values, texts, expected) => {
		const known = numbers(...texts);
		const way = known.writtenOf(values);
		if (_what !== 'in two only') {
			expect(way).toEqual(expected);
			expect(values.map((value) => known.find(value, way))).toEqual(['0', '1', '2']);
		} else expect(way.kind).not.toBe('added');
	});

	test('one that several of Procore fit is none of them', () => {
		expect(numbers('24-01', '240-1').find('2401', { kind: 'bare' })).toBeUndefined();
		expect(numbers('24-01', '---').size).toBe(1);
	});

	test('what stands between a beginning and an end', () => {
		expect(inner('J301X', { before: 'J', after: 'X' })).toBe('301');
		expect(inner('JX', { before: 'J', after: 'X' })).toBeUndefined();
		expect(inner('K301X', { before: 'J', after: 'X' })).toBeUndefined();
		expect(inner('J301Y', { before: 'J', after: 'X' })).toBeUndefined();
	});

	test('the format that makes the number of the value makes each of them', () => {
		const learn = (way: Written, ...pairs: Array<[string, string]>) => {
			const format = formatOf(pairs, way);
			return format && pairs.map(([value]) => written(value, format));
		};
		const bareKind: Written = { kind: 'bare' };
		expect(learn(bareKind, ['24015', '24-015'], ['24016', '24-016'])).toEqual(['24-015', '24-016']);
		expect(learn({ kind: 'added', before: 'P', after: '' }, ['301', 'P-301'])).toEqual(['P-301']);
		expect(learn({ kind: 'added', before: '', after: 'X' }, ['301', '301-X'])).toEqual(['301-X']);
		expect(learn({ kind: 'within', before: 'J', after: '' }, ['J301', '301'])).toEqual(['301']);
		expect(learn({ kind: 'zeros' }, ['00301', '301'], ['00040', '40'])).toEqual(['301', '40']);
		expect(learn({ kind: 'zeros' }, ['301', '0301'])).toEqual(['0301']);
		expect(learn({ kind: 'part' }, ['301', '2024-301'])).toBeNull();
		// Written in two ways, they are linked one by one.
		expect(learn(bareKind, ['24015', '24-015'], ['24016', '240-16'])).toBeNull();
		expect(formatOf([], bareKind)).toBeNull();
		const first: Format = {
			slices: [
				[0, 2],
				[2, null],
			],
			literals: ['', '-', ''],
		};
		expect(['24015', '24', '240'].map((value) => written(value, first))).toEqual([
			'24-015',
			'',
			'24-0',
		]);
		expect(bare(' 24-a.1 ')).toBe('24A1');
	});
});

describe('the place that is chosen', () => {
	const line = (at: string, reference = '', lines = 1) =>
		({
			account: at,
			reference,
			purchaseOrder: '',
			description: '',
			lines,
		}) as unknown as SampleLine;
	const numbers = numbersOf(['2401', '2402', '2503', '2604'].map((text) => [text, text] as const));
	const LINES = [line('2401', '2401', 5), line('2402', '2503', 3), line('2503', 'x'), line('0000')];
	const by = (name: string, read: (one: SampleLine) => string | null, effort = 0, lines = LINES) =>
		scored(name, name, effort, lines, numbers, read);
	const account1 = by('account', (one) => one.account);
	const reference = by('reference', (one) => one.reference || null);

	test('is scored by its lines and by its numbers, nothing but zeros being none', () => {
		expect(account1).toMatchObject({ read: 9, matched: 9, share: 1 });
		expect(account1.distinct.size).toBe(3);
		// Eight of nine lines, two of three values.
		expect(reference).toMatchObject({ read: 9, matched: 8, share: 8 / 9 });
		const rare = [line('2401', '', 1), line('9999', '', 9)];
		expect(by('rare', (one) => one.account, 0, rare).share).toBe(1 / 2);
		expect(by('nothing', () => null)).toMatchObject({ read: 0, matched: 0, share: 0 });
	});

	test('is the simplest of those that mean the same, and none where two say different things', () => {
		const dear = by('dear', (one) => one.account, 3);
		const chosen = (...all: Scored<string>[]) => choose(all, LINES, numbers, { what: 'projects' });
		expect(chosen(dear, account1)).toMatchObject({ best: { name: 'account' }, why: '' });
		const SHIFTED = new Map([
			['2401', '2402'],
			['2402', '2503'],
			['2503', '2604'],
		]);
		const other = by('other', (one) => SHIFTED.get(one.account) ?? null);
		expect(agree(other, account1, LINES)).toBe(false);
		expect(chosen(account1, other)).toMatchObject({
			best: null,
			why: expect.stringContaining('say different things'),
		});
		expect(chosen(reference).why).toMatch(/^only 2 of Procore's projects stand in reference/);
		expect(chosen(by('nothing', () => null)).why).toMatch(/stands in any place$/);
		expect(choose([account1], LINES, numbersOf([]), { what: 'projects' }).why).toMatch(/has no/);
	});

	test('is shown with up to two examples of different numbers', () => {
		const twice = [line('2401'), line('2401'), line('9999'), line('2402'), line('2503')];
		const one = by('account', (given) => given.account, 0, twice);
		expect(exampleOf(one, twice, numbers)).toEqual([
			'account 2401: 2401 is 2401 of Procore',
			'account 2402: 2402 is 2402 of Procore',
		]);
		expect(exampleOf(one, twice, numbers, 9)).toHaveLength(3);
		expect([counted(1999, 2000), counted(2, 2), counted(0, 0)]).toEqual([
			...['99.9 % of 2,000 lines', '100 % of 2 lines', '0 % of 0 lines'],
		]);
	});
});

describe('the chart of accounts', () => {
	test('tells the natural segment where its value alone tells the balance sheet', () => {
		const of = (number: string, postingType: 'balanceSheet' | 'profitAndLoss') => ({
			...account(number),
			...{ postingType, type: 'posting' as const },
		});
		const chart = [
			...['01-1000', '02-1000', '01-2100', '02-2100'].map((one) => of(one, 'balanceSheet')),
			...['01-5110', '02-5110', '01-6100'].map((one) => of(one, 'profitAndLoss')),
		];
		expect(naturalSegment(chart)).toBe(2);
		expect(naturalSegment(chart.filter(({ postingType }) => postingType !== 'balanceSheet'))).toBe(
			0,
		);
		expect(naturalSegment([...chart.slice(0, 1), ...chart.slice(4)])).toBe(0);
	});

	test('gives beginnings that tell the wanted from the unwanted', () => {
		expect(prefixesOf(['5110', '5120'], ['6100'])).toEqual([{ text: '5', whole: false }]);
		expect(prefixesOf(['5110', '5120'], ['5200'])).toEqual([{ text: '51', whole: false }]);
		expect(prefixesOf(['51'], ['511'])).toEqual([{ text: '51', whole: true }]);
		expect(prefixPattern([{ text: '5', whole: false }], '[A-Z0-9]')).toBe('5[A-Z0-9]*');
		expect(
			prefixPattern(
				[
					{ text: '5', whole: false },
					{ text: '61', whole: true },
				],
				'[A-Z0-9]',
			),
		).toBe('(?:5[A-Z0-9]*|61)');
	});
});
