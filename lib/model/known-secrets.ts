import type { Span } from './secret-shapes';

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
	spellings.delete(secret);
	spellings.set(secret, spell(secret.slice(0, 8_000)));
	if (spellings.size > MOST) spellings.delete(spellings.keys().next().value as string);
}

/** Where known secrets stand in the text. */
export function knownSecretSpans(text: string): Span[] {
	if (spellings.size === 0) return [];
	const lower = asciiLower(text);
	const spans: Span[] = [];
	for (const forms of spellings.values()) {
		for (const form of forms) {
			for (
				let at = lower.indexOf(form);
				at >= 0 && spans.length < 1_000;
				at = lower.indexOf(form, at + form.length)
			) {
				spans.push([at, at + form.length]);
			}
		}
	}
	return spans;
}

function spell(secret: string): string[] {
	const utf8 = Buffer.from(secret, 'utf8');
	const utf16 = Buffer.from(secret, 'utf16le');
	const uri = uriEncoded(secret);
	const forms = [
		secret,
		uri,
		uri.replace(/%20/g, '+'),
		JSON.stringify(secret).slice(1, -1),
		htmlEscaped(secret),
		utf8.toString('hex'),
		utf16.toString('hex'),
		[...secret].join('\0'),
		...base64Forms(utf8),
		...base64Forms(utf16),
	];
	return [...new Set(forms.map(asciiLower))].filter((form) => form.length >= SHORTEST);
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

function uriEncoded(text: string): string {
	try {
		return encodeURIComponent(text);
	} catch {
		return text; // half a surrogate pair
	}
}

function htmlEscaped(text: string): string {
	return text
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;')
		.replace(/'/g, '&#39;');
}

/** Lower case that keeps every position. */
function asciiLower(text: string): string {
	return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
