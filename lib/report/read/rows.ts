import type { AlertRow } from '../../alerts/alert.types';
import type { ReconciliationTableRow } from '../../reconcile/table-rows';
import type { RequestRow } from '../../run/requests/request.types';
import type { AuditEventRow, ParkedRow, RunRow } from '../../audit/types';

/** Every row of a table carries n8n's own number. */
export type Row<Columns> = Required<Columns> & { id: number };

export interface WatermarkRow {
	entity: string;
	gp_company: string;
	modified_since: string;
	run_id: string;
	updated_at: string;
}

/** Rows the page was given, by table; a table that a page does not show has none. */
export interface ReportRows {
	runs: Array<Row<RunRow>>;
	events: Array<Row<AuditEventRow>>;
	parked: Array<Row<ParkedRow>>;
	watermarks: Array<Row<WatermarkRow>>;
	requests: Array<Row<RequestRow>>;
	alerts: Array<Row<AlertRow>>;
	reconciliation: Array<Row<ReconciliationTableRow>>;
	/** What went wrong while reading a table, as n8n said it, once each. */
	problems: string[];
}

const COUNTS = new Set([
	...['id', 'tries', 'times', 'attempt', 'sequence', 'created', 'updated', 'unchanged', 'adopted'],
	...[
		'voided',
		'parked',
		'skipped',
		'failed',
		'read',
		'calls',
		'waited_ms',
		'duration_s',
		'events',
	],
]);

/**
 * Brings rows as n8n hands them out into one form: blank cells are empty text, counts are numbers.
 * A read that found nothing hands on one empty item, one that failed an item with `error`.
 */
export function readRows(tables: Record<string, unknown>): ReportRows {
	const problems = new Set<string>();
	const rowsOf = <Columns>(name: string): Array<Row<Columns>> => {
		const list = tables[name];
		if (!Array.isArray(list)) return [];
		return list.flatMap((row: unknown) => {
			const given = (row ?? {}) as Record<string, unknown>;
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
		reconciliation: ['totals', 'breakdowns', 'differences'].flatMap((name) =>
			rowsOf<ReconciliationTableRow>(name),
		),
		problems: [...problems],
	};
}

/** Reading a column that an older table does not have gives empty text, too. */
function filled(row: Record<string, unknown>): unknown {
	const clean = Object.fromEntries(
		Object.entries(row).map(([name, value]) => [
			name,
			COUNTS.has(name) ? Number(value ?? 0) || 0 : cell(value),
		]),
	);
	return new Proxy(clean, {
		get: (cells, name) =>
			typeof name === 'symbol' || name in cells ? cells[name as string] : COUNTS.has(name) ? 0 : '',
	});
}

function cell(value: unknown): unknown {
	if (value === null || value === undefined) return '';
	return typeof value === 'object' ? JSON.stringify(value) : value;
}
