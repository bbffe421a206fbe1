import { add, isZero, type Decimal } from '../model/money';
import type { ControlRow } from '../model/gp-changes';
import type { StandingDirectCost } from '../sync/standing/read-standing';
import {
	type AccountBooksOptions,
	type Comparison,
	type ExpectedCost,
	type GpDocument,
	type InProject,
	type LeftOut,
	UnrecordedBatches,
} from './reconcile.types';
import { controlTotals, type ControlTotals, type SaidOfDocuments } from './control-totals';
import { type Answered, GpDocuments, STANDS_NOWHERE, UnlistedRecords } from './gp-documents';
import { countingLines, DifferenceNotes, NOWHERE, sumOf } from './differences';
import { ExpectedCosts, matchProject } from './totals';
import { BILLS_AN_ORDER, EXPLANATIONS, NOT_LISTED, plain } from './known-causes';
import { NamedDifferences, ProjectRecords } from './project-records';

export type { AccountBooksOptions, Comparison } from './reconcile.types';

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
	private readonly named: NamedDifferences;
	private readonly records: ProjectRecords;
	private controlled: ControlTotals | undefined;
	private readonly unrecorded: UnrecordedBatches;
	private readonly inProjects: InProject[] = [];
	private readonly unreadProjects: InProject[] = [];
	private firstUnsaid = '';
	private documents = 0;

	constructor(private readonly options: AccountBooksOptions) {
		const { inGp, unlistedRecords } = this;
		this.notes = new DifferenceNotes(options.by);
		this.unrecorded = new UnrecordedBatches(
			options.journal ?? [],
			options.carriesMark ?? (() => false),
		);
		this.named = new NamedDifferences(this.notes, inGp, options);
		this.records = new ProjectRecords(this.notes, this.named, inGp, unlistedRecords, options);
	}

	/** A document as GP has it, before what mapping made of it. */
	document(document: GpDocument): void {
		this.documents++;
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
		if (outcome.outcome === 'parked') {
			this.inGp.addWaiting(key, outcome.reason);
		}
		if (this.inGp.asSent.take(outcome)) return this.inGp.settle(key, amount);
		if (isZero(amount)) return;
		this.inGp.settle(key, amount);
		const unposted = outcome.reason?.code === 'not-posted';
		const cause = outcome.outcome === 'skipped' ? 'skipped' : 'parked';
		this.named.leftOut(outcome, amount, unposted ? 'unposted' : cause);
	}

	/** A document GP listed and did not let be read. */
	unreadable(key: string, label: string, message: string, remedy: string): void {
		this.inGp.addNotRead(key);
		this.named.document(key, label, { cause: 'notRead', message, remedy });
	}

	/** Keys found by another reading, and how many rows the service counts; those the list had not are named. */
	secondLook({ keys, counted }: { keys: ReadonlySet<string>; counted: number | null }): void {
		if (counted !== null) this.inGp.count(counted);
		for (const key of keys)
			if (this.inGp.find(key)) this.named.document(key, `Document ${key}`, NOT_LISTED);
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
			cost.commitment?.then === 'skip' &&
			isOrder(cost.commitment.number, this.named.vendorOf(cost));
		const expected = all.filter((cost) => !isLeft(cost));
		for (const cost of all.filter(isLeft)) {
			this.inGp.leaveOut(cost.source.key);
			this.records.compareOne(cost, undefined, BILLS_AN_ORDER);
		}
		const ofGp = new Map<string, StandingDirectCost>();
		for (const record of standing) {
			const key = this.named.keyOf(record.originId ?? '');
			if (key !== null) this.inGp.addStanding(key);
			if (key !== null && record.originId?.startsWith('GP:')) ofGp.set(record.originId, record);
			this.lookForMark(record, `Procore ${record.invoiceNumber || record.id}`);
		}
		if (ofGp.size > 0) {
			const amount = sumOf([...ofGp.values()].flatMap(countingLines));
			this.inProjects.push({ projectId, documents: ofGp.size, amount });
		}
		const { matches, leftOver } = matchProject(expected, standing);
		for (const { cost, actual, copies } of matches) {
			this.records.compareOne(cost, actual);
			for (const copy of copies) this.records.copy(copy);
		}
		for (const record of leftOver) this.records.rest(record);
	}

	/** Names a record that a batch wrote which never recorded it; of vendors, too. */
	lookForMark(
		record: Pick<StandingDirectCost, 'projectId' | 'originId' | 'id' | 'originData'>,
		label: string,
	): void {
		if (this.unrecorded.wrote(record.originData))
			this.named.record(record, label, plain('unrecorded'));
	}

	/** Procore did not let a project be read: its documents stay open, and are named. */
	unread(projectId: string, message: string, remedy: string): void {
		const unread = { cause: 'notRead' as const, message, remedy };
		const costs = this.expected.take(projectId);
		for (const cost of costs) {
			this.inGp.map(cost.source.key, 'notRead');
			this.records.compareOne(cost, undefined, unread);
		}
		const amount = sumOf(costs.flatMap(({ lines }) => lines));
		if (costs.length > 0) this.unreadProjects.push({ projectId, documents: costs.length, amount });
	}

	/** Adds up what became of the documents, as the list itself shows them; after all projects. */
	control(rows: ReadonlyMap<string, ControlRow>, said: SaidOfDocuments): void {
		const documents = this.inGp.controlled(rows.values(), this.options);
		this.controlled = controlTotals(documents, said, (key, cause, words) => {
			const label = this.inGp.labelOf(key) ?? `Document ${key}`;
			const { message, remedy } = EXPLANATIONS[cause];
			const why = cause === 'unsaid' ? this.inGp.whyWaiting(key) : undefined;
			const known = why
				? { cause, message: `${message}: ${why.message}`, remedy: `${why.remedy} ${remedy}` }
				: { cause, message: `${message}: ${words}`, remedy };
			if (why) this.firstUnsaid ||= `${label}: ${why.message}. ${why.remedy}`;
			this.named.document(key, label, known);
		});
	}

	/** @param listIsWhole GP's list was read to its end, as far as that can be shown */
	finish({ listIsWhole = true }: { listIsWhole?: boolean } = {}): Comparison {
		for (const projectId of this.projectIds()) this.project(projectId, []);
		for (const { outcome, stands } of this.inGp.asSent.all()) {
			const amount = outcome.source.amount ?? '0';
			if (!stands) this.named.leftOut(outcome, amount, 'parked', STANDS_NOWHERE);
			else if (!isZero(amount)) this.named.leftOut(outcome, amount, 'asSent');
		}
		this.unlistedRecords.judge(
			listIsWhole,
			(key, cause) => this.named.document(key, `Document ${key}`, cause),
			(record, cause) => this.records.tooMuch(record, countingLines(record), cause),
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
			documents: this.documents,
			standing: this.records.count,
			missing: this.inGp.missing,
			unrecorded: this.unrecorded.found(),
			inProjects: this.inProjects,
			unread: this.unreadProjects,
			firstUnsaid: this.firstUnsaid,
			...(this.controlled ? { control: this.controlled } : {}),
		};
	}
}
