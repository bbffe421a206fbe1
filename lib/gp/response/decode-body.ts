import { JsonRefused, readJson } from '../../http/json-steps';
import { decodeText, limitsFor, runSteps, runStepsInTurns, type Steps } from '../../http/read-body';
import { readXml, XmlRefused } from '../../http/xml-steps';
import { excerptOf, looksLikeHtml, messageOf, pageExcerptOf } from '../../model/foreign-text';
import {
	GpAnswerTooLarge,
	type GpErrorContext,
	GpHtmlPage,
	GpInvalidBody,
	GpWrongContentType,
} from '../errors/gp-error';
import {
	GpBusinessError,
	GpRecordNotFound,
	GpResourceNotOffered,
	GpUserNotAllowed,
} from '../errors/refusals';
import type { GpHttpResponse } from '../site';

export interface DecodedBody {
	format: 'json' | 'xml';
	/** Plain objects and lists; XML leaves are text, its root element is left off. */
	value: unknown;
}

/** Bytes of an answer that are read at once, without giving others their turn. */
const SHORT = 64 * 1024;

/**
 * Reads an answer as what it is, whatever its content type claims; throws for what is neither JSON
 * nor XML, and for what holds more than any list of GP. Long answers are read in slices, so that the
 * rest of n8n goes on meanwhile.
 */
export async function decodeBody(
	response: GpHttpResponse,
	context: GpErrorContext,
): Promise<DecodedBody> {
	return await runStepsInTurns(decodeSteps(response, context));
}

/** Letters at either end of a feed in which its own links stand. */
const FEED_ENDS = 8_000;

/**
 * An Atom feed, which OData up to version 3 also speaks, in the form it has as JSON: what each entry holds, the
 * number of rows, the link to the next page.
 */
function ofFeed(feed: unknown, text: string): object {
	const { entry, count } = (feed ?? {}) as { entry?: unknown; count?: unknown };
	const rows = [entry ?? []].flat().map((one) => {
		const { content, properties } = (one ?? {}) as Record<string, unknown>;
		return properties ?? (content as { properties?: unknown } | null)?.properties ?? one;
	});
	const ends = `${text.slice(0, FEED_ENDS)}${text.slice(FEED_ENDS).slice(-FEED_ENDS)}`;
	const links = ends.match(/<(?:\w{1,20}:)?link\s[^<>]{1,4000}>/g) ?? [];
	const next = links.find((link) => /\srel\s?=\s?["']next["']/.test(link));
	const href = /\shref\s?=\s?["']([^"'<>]{1,4000})["']/.exec(next ?? '')?.[1];
	return {
		value: rows,
		...(typeof count === 'string' ? { 'odata.count': count } : {}),
		...(href ? { 'odata.nextLink': href.replace(/&amp;/g, '&') } : {}),
	};
}

/** The same for the beginning of an error answer. */
function decodeShortBody(response: GpHttpResponse): DecodedBody {
	return runSteps(decodeSteps(beginningOf(response), {}));
}

function* decodeSteps(response: GpHttpResponse, context: GpErrorContext): Steps<DecodedBody> {
	const text = yield* decodeText(response.body, response.headers['content-type']);
	const where = (cause?: unknown): GpErrorContext => ({
		...context,
		httpStatus: response.status,
		excerpt: excerptOf(text),
		...(cause === undefined ? {} : { cause }),
	});
	const start = text.slice(0, 2000).trimStart();
	if (looksLikeHtml(start)) throw new GpHtmlPage(where());
	// A vague label (text/plain, none) is forgiven, one that says "this is something else" is not.
	const contentType = response.headers['content-type']?.slice(0, 200);
	if (
		/^\s{0,9}(text\/html|image\/|audio\/|video\/|application\/(pdf|zip))/i.test(contentType ?? '')
	) {
		throw new GpWrongContentType(where(), contentType && messageOf(contentType));
	}
	const limits = limitsFor(response.body.length);
	try {
		if (start.startsWith('{') || start.startsWith('[')) {
			// A line break pasted into one field must not hide all other records.
			const options = { keepLongNumbers: true, bareControls: true, limits };
			return { format: 'json', value: yield* readJson(text, options) };
		}
		if (start.startsWith('<')) {
			const value = yield* readXml(text.slice(text.indexOf('<')), { limits });
			const isFeed = /<(?:[\w.-]{1,40}:)?([\w.-]{1,40})/.exec(start)?.[1] === 'feed';
			if (isFeed) return { format: 'xml', value: ofFeed(value, text) };
			return { format: 'xml', value: value === null ? [] : value };
		}
	} catch (error) {
		if (error instanceof JsonRefused) throw jsonFault(error, text, where(error));
		if (error instanceof XmlRefused) throw xmlFault(error, where(error));
		throw error;
	}
	// JSON for nothing at all.
	if (text.length < 20 && text.trim() === 'null') return { format: 'json', value: null };
	throw new GpWrongContentType(where(), contentType && messageOf(contentType));
}

/** Nothing came where data was expected. */
export function isEmptyAnswer(error: unknown): boolean {
	return error instanceof GpWrongContentType && !error.details.excerpt;
}

/** The beginning of a body as text, for messages and for finding out what it is. */
export function bodyStart(response: GpHttpResponse): string {
	return runSteps(decodeText(beginningOf(response).body, response.headers['content-type']));
}

/** The whole body as text, for showing it to people. */
export async function bodyText(response: GpHttpResponse): Promise<string> {
	return await runStepsInTurns(decodeText(response.body, response.headers['content-type']));
}

function beginningOf(response: GpHttpResponse): GpHttpResponse {
	return response.body.length <= SHORT
		? response
		: { ...response, body: response.body.subarray(0, SHORT) };
}

function jsonFault({ why, at }: JsonRefused, text: string, where: GpErrorContext) {
	if (why === 'cut-off') {
		const end = text.trimEnd().length;
		return new GpInvalidBody(where, 'JSON', `it stops in the middle, after ${end} characters`);
	}
	return why === 'malformed'
		? new GpInvalidBody(where, 'JSON', `it is not well-formed (character ${at + 1})`)
		: new GpAnswerTooLarge(where, TOO_LARGE[why]);
}

/** The error for XML that was refused. */
export function xmlFault({ why, detail, line }: XmlRefused, where: GpErrorContext) {
	if (why === 'doctype') {
		const what = 'it contains a document type declaration, which no GP service sends';
		return new GpInvalidBody(where, 'XML', what);
	}
	return why === 'malformed' || why === 'cut-off'
		? new GpInvalidBody(where, 'XML', `line ${line}: ${detail}`)
		: new GpAnswerTooLarge(where, TOO_LARGE[why]);
}

const TOO_LARGE = {
	'too-deep': 'it is nested deeper than any record',
	'too-many-values': 'it holds more values than any list of GP',
	'too-many-rows': 'it holds more rows than one answer may',
	'too-long-text': 'one of its texts is longer than any field of GP',
};

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
function serverMessage(response: GpHttpResponse): string | null {
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

const NOT_FOUND =
	/^(?:unable to|cannot|can not|can't|could not|couldn't) (?:find|locate) |(?:cannot|can not|can't|could not|couldn't) be (?:found|located)$/i;
const OF_ROWS =
	/^(?:(?:no|the|any|such|requested|specified|matching) ){0,3}(?:records?|rows?|documents?|transactions?|vendors?|gl accounts?|results?|entries|data)(?: (?:for|with|matching|that match) |$)/i;
const OF_THE_SERVICE =
	/\b(?:compan|tenant|table|view|procedure|column|user|login|server|database|file|source|connection|dictionar|resource)/i;

/** "Matching records cannot be found": there are none. Said of a company, a table or a login it is a fault. */
export function saysNoRows(sentence: string): boolean {
	const what = sentence.replace(NOT_FOUND, '').trim();
	return what !== sentence && OF_ROWS.test(what) && !OF_THE_SERVICE.test(what);
}

const OF_NO_FAULT =
	/\b(?:no|0|sin|without(?: any)?) (?:errors?|errores|exceptions?|faults?|failures?)\b|\b(?:errors?|errores|exceptions?|faults?|failures?)\s?[:=]\s?(?:0|none|null)(?![\w.,-])/gi;
/** Of these alone is made what says that all went well, "The operation completed successfully." */
const WELL = new Set(
	(
		'no none null nil n a false ok success successful successfully succeeded completed complete done ' +
		'there were was have been found occurred reported detected with the operation request query command'
	).split(' '),
);

/** A text of a service without what it says is not the case: "0 errors". */
export function withoutDenials(written: string): string {
	return written.slice(0, 2_000).replace(OF_NO_FAULT, '');
}

/** Whether a text says nothing but that all went well. */
export function saysWell(written: string | null): boolean {
	const words = withoutDenials(written ?? '')
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u);
	return words.every((word) => WELL.has(word) || /^0*$/.test(word));
}

/**
 * Throws the error a status stands for; returns for 2xx. A record that is absent and a path that
 * is not offered are both 404: the latter comes as the service's own HTML page.
 */
export function checkStatus(response: GpHttpResponse, context: GpErrorContext): void {
	const { status } = response;
	if (status >= 200 && status < 300) return;
	const message = serverMessage(response) ?? undefined;
	const where: GpErrorContext = {
		...context,
		httpStatus: status,
		excerpt: excerptOf(response.body),
		...(message ? { serverMessage: message } : {}),
	};
	const html = looksLikeHtml(bodyStart(response));
	if (status === 403) throw new GpUserNotAllowed(where);
	const wrongPlace =
		(html && /endpoint|no (?:http )?resource/i.test(message ?? '')) ||
		/\b(company|tenant)\b/i.test(message ?? '');
	if (status === 404 && context.key && !wrongPlace) {
		throw new GpRecordNotFound(where);
	}
	if (status === 404 || status === 405 || status === 501) throw new GpResourceNotOffered(where);
	// A refused user may also come as 400 or 500; the words decide.
	if (
		message &&
		/not allowed to use microsoft dynamics gp|access (?:is )?denied|not authorized|unauthori[sz]ed/i.test(
			message,
		)
	) {
		throw new GpUserNotAllowed(where);
	}
	if (html || (status >= 300 && status < 400)) throw new GpHtmlPage(where);
	throw new GpBusinessError(where);
}
