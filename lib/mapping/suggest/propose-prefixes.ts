/**
 * Beginnings that all of `wanted` have and none of `unwanted`, as short as they can be; a value whose
 * beginnings are all taken stands whole. A longer beginning stands where it is all that is known.
 */
export function prefixesOf(
	wanted: readonly string[],
	unwanted: readonly string[],
): Array<{ text: string; whole: boolean }> {
	const found: Array<{ text: string; whole: boolean }> = [];
	for (const value of [...wanted].sort()) {
		if (found.some(({ text, whole }) => !whole && value.startsWith(text))) continue;
		let length = 1;
		while (
			length < value.length &&
			unwanted.some((one) => one.startsWith(value.slice(0, length)))
		) {
			length++;
		}
		found.push({ text: value.slice(0, length), whole: length === value.length });
	}
	return found;
}

/** The same as part of a pattern over letters and digits. */
export function prefixPattern(prefixes: ReadonlyArray<{ text: string; whole: boolean }>): string {
	const parts = prefixes.map(({ text, whole }) => (whole ? text : `${text}[A-Z0-9]*`));
	return parts.length === 1 ? parts[0] : `(?:${parts.join('|')})`;
}
