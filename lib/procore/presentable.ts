import { parseDecimal } from '../model/money';

/** Members whose numbers are money or quantities; ids, counts and positions never match. */
const EXACT =
	/(^|_)(amount|total|subtotal|cost|quantity|price|value|rate1?|period|stored|retained|released|contract|retainage|balance)$/;

/**
 * An answer of Procore as it may be shown to people and handed on: amounts that came as JSON
 * numbers become exact text, and a vendor's tax id (`business_register.identifier`) is left out.
 */
export function presentable(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(presentable);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, member]) => {
			if (name.startsWith('business_register')) return [name, withoutIdentifier(member)];
			if (typeof member === 'number' && EXACT.test(name)) {
				return [name, parseDecimal(member) ?? member];
			}
			return [name, presentable(member)];
		}),
	);
}

function withoutIdentifier(register: unknown): unknown {
	if (typeof register !== 'object' || register === null) return null;
	const { identifier: _taxId, ...rest } = register as Record<string, unknown>;
	return rest;
}
