import type { DifferenceCause } from '../reconcile.types';

/** Why a vendor or cost code does not stand in Procore as GP has it. */
export type RecordCause =
	| Extract<
			DifferenceCause,
			| 'parked'
			| 'waitingRequest'
			| 'missing'
			| 'editedInProcore'
			| 'changedInGp'
			| 'mappingChanged'
			| 'changedSinceSent'
			| 'changedOnBothSides'
			| 'differs'
			| 'duplicate'
			| 'goneFromGp'
			| 'notRead'
			| 'unsaid'
	  >
	/** There under its number or name, not linked with GP. */
	| 'notLinked'
	/** Shown: GP has it active and unchanged since it was sent; in Procore it is inactive. */
	| 'inactiveInProcore'
	/** It belongs to another integration or another GP record. */
	| 'conflict';

export interface RecordDifference {
	entity: 'vendor' | 'account';
	cause: RecordCause;
	/** GP's key. */
	key: string;
	/** What a person calls it. */
	label: string;
	/** Project of a cost code; blank for a vendor. */
	projectId: string;
	procoreId: string;
	message: string;
	remedy: string;
}

/** What became of the vendors or GL accounts GP lists. */
export interface RecordComparison {
	entity: RecordDifference['entity'];
	/** Records of GP: vendors, or accounts. */
	records: number;
	/** Stand in Procore as GP has them; left out on purpose. */
	agree: number;
	leftOut: number;
	differences: RecordDifference[];
	/** Records GP has that the list read did not hold. */
	missing: number;
}
