import { backoff, faultOfCode } from '../http/request-rules';
import { jsonBeginning, pageExcerptOf } from '../model/foreign-text';
import { ProcoreUnexpectedAnswerError } from './errors/procore-errors';

/** One HTTP request to Procore, complete but for the access token. */
export interface ProcoreRequest {
	method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
	url: string;
	headers: Record<string, string>;
	/** Sent as JSON. */
	body?: unknown;
	timeoutMs: number;
	signal?: AbortSignal;
}

export interface ProcoreAnswer {
	status: number;
	headers: Record<string, string>;
	/** Parsed JSON; text when it was none. */
	body: unknown;
	/** Length of the answer, where it is known. */
	bytes?: number;
}

/**
 * Carries a request to Procore with the user's credential and brings back whatever was answered.
 * Gets and renews the access token by itself (once, on 401). Throws only when no answer came,
 * with the network's reason in `error.code` (ECONNREFUSED, ETIMEDOUT…); any status is an answer.
 */
export type ProcoreTransport = (request: ProcoreRequest) => Promise<ProcoreAnswer>;

/** Header by name in any case; undefined when absent. */
export function headerOf(headers: Record<string, unknown>, name: string): string | undefined {
	const wanted = name.toLowerCase();
	for (const [key, value] of Object.entries(headers)) {
		if (key.toLowerCase() !== wanted || value === undefined || value === null) continue;
		return Array.isArray(value) ? value.join(', ') : String(value);
	}
	return undefined;
}

/** How one attempt failed: a status, or silence with the network's code. */
export type Fault =
	| { kind: 'status'; status: number; retryAfterMs: number | null; resetInMs: number | null }
	| { kind: 'silence'; code: string };

export interface RetryRules {
	/** The request may be sent again although the first may have taken effect. */
	replaySafe: boolean;
	/** Attempts for faults that may lie in the request itself: timeouts, 408, 500, 502, 504. */
	faultAttempts: number;
	/** Attempts for faults that cannot: refused connections, 409, 503. */
	attempts: number;
	/** Waits for 429 before giving up. */
	rateLimitAttempts: number;
}

export const DEFAULT_RETRY: RetryRules = {
	replaySafe: true,
	faultAttempts: 5,
	attempts: 5,
	rateLimitAttempts: 10,
};

/** Longest wait that is kept: the hourly window, and a minute for clocks. */
export const LONGEST_WAIT_MS = 3_660_000;

/** The request cannot have reached Procore. */
export function neverArrived(code: string): boolean {
	return ['refused', 'name'].includes(faultOfCode(code));
}

/** How long the server asks to wait and by which header; null when it does not, or not for this fault. */
export function askedWait(fault: Fault): { header: string; milliseconds: number } | null {
	if (fault.kind !== 'status' || (fault.status !== 429 && fault.status !== 503)) return null;
	const retryAfter = fault.retryAfterMs ?? 0;
	const reset = fault.status === 429 ? (fault.resetInMs ?? 0) : 0;
	if (retryAfter <= 0 && reset <= 0) return null;
	return retryAfter >= reset
		? { header: 'Retry-After', milliseconds: retryAfter }
		: { header: 'X-Rate-Limit-Reset', milliseconds: reset };
}

/** Whether attempt number `attempt` (1 = the first) that failed so is followed by another. */
export function shouldRetry(fault: Fault, attempt: number, rules: RetryRules): boolean {
	if (fault.kind === 'silence') {
		if (faultOfCode(fault.code) === 'tls') return false;
		if (neverArrived(fault.code)) return attempt < rules.attempts;
		return rules.replaySafe && attempt < rules.faultAttempts;
	}
	switch (fault.status) {
		case 429:
			return attempt < rules.rateLimitAttempts;
		case 503:
			return rules.replaySafe && attempt < rules.attempts;
		case 409:
			return rules.replaySafe && attempt < rules.attempts;
		case 408:
		case 500:
		case 502:
		case 504:
			return rules.replaySafe && attempt < rules.faultAttempts;
		default:
			return false;
	}
}

/**
 * Milliseconds before the next attempt. 429 and 503 wait as long as the server asks (the later of
 * Retry-After and the window's reset) plus jitter; 409 briefly, since the other writer is quick;
 * everything else doubles from one second, between half and all of it, 30 seconds at most.
 */
export function retryDelay(fault: Fault, attempt: number, random: number): number {
	const asked = askedWait(fault);
	if (asked) return Math.round(asked.milliseconds + 250 + random * 1000);
	const baseMs = fault.kind === 'status' && fault.status === 409 ? 250 : 1000;
	return backoff(attempt, random, { baseMs, least: 0.5 });
}

/** Whether the pause concerns every request of the credential, not just this one. */
export function pausesEverybody(fault: Fault): boolean {
	return fault.kind === 'status' && (fault.status === 429 || fault.status === 503);
}

/** Relations of an RFC 8288 Link header: { next: "https://…?page=2", last: … }. */
function parseLinkHeader(header: string | undefined): Record<string, string> {
	const relations: Record<string, string> = {};
	for (const part of (header ?? '').slice(0, LONGEST).split(/,(?=\s{0,9}<)/)) {
		const open = part.indexOf('<');
		const close = part.indexOf('>', open);
		if (open < 0 || close < 0) continue;
		const relation = /\brel="?([^";,]{1,100})"?/i.exec(part.slice(close))?.[1];
		for (const name of relation?.trim().toLowerCase().split(/\s/) ?? [])
			if (name !== '') relations[name] = part.slice(open + 1, close);
	}
	return relations;
}

/** Node takes no more than 16 kB of headers either. */
const LONGEST = 16_384;

/** Rows of a list answer: a bare array (v1), or `{"data":[…]}` (v2). Null when it is neither, or holds what is no row. */
export function rowsOf(body: unknown): unknown[] | null {
	const data = Array.isArray(body) ? body : (body as { data?: unknown } | null)?.data;
	return Array.isArray(data) && data.every(isRow) ? data : null;
}

/**
 * Whether another page follows. A next page in the Link header decides; where it names none, Total does,
 * which may know of more; without Total, the other pages it names; then a page size that is the server's
 * own. Where nothing is told (not every list pages, v2 documents no headers, a Link may be about
 * something else, such as a deprecation, and a size may be the one asked for, given back) a server may
 * give fewer rows a page: only an empty page, or one without anything new, is the end.
 */
export function hasNextPage(page: {
	headers: Record<string, string>;
	/** Rows that were asked for. */
	asked: number;
	rowsOnPage: number;
	rowsSoFar: number;
}): boolean {
	if (page.rowsOnPage === 0) return false;
	const links = parseLinkHeader(headerOf(page.headers, 'link'));
	if ('next' in links) return true;
	const total = countOf(page.headers, 'total');
	if (total !== undefined) return page.rowsSoFar < total;
	if (namesPages(links)) return false;
	const granted = countOf(page.headers, 'per-page') ?? 0;
	return granted > 0 && granted < page.asked ? page.rowsOnPage >= granted : true;
}

/** Whether the answer says how much there is, so that nothing has to be guessed from its rows. */
export function tellsItsEnd(headers: Record<string, string>): boolean {
	return (
		countOf(headers, 'total') !== undefined ||
		namesPages(parseLinkHeader(headerOf(headers, 'link')))
	);
}

function namesPages(links: Record<string, string>): boolean {
	return ['next', 'prev', 'previous', 'first', 'last'].some((name) => name in links);
}

function countOf(headers: Record<string, string>, name: string): number | undefined {
	const text = headerOf(headers, name)?.trim() ?? '';
	return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function isRow(row: unknown): boolean {
	return typeof row === 'object' && row !== null;
}

/**
 * The error for an answer to a list that is none: a page of a proxy, a single record, a row that is null.
 *
 * @param what what Procore was asked to do, e.g. "list the vendors"
 */
export function notAList(
	answer: ProcoreAnswer,
	what: string,
	address: string,
): ProcoreUnexpectedAnswerError {
	return new ProcoreUnexpectedAnswerError(
		`Procore was asked to ${what} and answered something that is no list`,
		{
			remedy:
				'Check the API address in the "Procore OAuth2 API" credential; a proxy or login page may have answered instead.',
			httpStatus: answer.status,
			requestId: headerOf(answer.headers, 'x-request-id'),
			address,
			excerpt: pageExcerptOf(
				typeof answer.body === 'string' ? answer.body : jsonBeginning(answer.body),
			),
		},
	);
}
