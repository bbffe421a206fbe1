const TIME_TO_LIVE_MS = 15 * 60_000;
const MOST_RUNS = 8;

/**
 * What one run has learned of one Procore company, kept in this process between its syncs.
 * Never the truth: anything missing here is read again before it is declared missing.
 */
export class RunCache {
	private readonly values = new Map<string, { value: unknown; since: number }>();

	/** The value under `key`, made by `make` when absent or older than a quarter of an hour. */
	get<T>(key: string, now: number, make: () => T): T {
		const entry = this.values.get(key);
		if (entry && now - entry.since < TIME_TO_LIVE_MS) return entry.value as T;
		const value = make();
		this.values.set(key, { value, since: now });
		// A reading that failed is no knowledge: the next one asks again.
		if (value instanceof Promise) value.catch(() => this.values.delete(key));
		return value;
	}

	forget(): void {
		this.values.clear();
	}
}

const runs = new Map<string, RunCache>();

/** The cache of a run; a fresh one that nobody shares when there is no key. */
export function runCacheFor(
	client: { apiBaseUrl: string; companyId: string },
	cacheKey?: string,
): RunCache {
	if (!cacheKey) return new RunCache();
	const key = `${client.apiBaseUrl} ${client.companyId} ${cacheKey}`;
	const cache = runs.get(key) ?? new RunCache();
	runs.delete(key);
	runs.set(key, cache);
	for (const oldest of runs.keys()) {
		if (runs.size <= MOST_RUNS) break;
		runs.delete(oldest);
	}
	return cache;
}
