import { add, compare, isZero, negate, type Decimal } from '../model/money';
import type { StandingDirectCost } from '../sync/standing/standing.types';
import type { AccountBooksOptions, Comparison } from './account-books.types';
import { causeOfCost } from './cause-of';
import type { ControlRow } from '../model/control-row';
import { controlTotals, type ControlTotals, type SaidOfDocuments } from './control-totals';
import { causeOfRest, type Answered } from './cause-of-rest';
import {
	compareLines,
	countingLines,
	sumOf,
	wantedLines,
	type LineDifference,
} from './compare-cost';
import { causeWhileWaiting, describeDifference } from './describe-difference';
import { DifferenceNotes, NOWHERE } from './difference-notes';
import { ExpectedCosts } from './expected-costs';
import { EXPLANATIONS } from './explanations';
import { GpDocuments } from './gp-documents';
import { STANDS_NOWHERE } from './kept-as-sent';
import {
	AS_SENT,
	AS_SENT_IN_NO_BUDGET,
	BILLS_AN_ORDER,
	NOT_LISTED,
	plain,
	TAX_OF_PROCORE,
	type KnownCause,
} from './known-causes';
import { matchProject } from './match-project';
import { isWithin } from './months';
import { UnlistedRecords } from './unlisted-records';
import type { DifferenceCause, ExpectedCost, GpDocument, LeftOut } from './reconcile.types';

export type { AccountBooksOptions, Comparison } from './account-books.types';

/**
 * GP against Procore, document by document. GP's documents come first (in any order, in batches),
 * then Procore project by project, so that of both sides only what is small is kept: GP's expected
 * lines, and one project. Every cent of difference is put to a document; what cannot be is named
 * `unexplained`, without signs, so that faults do not cancel out.
 */
export class AccountBooks {
	private readonly notes: DifferenceNotes;
	private readonly inGp = new GpDocuments();
	private readonly expected = new ExpectedCosts();
	private readonly unlistedRecords = new UnlistedRecords(this.inGp);
	private controlled: ControlTotals | undefined;
	private counts = { documents: 0, standing: 0 };

	constructor(private readonly options: AccountBooksOptions) {
		this.notes = new DifferenceNotes(options.by);
	}

	/** A document as GP has it, before what mapping made of it. */
	document(document: GpDocument): void {
		this.counts.documents++;
		this.inGp.add(document);
	}

	/** A document GP has outside the months compared. */
	outside(key: string): void {
		this.inGp.addOutside(key);
	}

	expect(cost: ExpectedCost): void {
		this.expected.add(cost);
		this.inGp.map(cost.source.key, cost.voided ? 'leftOut' : 'send');
		for (const { amount } of cost.lines) this.inGp.settle(cost.source.key, amount);
	}

	leaveOut(outcome: LeftOut): void {
		const { key, label, amount } = outcome.source;
		if (amount === undefined) {
			const { message, remedy } = outcome.reason ?? EXPLANATIONS.notRead;
			return this.unreadable(key, label, message, remedy);
		}
		this.inGp.map(key, outcome.outcome === 'parked' ? 'waits' : 'leftOut');
		if (outcome.outcome === 'parked') this.inGp.addWaiting(key);
		if (this.inGp.asSent.take(outcome)) return this.inGp.settle(key, amount);
		if (isZero(amount)) return;
		this.inGp.settle(key, amount);
		const unposted = outcome.reason?.code === 'not-posted';
		const cause = outcome.outcome === 'skipped' ? 'skipped' : 'parked';
		this.noteLeftOut(outcome, amount, unposted ? 'unposted' : cause);
	}

	private noteLeftOut(
		outcome: LeftOut,
		amount: Decimal,
		cause: DifferenceCause,
		message = outcome.reason?.message ?? EXPLANATIONS[cause].message,
	): void {
		const { source, vendor = '', month = '', reason } = outcome;
		const { key, label: document } = source;
		const remedy = reason?.remedy ?? EXPLANATIONS[cause].remedy;
		this.notes.gp({ ...NOWHERE, vendor, month, amount });
		const words = { cause, message, remedy };
		this.notes.explain({ ...NOWHERE, vendor, month, key, document, amount, ...words });
	}

	/** A document GP listed and did not let be read. */
	unreadable(key: string, label: string, message: string, remedy: string): void {
		this.inGp.addNotRead(key);
		this.noteGp(key, label, { cause: 'notRead', message, remedy });
	}

	/** Keys found by another reading, and how many rows the service counts; those the list had not are named. */
	secondLook({ keys, counted }: { keys: ReadonlySet<string>; counted: number | null }): void {
		if (counted !== null) this.inGp.count(counted);
		for (const key of keys)
			if (this.inGp.find(key)) this.noteGp(key, `Document ${key}`, NOT_LISTED);
	}

	/**
	 * Documents that came from GP and that its list did not hold: standing in Procore, or waiting. GP is
	 * best asked for each by its key, by another way than its list.
	 */
	unlisted(): string[] {
		return this.unlistedRecords.keys(this.options.parked?.keys() ?? []);
	}

	/** Key of a document that was read: GP gives it by its key, too, where the way is right. */
	listed(): string | undefined {
		return this.inGp.first();
	}

	/** What GP answered, asked for documents by their keys. */
	askedByKey(answers: ReadonlyMap<string, Answered>): void {
		this.unlistedRecords.answered(answers);
	}

	/** Projects that GP's documents belong to: each must be compared, or told to be unread. */
	projectIds(): string[] {
		return this.expected.projectIds();
	}

	/** What may become of documents of the project that bill an order; empty where none does. */
	ordersBilled(projectId: string): Set<NonNullable<ExpectedCost['commitment']>['then']> {
		return this.expected.ordersBilled(projectId);
	}

	/**
	 * Compares one project with all that stands in it. `isOrder` tells whether the project has the
	 * order a document bills; needed where such documents are left out.
	 */
	project(
		projectId: string,
		standing: readonly StandingDirectCost[],
		isOrder: (number: string, vendor: string) => boolean = () => false,
	): void {
		const all = this.expected.take(projectId);
		const isLeft = (cost: ExpectedCost) =>
			cost.commitment?.then === 'skip' && isOrder(cost.commitment.number, this.vendorOf(cost));
		const expected = all.filter((cost) => !isLeft(cost));
		for (const cost of all.filter(isLeft)) {
			this.inGp.leaveOut(cost.source.key);
			this.compareOne(cost, undefined, BILLS_AN_ORDER);
		}
		for (const { originId } of standing) {
			const key = this.keyOf(originId ?? '');
			if (key !== null) this.inGp.addStanding(key);
		}
		const { matches, leftOver } = matchProject(expected, standing);
		for (const { cost, actual, copies } of matches) {
			this.compareOne(cost, actual);
			for (const copy of copies) this.tooMuch(copy, this.post(copy, []), plain('duplicate'));
		}
		for (const record of leftOver) if (this.concerns(record)) this.rest(record);
	}

	/** Procore did not let a project be read: its documents stay open, and are named. */
	unread(projectId: string, message: string, remedy: string): void {
		const unread = { cause: 'notRead' as const, message, remedy };
		for (const cost of this.expected.take(projectId)) {
			this.inGp.map(cost.source.key, 'notRead');
			this.compareOne(cost, undefined, unread);
		}
	}

	/** Adds up what became of the documents, as the list itself shows them; after all projects. */
	control(rows: ReadonlyMap<string, ControlRow>, said: SaidOfDocuments): void {
		const documents = this.inGp.controlled(rows.values(), this.options);
		this.controlled = controlTotals(documents, said, (key, cause, words) => {
			const label = this.inGp.labelOf(key) ?? `Document ${key}`;
			const { message, remedy } = EXPLANATIONS[cause];
			this.noteGp(key, label, { cause, message: `${message}: ${words}`, remedy });
		});
	}

	/** @param listIsWhole GP's list was read to its end, as far as that can be shown */
	finish({ listIsWhole = true }: { listIsWhole?: boolean } = {}): Comparison {
		for (const projectId of this.projectIds()) this.project(projectId, []);
		for (const { outcome, stands } of this.inGp.asSent.all()) {
			const amount = outcome.source.amount ?? '0';
			if (!stands) this.noteLeftOut(outcome, amount, 'parked', STANDS_NOWHERE);
			else if (!isZero(amount)) this.noteLeftOut(outcome, amount, 'asSent');
		}
		this.unlistedRecords.judge(
			listIsWhole,
			(key, cause) => this.noteGp(key, `Document ${key}`, cause),
			(record, cause) => this.tooMuch(record, countingLines(record), cause),
		);
		let unexplained: Decimal = '0';
		for (const { document, rest } of this.inGp.all()) {
			if (isZero(rest)) continue;
			unexplained = add(unexplained, rest.replace('-', ''));
			const { vendor, month, key, label } = document;
			const place = { ...NOWHERE, vendor, month, amount: rest };
			this.notes.gp(place);
			this.notes.name({ ...place, ...plain('unexplained'), key, document: label });
		}
		return {
			...this.notes.result(unexplained),
			...this.counts,
			missing: this.inGp.missing,
			...(this.controlled ? { control: this.controlled } : {}),
		};
	}

	private compareOne(
		cost: ExpectedCost,
		actual: StandingDirectCost | undefined,
		known?: KnownCause,
	): void {
		const wanted = wantedLines(cost, this.vendorOf(cost));
		for (const line of wanted) this.notes.gp(line);
		const counting = actual ? this.post(actual, wanted) : [];
		const cause = known?.cause ?? causeOfCost(cost, actual, this.options.evidenceOf);
		const byTaxCode = cost.lines.some(({ taxCodeId }) => taxCodeId !== undefined);
		for (const line of compareLines(wanted, counting, cause)) {
			const isTax = byTaxCode && line.costCode === '' && actual !== undefined;
			this.explain(line, cost, actual, isTax ? TAX_OF_PROCORE : known);
		}
	}

	/** A document of an order may stand as subcontractor invoice, whose items name no cost codes. */
	private post(actual: StandingDirectCost, wanted: ReturnType<typeof wantedLines>) {
		this.counts.standing++;
		let counting = countingLines(actual);
		if (actual.kind === 'requisition' && compare(sumOf(counting), sumOf(wanted)) === 0) {
			counting = wanted;
		}
		for (const line of counting) this.notes.procore(line);
		return counting;
	}

	/** A record no document of GP wants where it stands. */
	private rest(record: StandingDirectCost): void {
		const counting = this.post(record, []);
		const { originId } = record;
		const key = originId?.startsWith('GP:') ? this.keyOf(originId) : null;
		if (originId === null || key === null)
			return this.tooMuch(record, counting, plain('notFromGp'));
		if (this.inGp.asSent.has(key)) {
			if (!this.inGp.asSent.stands(key, originId))
				return this.tooMuch(record, counting, plain('duplicate'));
			if (counting.length === 0)
				return this.noteGp(key, this.inGp.labelOf(key) ?? key, AS_SENT_IN_NO_BUDGET);
			const shown = this.options.standsAsSent?.(record) ?? 'unknown';
			return this.tooMuch(record, counting, AS_SENT[shown]);
		}
		const inGp = this.inGp.whereIs(key);
		if (inGp === 'notListed') this.unlistedRecords.add(record, key);
		else this.tooMuch(record, counting, causeOfRest(inGp));
	}

	private tooMuch(
		record: StandingDirectCost,
		counting: ReturnType<typeof countingLines>,
		known: KnownCause,
	): void {
		const { cause } = known;
		const key = this.keyOf(record.originId ?? '') ?? '';
		const waits = cause === 'parked' || causeWhileWaiting(key, cause, this.options) !== cause;
		for (const line of counting) {
			const difference = { ...line, amount: negate(line.amount), cause };
			this.explain(difference, undefined, record, waits ? undefined : known);
		}
	}

	/** Records of other GP companies and of other months are none of this comparison's business. */
	private concerns(cost: StandingDirectCost): boolean {
		const key = this.keyOf(cost.originId ?? '');
		if (cost.originId?.startsWith('GP:') && key === null) return false;
		// GP's date decides; nobody can tell whether this one was changed.
		if (this.inGp.asSent.has(key)) return true;
		return isWithin(cost.date?.slice(0, 7) ?? '', this.options);
	}

	private explain(
		line: LineDifference,
		cost: ExpectedCost | undefined,
		actual: StandingDirectCost | undefined,
		known?: KnownCause,
	): void {
		const key = cost?.source.key ?? this.keyOf(actual?.originId ?? '') ?? '';
		const of = { key, label: this.inGp.labelOf(key), cost, actual };
		this.notes.explain(describeDifference(line, of, this.options, known));
	}

	/** Of a document no more than its key is known. */
	private noteGp(key: string, document: string, known: KnownCause): void {
		this.notes.explain({ ...NOWHERE, ...known, key, document, amount: '0' });
	}

	private vendorOf(cost: ExpectedCost): string {
		return this.options.vendorOf?.(cost) ?? cost.vendorId ?? cost.vendorOriginId ?? '';
	}

	private keyOf(originId: string): string | null {
		if (originId === '') return null;
		return this.options.documentOf ? this.options.documentOf(originId) : originId;
	}
}
