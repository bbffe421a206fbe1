import { isSecretName, isSecretPhrase, namesANumber, type Span } from './secret-shapes';

const WORD = /[A-Za-z_][\w.-]{0,79}/g;
/** A quotation mark as text, in JSON inside JSON, in HTML, in an address. */
const QUOTE = /(?:\\{0,4}["'`]|&quot;|&#3[49];|&#x2[27];|%2[27]|\\u002[27])/y;
const SPACES = /[ \t]{0,8}/y;
const SEPARATOR = /(?:=>|[:=]|%3[AaDd]|&#(?:61|58);)/y;
const HIDDEN = '[hidden]';
const COOKIE = /cookie$/i;
const AUTHORIZATION = /auth(?:ori[sz]ation|enticate)$/i;
const SCHEME = /^(?:Bearer|Basic|NTLM|Negotiate|Digest|Token|ApiKey|SSWS|OAuth|AWS4-HMAC-SHA256)$/i;
const NUMBER =
	/(?:(?:no\.?|number|num|nbr|is|was|#|:)[ \t]{0,3}){0,2}((?:[A-Z]{2}\d)?[\d][\d -]{3,40})/iy;

/**
 * Values that stand beside a secret name: `name=value`, `"name":"value"` however often quoted,
 * `<Name>value</Name>`, `Header: value`, `tax ID 12-3456789`. One walk over the words of the text;
 * each look ahead is bounded or ends where the walk goes on.
 */
export function namedSecretSpans(text: string, foreign: boolean): Span[] {
	const spans: Span[] = [];
	const words = new RegExp(WORD.source, 'g');
	/** Words side by side that end with the present one. */
	let phrase: string[] = [];
	let phraseEnd = -1;
	for (let match = words.exec(text); match; match = words.exec(text)) {
		const word = match[0];
		const end = match.index + word.length;
		const adjacent = phraseEnd >= 0 && match.index - phraseEnd === 1 && text[phraseEnd] === ' ';
		phrase = adjacent ? [...phrase.slice(-3), word] : [word];
		phraseEnd = end;
		const name = secretNameOf(word, phrase);
		if (name === null) continue;
		const span = valueAfter(text, match.index, end, name, foreign);
		if (span === null) continue;
		if (span[1] > span[0] && text.slice(...span) !== HIDDEN) spans.push(span);
		words.lastIndex = Math.max(end, span[1]);
	}
	return spans;
}

/** The word, when it is a secret name; or the words before and with it that make one. */
function secretNameOf(word: string, phrase: string[]): string | null {
	if (isSecretName(word)) return word;
	for (let count = 2; count <= phrase.length; count += 1) {
		const words = phrase.slice(-count);
		if (isSecretPhrase(words)) return words.join(' ');
	}
	return null;
}

function valueAfter(
	text: string,
	start: number,
	nameEnd: number,
	name: string,
	foreign: boolean,
): Span | null {
	const tag = tagValue(text, start, nameEnd);
	if (tag) return tag;
	let at = skip(QUOTE, text, nameEnd);
	const closed = at > nameEnd;
	if (text[at] === ']' || text[at] === ')') at = skip(QUOTE, text, at + 1);
	at = skip(SPACES, text, at);
	const value = skip(SEPARATOR, text, at);
	if (value === at) {
		// {"name":"password","value":"…"}
		if (closed) return namedValue(text, nameEnd) ?? valueInTag(text, start, nameEnd);
		const quoted = foreign && at > nameEnd && skip(QUOTE, text, at) > at;
		if (quoted) return quotedValue(text, at);
		return namesANumber(name) ? numberAt(text, at) : null;
	}
	const span = valueAt(text, value, name, text.slice(at, value));
	// Of our own sentences: "Vendor SWIFT: is on hold" names no bank.
	const sentence = !foreign && !closed && /:[ \t]/.test(text.slice(at, value + 1));
	const wordless = sentence && namesANumber(name) && span !== null;
	return wordless && !/\d/.test(text.slice(...span)) ? null : span;
}

function valueAt(text: string, from: number, name: string, separator: string): Span | null {
	let at = skip(SPACES, text, from);
	// A list of values.
	if (text[at] === '[' && !text.startsWith(HIDDEN, at)) at = skip(SPACES, text, at + 1);
	if (skip(QUOTE, text, at) > at) return quotedValue(text, at);
	if (text.startsWith(HIDDEN, at) && !COOKIE.test(name)) return [at, at + HIDDEN.length];
	if (COOKIE.test(name)) return [at, lineEnd(text, at)];
	if (AUTHORIZATION.test(name)) {
		const scheme = /^[\w-]{1,20}/.exec(text.slice(at, at + 20))?.[0] ?? '';
		const token = skip(SPACES, text, at + scheme.length);
		if (/^digest$/i.test(scheme)) return [at, lineEnd(text, at, false)];
		if (SCHEME.test(scheme) && token > at + scheme.length && !text.startsWith(HIDDEN, token))
			return [at, chunkEnd(text, token)];
		if (SCHEME.test(scheme) && text.startsWith(HIDDEN, token)) return [at, at];
	}
	if (namesANumber(name)) {
		const number = numberAt(text, at);
		if (number) return number;
	}
	if (separator.endsWith('=')) {
		// "Password=two words;" of a connection string.
		const part = /^[^;=\r\n"'<>&]{1,64}(?=;)/.exec(text.slice(at, at + 65))?.[0];
		if (part?.includes(' ')) return [at, at + part.length];
	}
	const end = chunkEnd(text, at);
	return end > at ? [at, end] : null;
}

/** `<a:Name attributes>value`, also with its brackets escaped. */
function tagValue(text: string, start: number, nameEnd: number): Span | null {
	const before = text.slice(Math.max(0, start - 40), start);
	const opening = /(<|&lt;)(?:[\w.-]{1,30}:)?$/.exec(before)?.[1];
	if (opening === undefined) return null;
	const closing = opening === '<' ? '>' : '&gt;';
	const close = text.slice(nameEnd, nameEnd + 400).indexOf(closing);
	if (close < 0 || text[nameEnd + close - 1] === '/') return null;
	const from = nameEnd + close + closing.length;
	const data = text.startsWith('<![CDATA[', from);
	const end = data ? text.indexOf(']]>', from) : text.indexOf(opening, from);
	return [data ? from + 9 : from, end < 0 ? text.length : end];
}

/** The value of a pair whose name is a value itself. */
function namedValue(text: string, from: number): Span | null {
	const between =
		/^(?:\\{0,4}["']|&quot;)[ \t]{0,4}[,;][ \t\r\n]{0,20}(?:\\{0,4}["']|&quot;)value(?:\\{0,4}["']|&quot;)[ \t]{0,4}[:=][ \t]{0,4}/i.exec(
			text.slice(from, from + 80),
		);
	if (!between) return null;
	const at = from + between[0].length;
	return skip(QUOTE, text, at) > at ? quotedValue(text, at) : [at, chunkEnd(text, at)];
}

/** The value of a field of a form: `<input name="password" value="…">`, in whatever order. */
function valueInTag(text: string, start: number, nameEnd: number): Span | null {
	const tag = /<[^<>]{0,400}$/.exec(text.slice(Math.max(0, start - 400), start))?.[0];
	if (tag === undefined) return null;
	const rest = /^[^<>]{0,400}/.exec(text.slice(nameEnd, nameEnd + 400))![0];
	const value = /[\s"']value[ \t]{0,4}=[ \t]{0,4}(?=["'])/i;
	for (const [part, from] of [[rest, nameEnd] as const, [tag, start - tag.length] as const]) {
		const found = value.exec(part);
		if (found) return quotedValue(text, from + found.index + found[0].length);
	}
	return null;
}

/** From an opening quotation mark to the same one again that is not escaped, else to the end. */
function quotedValue(text: string, at: number): Span {
	const from = skip(QUOTE, text, at);
	const mark = text.slice(at, from);
	for (let end = text.indexOf(mark, from); end >= 0; end = text.indexOf(mark, end + 1)) {
		if (mark.length > 1 || text[end - 1] !== '\\') return [from, end];
	}
	return [from, text.length];
}

function numberAt(text: string, at: number): Span | null {
	NUMBER.lastIndex = skip(SPACES, text, at);
	const found = NUMBER.exec(text);
	if (!found || found[1]!.replace(/\D/g, '').length < 4) return null;
	const end = NUMBER.lastIndex - (found[1]!.length - found[1]!.trimEnd().length);
	return [end - found[1]!.trimEnd().length, chunkEnd(text, end)];
}

/** The end of an unquoted value: a blank, a quotation mark, a bracket of a tag, or a comma and the like with a new pair or nothing behind. */
function chunkEnd(text: string, from: number): number {
	for (let at = from; at < text.length; at += 1) {
		const character = text[at]!;
		if (/[\s"'<>]/.test(character)) return at;
		if (/[,;&)}\]]/.test(character) && endsValue(text, at)) return at;
	}
	return text.length;
}

const NEXT_PAIR = /[,;&)}\]]{1,4}(?:$|[\s"'.:]|\\?["']|[\w.-]{1,40}["']?[ ]?[=:])/y;

function endsValue(text: string, at: number): boolean {
	NEXT_PAIR.lastIndex = at;
	return NEXT_PAIR.test(text);
}

function lineEnd(text: string, from: number, quoteEnds = true): number {
	for (let at = from; at < text.length; at += 1) {
		if (
			/[\r\n<]/.test(text[at]!) ||
			(quoteEnds && text[at] === '"') ||
			text.startsWith('\\n', at) ||
			text.startsWith('\\r', at)
		)
			return at;
	}
	return text.length;
}

function skip(pattern: RegExp, text: string, at: number): number {
	pattern.lastIndex = at;
	return pattern.test(text) ? pattern.lastIndex : at;
}

/** What follows the scheme of a login: "Bearer abc…". Of our own sentences only what looks like a token. */
export function schemeSpans(text: string, foreign: boolean): Span[] {
	const spans: Span[] = [];
	for (const match of text.matchAll(
		/\b(Bearer|Basic|NTLM|Negotiate|Digest|ApiKey|SSWS)[ \t]{1,8}(?=[^\s,])/gi,
	)) {
		const at = match.index + match[0].length;
		const end = chunkEnd(text, at);
		const token = text.slice(at, end);
		if (token === HIDDEN) continue;
		const scheme = match[1]!.toLowerCase();
		if (scheme === 'digest' && token.includes('=')) spans.push([at, lineEnd(text, at, false)]);
		else if (looksLikeToken(token) || (foreign && scheme === 'bearer' && !IS_WORD.test(token)))
			spans.push([at, end]);
	}
	return spans;
}

const IS_WORD = /^(?:tokens?|realm.*|auth\w*|scheme|login|header|is|was|not|or|and|required)\b/i;

/** "NTLM authentication failed" is a sentence, "NTLM TlRMTVNT…" is not. */
function looksLikeToken(text: string): boolean {
	if (!/^[A-Za-z0-9+/=._~-]{8,}/.test(text)) return false;
	return text.length >= 20 || /[0-9=+/]|[a-z][A-Z]/.test(text);
}
