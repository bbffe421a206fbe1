import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { GpHtmlPage, GpInvalidBody, GpWrongContentType } from '../errors/answers';
import type { GpErrorContext } from '../errors/gp-error';
import type { GpHttpResponse } from '../http';
import { excerptOf } from './excerpt';

export interface DecodedBody {
	format: 'json' | 'xml';
	/** Plain objects and lists; XML leaves are text, its root element is left off. */
	value: unknown;
}

const xmlParser = new XMLParser({
	ignoreAttributes: false,
	attributeNamePrefix: '@',
	removeNSPrefix: true,
	// Money and keys must stay text: "0012.50" is not 12.5.
	parseTagValue: false,
	parseAttributeValue: false,
	trimValues: true,
	htmlEntities: true,
});

/** Reads an answer as what it is, whatever its content type claims; throws for what is neither JSON nor XML. */
export function decodeBody(response: GpHttpResponse, context: GpErrorContext): DecodedBody {
	const text = bodyText(response);
	const where = (): GpErrorContext => ({
		...context,
		httpStatus: response.status,
		excerpt: excerptOf(text.slice(0, 4096)),
	});
	const start = text.slice(0, 2000).trimStart();
	if (looksLikeHtml(start)) throw new GpHtmlPage(where());
	// A vague label (text/plain, none) is forgiven, one that says "this is something else" is not.
	const contentType = response.headers['content-type'];
	if (/^\s*(text\/html|image\/|audio\/|video\/|application\/(pdf|zip))/i.test(contentType ?? '')) {
		throw new GpWrongContentType(where(), contentType);
	}
	if (start.startsWith('{') || start.startsWith('['))
		return { format: 'json', value: decodeJson(text, where) };
	if (start.startsWith('<')) return { format: 'xml', value: decodeXml(text, where) };
	throw new GpWrongContentType(where(), contentType);
}

export function looksLikeHtml(text: string): boolean {
	const start = text.slice(0, 2000).trimStart();
	return (
		/^(<\?xml[^>]*\?>\s*)?(<!--[\s\S]*?-->\s*)*<(!doctype\s+html|html|head|body)\b/i.test(start) ||
		/xmlns=["']http:\/\/www\.w3\.org\/1999\/xhtml/i.test(start)
	);
}

/** The body as text, by byte order mark, then by the charset the server names, else UTF-8. */
export function bodyText(response: GpHttpResponse): string {
	const { body } = response;
	let charset =
		/charset\s*=\s*"?([\w-]+)/i.exec(response.headers['content-type'] ?? '')?.[1] ?? 'utf-8';
	if (body[0] === 0xff && body[1] === 0xfe) charset = 'utf-16le';
	else if (body[0] === 0xfe && body[1] === 0xff) charset = 'utf-16be';
	else if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) charset = 'utf-8';
	try {
		return new TextDecoder(charset).decode(body);
	} catch {
		return body.toString('utf8');
	}
}

function decodeJson(text: string, context: () => GpErrorContext): unknown {
	try {
		return JSON.parse(keepLongNumbers(text));
	} catch (cause) {
		const end = text.trimEnd();
		const cutOff = !/[}\]]$/.test(end);
		throw new GpInvalidBody(
			{ ...context(), cause },
			'JSON',
			cutOff ? `it stops in the middle, after ${end.length} characters` : 'it is not well-formed',
		);
	}
}

/**
 * JSON.parse makes floats of numbers. Up to 15 significant digits they come back unchanged through
 * String(number), which covers GP's five decimals below 10 thousand million; longer ones are put in
 * quotes first, so that no digit is lost.
 */
function keepLongNumbers(text: string): string {
	if (!/\d{16}|\d[\d.]{15}\d/.test(text)) return text;
	return text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
		token.startsWith('"') || token.replace(/[^\d]/g, '').length <= 15 ? token : `"${token}"`,
	);
}

function decodeXml(text: string, context: () => GpErrorContext): unknown {
	if (/<!DOCTYPE/i.test(text.slice(0, 2000))) {
		throw new GpInvalidBody(
			context(),
			'XML',
			'it contains a document type declaration, which no GP service sends',
		);
	}
	const valid = XMLValidator.validate(text);
	if (valid !== true) {
		throw new GpInvalidBody(
			context(),
			'XML',
			`line ${valid.err.line}: ${valid.err.msg.slice(0, 100)}`,
		);
	}
	const { '?xml': _declaration, ...document } = xmlParser.parse(text) as Record<string, unknown>;
	const root = plainXml(Object.values(document)[0]);
	return root === null ? [] : root;
}

/** Attributes off, `i:nil` and empty elements to null. */
function plainXml(node: unknown): unknown {
	if (Array.isArray(node)) return node.map(plainXml);
	if (node === null || typeof node !== 'object') return node === '' ? null : node;
	const members = Object.entries(node as Record<string, unknown>).filter(
		([name]) => !name.startsWith('@'),
	);
	if (members.length === 0) return null;
	if (members.length === 1 && members[0]![0] === '#text') return members[0]![1];
	return Object.fromEntries(members.map(([name, value]) => [name, plainXml(value)]));
}
