import { aboutSheet, exportedSheet } from '../../audit/workbook/exported-sheets';
import { workbook } from '../../audit/workbook/workbook';
import type { Question } from '../read/question';
import { readRows, type TableRows } from '../read/rows';

/** So many rows of a table go into one file: n8n keeps each in memory. */
export const MOST_EXPORTED = 10_000;

/**
 * Events of a time, what waits and the last reconciliation as one workbook. What was cut off, or could
 * not be read, stands on its first sheet.
 *
 * @throws ExportTooLargeError
 * @returns the file, and `about`: what its first sheet says
 * @param tables rows as n8n hands them out: `events`, `parked`, `differences` (all of the reconciliation)
 * @param now UTC instant
 */
export function* exportWorkbook(
	question: Pick<Question, 'from' | 'to'>,
	tables: TableRows,
	now: string,
): Generator<void, { name: string; bytes: Uint8Array; about: string }, void> {
	const { events, parked, reconciliation, problems } = readRows(tables);
	const cut = (rows: readonly unknown[]) =>
		rows.length > MOST_EXPORTED
			? `the newest ${MOST_EXPORTED}; there are more`
			: String(rows.length);
	const facts: Array<readonly [string, string]> = [
		['Made (UTC)', now.slice(0, 16).replace('T', ' ')],
		['Events from', question.from],
		['Events to', `${question.to} (both days included, UTC)`],
		['Events', cut(events)],
		['Waiting records', cut(parked)],
		['Rows of the reconciliation', cut(reconciliation)],
		['Amounts', 'numbers where a number holds every digit, else text'],
		...problems.map((problem) => ['Not read', problem] as const),
	];
	const first = <Row>(rows: readonly Row[]) =>
		rows.slice(0, MOST_EXPORTED) as unknown as Array<Record<string, unknown>>;
	return {
		about: facts.map(([fact, value]) => `${fact}: ${value}`).join('\n'),
		name: `gp-to-procore-${question.from}-${question.to}.xlsx`,
		bytes: yield* workbook([
			aboutSheet(facts),
			exportedSheet('events', first(events)),
			exportedSheet('waiting', first(parked)),
			exportedSheet('reconciliation', first(reconciliation)),
		]),
	};
}

/** The seven whole days before an instant (UTC), as the question of an export. */
export function weekBefore(now: string): Pick<Question, 'from' | 'to' | 'toEnd'> {
	const day = (back: number) =>
		new Date(Date.parse(now) - back * 86_400_000).toISOString().slice(0, 10);
	return { from: day(7), to: day(1), toEnd: `${day(1)}T99` };
}
