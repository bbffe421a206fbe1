import { fc, test as property } from '@fast-check/jest';
import { allocate, roundTogether } from '../../lib/mapping/allocate';
import { cents, decimal } from './samples';

const amounts = (places: number) =>
	fc
		.bigInt({ min: -(10n ** 12n), max: 10n ** 12n })
		.map((units) => decimal(units * 10n ** BigInt(5 - places)));

jest.setTimeout(60_000);

describe('allocate', () => {
	test('gives the rest to the largest remainders', () => {
		const shares = (amount: string, ...weights: string[]) =>
			allocate(
				amount,
				weights.map((weight, index) => ({ key: String(index), weight })),
			).map((share) => share.amount);
		expect(shares('100', '1', '1', '1')).toEqual(['33.34', '33.33', '33.33']);
		expect(shares('10', '200', '100')).toEqual(['6.67', '3.33']);
		expect(shares('-0.01', '1', '3')).toEqual(['0.00', '-0.01']);
		expect(shares('5', '0', '0')).toEqual(['2.50', '2.50']);
		expect(shares('9', '-200', '100')).toEqual(['6.00', '3.00']);
		expect(shares('7')).toEqual([]);
	});

	property.prop([amounts(2), fc.array(amounts(5), { minLength: 1, maxLength: 12 })], {
		numRuns: 10_000,
		markInterruptAsFailure: true,
	})('adds up to the cent for any amount, signs and weights', (amount, weights) => {
		const shares = allocate(
			amount,
			weights.map((weight, index) => ({ key: String(index), weight })),
		);
		expect(shares.reduce((sum, share) => sum + cents(share.amount), 0n)).toBe(cents(amount));
	});

	property.prop([amounts(2), fc.array(amounts(2), { minLength: 1, maxLength: 8 })], {
		numRuns: 2_000,
		markInterruptAsFailure: true,
	})('gives every share its part, within a cent and never of the other sign', (amount, weights) => {
		const shares = allocate(
			amount,
			weights.map((weight, index) => ({ key: String(index), weight })),
		);
		const size = (value: bigint) => (value < 0n ? -value : value);
		const whole = weights.reduce((sum, weight) => sum + size(cents(weight)), 0n);
		shares.forEach((share, index) => {
			const part = whole === 0n ? 1n : size(cents(weights[index]));
			const of = whole === 0n ? BigInt(weights.length) : whole;
			// |share·whole − amount·weight| < one cent · whole, in whole numbers.
			const distance = cents(share.amount) * of - cents(amount) * part;
			expect(size(distance) < 1000n * of).toBe(true);
			expect(cents(share.amount) * cents(amount) >= 0n).toBe(true);
		});
	});
});

describe('roundTogether', () => {
	test('leaves whole cents alone', () => {
		expect(roundTogether(['1.5', '-2', '0.01'])).toEqual(['1.50', '-2.00', '0.01']);
	});

	test('rounds the sum once, not each part', () => {
		expect(roundTogether(['0.005', '0.005', '0.005'])).toEqual(['0.01', '0.01', '0.00']);
		expect(roundTogether(['0.333', '0.333', '0.334'])).toEqual(['0.33', '0.33', '0.34']);
	});

	property.prop([fc.array(amounts(5), { maxLength: 12 })], {
		numRuns: 10_000,
		markInterruptAsFailure: true,
	})('adds up to the rounded sum and moves no part by a cent', (values) => {
		const rounded = roundTogether(values);
		const sum = values.reduce((total, value) => total + cents(value), 0n);
		const difference = rounded.reduce((total, value) => total + cents(value), 0n) - sum;
		expect(difference <= 500n && difference >= -500n).toBe(true);
		rounded.forEach((value, index) => {
			const moved = cents(value) - cents(values[index]);
			expect(moved < 1000n && moved > -1000n && cents(value) % 1000n === 0n).toBe(true);
		});
	});
});
