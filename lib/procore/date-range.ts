const A_DAY_MS = 24 * 3600 * 1000;

/**
 * A date filter as Procore wants it: `from...to` in UTC (its "Filtering on list actions" page).
 * It knows no open end, so that "since" reaches to tomorrow, whatever the clocks say.
 * @param since `YYYY-MM-DDTHH:MM:SSZ` or `YYYY-MM-DD`
 * @param now milliseconds since the epoch
 */
export function sinceRange(since: string, now: number): string {
	const tomorrow = new Date(now + A_DAY_MS).toISOString();
	return `${since}...${since.length === 10 ? tomorrow.slice(0, 10) : `${tomorrow.slice(0, 19)}Z`}`;
}
