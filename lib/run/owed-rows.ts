import { recordIdentity } from '../model/keys';
import type { Outcome } from '../model/outcome';
import { cell } from '../audit/event-row';
import type { ParkedRow } from '../audit/types';

/** GP had no such record when it was last read. */
export const GONE_IN_GP = 'gone-in-gp';

/** The cost of the document stands on a purchase receipt, which was not read or not there yet. */
const COST_ON_RECEIPT = 'cost-on-receipt';

const DAY_MS = 24 * 3_600_000;

/** A fault of reading: what the record says now is not known, whatever an earlier reading said. */
export function isReadingFault(reasonCode: string | undefined): boolean {
	return /^GP_/.test(reasonCode ?? '') || reasonCode === GONE_IN_GP || reasonCode === 'gave-up';
}

/** Whether the record of this row has to be read from GP: nothing that could be tried again is stored. */
export function isOwed(row: Pick<ParkedRow, 'reason_code' | 'payload'>): boolean {
	return isReadingFault(row.reason_code) || !String(row.payload ?? '').trim();
}

/**
 * The records to read by their keys in this run, those tried longest ago first. One that is gone from
 * GP is looked for once a day; one that GP lists but does not give is not looked up in the list each time.
 */
export function owedRecords(
	rows: readonly ParkedRow[],
	company: string,
	now: number,
	/** This way into GP carries purchase receipts: what waits for the cost on one is read again. */
	receipts = false,
): Array<{ key: string; verify: boolean }> {
	const isWanted = (row: ParkedRow) =>
		isOwed(row) || (receipts && row.reason_code === COST_ON_RECEIPT);
	return rows
		.filter((row) => row.gp_company === company && row.gp_key && isWanted(row))
		.filter(
			(row) => row.reason_code !== GONE_IN_GP || !(now - Date.parse(row.last_tried_at) < DAY_MS),
		)
		.sort((left, right) => (left.last_tried_at < right.last_tried_at ? -1 : 1))
		.map((row) => ({
			key: row.gp_key,
			verify: row.reason_code !== 'GP_RECORD_NOT_FOUND' || Number(row.tries) % 24 === 0,
		}));
}

/**
 * Whether this outcome says no more than its row did: the record still cannot be read, or still waits
 * for its receipt, for the same reason. The try is counted in the row; told it is again once a day since it was parked.
 */
export function isStillOwed(
	{ source, outcome, reason }: Outcome,
	standing: ReadonlyMap<string, ParkedRow[]>,
	now: string,
): boolean {
	const [row, another] = standing.get(recordIdentity(source)) ?? [];
	const onReceipt = row?.reason_code === COST_ON_RECEIPT && reason?.code === COST_ON_RECEIPT;
	const unread = row !== undefined && isOwed(row) && isReadingFault(reason?.code);
	if (!row || another || !(onReceipt || unread)) return false;
	const daysParked = (at: string) =>
		Math.floor((Date.parse(at) - Date.parse(row.first_parked_at)) / DAY_MS);
	return (
		(outcome === 'failed' || outcome === 'parked') &&
		row.reason_code === reason?.code &&
		row.message === cell(reason.message) &&
		daysParked(now) === daysParked(row.last_tried_at)
	);
}
