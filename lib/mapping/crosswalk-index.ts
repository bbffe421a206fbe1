import { canonicalKey, sameGpKey } from '../base/gp-key';
import type {
	AccountCrosswalkRow,
	Crosswalk,
	ProjectCrosswalkRow,
	VendorCrosswalkRow,
} from './types';

/** Rows of one company, found by key. Tables have no unique constraint, so a key may stand twice. */
export interface CrosswalkIndex {
	project(job: string): Found<ProjectCrosswalkRow>;
	account(account: string): Found<AccountCrosswalkRow>;
	vendor(vendorId: string): Found<VendorCrosswalkRow>;
	/** All account rows of the company, in table order. */
	accounts: AccountCrosswalkRow[];
	/** All project rows of the company, in table order. */
	projects: ProjectCrosswalkRow[];
}

export interface Found<Row> {
	/** The row that counts: the first that decides anything, else the first. */
	row?: Row;
	/** Rows that decide, and not alike: nobody may guess between them. */
	conflict?: Row[];
}

export function indexCrosswalk(crosswalk: Crosswalk, company: string): CrosswalkIndex {
	const ofCompany = <Row extends { gp_company: string }>(rows: Row[]) =>
		rows.filter((row) => sameGpKey(row.gp_company, company));
	const accounts = inTableOrder(ofCompany(crosswalk.accounts));
	const projects = inTableOrder(ofCompany(crosswalk.projects));
	return {
		project: finder(
			projects,
			(row) => row.gp_job,
			(row) => decision(row.action, row.procore_project_id),
		),
		account: finder(
			accounts,
			(row) => row.gp_account,
			(row) => decision(row.action, row.cost_code && `${row.cost_code} ${text(row.cost_type)}`),
		),
		vendor: finder(
			ofCompany(crosswalk.vendors),
			(row) => row.gp_vendor_id,
			(row) => decision(row.action, row.procore_vendor_id),
		),
		accounts,
		projects,
	};
}

/** Cells come back as text, number or null, and people leave blanks in them. */
export function text(cell: unknown): string {
	return cell === null || cell === undefined ? '' : String(cell).trim();
}

export function isSkip(row: { action?: string | null } | undefined): boolean {
	return text(row?.action).toLowerCase() === 'skip';
}

/** "crosswalk row 12", as a person finds it in the grid. */
export function rowName(table: string, row: { id?: number }): string {
	return row.id === undefined ? `${table} crosswalk` : `${table} crosswalk row ${row.id}`;
}

/** The comparison of GP, under the names this room knows it by. */
export { canonicalKey as keyOf, sameGpKey as sameKey };

function decision(action: string | null | undefined, target: unknown): string {
	return isSkip({ action }) ? 'skip' : text(target);
}

function finder<Row extends { id?: number }>(
	rows: Row[],
	key: (row: Row) => string,
	decide: (row: Row) => string,
): (wanted: string) => Found<Row> {
	const byKey = new Map<string, Row[]>();
	for (const row of inTableOrder(rows)) {
		const name = canonicalKey(key(row));
		const group = byKey.get(name);
		if (group) group.push(row);
		else byKey.set(name, [row]);
	}
	return (wanted) => {
		const group = byKey.get(canonicalKey(wanted)) ?? [];
		const deciding = group.filter((row) => decide(row) !== '');
		if (new Set(deciding.map(decide)).size > 1) return { row: deciding[0], conflict: deciding };
		return { row: deciding[0] ?? group[0] };
	};
}

function inTableOrder<Row extends { id?: number }>(rows: Row[]): Row[] {
	return [...rows].sort((left, right) => (left.id ?? Infinity) - (right.id ?? Infinity) || 0);
}
