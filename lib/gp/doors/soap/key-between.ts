const DIGITS = '0123456789';
const LETTERS = ` ${DIGITS}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;
/** VENDORID and VCHRNMBR are 15 and 17 characters wide; further ones of an account string halve slower. */
const WIDTH = 17;

/**
 * A key about half-way between two others, null when there is none left between them. Only a guess
 * of where to cut: the server decides on which side a row stands, so no row is lost by a bad one.
 */
export function keyBetween(after: string | null, upTo: string | null): string | null {
	const [low, high] = [(after ?? '').trimEnd().toUpperCase(), (upTo ?? '').trimEnd().toUpperCase()];
	const numbered =
		/^\d+$/.test(low || high) &&
		(low === '' || /^\d+$/.test(low)) &&
		(high === '' || /^\d+$/.test(high)) &&
		(low === '' || high === '' || low.length === high.length);
	const alphabet = numbered ? DIGITS : LETTERS;
	const width = numbered ? (low || high).length : WIDTH;
	const from = low === '' ? 0n : valueOf(low, alphabet, width);
	const to =
		high === ''
			? valueOf(alphabet.at(-1)!.repeat(width), alphabet, width)
			: valueOf(high, alphabet, width);
	const middle = (from + to) / 2n;
	if (middle <= from || middle >= to) return null;
	const text = textOf(middle, alphabet, width).trimEnd();
	return text === '' || text === low || text === high ? null : text;
}

function valueOf(text: string, alphabet: string, width: number): bigint {
	let value = 0n;
	for (let at = 0; at < width; at += 1) {
		const place = alphabet.indexOf(text[at] ?? alphabet[0]!);
		value = value * BigInt(alphabet.length) + BigInt(Math.max(0, place));
	}
	return value;
}

function textOf(value: bigint, alphabet: string, width: number): string {
	const base = BigInt(alphabet.length);
	let text = '';
	for (let left = value, at = 0; at < width; at += 1, left /= base)
		text = alphabet[Number(left % base)] + text;
	return text;
}
