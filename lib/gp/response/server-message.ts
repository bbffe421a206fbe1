import { looksLikeHtml, messageOf, pageExcerptOf } from '../../model/foreign-text';
import { bodyStart, decodeShortBody } from './decode-body';
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

/**
 * What an error answer says, in words: from JSON, XML or the text of an HTML page. Null when nothing
 * readable. Looks at the beginning of the answer only.
 */
export function serverMessage(response: GpHttpResponse): string | null {
	const text = bodyStart(response);
	if (looksLikeHtml(text)) return pageExcerptOf(text, 300) || null;
	try {
		return messageIn(decodeShortBody(response).value);
	} catch {
		const type = response.headers['content-type'] ?? '';
		return type.startsWith('text/') || type === '' ? messageOf(text) || null : null;
	}
}

/** The message inside an error body, looked for under the usual names. */
export function messageIn(value: unknown, depth = 0): string | null {
	if (depth > 5 || value === null || value === undefined) return null;
	if (typeof value === 'string') return depth === 0 ? null : messageOf(value) || null;
	if (Array.isArray(value)) return messageIn(value[0], depth + 1);
	if (typeof value !== 'object') return null;
	const members = new Map(
		Object.entries(value)
			.slice(0, 500)
			.map(([name, member]) => [name.toLowerCase(), member]),
	);
	for (const name of MESSAGE_NAMES) {
		const found = messageIn(members.get(name), depth + 1);
		if (found) return found;
	}
	return null;
}
