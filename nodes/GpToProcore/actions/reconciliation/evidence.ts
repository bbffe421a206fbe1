import type { AccountBooksOptions } from '../../../../lib/reconcile/account-books';
import { everyUnrecordedMark } from '../../../../lib/sync/origin-data';
import { sentEvidence, standsAsSent, type Wanted } from '../../../../lib/sync/standing/as-sent';

/** What Procore keeps of the sending, held against both sides. */
export const evidenceOf: NonNullable<AccountBooksOptions['evidenceOf']> = (cost, actual) =>
	sentEvidence(cost as Wanted, actual);

/** Whether one of the batches wrote the record, by the mark it leaves with it. */
export const carriesMark: NonNullable<AccountBooksOptions['carriesMark']> = (originData, batches) =>
	everyUnrecordedMark(originData, { unrecordedBatches: [...batches] }).length > 0;

export { standsAsSent };
