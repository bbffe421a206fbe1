/**
 * The one form in which an id, account number or voucher number of GP is compared, stored as a key
 * and written into origin ids.
 *
 * GP keeps text as `char(n)` of collation `SQL_Latin1_General_CP1_CI_AS`: upper and lower case and
 * trailing blanks make no difference, accents do. So:
 * - both ends are trimmed; GP pads, and no number of a document begins with a blank;
 * - letters are folded to upper case one by one, and only where that is reversible: `ß` is no `SS`,
 *   `ı` no `I`, `ſ` no `S`, `µ` stays what it is, `ÿ` and `Ÿ` are one. The length never changes;
 * - a letter and its accent become one character (NFC): a cell typed on another system may part them;
 * - leading zeros, inner blanks and punctuation are part of the id and stay.
 *
 * A GP installed with the binary sort order tells case apart; it is not supported (docs/limits.md).
 */
export function canonicalKey(value: unknown): string {
	if (value === null || value === undefined) return '';
	if (typeof value === 'string' && PLAIN.test(value)) return value;
	const text = String(value);
	// Small letters of ASCII have one capital each: the same result, many times as fast.
	if (ASCII.test(text)) return text.trim().toUpperCase();
	return text
		.normalize('NFC')
		.trim()
		.replace(/\p{Ll}/gu, upperCase);
}

/** What stays as it is, which most keys do: ASCII without small letters and outer blanks. */
const PLAIN = /^[!-`{-~](?:[ -`{-~]{0,80}[!-`{-~])?$/;

const ASCII = /^[\0-\x7f]*$/;

/** Whether two spellings are one id for GP. */
export function sameGpKey(left: unknown, right: unknown): boolean {
	return canonicalKey(left) === canonicalKey(right);
}

/** One record of one GP company, as the key of a lookup. */
export function recordIdentity(record: { company: string; entity: string; key: string }): string {
	return JSON.stringify([canonicalKey(record.company), record.entity, canonicalKey(record.key)]);
}

function upperCase(letter: string): string {
	const upper = letter.toUpperCase();
	return upper.length === letter.length && upper.toLowerCase() === letter ? upper : letter;
}

const OURS = /^GP:/i;

/**
 * An origin id in the form it is compared in. Those of this package are made of GP ids, and older
 * versions wrote them as GP spelled them; what another integration wrote is compared as it stands.
 */
export function canonicalOriginId(originId: string): string {
	return OURS.test(originId) ? canonicalKey(originId) : originId;
}
