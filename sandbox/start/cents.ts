/**
 * Exact money for comparing the books, on purpose not the product's own: whole numbers of a
 * hundred-thousandth, GP's five decimals.
 */
const PLACES = 5;

/** "-12.5" → -1250000n. Throws on what is no decimal number. */
export function toUnits(text: string): bigint {
	const found = /^(-?)(\d*)(?:\.(\d*))?$/.exec(text.trim());
	if (!found || (found[2] === '' && !found[3])) throw new Error(`"${text}" is no amount`);
	const [, sign, whole, fraction = ''] = found;
	if (/[1-9]/.test(fraction.slice(PLACES)))
		throw new Error(`"${text}" has more than ${PLACES} decimals`);
	const units = BigInt(whole + fraction.slice(0, PLACES).padEnd(PLACES, '0'));
	return sign ? -units : units;
}

/** Rounded to cents, half away from zero: 1250000n → "12.50". */
export function toCents(units: bigint): string {
	const cents = roundToCents(units) / 1_000n;
	const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
	return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Units rounded to whole cents, half away from zero. */
export function roundToCents(units: bigint): bigint {
	const size = units < 0n ? -units : units;
	const rounded = ((size + 500n) / 1_000n) * 1_000n;
	return units < 0n ? -rounded : rounded;
}
