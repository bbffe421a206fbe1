import type { JournalRow } from '../audit/types';
import type { SentEvidence } from '../sync/standing/as-sent';
import type { StandingDirectCost } from '../sync/standing/read-standing';
import type { ControlTotals } from './control-totals';
import type { ExpectedCost, Place, Reconciliation } from './reconcile.types';
import type { Unrecorded } from './unrecorded';

export interface AccountBooksOptions {
	/** One breakdown each, e.g. [["projectId", "costCode"], ["vendor"]]. */
	by: ReadonlyArray<ReadonlyArray<keyof Place>>;
	/** GP key of the document an origin id names; null for what never came from this GP company. */
	documentOf?(originId: string): string | null;
	/** Both sides' name of a vendor; default: the Procore id, else the origin id. */
	vendorOf?(cost: Pick<ExpectedCost, 'vendorId' | 'vendorOriginId'>): string;
	/** GP key → why the document waits in the parked table. */
	parked?: ReadonlyMap<string, { message: string; remedy: string }>;
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

export interface Comparison extends Omit<Reconciliation, 'rows'> {
	/** In the order of `by`. */
	breakdowns: Array<Reconciliation['rows']>;
	/** Documents of GP compared, and records of Procore. */
	documents: number;
	standing: number;
	/** Documents GP has that the list read did not hold, named or only counted. */
	missing: number;
	/** What batches wrote that never recorded it, as far as Procore shows. */
	unrecorded: Unrecorded;
	/** What became of the documents GP lists; absent where the tables were not asked. */
	control?: ControlTotals;
}
