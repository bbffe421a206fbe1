import { createHmac } from 'node:crypto';

/** Tax ids are few enough to be tried one by one; what keeps their hashes secret is the key alone. */
export const SHORTEST_TAX_ID_KEY = 20;

/** Fewer digits than any tax id has: "N/A", "applied for", "pending 1". */
const FEWEST_DIGITS = 6;

/**
 * What stands for a tax id outside the system that keeps it: the same for one firm in GP and in
 * Procore when both are read under the same key, and of no use to anybody without it. HMAC-SHA256
 * over letters and digits (case, blanks and dashes do not count), base64url, 22 characters.
 * Undefined for what is no tax id: blank, a remark, one digit over and over.
 */
export function taxIdMatch(taxId: unknown, key: string): string | undefined {
	const plain = String(taxId ?? '')
		.normalize('NFKC')
		.toUpperCase()
		.replace(/[^A-Z0-9]/g, '');
	const digits = plain.replace(/\D/g, '');
	if (digits.length < FEWEST_DIGITS || /^(\d)\1*$/.test(digits)) return undefined;
	return createHmac('sha256', key).update(plain).digest('base64url').slice(0, 22);
}

/** The key out of a credential; undefined when none is set, `null` when it is too short to protect anything. */
export function taxIdKeyOf(value: unknown): string | undefined | null {
	const key = String(value ?? '').trim();
	if (key === '') return undefined;
	return key.length < SHORTEST_TAX_ID_KEY ? null : key;
}
