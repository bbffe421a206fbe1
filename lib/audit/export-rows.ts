import { redactText } from '../model/redact';
import { spreadsheetRow } from './spreadsheet-cell';

/** Tables that can be exported, and the column that says which period a row belongs to. */
const EXPORTED = {
	events: 'at',
	runs: 'started_at',
	parked: 'last_tried_at',
	/** What verifyRuns says of each run. */
	verdicts: 'started_at',
} as const;

export type ExportedTable = keyof typeof EXPORTED;

/** Columns for machines: n8n's own, and the GP record a parked row keeps to try again. */
const LEFT_OUT = ['createdAt', 'updatedAt', 'payload'];

type SpreadsheetRow = Record<string, string | number | boolean>;

/**
 * Rows of a table as they may stand in a spreadsheet, of a period (`YYYY-MM-DD`, both days
 * included; blank is open), oldest first. Text stays text and never runs as a formula; amounts are
 * numbers where those are exact, else the decimal text they are, so that nothing is rounded. A step a
 * row: an export may hold hundreds of thousands.
 */
export function* exportRows(input: {
	table: ExportedTable;
	rows: object[];
	from: string;
	to: string;
}): Generator<void, SpreadsheetRow[], void> {
	const { table, from, to } = input;
	const column = EXPORTED[table];
	const chosen: Array<{ time: string; row: object }> = [];
	for (const row of input.rows) {
		const time = timeOf(row, column);
		const day = time.slice(0, 10);
		if ((from === '' || day >= from) && (to === '' || day <= to)) chosen.push({ time, row });
	}
	yield;
	chosen.sort((left, right) => (left.time < right.time ? -1 : left.time > right.time ? 1 : 0));
	const rows: SpreadsheetRow[] = [];
	for (const { row } of chosen) {
		yield;
		rows.push(spreadsheetRow(shown(row)));
	}
	// A file without a row would have no heading either.
	return rows.length > 0 ? rows : [{ note: 'There is nothing in this period.' }];
}

function shown(row: object): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(row)
			.filter(([name]) => !LEFT_OUT.includes(name))
			.map(([name, value]) => [name, typeof value === 'string' ? redactText(value) : value]),
	);
}

function timeOf(row: object, column: string): string {
	return String((row as Record<string, unknown>)[column] ?? '');
}
