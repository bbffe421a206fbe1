import { redactText } from '../../model/redact-text';
import type { ColumnKind, Sheet, SheetColumn } from './workbook';

type Columns = Array<[title: string, from: string, kind: ColumnKind, width: number]>;

/** What an accountant reads of each table, in the order of reading. */
const COLUMNS: Record<'events' | 'waiting' | 'reconciliation', Columns> = {
	events: [
		['When (UTC)', 'at', 'instant', 17],
		['Record', 'gp_label', 'text', 44],
		['Vendor', 'vendor_name', 'text', 28],
		['Outcome', 'outcome', 'text', 12],
		['GP amount', 'gp_amount', 'amount', 15],
		['Amount in Procore', 'procore_amount', 'amount', 17],
		['Project', 'procore_project_id', 'text', 14],
		['Reason', 'reason_code', 'text', 22],
		['Why', 'message', 'text', 60],
		['What to do', 'remedy', 'text', 60],
		['Cost lines', 'lines', 'text', 30],
		['Changes', 'changes', 'text', 30],
		['Kind', 'entity', 'text', 10],
		['GP company', 'gp_company', 'text', 12],
		['GP key', 'gp_key', 'text', 26],
		['GP state', 'gp_state', 'text', 10],
		['Mapping rule', 'rule', 'text', 34],
		['Procore link', 'procore_link', 'text', 50],
		['Origin id', 'origin_id', 'text', 44],
		['Run', 'run_id', 'text', 20],
		['Number in the run', 'sequence', 'count', 12],
		['Hash', 'chain', 'text', 20],
	],
	waiting: [
		['Record', 'gp_label', 'text', 44],
		['GP amount', 'gp_amount', 'amount', 15],
		['Reason', 'reason_code', 'text', 22],
		['Waits for', 'cause_key', 'text', 18],
		['Why', 'message', 'text', 60],
		['What to do', 'remedy', 'text', 60],
		['Since (UTC)', 'first_parked_at', 'instant', 17],
		['Last noted (UTC)', 'last_tried_at', 'instant', 17],
		['Times noted', 'tries', 'count', 12],
		['Kind', 'entity', 'text', 10],
		['GP company', 'gp_company', 'text', 12],
		['GP key', 'gp_key', 'text', 26],
	],
	reconciliation: [
		['What', 'row_kind', 'text', 22],
		['Project', 'project', 'text', 28],
		['Cost code', 'cost_code', 'text', 14],
		['Vendor', 'vendor', 'text', 24],
		['Month', 'month', 'text', 10],
		['GP', 'gp_amount', 'amount', 15],
		['Procore', 'procore_amount', 'amount', 15],
		['GP less Procore', 'difference', 'amount', 15],
		['Unexplained', 'unexplained', 'amount', 15],
		['Explained', 'explained', 'text', 50],
		['Cause', 'cause', 'text', 20],
		['Document', 'gp_label', 'text', 44],
		['What to do', 'remedy', 'text', 60],
		['Not proven', 'not_proven', 'text', 40],
		['Reconciled (UTC)', 'at', 'instant', 17],
		['GP company', 'gp_company', 'text', 12],
		['GP key', 'gp_key', 'text', 26],
		['Procore project', 'procore_project_id', 'text', 16],
		['Procore id', 'procore_id', 'text', 14],
	],
};

const NAMES = { events: 'Events', waiting: 'Waiting', reconciliation: 'Reconciliation' } as const;

/** More than a cell holds, so that a secret at its end is still seen whole. */
const LONGEST_LOOKED_AT = 40_000;

export type ExportedSheet = keyof typeof COLUMNS;

/** A sheet of the rows of its table, without secrets that a server may have put into a sentence. */
export function exportedSheet(
	which: ExportedSheet,
	rows: ReadonlyArray<Record<string, unknown>>,
): Sheet {
	const columns = COLUMNS[which].map(
		([title, from, kind, width]): SheetColumn => ({ title, from, kind, width }),
	);
	const clean = (value: unknown) =>
		typeof value === 'string' ? redactText(value.slice(0, LONGEST_LOOKED_AT)) : value;
	return { name: NAMES[which], columns, rows, clean };
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
