import type { AccountBooksOptions } from '../../../../lib/reconcile/account-books';
import { sentEvidence, standsAsSent, type Wanted } from '../../../../lib/sync/standing/as-sent';

/** What Procore keeps of the sending, held against both sides. */
export const evidenceOf: NonNullable<AccountBooksOptions['evidenceOf']> = (cost, actual) =>
	sentEvidence(cost as Wanted, actual);

export { standsAsSent };
