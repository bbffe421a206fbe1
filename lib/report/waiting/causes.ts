import type { ParkedRow } from '../../audit/types';
import { canonicalKey, recordIdentity } from '../../model/keys';
import { add, compare, parseDecimal, type Decimal } from '../../model/money';
import type { RequestRow } from '../../run/requests/request.types';

/** Which records wait for one and the same thing: told by code and key, never by words. */
export interface CauseName {
	/** GP company database id. */
	company: string;
	/** Reason code, such as `job-without-project`. */
	code: string;
	/** See lib/model/keys; blank where the code alone says it. */
	key: string;
}

/** Records that wait for one thing, taken together. */
export interface Cause extends CauseName {
	records: number;
	/** Exact sum of their GP amounts; vendors and accounts have none. */
	amount: Decimal;
	/** Those asked for again already. */
	queued: number;
	/** UTC instant since which the first of them waits. */
	since: string;
	/** One of them: its message and remedy hold for all. */
	example: ParkedRow;
}

/** The causes behind rows of the parked table, the one with most money first, then with most records. */
export function causesOf(
	rows: readonly ParkedRow[],
	requests: readonly Pick<RequestRow, 'entity' | 'gp_company' | 'gp_key'>[],
): Cause[] {
	const queued = new Set(requests.map(identityOf));
	const causes = new Map<string, Cause>();
	for (const row of rows) {
		const name = causeNameOf(row);
		const id = JSON.stringify([canonicalKey(name.company), name.code, name.key]);
		const cause = causes.get(id) ?? {
			...{ ...name, records: 0, amount: add('0'), queued: 0 },
			...{ since: row.first_parked_at, example: row },
		};
		cause.records += 1;
		cause.amount = add(cause.amount, parseDecimal(row.gp_amount) ?? '0');
		if (queued.has(identityOf(row))) cause.queued += 1;
		if (row.first_parked_at < cause.since) cause.since = row.first_parked_at;
		causes.set(id, cause);
	}
	return [...causes.values()].sort(
		(left, right) => compare(right.amount, left.amount) || right.records - left.records,
	);
}

export function causeNameOf(row: ParkedRow): CauseName {
	return { company: row.gp_company, code: row.reason_code, key: row.cause_key ?? '' };
}

/** Whether the row waits for this. */
export function isOfCause(row: ParkedRow, { company, code, key }: CauseName): boolean {
	return (
		row.reason_code === code &&
		(row.cause_key ?? '') === key &&
		canonicalKey(row.gp_company) === canonicalKey(company)
	);
}

export function identityOf(row: { entity: string; gp_company: string; gp_key: string }): string {
	return recordIdentity({ company: row.gp_company, entity: row.entity, key: row.gp_key });
}
