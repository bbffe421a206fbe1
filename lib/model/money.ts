import Big from 'big.js';

/**
 * An exact decimal as text, e.g. "-1234.5". Records carry money in this form because
 * items travel as JSON and a JSON number is a float.
 */
export type Decimal = string;

/** Longer than any amount with all its zeros: what takes that many signs takes a product of two a second. */
const LONGEST = 100;

/** Accepts what the two systems send: text, or a JSON number with few digits. Null when it is not a number. */
export function parseDecimal(value: unknown): Decimal | null {
	if (typeof value === 'number' && Number.isFinite(value)) return plain(new Big(String(value)));
	if (typeof value !== 'string') return null;
	const text = value.trim();
	if (text.length > LONGEST || !/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i.test(text))
		return null;
	return plain(new Big(text.replace(/^\+/, '')));
}

/** Exact. */
export function add(...values: Decimal[]): Decimal {
	return plain(values.reduce((sum, value) => sum.plus(value), new Big(0)));
}

/** Exact. */
export function subtract(left: Decimal, right: Decimal): Decimal {
	return plain(new Big(left).minus(right));
}

/** Exact, with as many decimals as it takes. */
export function multiply(left: Decimal, right: Decimal): Decimal {
	return plain(new Big(left).times(right));
}

/** The same amount of the other sign. */
export function negate(value: Decimal): Decimal {
	return plain(new Big(value).times(-1));
}

/** -1 where the left one is less, 0 where both are one amount ("1.0" and "1"), else 1. */
export function compare(left: Decimal, right: Decimal): -1 | 0 | 1 {
	return new Big(left).cmp(right) as -1 | 0 | 1;
}

/** Also "0.00" and "-0". */
export function isZero(value: Decimal): boolean {
	return new Big(value).eq(0);
}

/** Rounds half away from zero, as accountants do, to `places` decimals; always shows them: "12.50". */
export function toFixed(value: Decimal, places = 2): Decimal {
	const text = new Big(value).toFixed(places, Big.roundHalfUp);
	return /^-[0.]+$/.test(text) ? text.slice(1) : text;
}

/** No exponent, no trailing zeros, no negative zero. */
function plain(value: Big): Decimal {
	const text = value.toFixed();
	const trimmed = text.includes('.') ? withoutZeros(text) : text;
	return trimmed === '-0' || trimmed === '' ? '0' : trimmed;
}

/** A decimal without the zeros at its end, nor the point before them. */
function withoutZeros(decimal: string): string {
	let end = decimal.length;
	while (decimal[end - 1] === '0') end -= 1;
	return decimal.slice(0, decimal[end - 1] === '.' ? end - 1 : end);
}
