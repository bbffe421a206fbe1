import { canonicalKey } from '../../model/keys';
import type { Chosen } from './chosen';
import type { TableKey, TableRow } from '../../tables/tables';

/** A row of any crosswalk table, under names all three share. */
export interface CrosswalkRow {
	id: number;
	kind: Chosen;
	/** GP company database id. */
	company: string;
	/** Job, account or vendor id as the table spells it. */
	key: string;
	/** What GP calls it; blank where the table does not say. */
	name: string;
	/** Project id, cost code or vendor id; blank while nobody decided. */
	target: string;
	targetName: string;
	/** Accounts only. */
	costType: string;
	/** In lower case; blank is send. */
	action: string;
	note: string;
}

type Shared<Key extends TableKey> = Record<
	'key' | 'name' | 'costType' | 'target' | 'targetName',
	keyof TableRow<Key> | ''
>;

/** The columns of each table that hold the same thing. */
export const COLUMNS = {
	job: {
		...{ key: 'gp_job', name: 'gp_job_name', costType: '' },
		...{ target: 'procore_project_id', targetName: 'procore_project_name' },
	},
	account: {
		...{ key: 'gp_account', name: 'gp_description', costType: 'cost_type' },
		...{ target: 'cost_code', targetName: 'cost_code_name' },
	},
	vendor: {
		...{ key: 'gp_vendor_id', name: '', costType: '' },
		...{ target: 'procore_vendor_id', targetName: '' },
	},
} as const satisfies {
	job: Shared<'projects'>;
	account: Shared<'accounts'>;
	vendor: Shared<'vendors'>;
};

/** Rows as the Data Table node hands them out, blank cells as empty text. */
export function crosswalkRows(kind: Chosen, rows: readonly object[]): CrosswalkRow[] {
	const columns = COLUMNS[kind];
	return rows.map((row) => {
		const cells = row as Record<string, unknown>;
		const cell = (column: string) => (column === '' ? '' : String(cells[column] ?? '').trim());
		return {
			...{ id: Number(cells.id), kind, company: cell('gp_company'), key: cell(columns.key) },
			...{ name: cell(columns.name), target: cell(columns.target) },
			...{ targetName: cell(columns.targetName), costType: cell(columns.costType) },
			...{ action: cell('action').toLowerCase(), note: cell('note') },
		};
	});
}

/** Whether somebody or the setup said where the records of the row go, or that they do not. */
export function isDecided({ target, action }: CrosswalkRow): boolean {
	return target !== '' || (action !== '' && action !== 'send');
}

/** Rows about one job, account or vendor of a company, as GP tells ids apart. */
export function rowsAbout(
	rows: readonly CrosswalkRow[],
	{ company, key }: { company: string; key: string },
): CrosswalkRow[] {
	return rows.filter(
		(row) =>
			canonicalKey(row.company) === canonicalKey(company) &&
			canonicalKey(row.key) === canonicalKey(key),
	);
}
