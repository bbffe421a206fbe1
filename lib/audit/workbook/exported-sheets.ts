import { redactText } from '../../model/redact';
import type { Columns } from '../../tables/column';
import { COLUMNS, type TableKey } from '../../tables/tables';
import type { ColumnKind, Sheet, SheetColumn } from './workbook';

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
