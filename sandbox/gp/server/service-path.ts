/** One path segment: `Vendors(ACETRAVE0001)` → name and key. */
export interface Segment {
	name: string;
	/** Decoded text between the first and the last parenthesis; null without parentheses. */
	key: string | null;
}

export interface ServicePath {
	segments: Segment[];
	/** From a `.json` or `.xml` ending. */
	suffix: 'json' | 'xml' | null;
}

/**
 * Splits before decoding, so that an encoded slash stays inside its key. Parentheses may be raw or
 * encoded, and nested: a company may be called "Contoso (Bermuda)". Null when not decodable.
 */
export function parseServicePath(rawPath: string): ServicePath | null {
	const parts = rawPath.split('/').filter((part) => part !== '');
	let decoded: string[];
	try {
		decoded = parts.map((part) => decodeURIComponent(part));
	} catch {
		return null;
	}
	let suffix: ServicePath['suffix'] = null;
	const last = decoded.length - 1;
	const ending = last >= 0 ? /\.(json|xml)$/i.exec(decoded[last]) : null;
	if (ending) {
		suffix = ending[1].toLowerCase() as 'json' | 'xml';
		decoded[last] = decoded[last].slice(0, -ending[0].length);
	}
	return { segments: decoded.map(parseSegment), suffix };
}

function parseSegment(text: string): Segment {
	const open = text.indexOf('(');
	if (open < 0 || !text.endsWith(')')) return { name: text, key: null };
	return { name: text.slice(0, open), key: text.slice(open + 1, -1) };
}

/** SQL Server compares without case and without trailing blanks. */
export function sameText(left: string, right: string): boolean {
	return left.trimEnd().toUpperCase() === right.trimEnd().toUpperCase();
}
