import type { Decimal } from '../../base/money';

/** A direct cost as it stands in Procore, with its lines. */
export interface StandingDirectCost {
	id: string;
	projectId: string;
	originId: string | null;
	/** Procore's name or id of the vendor, for people. */
	vendor: string;
	invoiceNumber: string | null;
	/** Drafts are in no budget. */
	status: string;
	/** `YYYY-MM-DD`. */
	date: string | null;
	lines: Array<{ originId: string | null; costCode: string; costType: string; amount: Decimal }>;
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
	/** Somebody changed an amount, a code or the status in Procore. */
	| 'editedInProcore'
	/** Voided in GP and still counting in Procore. */
	| 'notYetVoided'
	/** The same GP document a second time. */
	| 'duplicate'
	/** Came from GP and is no longer there (deleted), or lies outside what was read. */
	| 'goneFromGp'
	/** Entered in Procore by hand or by another program. */
	| 'notFromGp';

/** Where an amount stands. Blank where a document says nothing. */
export interface Place {
	projectId: string;
	costCode: string;
	vendor: string;
	/** `YYYY-MM`. */
	month: string;
}

export interface Difference extends Place {
	cause: DifferenceCause;
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
