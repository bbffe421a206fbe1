import { ConnectorError } from '../model/connector-error';
import { canonicalKey, causeKey, groupedBy, sameGpKey } from '../model/keys';
import { CROSSWALK_ACTIONS, type CrosswalkTable, TABLES } from '../tables/tables';
import type {
	AccountCrosswalkRow,
	Crosswalk,
	ProjectCrosswalkRow,
	Reason,
	VendorCrosswalkRow,
} from './types';

/** Rows of one company, found by key. Tables have no unique constraint, so a key may stand twice. */
export interface CrosswalkIndex {
	project(job: string): Found<ProjectCrosswalkRow>;
	account(account: string): Found<AccountCrosswalkRow>;
	vendor(vendorId: string): Found<VendorCrosswalkRow>;
	/** Other GP vendors that rows link to the same Procore vendor, by their ids. */
	alsoLinkedTo(procoreVendorId: string, vendorId: string): string[];
	/** All account rows of the company, in table order. */
	accounts: AccountCrosswalkRow[];
	/** All project rows of the company, in table order. */
	projects: ProjectCrosswalkRow[];
}

export interface Found<Row> {
	/** The row that counts: the first that decides anything, else the first. */
	row?: Row;
	/** Why the rows decide nothing: they contradict each other, or one says a word nobody knows. */
	problem?: Reason;
}

export function indexCrosswalk(crosswalk: Crosswalk, company: string): CrosswalkIndex {
	const ofCompany = <Row extends { gp_company: string }>(rows: Row[]) =>
		rows.filter((row) => sameGpKey(row.gp_company, company));
	const accounts = inTableOrder(ofCompany(crosswalk.accounts));
	const projects = inTableOrder(ofCompany(crosswalk.projects));
	const vendors = ofCompany(crosswalk.vendors);
	const linked = linksOf(vendors);
	return {
		project: finder(
			'projects',
			projects,
			(row) => row.gp_job,
			(row) => decision(row.action, row.procore_project_id),
		),
		account: finder(
			'accounts',
			accounts,
			(row) => row.gp_account,
			(row) => decision(row.action, row.cost_code && `${row.cost_code} ${text(row.cost_type)}`),
			(row) => (isSkip(row) || isAccrual(row) ? undefined : spoilt(row)),
		),
		vendor: finder(
			'vendors',
			vendors,
			(row) => row.gp_vendor_id,
			(row) => decision(row.action, row.procore_vendor_id),
		),
		alsoLinkedTo: (procoreVendorId, vendorId) =>
			[...(linked.get(procoreVendorId) ?? [])].filter((other) => !sameGpKey(other, vendorId)),
		accounts,
		projects,
	};
}

/** GP vendors by the Procore vendor their rows name; rows that skip their vendor name none. */
function linksOf(rows: readonly VendorCrosswalkRow[]): Map<string, Set<string>> {
	const linked = new Map<string, Set<string>>();
	for (const row of rows) {
		const id = isSkip(row) ? '' : text(row.procore_vendor_id);
		if (id === '') continue;
		linked.set(id, (linked.get(id) ?? new Set()).add(canonicalKey(row.gp_vendor_id)));
	}
	return linked;
}

/** Cells come back as text, number or null, and people leave blanks in them. */
export function text(cell: unknown): string {
	return cell === null || cell === undefined ? '' : String(cell).trim();
}

export function isSkip(row: { action?: string | null } | undefined): boolean {
	return actionOf(row) === 'skip';
}

/** Whether the row calls its account a purchase accrual account. */
export function isAccrual(row: { action?: string | null } | undefined): boolean {
	return actionOf(row) === 'accrual';
}

function actionOf(row: { action?: string | null } | undefined): string {
	return text(row?.action).toLowerCase();
}

/** "crosswalk row 12", as a person finds it in the grid. */
export function rowName(table: string, row: { id?: number }): string {
	return row.id === undefined ? `${table} crosswalk` : `${table} crosswalk row ${row.id}`;
}

/** The comparison of GP, under the names this room knows it by. */
export { canonicalKey as keyOf, sameGpKey as sameKey };

function decision(action: string | null | undefined, target: unknown): string {
	if (isSkip({ action })) return 'skip';
	return isAccrual({ action }) ? 'accrual' : text(target);
}

function finder<Row extends { id?: number; action?: string | null }>(
	table: CrosswalkTable,
	rows: Row[],
	key: (row: Row) => string,
	decide: (row: Row) => string,
	/** The cell of a row that no decision can be made of. */
	spoiltIn: (row: Row) => SpoiltCell | undefined = () => undefined,
): (wanted: string) => Found<Row> {
	const byKey = groupedBy(inTableOrder(rows), (row) => canonicalKey(key(row)));
	return (wanted) => {
		const group = byKey.get(canonicalKey(wanted)) ?? [];
		const unknown = group.find((row) => !isKnownAction(table, row));
		if (unknown) return { row: unknown, problem: actionUnknown(table, wanted, unknown) };
		for (const row of group) {
			const cell = spoiltIn(row);
			if (cell) return { row, problem: cellSpoilt(wanted, rowName(table, row), cell) };
		}
		const deciding = group.filter((row) => decide(row) !== '');
		if (new Set(deciding.map(decide)).size > 1) {
			return { row: deciding[0], problem: ambiguousRows(table, wanted, deciding.length) };
		}
		return { row: deciding[0] ?? group[0] };
	};
}

interface SpoiltCell {
	column: 'cost_code' | 'cost_type';
	written: string;
}

/** "10-Mar", "Jan-00", "3/10/2000", "10.03.2000", "3.00E+10": a code such as "10-Con" or "01.50.2010" is none of them. */
const OF_A_SPREADSHEET = [
	/^(?:0?[1-9]|[12]\d|3[01])-(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)$/,
	/^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-\d{2}$/,
	/^(?:0?[1-9]|[12]\d|3[01])([/.])(?:0?[1-9]|1[0-2])\1(?:19|20)\d{2}$/,
	/^(?:0?[1-9]|1[0-2])([/.])(?:0?[1-9]|[12]\d|3[01])\1(?:19|20)\d{2}$/,
	/^\d(?:[.,]\d+)?E\+\d{2,3}$/,
];

/**
 * What a spreadsheet makes of 03-10, 1-100, 03-10-00 or 3E10 when it opens a file of the table and saves it: not
 * checked against anything, it would be made as a new code in each project.
 */
function spoilt(row: AccountCrosswalkRow): SpoiltCell | undefined {
	return (['cost_code', 'cost_type'] as const)
		.map((column) => ({ column, written: text(row[column]) }))
		.find(({ written }) => OF_A_SPREADSHEET.some((form) => form.test(written)));
}

/** A spreadsheet opened a file of the table and took the zeros before numbers: what was decided is none's any more. */
export class CrosswalkZerosLostError extends ConnectorError {
	readonly code = 'crosswalk-zeros-lost';
	readonly scope = 'configuration' as const;

	constructor(of: CrosswalkTable, company: string, lost: readonly string[]) {
		const table = TABLES[of].name;
		const named = lost.slice(0, 5).map((key) => `${withoutZeros(key)} for ${key}`);
		super(
			`The table ${table} of GP company ${company} has lost the zeros before ${lost.length} numbers that were decided on (${named.join(', ')}${lost.length > 5 ? ' …' : ''})`,
			{
				remedy: `Write the zeros in again, in n8n, or import the file anew with that column as text. Nothing was read from GP or written to Procore. If it is meant so, add a row for each of them, such as ${lost[0]}, with nothing chosen.`,
				table,
				company,
			},
		);
	}
}

/** As a spreadsheet shows a number; any other key stays what it is. */
export const withoutZeros = (key: string): string =>
	/^\d+$/.test(key) ? key.replace(/^0+(?=\d)/, '') : key;

function isKnownAction(table: CrosswalkTable, row: { action?: string | null }): boolean {
	const action = actionOf(row);
	return action === '' || (CROSSWALK_ACTIONS[table] as readonly string[]).includes(action);
}

const NAMES: Record<CrosswalkTable, string> = {
	projects: 'Job',
	accounts: 'Account',
	vendors: 'Vendor',
};

const KINDS = { projects: 'J', accounts: 'A', vendors: 'V' } as const;

function ambiguousRows(table: CrosswalkTable, key: string, count: number): Reason {
	return {
		code: 'crosswalk-ambiguous',
		causeKey: causeKey(KINDS[table], key),
		message: `${NAMES[table]} ${key} stands in ${count} rows of the ${table} crosswalk that decide differently`,
		remedy: `Delete the wrong row in the ${table} crosswalk table.`,
	};
}

function cellSpoilt(account: string, row: string, { column, written }: SpoiltCell): Reason {
	return {
		code: 'crosswalk-cell-spoilt',
		causeKey: causeKey('A', account),
		message: `${row} gives account ${account} the ${column} "${written}": a spreadsheet writes so what it took for a date or a number, as it does with 03-10`,
		remedy: `Write ${column} of ${row} again, in n8n or on the page; in a spreadsheet the column has to be text before the file is opened. A ${column} that is really written so can be given by a rule in Mapping.`,
	};
}

function actionUnknown(
	table: CrosswalkTable,
	key: string,
	row: { id?: number; action?: string | null },
): Reason {
	const words = CROSSWALK_ACTIONS[table];
	return {
		code: 'crosswalk-action-unknown',
		causeKey: causeKey(KINDS[table], key),
		message: `The action "${text(row.action)}" of ${NAMES[table].toLowerCase()} ${key} in ${rowName(table, row)} is none of ${words.join(', ')}`,
		remedy: `Write ${words.join(' or ')} into "action" of ${rowName(table, row)}, or leave it empty (send).`,
	};
}

function inTableOrder<Row extends { id?: number }>(rows: Row[]): Row[] {
	return [...rows].sort((left, right) => (left.id ?? Infinity) - (right.id ?? Infinity) || 0);
}
