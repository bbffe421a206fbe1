import { cell } from '../../audit/event-row';
import type { RequestRow } from '../../run/requests/request.types';
import type { RecordCause, RecordDifference } from './record-comparison.types';

/** Nothing anybody edited in Procore is lost by it. */
const MENDED: ReadonlySet<RecordCause> = new Set([
	'missing',
	'notLinked',
	'changedInGp',
	'mappingChanged',
	'changedSinceSent',
	'unsaid',
]);

/** What somebody edited in Procore, or may have: only where GP is to win. */
const MAY_BE_EDITED: ReadonlySet<RecordCause> = new Set([
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
			MENDED.has(cause) || (options.drift === 'overwrite' && MAY_BE_EDITED.has(cause));
		if (!isMended || rows.has(`${entity} ${key}`)) continue;
		rows.set(`${entity} ${key}`, {
			...{ entity, gp_company: options.company, gp_key: key, gp_label: cell(label) },
			...{ reason: 'reconcile', requested_at: options.now, requested_by: options.requestedBy },
			...{ tries: 0, payload: '', note: cell(message) },
		});
	}
	return [...rows.values()];
}
