import type { JournalRow } from '../audit/event-row';
import type { DesiredDirectCost, SourceReference } from '../model/desired';
import type { Decimal } from '../model/money';
import type { Outcome } from '../model/outcome';
import type { SentEvidence } from '../sync/standing/as-sent';
import type { StandingDirectCost } from '../sync/standing/read-standing';
import type { ControlTotals, DocumentHead } from './control-totals';

export type { StandingDirectCost } from '../sync/standing/read-standing';

/** Batches that were begun and whose events are not written: what they wrote, nobody has told yet. */
export interface Unrecorded {
	batches: number;
	/** Records of Procore that carry the mark of one. */
	writes: number;
	/** When the first of them was begun, UTC; blank where there is none. */
	since: string;
}

type Row = Pick<JournalRow, 'batch_id' | 'started_at'>;

/** The rows of gpp_journal of one company, and the records met that their batches wrote. */
export class UnrecordedBatches {
	private readonly ids: string[];
	private readonly since: string;
	private writes = 0;

	/** @param carriesMark whether a record's `origin_data` has a mark of one of these batches */
	constructor(
		rows: readonly Row[],
		private readonly carriesMark: (originData: unknown, batches: readonly string[]) => boolean,
	) {
		this.ids = [...new Set(rows.map(({ batch_id }) => batch_id))].filter(Boolean);
		this.since = rows.map(({ started_at }) => started_at).sort()[0] ?? '';
	}

	/** Whether one of them wrote the record, by the mark it left in `origin_data`. */
	wrote(originData: unknown): boolean {
		const wrote = this.ids.length > 0 && this.carriesMark(originData, this.ids);
		this.writes += wrote ? 1 : 0;
		return wrote;
	}

	found(): Unrecorded {
		return { batches: this.ids.length, writes: this.writes, since: this.since };
	}
}

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
	/** It stands in Procore as a subcontractor invoice. */
	isInvoice?: true;
	/** It waits as it was read once; as GP has it now, the mapping would not keep it back. */
	readAgain?: true;
	/** No run mends it, whatever is mended of that cause. */
	byHand?: true;
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

export interface AccountBooksOptions {
	/** One breakdown each, e.g. [["projectId", "costCode"], ["vendor"]]. */
	by: ReadonlyArray<ReadonlyArray<keyof Place>>;
	/** GP key of the document an origin id names; null for what never came from this GP company. */
	documentOf?(originId: string): string | null;
	/** Both sides' name of a vendor; default: the Procore id, else the origin id. */
	vendorOf?(cost: Pick<ExpectedCost, 'vendorId' | 'vendorOriginId'>): string;
	/** GP key → why the document waits in the parked table; `byMapping`: the mapping keeps it back. */
	parked?: ReadonlyMap<string, { message: string; remedy: string; byMapping?: true }>;
	/** What can be shown of both sides since a document was sent; default: nothing. */
	evidenceOf?(cost: ExpectedCost, actual: StandingDirectCost): SentEvidence;
	/** What can be shown of a record whose lines GP no longer tells; default: nothing. */
	standsAsSent?(actual: StandingDirectCost): SentEvidence['procore'];
	/** Rows of gpp_journal of this company: batches begun and not recorded. */
	journal?: ReadonlyArray<Pick<JournalRow, 'batch_id' | 'started_at'>>;
	/** Whether a record's `origin_data` has a mark of one of these batches; needed with `journal`. */
	carriesMark?(originData: unknown, batches: readonly string[]): boolean;
	/** GP keys that wait in gpp_request. */
	requested?: ReadonlySet<string>;
	/** Months compared, `YYYY-MM`, both inclusive; absent = all there are. */
	from?: string;
	to?: string;
}

/** Documents of GP in one project, and their cost there. */
export interface InProject {
	projectId: string;
	documents: number;
	amount: Decimal;
}

export interface Comparison {
	total: ReconcileRow;
	/** In the order of `by`. */
	breakdowns: ReconcileRow[][];
	/** Every difference with its document, greatest first. */
	differences: Difference[];
	/** Documents of GP compared, and records of Procore. */
	documents: number;
	standing: number;
	/** Documents GP has that the list read did not hold, named or only counted. */
	missing: number;
	/** What batches wrote that never recorded it, as far as Procore shows. */
	unrecorded: Unrecorded;
	/** What stands in each project from GP, as far as it counts there. */
	inProjects: InProject[];
	/** The first document no run said anything of, why it is not sent, and what to do; blank where that is not known. */
	firstUnsaid: string;
	/** What GP wants in each project that Procore did not let be read. */
	unread: InProject[];
	/** What became of the documents GP lists; absent where the tables were not asked. */
	control?: ControlTotals;
}
