import { HIDDEN, knownSecretSpans } from '../../lib/model/redact';

/** What a terminal would obey, and signs that turn the direction of writing. Line breaks stay. */
const OBEYED = /[\p{Cc}\u061c\u200e\u200f\u202A-\u202E\u2066-\u2069]/gu;

/**
 * A text as it may stand in a terminal. Names of workflows, tables and credentials, and all messages
 * of a server come from outside: control characters are left out, and the API key and passwords of
 * this call are cut out in any spelling. Everything the command prints goes through here.
 */
export function printable(text: string): string {
	return withoutKnownSecrets(
		text.replace(OBEYED, (sign) => (sign === '\n' ? '\n' : sign === '\t' ? ' ' : '')),
	);
}

function withoutKnownSecrets(text: string): string {
	const spans = knownSecretSpans(text).sort(([left], [right]) => left - right);
	let clean = '';
	let at = 0;
	for (const [start, end] of spans) {
		if (end <= at) continue;
		if (start >= at) clean += text.slice(at, start) + HIDDEN;
		at = end;
	}
	return clean + text.slice(at);
}
