import type { IncomingMessage } from 'node:http';
import { badRequest } from './api-error';

export async function readText(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

/** Body as an object: JSON, urlencoded or multipart text fields; undefined when there is none. */
export function parseBody(text: string, contentType = ''): unknown {
	if (text === '') return undefined;
	if (contentType.includes('application/x-www-form-urlencoded')) {
		return Object.fromEntries(new URLSearchParams(text));
	}
	if (contentType.includes('multipart/form-data')) return parseMultipart(text, contentType);
	try {
		return JSON.parse(text);
	} catch {
		throw badRequest('The request body is not valid JSON');
	}
}

function parseMultipart(text: string, contentType: string): Record<string, string> {
	const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
	if (!boundary) throw badRequest('multipart without boundary');
	const fields: Record<string, string> = {};
	for (const part of text.split(`--${boundary}`).slice(1, -1)) {
		const [head, ...rest] = part.replace(/^\r\n/, '').split('\r\n\r\n');
		const name = /name="([^"]*)"/.exec(head)?.[1];
		if (name) fields[name] = rest.join('\r\n\r\n').replace(/\r\n$/, '');
	}
	return fields;
}

/** Query as Rails reads it: `a[]=1&a[]=2` and `filters[id]=1` keep their bracketed names. */
export function parseQuery(search: URLSearchParams): Record<string, string | string[]> {
	const query: Record<string, string | string[]> = {};
	for (const [name, value] of search) {
		const before = query[name];
		if (before === undefined) query[name] = name.endsWith('[]') ? [value] : value;
		else query[name] = Array.isArray(before) ? [...before, value] : [before, value];
	}
	return query;
}
