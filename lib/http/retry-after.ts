/** Further off than any date; kept finite so that sums and comparisons stay readable. */
const ENDLESS_MS = Number.MAX_SAFE_INTEGER;

/**
 * `Retry-After` (RFC 9110 10.2.3) in milliseconds: seconds, or a date, read against the server's
 * own `Date` when that differs from our clock. Null when absent or unreadable. May be absurdly
 * long: whoever waits decides how long is too long.
 */
export function readRetryAfter(
	header: string | undefined,
	now: number,
	serverDate?: string,
): number | null {
	const text = header?.trim() ?? '';
	if (text === '' || text.length > 400) return null;
	if (/^\d+(?:\.\d+)?$/.test(text)) return Math.min(Math.ceil(Number(text) * 1000), ENDLESS_MS);
	const date = readDate(text);
	return date === null ? null : Math.max(0, date - serverNow(now, serverDate));
}

/** Our clock, unless the server's differs by more than the seconds its Date header is rounded to. */
export function serverNow(now: number, serverDate: string | undefined): number {
	const date = serverDate === undefined ? null : readDate(serverDate);
	return date === null || Math.abs(date - now) < 3000 ? now : date;
}

function readDate(text: string): number | null {
	// "-5" and "12x" are dates to Date.parse.
	if (text.length > 60 || !/[A-Za-z]{3}|^\d{4}-\d{2}-\d{2}T/.test(text)) return null;
	const date = Date.parse(text);
	return Number.isNaN(date) ? null : date;
}
