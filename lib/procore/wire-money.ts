import { parseDecimal, toFixed, type Decimal } from '../model/money';

/**
 * An amount as the JSON number Procore's requests want. Exact: the shortest text of the number is
 * the amount itself, or undefined is returned and the amount must not be sent.
 */
export function toWireAmount(amount: Decimal): number | undefined {
	const exact = parseDecimal(amount);
	if (exact === null) return undefined;
	const number = Number(exact);
	return Number.isFinite(number) && parseDecimal(JSON.stringify(number)) === exact
		? number
		: undefined;
}

/** An amount from an answer ("1000.0", sometimes a number), to the cent. Null when absent or unreadable. */
export function readAmount(value: unknown): Decimal | null {
	const exact = parseDecimal(value);
	return exact === null ? null : toFixed(exact);
}
