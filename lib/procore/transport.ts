import { backoff, faultOfCode } from '../http/request-rules';
import { redactText } from '../model/redact';

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

export type QueryValue = string | number | boolean | undefined | readonly (string | number)[];

export interface ProcoreCall {
	method: ProcoreRequest['method'];
	/** Path under the API address, e.g. "/rest/v1.0/vendors". */
	path: string;
	/** Lists become repeated parameters; undefined is left out. */
	query?: Record<string, QueryValue>;
	body?: unknown;
	/** For messages: "list the vendors". */
	what: string;
	/** The project concerned: 403 and 404 then block this project only. */
	projectId?: string;
	oneRecord?: boolean;
	/** Whatever comes is shown to people: text is an answer, too, and no record has to come. */
	anyAnswer?: boolean;
	timeoutMs?: number;
	retry?: Partial<RetryRules>;
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

/** Procore's own id of the request, for its support desk; whoever answers in its place may write anything there. */
export function requestIdOf({ headers }: Pick<ProcoreAnswer, 'headers'>): string | undefined {
	const id = headerOf(headers, 'x-request-id')?.slice(0, 1_000);
	return id && redactText(id).slice(0, 100);
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
