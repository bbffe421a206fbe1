import { knownSecretSpans } from './known-secrets';
import { namedSecretSpans, schemeSpans } from './named-secrets';
import { identifyingNumberSpans, type Span, tokenSpans, urlLoginSpans } from './secret-shapes';

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
