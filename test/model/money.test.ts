import { fc, test as property } from '@fast-check/jest';
import {
	add,
	compare,
	isZero,
	negate,
	parseDecimal,
	subtract,
	toFixed,
} from '../../lib/model/money';

const decimals = fc
	.tuple(fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }), fc.integer({ min: 0, max: 5 }))
	.map(([digits, places]) => {
		const text = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0');
		const whole = text.slice(0, text.length - places);
		const fraction = text.slice(text.length - places);
		return `${digits < 0n ? '-' : ''}${whole}${places > 0 ? `.${fraction}` : ''}`;
	});

describe('money', () => {
	test.each([
		['100.00000', '100'],
		[' 12.50 ', '12.5'],
		['+7', '7'],
		['-0', '0'],
		['-0.000', '0'],
		['.5', '0.5'],
		['5.', '5'],
		['1e3', '1000'],
		[1234.56, '1234.56'],
		[0.1, '0.1'],
		['12345678901234.56789', '12345678901234.56789'],
	])('reads %p as %s', (given, expected) => {
		expect(parseDecimal(given)).toBe(expected);
	});

	test.each([
		['', null],
		['12,50', null],
		['$5', null],
		['1.2.3', null],
		['abc', null],
	])('refuses %p as money', (given, expected) => {
		expect(parseDecimal(given)).toBe(expected);
	});

	test.each([NaN, Infinity, null, undefined, {}, true])('refuses %p as money', (given) => {
		expect(parseDecimal(given)).toBeNull();
	});

	test('adds what floats cannot', () => {
		expect(add('0.1', '0.2')).toBe('0.3');
		expect(add()).toBe('0');
		expect(subtract('0.3', '0.1')).toBe('0.2');
	});

	test('rounds half away from zero and always shows the places', () => {
		expect(toFixed('2.345')).toBe('2.35');
		expect(toFixed('-2.345')).toBe('-2.35');
		expect(toFixed('12.5')).toBe('12.50');
		expect(toFixed('1.00499')).toBe('1.00');
	});

	test('has no negative zero', () => {
		expect(toFixed('-0.001')).toBe('0.00');
		expect(negate('0')).toBe('0');
		expect(add('-1', '1')).toBe('0');
	});

	property.prop([decimals, decimals])('takes away what it added', (left, right) => {
		expect(compare(subtract(add(left, right), right), left)).toBe(0);
		expect(isZero(add(left, negate(left)))).toBe(true);
	});

	property.prop([decimals])('reads its own text again without change', (value) => {
		const read = parseDecimal(value)!;
		expect(parseDecimal(read)).toBe(read);
		expect(compare(read, value)).toBe(0);
	});
});

test('what has more signs than any amount is none: two of them would be multiplied for seconds', () => {
	expect(parseDecimal('9'.repeat(100))).toBe('9'.repeat(100));
	expect(parseDecimal('9'.repeat(101))).toBeNull();
	expect(parseDecimal(`1.${'0'.repeat(50_000)}`)).toBeNull();
});
