import { add, type Decimal, isZero, subtract, toFixed } from '../model/money';
import type { LineDecision } from './decide-line';
import type { MappingContext } from './mapping-context';
import type { CostDistribution } from './payable-cost';
import { RETAINAGE } from './reasons';
import type { Allocation, Reason } from './types';

/** GP keeps five decimals (numeric(19,5)); sums are done in whole units of the fifth one. */
const PLACES = 5;
const UNITS_PER_CENT = 1000n;

/**
 * Splits an amount over shares in proportion to the size of their weights, by largest remainder:
 * every share is whole cents and together they are the amount (itself rounded to cents), whatever
 * the signs. Only the size of a weight counts: with signed weights a correction line next to its
 * counterpart would make shares many times larger than the amount. Weights that are all zero
 * share equally; ties go to the earlier share. No shares, no result.
 */
export function allocate(
	amount: Decimal,
	shares: ReadonlyArray<{ key: string; weight: Decimal }>,
): Allocation[] {
	if (shares.length === 0) return [];
	const signedCents = toCents(amount);
	const cents = size(signedCents);
	let weights = shares.map((share) => size(toUnits(share.weight)));
	let whole = sum(weights);
	if (whole === 0n) {
		weights = shares.map(() => 1n);
		whole = BigInt(shares.length);
	}
	const floors = weights.map((weight) => (cents * weight) / whole);
	const remainders = weights.map((weight) => (cents * weight) % whole);
	giveRest(floors, remainders, cents - sum(floors));
	return shares.map((share, index) => ({
		key: share.key,
		amount: fromCents(signedCents < 0n ? -floors[index] : floors[index]),
	}));
}

/**
 * Rounds amounts to cents so that they still add up to their sum rounded to cents: only what
 * stands beyond the cent moves, by largest remainder.
 */
export function roundTogether(amounts: readonly Decimal[]): Decimal[] {
	const units = amounts.map(toUnits);
	const cents = units.map(floorToCents);
	const remainders = units.map((unit, index) => unit - cents[index] * UNITS_PER_CENT);
	giveRest(cents, remainders, roundedCents(sum(units)) - sum(cents));
	return cents.map(fromCents);
}

/** Adds one to as many parts as `rest` says, those with the largest remainder first. */
function giveRest(parts: bigint[], remainders: bigint[], rest: bigint): void {
	if (rest === 0n) return;
	const order = parts
		.map((_, index) => index)
		.sort((left, right) =>
			remainders[left] === remainders[right]
				? left - right
				: remainders[left] > remainders[right]
					? -1
					: 1,
		);
	for (let given = 0; given < Number(rest); given++) parts[order[given]] += 1n;
}

function toUnits(value: Decimal): bigint {
	return BigInt(toFixed(value, PLACES).replace('.', ''));
}

function toCents(value: Decimal): bigint {
	return BigInt(toFixed(value, 2).replace('.', ''));
}

function fromCents(cents: bigint): Decimal {
	const digits = size(cents).toString().padStart(3, '0');
	return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function floorToCents(units: bigint): bigint {
	const cents = units / UNITS_PER_CENT;
	return units % UNITS_PER_CENT < 0n ? cents - 1n : cents;
}

/** Half away from zero, as `toFixed` rounds. */
function roundedCents(units: bigint): bigint {
	const cents = (size(units) * 2n + UNITS_PER_CENT) / (UNITS_PER_CENT * 2n);
	return units < 0n ? -cents : cents;
}

function size(value: bigint): bigint {
	return value < 0n ? -value : value;
}

function sum(values: readonly bigint[]): bigint {
	return values.reduce((total, value) => total + value, 0n);
}

/** A cost line with its decision and its amount in whole cents, its share of charges included. */
export interface SharedLine {
	distribution: CostDistribution;
	/** Unique in the document and project. */
	sequence: string;
	decision: LineDecision;
	amount: Decimal;
	/** Procore tax code, where tax goes by code. */
	taxCodeId?: string;
}

/** The first line's reason decides the code; the message names every line that waits. */
export function waitingLines(lines: SharedLine[]): Reason {
	const reasons = lines.map((line) => (line.decision as { reason: Reason }).reason);
	const named = lines.map(
		(line, index) =>
			`line ${line.sequence} (${line.distribution.account}): ${reasons[index].message}`,
	);
	const more = named.length > 3 ? `; and ${named.length - 3} more` : '';
	return { ...reasons[0], message: `${named.slice(0, 3).join('; ')}${more}` };
}

export function leftOut(lines: SharedLine[]): Reason {
	const reasons = lines.map((line) => (line.decision as { reason: Reason }).reason);
	const messages = [...new Set(reasons.map((reason) => reason.message))];
	const more = messages.length > 3 ? `; and ${messages.length - 3} more` : '';
	return { ...reasons[0], message: `${messages.slice(0, 3).join('; ')}${more}` };
}

export function ruleOf(lines: SharedLine[]): { rule?: string } {
	const rule = lines.map((line) => (line.decision as { rule?: string }).rule).find(Boolean);
	return rule ? { rule } : {};
}

/**
 * Takes what is held back from the vendor out of the lines, in proportion, and adds it beside them:
 * as lines of its own, or as lines left out. The sum stays what it was.
 */
export function withRetainage(
	lines: SharedLine[],
	retainage: Decimal,
	context: MappingContext,
): SharedLine[] {
	const policy = context.settings.retainage;
	if (policy === 'cost' || isZero(retainage) || lines.length === 0) return lines;
	const shares = allocate(
		retainage,
		lines.map((line, index) => ({ key: String(index), weight: line.amount })),
	);
	const reduced = lines.map((line, index) => ({
		...line,
		amount: subtract(line.amount, shares[index].amount),
	}));
	const own = new Map<string, SharedLine>();
	lines.forEach((line, index) => {
		const { amount } = shares[index];
		if (isZero(amount)) return;
		const held = heldBack(line, context);
		const key =
			held.decision.kind === 'send'
				? `${held.decision.projectId} ${held.decision.costCode} ${held.decision.costType}`
				: held.sequence;
		const known = own.get(key);
		if (known) known.amount = add(known.amount, amount);
		else own.set(key, { ...held, amount });
	});
	return [...reduced, ...own.values()];
}

/** The line's part of the retainage: named after the first line of its project and code. */
function heldBack(line: SharedLine, context: MappingContext): SharedLine {
	const { decision } = line;
	const sequence = `R${line.sequence}`;
	if (decision.kind !== 'send') return { ...line, sequence };
	if (context.settings.retainage === 'leaveOut') {
		return { ...line, sequence, decision: { kind: 'leave', reason: RETAINAGE } };
	}
	const { costCode, costType } = context.settings.ownLines.retainage ?? {};
	return {
		...line,
		sequence,
		decision: {
			...decision,
			costCode: costCode?.trim() || decision.costCode,
			costType: costType?.trim() || decision.costType,
			description: 'Retainage',
		},
	};
}
