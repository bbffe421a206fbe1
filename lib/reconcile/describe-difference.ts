import type { AccountBooksOptions } from './account-books.types';
import type { LineDifference } from './compare-cost';
import { EXPLANATIONS } from './explanations';
import type { KnownCause } from './known-causes';
import type {
	Difference,
	DifferenceCause,
	ExpectedCost,
	StandingDirectCost,
} from './reconcile.types';

/** Causes that hold whatever waits. */
const FOR_CERTAIN: ReadonlySet<DifferenceCause> = new Set([
	'duplicate',
	'asSent',
	'asSentEdited',
	'notRead',
]);

type Waits = Pick<AccountBooksOptions, 'parked' | 'requested'>;

/** A document that waits is no fault: its row says what it waits for. */
export function causeWhileWaiting(
	key: string,
	cause: DifferenceCause,
	{ parked, requested }: Waits,
): DifferenceCause {
	if (key === '' || FOR_CERTAIN.has(cause)) return cause;
	if (requested?.has(key)) return 'waitingRequest';
	return parked?.has(key) ? 'parked' : cause;
}

/**
 * The difference of a line, with its document, in words.
 *
 * @param key GP's key of the document; blank where it came from elsewhere
 * @param known a cause that holds whatever waits
 */
export function describeDifference(
	{ projectId, costCode, vendor, month, amount, cause: own }: LineDifference,
	of: { key: string; label?: string; cost?: ExpectedCost; actual?: StandingDirectCost },
	waits: Waits,
	known?: KnownCause,
): Difference {
	const { key, cost, actual } = of;
	const cause = known ? known.cause : causeWhileWaiting(key, own, waits);
	const kind = actual?.kind === 'requisition' ? 'subcontractor invoice' : 'direct cost';
	const inProcore = `Procore ${kind} ${actual?.invoiceNumber || actual?.id}`;
	return {
		...{ projectId, costCode, vendor, month, amount, cause, key },
		document: cost?.source.label ?? of.label ?? inProcore,
		originId: cost?.originId ?? actual?.originId ?? '',
		procoreId: actual?.id ?? '',
		...EXPLANATIONS[cause],
		...(cause === 'parked' ? waits.parked?.get(key) : undefined),
		...(known ? { message: known.message, remedy: known.remedy } : {}),
	};
}
