/** One of Procore's two limits: at most `limit` requests in any `periodMs`. */
export interface RateWindow {
	limit: number;
	readonly periodMs: number;
	/** When each request still counted was answered (or sent, while unanswered), ascending. */
	readonly spent: number[];
	/** What the server last said is left, until `until`; lower than our own count when others share the quota. */
	ceiling?: { left: number; until: number };
}

export function createWindow(limit: number, periodMs: number): RateWindow {
	return { limit, periodMs, spent: [] };
}

/**
 * Milliseconds until one more request may go out; 0 = now. A request stops counting one period
 * after its *answer*, since the server counted it some time between sending and answer. So no
 * alignment of the server's window can see more than `limit` requests.
 */
export function windowWait(window: RateWindow, now: number, inFlight: number): number {
	while (window.spent.length > 0 && window.spent[0] + window.periodMs <= now) window.spent.shift();
	if (window.ceiling && window.ceiling.until <= now) window.ceiling = undefined;
	if (window.ceiling && window.ceiling.left <= 0) return window.ceiling.until - now;
	const surplus = window.spent.length + inFlight - window.limit;
	if (surplus < 0) return 0;
	// With everything in flight there is no time to name yet: look again when something came back.
	const frees = window.spent[Math.min(surplus, window.spent.length - 1)];
	return frees === undefined ? 50 : frees + window.periodMs - now;
}
