import {
	DOCUMENT_TYPE_NUMBERS,
	type GpPayable,
	type GpRecord,
	type IsoDate,
} from '../../model/gp-records';
import type { Applied, AppliedReader } from '../doors/door';

/** What a vendor is paid for; returns and credit memos are applied, not paid. */
const PAYABLE_TYPES: ReadonlySet<GpPayable['documentType']> = new Set([
	'invoice',
	'financeCharge',
	'miscellaneousCharge',
]);

/**
 * Puts to payables the day they were paid in full, where the door tells what was applied to which
 * document. An open one is told to be unpaid, so that a date goes when its payment is voided; one GP
 * keeps no applications of gets no word.
 */
export async function withPaidDates(
	records: readonly GpRecord[],
	applied: AppliedReader | null,
): Promise<GpRecord[]> {
	const settled = records.filter(isPayable).filter(({ state }) => state === 'history');
	if (applied === null) return [...records];
	const rows = settled.length > 0 ? await applied.to(settled) : new Map<string, Applied[]>();
	return records.map((record) => {
		if (!isPayable(record)) return record;
		if (record.state === 'open') return { ...record, paidOn: null };
		const paidOn = paidOnOf(rows.get(record.key));
		return paidOn === undefined ? record : { ...record, paidOn };
	});
}

function isPayable(record: GpRecord): record is GpPayable {
	return record.kind === 'payable' && !record.voided && PAYABLE_TYPES.has(record.documentType);
}

/** The last day anything was applied; null where credits alone settled it, undefined where nobody knows. */
function paidOnOf(applied: readonly Applied[] | undefined): IsoDate | null | undefined {
	if (!applied) return undefined;
	if (!applied.some(({ documentType }) => documentType === DOCUMENT_TYPE_NUMBERS.payment))
		return null;
	const days = applied.map(({ date }) => date);
	return days.includes(null) ? undefined : (days as IsoDate[]).sort().at(-1);
}
