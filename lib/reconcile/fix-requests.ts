import { cell } from '../audit/event-row';
import type { RequestRow } from '../run/requests/requests';
import type { RecordCause, RecordDifference } from './compare-records';
import type { Difference, DifferenceCause } from './reconcile.types';

/** What a run can mend by itself. Drift only where GP is to win. */
const MENDED: ReadonlySet<DifferenceCause> = new Set([
	'missing',
	// Procore was shown to have what was sent: sending puts no edit back.
	'changedInGp',
	'mappingChanged',
	'changedSinceSent',
	'notYetVoided',
	'stale',
	'goneFromGp',
	// Read again, they are said, or read rightly.
	'unsaid',
	'contradicted',
]);

/** What somebody edited in Procore, or may have. */
const MAY_BE_EDITED: ReadonlySet<DifferenceCause> = new Set([
	'editedInProcore',
	'changedOnBothSides',
	'differs',
]);

/**
 * One request per document whose difference the next run can mend. `drift` says what becomes of
 * edits made in Procore: put GP's values back, or let them stand.
 */
export function fixRequests(
	differences: readonly Difference[],
	options: {
		company: string;
		drift: 'overwrite' | 'keep';
		/** UTC instant. */
		now: string;
		requestedBy: string;
	},
): RequestRow[] {
	const rows = new Map<string, RequestRow>();
	for (const { cause, key, document, message } of differences) {
		const drift = options.drift === 'overwrite' && MAY_BE_EDITED.has(cause);
		if (key === '' || rows.has(key) || !(drift || MENDED.has(cause))) continue;
		rows.set(key, {
			entity: 'payable',
			gp_company: options.company,
			gp_key: key,
			gp_label: cell(document),
			reason: 'reconcile',
			requested_at: options.now,
			requested_by: options.requestedBy,
			tries: 0,
			payload: '',
			note: message,
		});
	}
	return [...rows.values()];
}

/** Nothing anybody edited in Procore is lost by it. */
const MENDED_RECORDS: ReadonlySet<RecordCause> = new Set([
	'missing',
	'notLinked',
	'changedInGp',
	'mappingChanged',
	'changedSinceSent',
	'unsaid',
]);

/** What somebody edited in Procore, or may have: only where GP is to win. */
const RECORDS_MAY_BE_EDITED: ReadonlySet<RecordCause> = new Set([
	'editedInProcore',
	'inactiveInProcore',
	'changedOnBothSides',
	'differs',
]);

/** One request per vendor or account whose difference the next run can mend; as of documents. */
export function recordRequests(
	differences: readonly RecordDifference[],
	options: { company: string; drift: 'overwrite' | 'keep'; now: string; requestedBy: string },
): RequestRow[] {
	const rows = new Map<string, RequestRow>();
	for (const { entity, cause, key, label, message } of differences) {
		const isMended =
			MENDED_RECORDS.has(cause) ||
			(options.drift === 'overwrite' && RECORDS_MAY_BE_EDITED.has(cause));
		if (!isMended || rows.has(`${entity} ${key}`)) continue;
		rows.set(`${entity} ${key}`, {
			...{ entity, gp_company: options.company, gp_key: key, gp_label: cell(label) },
			...{ reason: 'reconcile', requested_at: options.now, requested_by: options.requestedBy },
			...{ tries: 0, payload: '', note: cell(message) },
		});
	}
	return [...rows.values()];
}
