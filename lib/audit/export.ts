import { inOrder } from '../model/connection-check';
import { redactText } from '../model/redact';
import type { Columns } from '../tables/columns';
import { COLUMNS, type TableKey } from '../tables/tables';
import { type ColumnKind, type Sheet, type SheetColumn, spreadsheetRow } from './workbook';

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

/** Questions of the export form, and what its answers mean. */
export const EXPORT_FORM = {
	what: 'What',
	whatChoices: {
		'Events: what became of each record': 'events',
		Runs: 'runs',
		'Parked records: what waits': 'parked',
		'Check of the audit trail': 'verdicts',
	},
	file: 'File',
	excel: 'Excel',
	csv: 'CSV',
	firstDay: 'First day',
	lastDay: 'Last day',
} as const satisfies Record<string, string | Record<string, ExportedTable>>;

export interface ExportOptions {
	by_form: boolean;
	/** Blank where none was chosen: then nothing is read. */
	table: ExportedTable | '';
	excel: boolean;
	/** `YYYY-MM-DD`; blank from the beginning, or up to now. */
	from: string;
	to: string;
	/** Behind every instant of the last day, as text. */
	until: string;
	/** Name of the file without its ending. */
	file: string;
}

/** What the form of the export was answered; days turned around are put in order. */
export function readExportForm(given: Record<string, unknown>): ExportOptions {
	const form = EXPORT_FORM;
	const text = (name: string) => (typeof given[name] === 'string' ? String(given[name]) : '');
	const label = text(form.what);
	const table = Object.hasOwn(form.whatChoices, label)
		? form.whatChoices[label as keyof typeof form.whatChoices]
		: '';
	const [from, to] = inOrder(text(form.firstDay).slice(0, 10), text(form.lastDay).slice(0, 10));
	return {
		// n8n itself adds these two, see lib/run/forms.
		by_form: Boolean(given.formMode ?? given.submittedAt),
		table,
		excel: text(form.file) === form.excel,
		from,
		to,
		until: to ? `${to}T99` : '9999',
		file: ['gp-to-procore', table, from, to].filter(Boolean).join('-'),
	};
}

type Shown<Key extends TableKey> = Array<
	[title: string, from: keyof (typeof COLUMNS)[Key] & string, width: number]
>;

/** What an accountant reads of each table, in the order of reading. */
const SHOWN: {
	events: Shown<'events'>;
	waiting: Shown<'parked'>;
	reconciliation: Shown<'reconciliation'>;
} = {
	events: [
		['When (UTC)', 'at', 17],
		['Record', 'gp_label', 44],
		['Vendor', 'vendor_name', 28],
		['Outcome', 'outcome', 12],
		['GP amount', 'gp_amount', 15],
		['Amount in Procore', 'procore_amount', 17],
		['Project', 'procore_project_id', 14],
		['Reason', 'reason_code', 22],
		['Why', 'message', 60],
		['What to do', 'remedy', 60],
		['Cost lines', 'lines', 30],
		['Changes', 'changes', 30],
		['Kind', 'entity', 10],
		['GP company', 'gp_company', 12],
		['GP key', 'gp_key', 26],
		['GP state', 'gp_state', 10],
		['Mapping rule', 'rule', 34],
		['Procore link', 'procore_link', 50],
		['Origin id', 'origin_id', 44],
		['Run', 'run_id', 20],
		['Number in the run', 'sequence', 12],
		['Hash', 'chain', 20],
	],
	waiting: [
		['Record', 'gp_label', 44],
		['GP amount', 'gp_amount', 15],
		['Reason', 'reason_code', 22],
		['Waits for', 'cause_key', 18],
		['Why', 'message', 60],
		['What to do', 'remedy', 60],
		['Since (UTC)', 'first_parked_at', 17],
		['Last noted (UTC)', 'last_tried_at', 17],
		['Times noted', 'tries', 12],
		['Kind', 'entity', 10],
		['GP company', 'gp_company', 12],
		['GP key', 'gp_key', 26],
	],
	reconciliation: [
		['What', 'row_kind', 22],
		['Project', 'project', 28],
		['Cost code', 'cost_code', 14],
		['Vendor', 'vendor', 24],
		['Month', 'month', 10],
		['GP', 'gp_amount', 15],
		['Procore', 'procore_amount', 15],
		['GP less Procore', 'difference', 15],
		['Unexplained', 'unexplained', 15],
		['Explained', 'explained', 50],
		['Cause', 'cause', 20],
		['Document', 'gp_label', 44],
		['What to do', 'remedy', 60],
		['Not proven', 'not_proven', 40],
		['Reconciled (UTC)', 'at', 17],
		['GP company', 'gp_company', 12],
		['GP key', 'gp_key', 26],
		['Procore project', 'procore_project_id', 16],
		['Procore id', 'procore_id', 14],
	],
};

const NAMES = { events: 'Events', waiting: 'Waiting', reconciliation: 'Reconciliation' } as const;

/** More than a cell holds, so that a secret at its end is still seen whole. */
const LONGEST_LOOKED_AT = 40_000;

export type ExportedSheet = keyof typeof SHOWN;

const TABLE_OF = { events: 'events', waiting: 'parked', reconciliation: 'reconciliation' } as const;

/** A sheet of the rows of its table, without secrets that a server may have put into a sentence. */
export function exportedSheet(
	which: ExportedSheet,
	rows: ReadonlyArray<Record<string, unknown>>,
): Sheet {
	const columns = SHOWN[which].map(
		([title, from, width]): SheetColumn => ({ title, from, kind: kindOf(which, from), width }),
	);
	const clean = (value: unknown) =>
		typeof value === 'string' ? redactText(value.slice(0, LONGEST_LOOKED_AT)) : value;
	return { name: NAMES[which], columns, rows, clean };
}

function kindOf(which: ExportedSheet, column: string): ColumnKind {
	const { holds } = (COLUMNS[TABLE_OF[which]] as Columns)[column];
	return holds === 'yesNo' ? 'text' : holds;
}

/** The first sheet: what the file holds and what it does not. */
export function aboutSheet(facts: ReadonlyArray<readonly [name: string, value: string]>): Sheet {
	return {
		name: 'About',
		columns: [
			{ title: 'About this file', from: 'name', kind: 'text', width: 24 },
			{ title: '', from: 'value', kind: 'text', width: 90 },
		],
		rows: facts.map(([name, value]) => ({ name, value })),
	};
}
