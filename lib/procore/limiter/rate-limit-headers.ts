import { serverNow } from '../../http/retry';
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
	return {
		limit,
		remaining,
		resetInMs: Math.max(
			0,
			Math.round(inSeconds(reset) * 1000 - serverNow(now, headerOf(headers, 'date'))),
		),
	};
}

/** A moment is given in seconds; one that could only be in the far future is one in milliseconds. */
function inSeconds(moment: number): number {
	return moment > 100_000_000_000 ? moment / 1000 : moment;
}

function wholeNumber(text: string | undefined): number | null {
	return text !== undefined && /^\d{1,15}$/.test(text.trim()) ? Number(text) : null;
}
