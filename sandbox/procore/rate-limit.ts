import type { RateWindow } from './options';

interface Window extends RateWindow {
	startedAt: number;
	used: number;
}

export interface RateAnswer {
	allowed: boolean;
	/** The window nearest to its limit, as the X-Rate-Limit headers describe it. */
	limit: number;
	remaining: number;
	/** Unix seconds. */
	reset: number;
}

/** The hourly and the ten-second window, counted at once. A window opens with its first request. */
export class RateLimiter {
	private readonly windows = new Map<string, Window[]>();

	/** Counts one request of `bucket`; null when no limit is set. */
	count(bucket: string, limits: Array<RateWindow | null>, now: number): RateAnswer | null {
		const set = limits.filter((limit) => limit !== null);
		if (set.length === 0) return null;
		const windows = this.open(bucket, set, now);
		const allowed = windows.every((window) => window.used < window.limit);
		if (allowed) for (const window of windows) window.used++;
		const nearest = allowed
			? windows.reduce((a, b) => (b.limit - b.used < a.limit - a.used ? b : a))
			: windows.reduce((a, b) =>
					endOf(b, b.used >= b.limit) > endOf(a, a.used >= a.limit) ? b : a,
				);
		return {
			allowed,
			limit: nearest.limit,
			remaining: Math.max(0, nearest.limit - nearest.used),
			reset: Math.ceil((nearest.startedAt + nearest.seconds * 1000) / 1000),
		};
	}

	clear(): void {
		this.windows.clear();
	}

	private open(bucket: string, limits: RateWindow[], now: number): Window[] {
		const before = this.windows.get(bucket) ?? [];
		const windows = limits.map((limit) => {
			const old = before.find((window) => window.seconds === limit.seconds);
			const running = old && now < old.startedAt + old.seconds * 1000;
			return running ? { ...old, ...limit } : { ...limit, startedAt: now, used: 0 };
		});
		this.windows.set(bucket, windows);
		return windows;
	}
}

function endOf(window: Window, exhausted: boolean): number {
	return exhausted ? window.startedAt + window.seconds * 1000 : 0;
}
