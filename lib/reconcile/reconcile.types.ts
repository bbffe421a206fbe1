import type { Decimal } from '../model/money';
import type { Outcome } from '../model/outcome';
import type { DesiredDirectCost, SourceReference } from '../model/desired';
import type { DocumentHead } from './control-totals';

export type { StandingDirectCost } from '../sync/standing/read-standing';

/** What comparing needs of a desired direct cost: small, because all of a company are kept at once. */
export type ExpectedCost = Pick<
	DesiredDirectCost,
	'originId' | 'projectId' | 'vendorId' | 'vendorOriginId' | 'voided' | 'lines' | 'commitment'
> & {
	source: Pick<SourceReference, 'key' | 'label' | 'content' | 'modified'>;
	header: Pick<DesiredDirectCost['header'], 'status' | 'direct_cost_date'> &
		Partial<DesiredDirectCost['header']>;
	/** Hash of the state wanted, to be compared with the one that was sent. */
	hash?: string;
};

/** What mapping did not send of a document. */
export type LeftOut = Pick<Outcome, 'outcome' | 'reason'> & {
	source: Pick<SourceReference, 'key' | 'label' | 'amount'>;
	/** Where the document belongs as far as it says so itself. */
	vendor?: string;
	month?: string;
	/** Whether GP has the document in history. */
	history?: boolean;
};

/** A payables document as GP's own books have it, before any mapping. */
export interface GpDocument {
	key: string;
	label: string;
	/** Cost by its distributions; zero when voided. */
	amount: Decimal;
	vendor: string;
	month: string;
	/** As the reader has it, to be held against the list's own words. */
	head?: DocumentHead;
}

/** Why GP and Procore differ by one document. */
export type DifferenceCause =
	/** Waits in the parked table. */
	| 'parked'
	/** Left out on purpose: not job cost, crosswalk, rule or policy. */
	| 'skipped'
	/** Not posted in GP: left, or a draft in Procore. */
	| 'unposted'
	/** Should stand in Procore and does not. */
	| 'missing'
	/** Shown: GP wants what was sent, and Procore has something else: amount, code, date or status. */
	| 'editedInProcore'
	/** Shown: Procore has what was sent, and the document changed in GP since. */
	| 'changedInGp'
	/** Shown: Procore has what was sent and GP's document is the same; crosswalk, rules or policies changed. */
	| 'mappingChanged'
	/** Shown: Procore has what was sent; whether the document or its mapping changed since was not recorded. */
	| 'changedSinceSent'
	/** Shown: changed since it was sent on GP's side, and edited in Procore. */
	| 'changedOnBothSides'
	/** Both sides differ, and nothing shows which of them changed. */
	| 'differs'
	/** Voided in GP and still counting in Procore. */
	| 'notYetVoided'
	/** The same GP document a second time. */
	| 'duplicate'
	/** Stands in a project where the mapping no longer puts the document. */
	| 'stale'
	/** In history, where GP no longer tells its lines: stands as it was sent. */
	| 'asSent'
	/** The same, but shown: Procore has another total than was sent. Nothing can mend it by itself. */
	| 'asSentEdited'
	/** Came from GP and is no longer there (deleted), or lies outside what was read. */
	| 'goneFromGp'
	/** Entered in Procore by hand or by another program. */
	| 'notFromGp'
	/** Waits in gpp_request: the next run sees to it. */
	| 'waitingRequest'
	/** GP or Procore did not let it be read. */
	| 'notRead'
	/** A batch wrote it to Procore and was cut off before it recorded that: no event tells of it. */
	| 'unrecorded'
	/** GP lists it, and no run said what became of it. */
	| 'unsaid'
	/** GP's list tells it otherwise than the document itself. */
	| 'contradicted'
	/** Nobody knows: to be reported as a defect. */
	| 'unexplained';

/** Where an amount stands. Blank where a document says nothing. */
export interface Place {
	projectId: string;
	costCode: string;
	vendor: string;
	/** `YYYY-MM`. */
	month: string;
}

/** An amount at its place, on one side of the books. */
export interface Posting extends Place {
	amount: Decimal;
}

export interface Difference extends Place {
	cause: DifferenceCause;
	/** GP's key of the document; blank for what never came from GP. */
	key: string;
	/** What a person calls the document. */
	document: string;
	originId: string;
	procoreId: string;
	/** GP less Procore. */
	amount: Decimal;
	message: string;
	remedy: string;
}

export interface ReconcileRow extends Partial<Place> {
	gp: Decimal;
	procore: Decimal;
	/** GP less Procore. */
	difference: Decimal;
	/** What the documents explain, by cause. */
	explained: Partial<Record<DifferenceCause, Decimal>>;
	/** Difference less what is explained. */
	unexplained: Decimal;
}

export interface Reconciliation {
	total: ReconcileRow;
	rows: ReconcileRow[];
	/** Every difference with its document, greatest first. */
	differences: Difference[];
}
