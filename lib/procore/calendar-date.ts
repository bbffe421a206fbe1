/**
 * Whether `value` is a day of the calendar as `YYYY-MM-DD`. Procore stores null, without an error,
 * for any date it cannot read (its "Working with dates and times" page), so dates are checked here.
 */
export function isCalendarDate(value: string): boolean {
	const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
	if (!match) return false;
	const [year, month, day] = match.slice(1).map(Number);
	const date = new Date(Date.UTC(year, month - 1, day));
	return year >= 1900 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
