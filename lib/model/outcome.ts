import type { Decimal } from './money';
import type { SourceReference } from './source';

export type OutcomeKind =
	| 'created'
	| 'updated'
	| 'unchanged'
	| 'adopted'
	| 'reactivated'
	| 'voided'
	| 'locked'
	| 'conflict'
	| 'failed'
	| 'parked'
	| 'skipped';

/** Outcomes after which the record has to be looked at again: it waits in the parked table. */
export const WAITING_OUTCOMES: readonly OutcomeKind[] = ['locked', 'conflict', 'failed', 'parked'];

export type ProcoreType = 'vendor' | 'costCode' | 'directCost' | 'requisition' | 'costType';

export interface FieldChange {
	field: string;
	before: unknown;
	after: unknown;
}

/** One cost line as it was sent; a line of a commitment may name that one instead of a code. */
export interface OutcomeLine {
	costCode?: string;
	costType?: string;
	amount: Decimal;
	description?: string;
}

/** What became of one record: exactly one per record handed to a sync, in the same order. */
export interface Outcome {
	kind: 'outcome';
	outcome: OutcomeKind;
	source: SourceReference;
	originId?: string;
	/**
	 * `link`: address of the record in Procore's own pages. `contract`: of a requisition, the commitment
	 * it bills, as those pages name it (`work_order_contracts/77`).
	 */
	procore?: {
		type: ProcoreType;
		id?: string;
		projectId?: string;
		contract?: string;
		link?: string;
	};
	/** What was (or, in a dry run, would be) changed. */
	changes?: FieldChange[];
	/** Why it did not go, for the waiting outcomes and for `skipped`. */
	reason?: {
		code: string;
		/** See causeKey. */
		causeKey?: string;
		message: string;
		remedy: string;
		requestId?: string;
		httpStatus?: number;
	};
	/** Of a document that was sent, or was to be: its cost lines. Not where nothing was to be changed. */
	lines?: OutcomeLine[];
	/** Exact amount now standing in Procore for this record (0 when void or absent). */
	amount?: Decimal;
	dryRun: boolean;
	/** Procore took a part of it although the outcome is a failure: that write is told each time. */
	wrote?: true;
	/**
	 * An earlier batch was cut off between writing to Procore and recording it: what it did to this
	 * record, as its mark in `origin_data` tells. Recorded as an event of its own, before this outcome's.
	 */
	unrecorded?: { batchId: string; outcome: OutcomeKind };
	/**
	 * `outcome` was done by an earlier batch that was cut off before recording it (or was finished by
	 * this one): the event that write never had.
	 */
	recovered?: { batchId: string };
	/** The GP record, kept only for waiting outcomes so that it can be tried again. */
	record?: unknown;
}
