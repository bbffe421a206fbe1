import { isCalendarDate } from './calendar-date';
import { ProcoreInputError } from './errors/procore-errors';

/**
 * Refuses a record one of whose date fields is no day of the calendar: Procore would store none,
 * without a word. An empty text takes a date away and is let through.
 */
export function refuseBadDates(
	fields: object,
	names: readonly string[],
	record: string | undefined,
): void {
	for (const name of names) {
		const date = (fields as Record<string, unknown>)[name];
		if (date === undefined || date === '' || isCalendarDate(String(date))) continue;
		throw new ProcoreInputError(
			`${name} "${String(date)}" is not a date of the form YYYY-MM-DD; Procore would silently store none.`,
			{ remedy: 'Give the date as YYYY-MM-DD, e.g. 2026-09-30.', record },
		);
	}
}
