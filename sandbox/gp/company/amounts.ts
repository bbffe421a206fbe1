import type { Money } from './types';

/** Exact arithmetic in hundred-thousandths, the unit of numeric(19,5). */
const PLACES = 5;

export function toUnits(value: string | number): bigint {
	const match = /^(-?)(\d+)(?:\.(\d{0,5})0*)?$/.exec(String(value).trim());
	if (!match) throw new Error(`"${value}" is not an amount with at most five decimals`);
	const units = BigInt(match[2] + (match[3] ?? '').padEnd(PLACES, '0'));
	return match[1] ? -units : units;
}

export function fromUnits(units: bigint): Money {
	const digits = (units < 0n ? -units : units).toString().padStart(PLACES + 1, '0');
	return `${units < 0n ? '-' : ''}${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`;
}

export function fromCents(cents: number): Money {
	return fromUnits(BigInt(Math.round(cents)) * 1000n);
}

export function sum(values: Iterable<Money>): Money {
	let total = 0n;
	for (const value of values) total += toUnits(value);
	return fromUnits(total);
}

export function minus(left: Money, right: Money): Money {
	return fromUnits(toUnits(left) - toUnits(right));
}

export const ZERO: Money = '0.00000';
