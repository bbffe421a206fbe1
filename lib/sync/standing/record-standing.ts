import type { FieldChange } from '../../model/outcome';
import type { Reason } from '../outcomes';
import type { SentEvidence } from './as-sent';

/** How a vendor or cost code stands in Procore, against what GP wants of it. */
export interface RecordStanding<Desired> {
	desired: Desired;
	how:
		| 'agrees'
		/** Not there, and not to be made (inactive in GP, never sent). */
		| 'notSent'
		| 'missing'
		/** There under its number or name, not linked with GP. */
		| 'notLinked'
		/** There, inactive, and wanted active. */
		| 'inactive'
		| 'differs'
		/** Another owner, or none that can be told. */
		| 'conflict';
	/** Of `inactive` and `differs`: what can be shown since it was sent. */
	evidence: SentEvidence;
	/** Before: Procore; after: what GP wants. */
	changes: FieldChange[];
	procoreId: string;
	reason?: Reason;
}

export const NOTHING_SHOWN: SentEvidence = { gp: 'unknown', procore: 'unknown' };

/** What changed on GP's side, by the hashes kept with the record. */
export function gpSince(
	stored: { h: string; g?: string } | null,
	wanted: { hash: string; content?: string },
): SentEvidence['gp'] {
	if (!stored) return 'unknown';
	if (stored.h === wanted.hash) return 'asSent';
	if (!stored.g || !wanted.content) return 'changed';
	return stored.g === wanted.content ? 'mappingChanged' : 'documentChanged';
}
