/** What a form, a schedule or another workflow gave: field → value. */
export type Given = Record<string, unknown>;

/** Text of a field; blank when it is absent or none. */
export function textOf(given: Given, ...names: string[]): string {
	for (const name of names) {
		const value = given[name];
		if (typeof value === 'string' && value !== '') return value;
	}
	return '';
}

/** The value behind the label that was chosen; undefined when none of them was. */
export function choiceOf<Value extends string>(
	given: Given,
	field: string,
	labels: Readonly<Record<string, Value>>,
): Value | undefined {
	const label = textOf(given, field);
	return Object.hasOwn(labels, label) ? labels[label] : undefined;
}

/**
 * Whether what came in was sent by a form. n8n itself adds these two to the answers; of the answers a
 * stranger can leave any out, and a form that somebody deleted can be asked nothing by its name.
 */
export const sentByForm = (given: Given): boolean => Boolean(given.formMode ?? given.submittedAt);

/** `YYYY-MM-DD` of a field; a form gives a date, another workflow perhaps an instant. */
export const dayOf = (given: Given, field: string): string => textOf(given, field).slice(0, 10);

/** `YYYY-MM` so many months before an instant. */
export function monthsBefore(now: string, months: number): string {
	const date = new Date(now);
	return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, 1))
		.toISOString()
		.slice(0, 7);
}

/** UTC instant so many days before another. */
export function daysBefore(now: string, days: number): string {
	return new Date(Date.parse(now) - days * 86_400_000).toISOString();
}
