import type { Outcome, OutcomeKind } from '../model/outcome';
import type { DesiredRecord, SourceReference } from '../model/desired';
import type { GpRecord } from '../model/gp-records';

/** Why something is not sent. Stable and machine-readable; people read the message. */
export type ReasonCode =
	| 'wrong-company'
	| 'record-unreadable'
	| 'name-missing'
	| 'crosswalk-ambiguous'
	| 'crosswalk-action-unknown'
	| 'skipped-by-crosswalk'
	| 'skipped-by-rule'
	| 'before-start'
	| 'project-not-chosen'
	| 'not-job-cost'
	| 'company-level-account'
	| 'no-job'
	| 'job-without-project'
	| 'job-ambiguous'
	| 'project-unknown'
	| 'cost-code-missing'
	| 'place-unknown'
	| 'same-cost-code'
	| 'shared-cost-code'
	| 'payment'
	| 'not-posted'
	| 'finance-charge'
	| 'vendor-missing'
	| 'vendor-skipped'
	| 'no-distributions'
	| 'other-company'
	| 'intercompany-unknown'
	| 'no-cost'
	| 'out-of-balance'
	| 'voided-never-sent'
	| 'deleted-never-sent'
	| 'deleted-in-gp'
	| 'tax-code-missing'
	| 'tax-by-code'
	| 'recoverable-tax'
	| 'tax-account-unknown'
	| 'cost-account-unknown'
	| 'cost-on-receipt'
	| 'as-sent'
	| 'retainage'
	| 'retainage-unknown'
	| 'column-unknown'
	| 'foreign-currency'
	| 'vendor-class-unknown'
	| 'inactive-account'
	| 'standard-list-missing';

export interface Reason {
	code: ReasonCode;
	/** See causeKey: what has to be settled, the same for all records that wait for it. */
	causeKey?: string;
	message: string;
	remedy: string;
}

/** What mapping one record gave. */
export interface Mapped {
	desired: DesiredRecord[];
	notSent: Outcome[];
}

export function parked(source: SourceReference, record: GpRecord, reason: Reason): Mapped {
	return { desired: [], notSent: [notSent('parked', source, reason, slim(record))] };
}

export function skipped(source: SourceReference, reason: Reason): Mapped {
	return { desired: [], notSent: [notSent('skipped', source, reason)] };
}

/** The record without its raw copy: what travels on and waits in the parked table stays small. */
export function slim<Record extends GpRecord>(record: Record): Record {
	if (record.raw === undefined) return record;
	const { raw: _raw, ...rest } = record;
	return rest as Record;
}

export function notSent(
	outcome: Extract<OutcomeKind, 'parked' | 'skipped'>,
	source: SourceReference,
	reason: Reason,
	record?: GpRecord,
): Outcome {
	return {
		kind: 'outcome',
		outcome,
		source,
		reason,
		// Mapping decides alike in dry runs; the audit marks them.
		dryRun: false,
		...(record ? { record } : {}),
	};
}
