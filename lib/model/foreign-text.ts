import { redactForeign } from './redact';

/**
 * So much of an answer is looked at for a message, in characters. What a server says about a fault
 * stands at its beginning; the rest could be anything and as long as it likes.
 */
export const LONGEST_LOOKED_AT = 4096;
/** Looked at behind what is cut off, so that no secret loses the end by which it is known. */
const LOOKED_AHEAD = 1024;

/** The beginning of what came back, for a message: one line, without secrets. */
export function excerptOf(body: Buffer | string, length = 200): string {
	return oneLine(redactForeign(beginningOf(body)), length);
}

/** The same of a page: its text, tags, scripts and styles off. */
export function pageExcerptOf(body: Buffer | string, length = 200): string {
	// Names of secrets may stand in tags, and tags inside of secrets: redacted before and after.
	return oneLine(redactForeign(htmlText(redactForeign(beginningOf(body)))), length);
}

/** Words a server gave in a field of its answer: one line, without secrets. */
export function messageOf(text: string, length = 300): string {
	return oneLine(redactForeign(beginningOf(text)), length);
}

/** An object as text for a message, without spelling out all of it. */
export function jsonBeginning(value: unknown): string {
	try {
		let left = LONGEST_LOOKED_AT;
		return (
			JSON.stringify(value, (_name, member: unknown) => {
				left -= 8;
				if (typeof member !== 'string') return left < 0 ? undefined : member;
				const part = cutOff(member, Math.max(0, left));
				left -= part.length;
				return part;
			}) ?? ''
		).slice(0, LONGEST_LOOKED_AT + LOOKED_AHEAD);
	} catch {
		return '';
	}
}

function beginningOf(body: Buffer | string): string {
	if (typeof body === 'string') return cutOff(body, LONGEST_LOOKED_AT);
	// Four bytes are one sign at least, but for NULs.
	const start = body.subarray(0, 4 * (LONGEST_LOOKED_AT + LOOKED_AHEAD));
	// UTF-16 read as it is would have a NUL between any two letters of a secret.
	const utf16 = (start[0] === 0xff && start[1] === 0xfe) || (start[1] === 0 && start[0] !== 0);
	const text = start.toString(utf16 ? 'utf16le' : 'utf8').replaceAll('\0', '');
	const whole = start.length === body.length;
	const most = whole ? LONGEST_LOOKED_AT : Math.max(0, text.length - LOOKED_AHEAD);
	return cutOff(text, Math.min(LONGEST_LOOKED_AT, most));
}

/** So much of a text; what is cut off leaves no beginning of a secret behind. */
function cutOff(text: string, length: number): string {
	if (text.length <= length) return text;
	const seen = text.slice(0, length + LOOKED_AHEAD);
	const clean = redactForeign(seen);
	return clean.slice(0, Math.max(0, clean.length - (seen.length - length)));
}

/** Blanks, line breaks, and what a terminal or a mail would obey. */
const INVISIBLE = /[\s\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu;

function oneLine(text: string, length: number): string {
	return text.replace(INVISIBLE, ' ').trim().slice(0, length);
}

const ENTITIES: Record<string, string> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
};

/** Entities as the letters they stand for. */
function lettersOf(text: string): string {
	return text.replace(
		/&(?:#(\d{1,6})|#x([\da-f]{1,5})|(amp|lt|gt|quot|apos|nbsp));/gi,
		(whole, ...found: string[]) => {
			const [decimal, hexadecimal, name] = found;
			if (name) return ENTITIES[name.toLowerCase()]!;
			const code = decimal ? Number(decimal) : parseInt(hexadecimal!, 16);
			return code >= 32 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
		},
	);
}

/** Text of an HTML page: tags, comments, scripts and styles off, each a blank. One walk from left to right. */
export function htmlText(html: string): string {
	let text = '';
	let at = 0;
	while (at < html.length) {
		const open = html.indexOf('<', at);
		if (open < 0) break;
		text += html.slice(at, open);
		at = tagEnd(html, open);
		if (at === open) {
			text += '<';
			at += 1;
		} else text += ' ';
	}
	text += html.slice(at);
	return lettersOf(text).replace(/\s+/g, ' ').trim();
}

/** Where what begins with "<" ends; `open` when it is no tag. An unfinished one lasts to the end. */
function tagEnd(html: string, open: number): number {
	const after = (mark: string, from: number) => {
		const found = html.indexOf(mark, from);
		return found < 0 ? html.length : found + mark.length;
	};
	if (html.startsWith('<!--', open)) return after('-->', open + 4);
	const name = /^<[/!?]?([A-Za-z][\w:-]{0,40})?/.exec(html.slice(open, open + 48))!;
	if (name[0] === '<') return open;
	const quiet = /^(?:script|style)$/i.test(name[1] ?? '') && html[open + 1] !== '/';
	const end = after('>', open + 1);
	if (!quiet) return end;
	const close = html.slice(end).search(new RegExp(`</${name[1]}`, 'i'));
	return close < 0 ? html.length : after('>', end + close);
}

/** Whether a text begins as a page does, after an XML declaration and comments. Looks at 2,000 characters. */
export function looksLikeHtml(text: string): boolean {
	const start = text.slice(0, 2000);
	let at = skipBlanks(start, 0);
	if (start.startsWith('<?xml', at)) {
		const end = start.indexOf('?>', at);
		if (end < 0) return false;
		at = skipBlanks(start, end + 2);
	}
	while (start.startsWith('<!--', at)) {
		const end = start.indexOf('-->', at + 4);
		if (end < 0) return false;
		at = skipBlanks(start, end + 3);
	}
	return (
		/^<(?:!doctype\s{1,20}html|html|head|body)\b/i.test(start.slice(at, at + 40)) ||
		/xmlns=["']http:\/\/www\.w3\.org\/1999\/xhtml/i.test(start)
	);
}

function skipBlanks(text: string, from: number): number {
	let at = from;
	while (at < text.length && /[\s\ufeff]/.test(text[at]!)) at += 1;
	return at;
}

const HTML_ESCAPES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Text as it may stand between tags or in a quoted attribute. */
export function escapeHtml(text: string): string {
	if (!/[&<>"']/.test(text)) return text;
	return text.replace(/[&<>"']/g, (sign) => HTML_ESCAPES[sign]!);
}

/**
 * Text as every database and every JSON reader takes it: a NUL, which PostgreSQL refuses with the
 * whole batch, is left out, and half a surrogate pair, which SQLite would replace on writing, so
 * that the row read back is another than the one whose hash was kept, is replaced here.
 */
export function storable(text: string): string {
	return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** Text as people read it, where a system keeps it as markup: entities as their letters, tags left out. */
export function withoutMarkup(text: string): string {
	if (!/[&<]/.test(text)) return text;
	return lettersOf(text.replace(/<\/?[a-z][^<>]{0,200}>/gi, ''));
}
