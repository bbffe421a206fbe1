/** A pattern, and how far it is read. */
export interface Reading {
	readonly pattern: string;
	/** Of the next sign, in UTF-16 units. */
	at: number;
	/** Whether it is read as a Unicode pattern, otherwise in the older, laxer syntax. */
	readonly unicode: boolean;
	/** Whether something was read that the engine may not know. */
	uncertain: boolean;
}

/** What JavaScript takes for a blank, and where a line ends: RE2 knows fewer of both. */
const SPACE =
	'\\x{9}-\\x{d}\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}';
const NO_SPACE =
	'\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}';
const CONTROL: Record<string, number> = { t: 9, n: 10, v: 11, f: 12, r: 13 };

/** The code point of the next sign, which stands for itself. */
export function nextSign(read: Reading): number {
	const code = read.pattern.codePointAt(read.at)!;
	read.at += code > 0xffff ? 2 : 1;
	return code;
}

/** \d, \w, \s, \p{…} and their opposites, alone and inside brackets; null for a single sign. */
export function classEscape(read: Reading): { alone: string; inside: string } | null {
	const sign = read.pattern[read.at + 1];
	if ('dDwW'.includes(sign)) {
		read.at += 2;
		return { alone: `\\${sign}`, inside: `\\${sign}` };
	}
	if (sign === 's' || sign === 'S') {
		read.at += 2;
		const inside = sign === 's' ? SPACE : NO_SPACE;
		return { alone: `[${inside}]`, inside };
	}
	if (read.unicode && (sign === 'p' || sign === 'P')) {
		const end = read.pattern.indexOf('}', read.at);
		const name = read.pattern.slice(read.at + 3, end).replace(/^[A-Za-z_]+=/, '');
		read.at = end + 1;
		read.uncertain = true;
		const text = `\\${sign}{${PROPERTIES[name] ?? name}}`;
		return { alone: text, inside: text };
	}
	return null;
}

/** Code point of an escaped sign; it is read from the backslash on. */
export function charEscape(read: Reading): number {
	const sign = read.pattern[read.at + 1];
	const rest = read.pattern.slice(read.at + 1, read.at + 14);
	const digits =
		/^x([0-9a-f]{2})/i.exec(rest) ??
		(read.unicode ? /^u\{([0-9a-f]+)\}/i.exec(rest) : null) ??
		/^u([0-9a-f]{4})/i.exec(rest);
	if (digits) {
		read.at += 1 + digits[0].length;
		const code = parseInt(digits[1], 16);
		const low = /^\\u(d[c-f][0-9a-f]{2})/i.exec(read.pattern.slice(read.at, read.at + 6));
		if (!low || code < 0xd800 || code > 0xdbff) return code;
		read.at += 6;
		return (code - 0xd800) * 0x400 + (parseInt(low[1], 16) - 0xdc00) + 0x10000;
	}
	const control = /^c([a-z])/i.exec(rest);
	if (control) {
		read.at += 3;
		return control[1].charCodeAt(0) % 32;
	}
	if (sign === 'c') {
		// The older syntax takes the backslash itself.
		read.at += 1;
		return 92;
	}
	if (/^0\d/.test(rest))
		throw new Error('it writes a sign as an octal number; write \\x00 instead');
	const code = read.pattern.codePointAt(read.at + 1)!;
	read.at += code > 0xffff ? 3 : 2;
	if (sign === '0') return 0;
	return CONTROL[sign] ?? code;
}

/** A class in brackets, read from its first bracket to its last. */
export function readClass(read: Reading): string {
	read.at += 1;
	const negated = read.pattern[read.at] === '^';
	if (negated) read.at += 1;
	const parts: string[] = [];
	while (read.pattern[read.at] !== ']') {
		const from = member(read);
		if (read.pattern[read.at] !== '-' || read.pattern[read.at + 1] === ']') {
			parts.push(typeof from === 'number' ? hex(from) : from);
			continue;
		}
		read.at += 1;
		const to = member(read);
		if (typeof from === 'number' && typeof to === 'number') parts.push(`${hex(from)}-${hex(to)}`);
		else parts.push(...[from, 45, to].map((one) => (typeof one === 'number' ? hex(one) : one)));
	}
	read.at += 1;
	if (parts.length > 0) return `[${negated ? '^' : ''}${parts.join('')}]`;
	return negated ? '[\\x{0}-\\x{10ffff}]' : '[^\\x{0}-\\x{10ffff}]';
}

/** One member of a class: a code point, or a set as text. */
function member(read: Reading): number | string {
	if (read.pattern[read.at] !== '\\') return nextSign(read);
	if (read.pattern[read.at + 1] === 'b') {
		read.at += 2;
		return 8;
	}
	if (/[1-9]/.test(read.pattern[read.at + 1])) {
		throw new Error('it writes a sign as an octal number; write \\x01 instead');
	}
	const set = classEscape(read);
	return set ? set.inside : charEscape(read);
}

/** Long names of the properties people use, as RE2 calls them. */
const PROPERTIES: Record<string, string> = {
	Letter: 'L',
	Lowercase_Letter: 'Ll',
	Uppercase_Letter: 'Lu',
	Mark: 'M',
	Number: 'N',
	Decimal_Number: 'Nd',
	Punctuation: 'P',
	Symbol: 'S',
	Currency_Symbol: 'Sc',
	Separator: 'Z',
	Space_Separator: 'Zs',
};

/** A code point as RE2 writes it. */
export function hex(code: number): string {
	return `\\x{${code.toString(16)}}`;
}
