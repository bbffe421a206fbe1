import { cell } from '../event-row';
import type { Difference, DifferenceCause } from './reconcile.types';

/** Row of gpp_request: a record the next run reads again from GP and brings to its state. */
export interface RequestRow {
	entity: string;
	gp_company: string;
	gp_key: string;
	gp_label: string;
	reason: string;
	requested_at: string;
	requested_by: string;
	tries: number;
	payload: string;
	note: string;
}

/** What a run can mend by itself. Drift only where GP is to win. */
const MENDED: ReadonlySet<DifferenceCause> = new Set([
	'missing',
	'notYetVoided',
	'stale',
	'goneFromGp',
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
	for (const { cause, key, document, projectId, message } of differences) {
		const drift = cause === 'editedInProcore' && options.drift === 'overwrite';
		if (key === '' || !(drift || MENDED.has(cause))) continue;
		const known = rows.get(key);
		if (known) {
			if (cause === 'stale') known.note = staleNote(projectId, known.note);
			continue;
		}
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
			note: cause === 'stale' ? staleNote(projectId, '') : message,
		});
	}
	return [...rows.values()];
}

/** Projects to be taken out of, in the form of `touches`: `|P:9001|P:9002|`. */
function staleNote(projectId: string, before: string): string {
	const others = before.startsWith('|P:') ? before : '|';
	return others.includes(`|P:${projectId}|`) ? others : `${others}P:${projectId}|`;
}
