import type { SourceReference } from '../../model/desired';
import type { Decimal } from '../../model/money';
import type { AlsoWritten, FieldChange, Outcome, OutcomeKind } from '../../model/outcome';
import type { SyncRow } from '../../procore/resources/sync-rows';
import type { ProcoreId } from '../../procore/wire';
import type { OriginData, WrittenOutcome } from '../origin-data';
import type { OutcomeSubject, Reason, RowFault } from '../outcomes';
import type { Place } from '../sync-run';

/** What the engine has to know of a record as GP wants it. */
export interface Wanted extends OutcomeSubject {
	originId: string;
	source: SourceReference;
}

/** What it has to know of a record as it stands in Procore. */
export interface Standing {
	id: ProcoreId;
	originId: string | null;
	originData: string | null;
}

/** Nothing is to be written, and why. */
export interface Verdict<Actual> {
	outcome: Extract<OutcomeKind, 'unchanged' | 'skipped' | 'parked' | 'conflict' | 'failed'>;
	actual?: Actual;
	reason?: Reason;
	amount?: Decimal;
}

/** Something is to be written: what it is called, and over which record; a new one without. */
export interface Change<Actual, Detail> {
	outcome: WrittenOutcome;
	actual?: Actual;
	/** Only finishes what a batch that was cut off began. */
	completes?: boolean;
	/** contentHash of what Procore shows and is overwritten because GP decides it. */
	driftSeen?: string;
	detail?: Detail;
}

export type Decision<Actual, Detail> = Verdict<Actual> | Change<Actual, Detail>;

/** What is sent, but for id, origin id and origin data, which the engine adds. */
export interface Draft<Detail> {
	fields: Record<string, unknown>;
	changes?: FieldChange[];
	/** What this kind keeps in `origin_data` beside hash, stamp and marks. */
	keeps?: Partial<OriginData>;
	/** Of a record of which only a part may be taken: the hash that then stands for neither state. */
	part?: string;
	/** No row at all: what is done needs none (a deletion). */
	without?: true;
	reason?: Reason;
	/** What then stands in Procore. */
	amount?: Decimal;
	detail?: Detail;
}

/** What has to happen to one record. Made once: a dry run tells it, a run writes it, comparisons show it. */
export interface Plan<Desired, Actual, Detail> extends Draft<Detail> {
	desired: Desired;
	/** What becomes of it when nothing goes wrong. */
	outcome: Verdict<Actual>['outcome'] | WrittenOutcome;
	actual?: Actual;
	/** Absent where nothing has to be sent. */
	row?: SyncRow;
	/** To be sent instead where only a part of it was taken. */
	partRow?: SyncRow;
	completes?: boolean;
}

/** What decides over the records of one kind at one place, without any I/O. */
export interface Rules<Desired extends Wanted, Actual extends Standing, Detail = undefined> {
	/** The record that stands under its origin id, in whatever spelling. */
	find(desired: Desired): Actual | undefined;
	/** contentHash over everything GP decides. */
	hash(desired: Desired): string;
	/** Of two with the same origin id: whether this one decides. Absent: the one that came first. */
	outranks?(one: Desired, other: Desired): boolean;
	/** Before records are decided one after the other: what they claim of each other, and their order. */
	begin?(desired: readonly Desired[]): readonly Desired[];
	/** What holds whatever stands, or whoever owns it: asked before anything is compared. */
	rule?(desired: Desired, own: Actual | undefined): Decision<Actual, Detail> | undefined;
	/** How its own record differs, which is not newer; undefined where nothing is to be done. */
	compare(
		desired: Desired,
		own: Actual,
		stored: OriginData | null,
		hash: string,
	): Decision<Actual, Detail> | undefined;
	/** Where none of its own stands: one to take over, or why not; undefined where it is to be made. */
	adopt?(desired: Desired): Decision<Actual, Detail> | undefined;
	row(
		desired: Desired,
		change: Change<Actual, Detail>,
		hash: string,
	): Draft<Detail> | Verdict<Actual>;
	/** After each decision, for those that follow. */
	planned?(plan: Plan<Desired, Actual, Detail>): void;
	/** Of a document: the amount that stands now. */
	amount?(desired: Desired, actual: Actual | undefined): Decimal | undefined;
	/** Whether a mark on its own record tells of this very one. Absent: always. */
	isMarked?(desired: Desired, own: Actual): boolean;
}

/** What came of writing one plan. */
export interface Written {
	procoreId?: ProcoreId;
	fault?: RowFault;
	/** Of a document, as far as Procore's answers tell: the total that stands afterwards. */
	total?: Decimal | null;
	/** A record meant to be new turned out to exist already. */
	existed?: boolean;
	/** What Procore took of it, as a mark in `origin_data` tells (or a deletion): told even where the rest failed. */
	wrote?: WrittenOutcome;
	/** It took a part that no mark tells, as lines whose head was refused. */
	unmarked?: { outcome: WrittenOutcome; changes?: FieldChange[] };
	/** It went, and this is to be said of it; and what was changed, where that is not what was planned. */
	reason?: Reason;
	changed?: FieldChange[];
	/** Nothing had to be written after all. */
	unchanged?: boolean;
	/** Done along the way, as taking it out elsewhere. */
	changes?: FieldChange[];
	unrecorded?: Outcome['unrecorded'];
}

/** The records of one kind at one place of Procore: its rules, and how they are read and written. */
export interface Kind<Desired extends Wanted, Actual extends Standing, Detail = undefined>
	extends Rules<Desired, Actual, Detail> {
	/** Reads what stands of these, in the fewest calls. Each origin id comes once. */
	read(records: readonly Desired[]): Promise<void>;
	/**
	 * Finds what only records that are to be written need; those that cannot have it fail. `rule` and
	 * `compare` of such a kind look at one record alone.
	 */
	complete?(
		records: readonly Desired[],
		decided: ReadonlyMap<Desired, Decision<Actual, Detail>>,
	): Promise<ReadonlyMap<Desired, RowFault>>;
	/** In the order that leaves no wrong state when it is cut off. What has no entry went as planned. */
	write(
		plans: Array<Plan<Desired, Actual, Detail>>,
	): Promise<Map<Plan<Desired, Actual, Detail>, Written>>;
	/** Other records of Procore that were written so that this one could be. Asked for once, at the end. */
	also?(desired: Desired): readonly AlsoWritten[];
	/** Instead of that in a dry run. */
	rehearse?(
		plans: Array<Plan<Desired, Actual, Detail>>,
	): Promise<Map<Plan<Desired, Actual, Detail>, Written>> | void;
	/** After writing: those to plan and write once more, because Procore's answers told something new. */
	verify?(
		plans: ReadonlyArray<Plan<Desired, Actual, Detail>>,
		written: ReadonlyMap<Plan<Desired, Actual, Detail>, Written>,
	): Promise<ReadonlySet<Plan<Desired, Actual, Detail>>>;
	/** Of a document once written: how what stands differs from GP. */
	differs?(plan: Plan<Desired, Actual, Detail>, written: Written): Reason | undefined;
}

/** A kind at all its places. */
export interface KindOf<Desired extends Wanted, Actual extends Standing, Detail = undefined> {
	/** As progress names it. */
	label: string;
	at(place: Place): Kind<Desired, Actual, Detail>;
	/** Of a record that stands in a list of the company, its id. */
	listOf?(desired: Desired): ProcoreId | undefined;
	/** What Procore would refuse, or store otherwise than meant: told before anything is read. */
	check?(desired: Desired): Reason | undefined;
	/** Finds, for all places at once, what only records that are to be written need. */
	prepare?(open: readonly Desired[]): Promise<ReadonlyMap<Desired, Reason>>;
	/** Whether one with the origin id of another may be told as standing, by that one's outcome. */
	standsWith?(decided: Outcome): boolean;
}
