import { namedSecretSpans, schemeSpans } from './named-secrets';
import {
	identifyingNumberSpans,
	isSecretName,
	readingsOf,
	type Span,
	tokenSpans,
	urlLoginSpans,
} from './secret-shapes';

/** Shorter ones are words and numbers that stand everywhere. */
const SHORTEST = 6;
const MOST = 200;

/** Spellings of the logins this process has used, the newest last. */
const spellings = new Map<string, readonly string[]>();

/**
 * Remembers a password, token or client secret, so that no server's answer can bring it into a
 * message in any spelling: plain, escaped, in base64, hexadecimal, or as the UTF-16 that Windows hashes.
 */
export function rememberSecret(secret: unknown): void {
	if (typeof secret !== 'string' || secret.length < SHORTEST) return;
	const forms = spellings.get(secret) ?? spell(secret.slice(0, 8_000));
	spellings.delete(secret);
	spellings.set(secret, forms);
	if (spellings.size > MOST) spellings.delete(spellings.keys().next().value as string);
}

/** Where known secrets stand in the text, also escaped, in parts of lines, or as bytes. */
export function knownSecretSpans(text: string): Span[] {
	if (spellings.size === 0) return [];
	const spans: Span[] = [];
	for (const { text: read, origin } of readingsOf(text)) {
		const lower = asciiLower(read);
		for (const forms of spellings.values()) {
			for (const form of forms) {
				for (
					let at = lower.indexOf(form);
					at >= 0 && spans.length < 1_000;
					at = lower.indexOf(form, at + form.length)
				) {
					const end = at + form.length;
					spans.push(origin ? [origin.from[at]!, origin.to[end - 1]!] : [at, end]);
				}
			}
		}
	}
	return spans;
}

function spell(secret: string): string[] {
	const utf8 = Buffer.from(secret, 'utf8');
	const utf16 = Buffer.from(secret, 'utf16le');
	const forms = [
		secret,
		// Read with another charset, or put together from letters and accents.
		...[secret.normalize('NFC'), secret.normalize('NFD')],
		...[utf8.toString('latin1'), Buffer.from(secret, 'latin1').toString('utf8')],
		secret.replace(/[^\0-\x7f]/g, '?'),
		// Escapes are taken away before these are looked for.
		secret.replaceAll(' ', '+'),
		utf8.toString('hex'),
		utf16.toString('hex'),
		...base64Forms(utf8),
		...base64Forms(utf16),
	];
	const both = forms.flatMap((form) => [form, ...readingsOf(form).map(({ text }) => text)]);
	return [...new Set(both.map(asciiLower))].filter((form) => form.length >= SHORTEST);
}

/** The part of the base64 text that is the same wherever the bytes stand in what was encoded. */
function base64Forms(bytes: Buffer): string[] {
	return [0, 1, 2].flatMap((before) => {
		const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
		const from = Math.ceil((before * 8) / 6);
		const to = Math.floor(((before + bytes.length) * 8) / 6);
		const core = encoded.slice(from, to);
		return core.length >= 8 ? [core, core.replace(/\+/g, '-').replace(/\//g, '_')] : [];
	});
}

/** Lower case that keeps every position. */
function asciiLower(text: string): string {
	return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Stands where a secret stood. */
export const HIDDEN = '[hidden]';

/**
 * Text without secrets, for what this package says itself; the logins of this process go in any
 * spelling. Text that only looks like a formula is
 * data and stays as it is; so do account numbers, vouchers, request ids and hashes. Takes time in
 * proportion to the length of the text.
 */
export function redactText(text: string): string {
	return hide(text, false);
}

/**
 * The same for the words of a server or proxy, which may repeat anything it was sent or holds: bare
 * tokens and whatever has the shape of a tax id go too.
 */
export function redactForeign(text: string): string {
	return hide(text, true);
}

function hide(text: string, foreign: boolean): string {
	// Nothing that short can be told from a word.
	if (text.length < 6) return text;
	const spans: Span[] = [
		...knownSecretSpans(text),
		...namedSecretSpans(text, foreign),
		...schemeSpans(text, foreign),
		...urlLoginSpans(text),
		...tokenSpans(text, foreign),
		...identifyingNumberSpans(text, foreign),
	];
	if (spans.length === 0) return text;
	spans.sort(([left], [right]) => left - right);
	let clean = '';
	let at = 0;
	for (const [start, end] of spans) {
		if (end <= at) continue;
		const from = Math.max(start, at);
		// What is hidden already, and what touches a span, gets no second marker.
		if (text.slice(from, end) !== HIDDEN) {
			clean += text.slice(at, from);
			if (from > at || !clean.endsWith(HIDDEN)) clean += HIDDEN;
		} else clean += text.slice(at, end);
		at = end;
	}
	return clean + text.slice(at);
}

/** Deeper structures than any record has; what lies below is hidden, not walked. */
const DEEPEST = 60;

/** A JSON value without secrets, whatever depth they stand at: secret members hidden, texts redacted by `text`. */
export function redactValue(
	value: unknown,
	text: (text: string) => string = redactText,
	depth = 0,
): unknown {
	if (typeof value === 'string') return text(value);
	if (value === null || typeof value !== 'object') return value;
	if (depth > DEEPEST) return HIDDEN;
	if (Array.isArray(value)) return value.map((item) => redactValue(item, text, depth + 1));
	return Object.fromEntries(
		Object.entries(value).map(([name, member]) => [
			name,
			isSecretName(name) ? HIDDEN : redactValue(member, text, depth + 1),
		]),
	);
}

type Changed = { field: string; before: unknown; after: unknown };

/** A changed field as it may enter the audit. */
export function redactChange(change: Changed): Changed {
	if (isSecretName(change.field)) return { ...change, before: HIDDEN, after: HIDDEN };
	return {
		field: change.field,
		before: redactValue(change.before),
		after: redactValue(change.after),
	};
}

/** Work in steps: others may have their turn at each. */
type Steps<Result> = Generator<void, Result, void>;

const VALUES_PER_STEP = 200;
/** A page or a memo: longer texts are redacted in parts, a line at a time. */
const LONGEST_AT_ONCE = 20_000;

/** An answer as it may be shown to whoever asked: secret members left out, texts without secrets. In steps. */
export function* presentableAnswer(
	value: unknown,
	isSecret: (name: string) => boolean,
): Steps<unknown> {
	let count = 0;
	return yield* shown(value);

	function* shown(node: unknown): Steps<unknown> {
		if ((count += 1) % VALUES_PER_STEP === 0) yield;
		if (typeof node === 'string') return yield* redacted(node);
		if (Array.isArray(node)) {
			const items: unknown[] = [];
			for (const item of node) items.push(yield* shown(item));
			return items;
		}
		if (typeof node !== 'object' || node === null) return node;
		const members: Array<[string, unknown]> = [];
		for (const name of Object.keys(node)) {
			if (!isSecret(name))
				members.push([name, yield* shown((node as Record<string, unknown>)[name])]);
		}
		return Object.fromEntries(members);
	}
}

function* redacted(text: string): Steps<string> {
	if (text.length <= LONGEST_AT_ONCE) return redactText(text);
	const parts: string[] = [];
	for (let from = 0; from < text.length; ) {
		let to = Math.min(from + LONGEST_AT_ONCE, text.length);
		// Nothing secret goes over the end of a line.
		const line = text.lastIndexOf('\n', to - 1);
		if (to < text.length && line > from) to = line + 1;
		parts.push(redactText(text.slice(from, to)));
		from = to;
		yield;
	}
	return parts.join('');
}

/** Headers as they may be shown: without those of logins and sessions. */
export function presentableHeaders(headers: Record<string, string>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers)
			.filter(([name]) => !isSecretName(name) && !/^authentication-info$/i.test(name))
			.map(([name, value]) => [name, redactText(value)]),
	);
}
