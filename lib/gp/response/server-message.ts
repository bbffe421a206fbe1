import { decodeBody, bodyText, looksLikeHtml } from './decode-body';
import { redact } from './excerpt';
import type { GpHttpResponse } from '../http';

const MESSAGE_NAMES = [
	'message',
	'errormessage',
	'exceptionmessage',
	'error',
	'errors',
	'faultstring',
	'reason',
	'text',
	'detail',
	'description',
	'value',
	'innererror',
];

/** What an error answer says, in words: from JSON, XML or the text of an HTML page. Null when nothing readable. */
export function serverMessage(response: GpHttpResponse): string | null {
	const text = bodyText(response);
	if (looksLikeHtml(text)) return shorten(htmlText(text));
	try {
		return messageIn(decodeBody(response, {}).value);
	} catch {
		const type = response.headers['content-type'] ?? '';
		return type.startsWith('text/') || type === '' ? shorten(text) : null;
	}
}

/** The message inside an error body, looked for under the usual names. */
export function messageIn(value: unknown, depth = 0): string | null {
	if (depth > 5 || value === null || value === undefined) return null;
	if (typeof value === 'string') return depth === 0 ? null : shorten(value);
	if (Array.isArray(value)) return messageIn(value[0], depth + 1);
	if (typeof value !== 'object') return null;
	const members = new Map(
		Object.entries(value).map(([name, member]) => [name.toLowerCase(), member]),
	);
	for (const name of MESSAGE_NAMES) {
		const found = messageIn(members.get(name), depth + 1);
		if (found) return found;
	}
	return null;
}

/** Text of an HTML page, tags and styles off. */
export function htmlText(html: string): string {
	return html
		.replace(/<(style|script)[\s\S]*?<\/\1>/gi, ' ')
		.replace(/<[^>]*>/g, ' ')
		.replace(/&nbsp;/g, ' ')
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&#39;/g, "'")
		.replace(/&amp;/g, '&')
		.replace(/\s+/g, ' ')
		.trim();
}

function shorten(text: string): string | null {
	const clean = redact(text).replace(/\s+/g, ' ').trim();
	return clean ? clean.slice(0, 300) : null;
}
