import type { AlertRow } from '../../alerts/alert.types';
import type { ReconciliationTableRow } from '../../reconcile/blank-row';
import type { RequestRow } from '../../run/requests/request.types';
import { crosswalkRows, type CrosswalkRow } from '../crosswalk/crosswalk-rows';
import type { PageLogRow } from '../acts/page-log';
import type { Chosen } from '../crosswalk/chosen';
import type { AuditEventRow, ParkedRow, RunRow } from '../../audit/types';
import type { Columns } from '../../tables/column';
import { COLUMNS as TABLE_COLUMNS, type TableRow } from '../../tables/tables';

/** Every row of a table carries n8n's own number. */
export type Row<Columns> = Required<Columns> & { id: number };

export type WatermarkRow = Omit<TableRow<'watermark'>, 'seen'>;

/** Rows the page was given, by table; a table that a page does not show has none. */
export interface ReportRows {
	runs: Array<Row<RunRow>>;
	events: Array<Row<AuditEventRow>>;
	parked: Array<Row<ParkedRow>>;
	watermarks: Array<Row<WatermarkRow>>;
	requests: Array<Row<RequestRow>>;
	alerts: Array<Row<AlertRow>>;
	reconciliation: Array<Row<ReconciliationTableRow>>;
	/** Crosswalk rows by what they are about; read with other limits than the rest. */
	crosswalks: Record<Chosen, CrosswalkRow[]>;
	/** What people did on the page. */
	log: Array<Row<PageLogRow>>;
	/** What Procore offers for the row looked at; null where it was not asked. */
	choices: Choices | null;
	/** What went wrong while reading a table, as n8n said it, once each. */
	problems: string[];
}

/** A pick list as the operation Choices puts it out, or why there is none. */
export interface Choices {
	choices: Array<{ value: string; name: string; likely: boolean }>;
	costTypes: string[];
	note: string;
	/** Why nothing could be read; blank where it could. */
	problem: string;
}

/** Columns of numbers, whatever the table, and n8n's own number of a row. */
const COUNTS = new Set([
	'id',
	...Object.values<Columns>(TABLE_COLUMNS).flatMap((columns) =>
		Object.keys(columns).filter((name) => columns[name].holds === 'count'),
	),
]);

/** Rows of tables by name, as n8n's Data Table node reads them; items that carry them are opened before. */
export type TableRows = Readonly<Partial<Record<string, readonly object[]>>>;

/**
 * Brings rows as n8n hands them out into one form: blank cells are empty text, counts are numbers.
 * A read that found nothing hands on one empty item, one that failed an item with `error`.
 */
export function readRows(tables: TableRows): ReportRows {
	const problems = new Set<string>();
	const rowsOf = <Columns>(name: string): Array<Row<Columns>> => {
		return (tables[name] ?? []).flatMap((row) => {
			const given = row as Record<string, unknown>;
			if (typeof given.id === 'number') return [filled(given) as Row<Columns>];
			if (typeof given.error === 'string') problems.add(given.error);
			return [];
		});
	};
	return {
		runs: rowsOf('runs'),
		events: rowsOf('events'),
		parked: rowsOf('parked'),
		watermarks: rowsOf('watermarks'),
		requests: rowsOf('requests'),
		alerts: rowsOf('alerts'),
		reconciliation: ['totals', 'breakdowns', 'records', 'differences'].flatMap((name) =>
			rowsOf<ReconciliationTableRow>(name),
		),
		crosswalks: {
			job: crosswalkRows('job', rowsOf('jobs')),
			account: crosswalkRows('account', rowsOf('accounts')),
			vendor: crosswalkRows('vendor', rowsOf('vendors')),
		},
		log: rowsOf('log'),
		choices: choicesOf(tables.choices),
		problems: [...problems],
	};
}

function choicesOf(given: readonly object[] = []): Choices | null {
	const [item] = given as ReadonlyArray<Record<string, unknown>>;
	if (!item) return null;
	const problem = typeof item.problem === 'string' ? item.problem : '';
	const list = Array.isArray(item.choices) ? (item.choices as Choices['choices']) : [];
	const costTypes = Array.isArray(item.costTypes) ? item.costTypes.map(String) : [];
	return {
		choices: list.map(({ value, name, likely }) => ({
			...{ value: String(value), name: String(name), likely: likely === true },
		})),
		...{ costTypes, note: String(item.note ?? ''), problem },
	};
}

/**
 * Reading a column that an older table does not have gives empty text, too. A cell is brought into its
 * form when it is read: a page reads few of thousands of rows.
 */
function filled(row: Record<string, unknown>): unknown {
	return new Proxy(
		{ ...row },
		{
			get(cells, name) {
				if (typeof name === 'symbol') return cells[name as never];
				if (COUNTS.has(name)) return Number(cells[name] ?? 0) || 0;
				return name in cells ? cell(cells[name]) : '';
			},
		},
	);
}

function cell(value: unknown): unknown {
	if (value === null || value === undefined) return '';
	return typeof value === 'object' ? JSON.stringify(value) : value;
}
