import { headerOf } from '../transport';

/** What an answer says of the window nearest to its limit (vendor page "Rate limiting"). */
export interface RateLimitState {
	limit: number;
	remaining: number;
	/** Milliseconds from now until the window starts anew. */
	resetInMs: number;
}

/** Reads X-Rate-Limit-*; null when they are absent or unreadable. */
export function readRateLimit(headers: Record<string, string>, now: number): RateLimitState | null {
	const limit = wholeNumber(headerOf(headers, 'x-rate-limit-limit'));
	const remaining = wholeNumber(headerOf(headers, 'x-rate-limit-remaining'));
	const reset = wholeNumber(headerOf(headers, 'x-rate-limit-reset'));
	if (limit === null || remaining === null || reset === null || limit < 1) return null;
	return { limit, remaining, resetInMs: Math.max(0, reset * 1000 - serverNow(headers, now)) };
}

/** Milliseconds asked for by Retry-After (seconds or an HTTP date); null when absent. */
export function readRetryAfter(headers: Record<string, string>, now: number): number | null {
	const text = headerOf(headers, 'retry-after')?.trim();
	if (!text) return null;
	if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
	const date = Date.parse(text);
	return Number.isNaN(date) ? null : Math.max(0, date - serverNow(headers, now));
}

/** Our clock, unless the server's differs by more than the second its Date header is rounded to. */
function serverNow(headers: Record<string, string>, now: number): number {
	const date = Date.parse(headerOf(headers, 'date') ?? '');
	return Number.isNaN(date) || Math.abs(date - now) < 3000 ? now : date;
}

function wholeNumber(text: string | undefined): number | null {
	return text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : null;
}
