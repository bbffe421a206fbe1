import { canonicalOriginId } from '../model/gp-key';
import { add, compare, isZero, negate, subtract, type Decimal } from '../model/money';
import type { SentEvidence } from '../sync/standing/as-sent';
import type { StandingDirectCost } from '../sync/standing/standing.types';
import { causeOf } from './cause-of';
import { compareLines, countingLines, wantedLines, type LineDifference } from './compare-cost';
import { EXPLANATIONS } from './explanations';
import { KeptAsSent, STANDS_NOWHERE } from './kept-as-sent';
import type {
	Difference,
	DifferenceCause,
	ExpectedCost,
	GpDocument,
	LeftOut,
	Place,
	Reconciliation,
} from './reconcile.types';
import { Totals } from './totals';

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
}

/**
 * GP against Procore, document by document. GP's documents come first (in any order, in batches),
 * then Procore project by project, so that of both sides only what is small is kept: GP's expected
 * lines, and one project. Every cent of difference is put to a document; what cannot be is named
 * `unexplained`, without signs, so that faults do not cancel out.
 */
export class AccountBooks {
	private readonly totals: Totals[];
	private readonly differences: Difference[] = [];
	private readonly expected = new Map<string, ExpectedCost[]>();
	/** Cost of each document that is not accounted for yet. */
	private readonly open = new Map<string, { document: GpDocument; rest: Decimal }>();
	private readonly known = new Set<string>();
	private readonly asSent = new KeptAsSent();
	/** Documents that wait as a whole: what stands of them stays. */
	private readonly waits = new Set<string>();
	private counts = { documents: 0, standing: 0 };
	private unexplained: Decimal = '0';

	constructor(private readonly options: AccountBooksOptions) {
		this.totals = (options.by.length > 0 ? options.by : [[]]).map((by) => new Totals(by));
	}

	/** A document as GP has it, before what mapping made of it. */
	document(document: GpDocument): void {
		this.counts.documents++;
		this.known.add(document.key);
		this.open.set(document.key, { document, rest: document.amount });
	}

	/** A document GP has outside the months compared. */
	outside(key: string): void {
		this.known.add(key);
	}

	expect(cost: ExpectedCost): void {
		const known = this.expected.get(cost.projectId);
		if (known) known.push(cost);
		else this.expected.set(cost.projectId, [cost]);
		for (const { amount } of cost.lines) this.settle(cost.source.key, amount);
	}

	leaveOut(outcome: LeftOut): void {
		const { key, label, amount } = outcome.source;
		if (amount === undefined) {
			const { message, remedy } = outcome.reason ?? EXPLANATIONS.notRead;
			return this.unreadable(key, label, message, remedy);
		}
		if (outcome.outcome === 'parked') this.waits.add(key);
		if (this.asSent.take(outcome)) return this.settle(key, amount);
		if (isZero(amount)) return;
		this.settle(key, amount);
		this.noteLeftOut(
			outcome,
			amount,
			outcome.reason?.code === 'not-posted'
				? 'unposted'
				: outcome.outcome === 'skipped'
					? 'skipped'
					: 'parked',
		);
	}

	private noteLeftOut(
		outcome: LeftOut,
		amount: Decimal,
		cause: DifferenceCause,
		message = outcome.reason?.message ?? EXPLANATIONS[cause].message,
	): void {
		const { key, label } = outcome.source;
		const place: Place = {
			projectId: '',
			costCode: '',
			vendor: outcome.vendor ?? '',
			month: outcome.month ?? '',
		};
		for (const totals of this.totals) totals.gp({ ...place, amount });
		this.note({
			...place,
			cause,
			key,
			document: label,
			originId: '',
			procoreId: '',
			amount,
			message,
			remedy: outcome.reason?.remedy ?? EXPLANATIONS[cause].remedy,
		});
	}

	/** A document GP did not let be read. */
	unreadable(key: string, label: string, message: string, remedy: string): void {
		this.known.add(key);
		this.note({ ...NOWHERE, cause: 'notRead', key, document: label, amount: '0', message, remedy });
	}

	/**
	 * Holds what was read of GP against a second reading and its count. Keys only the second found are
	 * named; returns how many documents are missing from the comparison, named or not.
	 */
	secondLook({ keys, counted }: { keys: ReadonlySet<string>; counted: number | null }): number {
		const missing = [...keys].filter((key) => !this.known.has(key));
		for (const key of missing) this.unreadable(key, `Document ${key}`, NOT_LISTED, READ_ALL);
		return missing.length + Math.max(0, (counted ?? 0) - this.known.size);
	}

	/** Projects that GP's documents belong to: each must be compared, or told to be unread. */
	projectIds(): string[] {
		return [...this.expected.keys()].sort();
	}

	/** What may become of documents of the project that bill an order; empty where none does. */
	ordersBilled(projectId: string): Set<NonNullable<ExpectedCost['commitment']>['then']> {
		return new Set(
			(this.expected.get(projectId) ?? []).flatMap(({ commitment }) => commitment?.then ?? []),
		);
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
		const all = this.expected.get(projectId) ?? [];
		this.expected.delete(projectId);
		const isLeft = (cost: ExpectedCost) =>
			cost.commitment?.then === 'skip' && isOrder(cost.commitment.number, this.vendorOf(cost));
		const expected = all.filter((cost) => !isLeft(cost));
		for (const cost of all.filter(isLeft)) this.compareOne(cost, undefined, BILLS_AN_ORDER);
		const ours = new Set(expected.map((cost) => canonicalOriginId(cost.originId)));
		const byOrigin = new Map<string, StandingDirectCost[]>();
		const others: StandingDirectCost[] = [];
		for (const cost of standing) {
			const name = cost.originId === null ? null : canonicalOriginId(cost.originId);
			if (name !== null && ours.has(name)) {
				byOrigin.set(name, [...(byOrigin.get(name) ?? []), cost]);
			} else if (this.concerns(cost)) others.push(cost);
		}
		for (const cost of expected) {
			const [actual, ...copies] = byOrigin.get(canonicalOriginId(cost.originId)) ?? [];
			this.compareOne(cost, actual);
			for (const copy of copies) this.tooMuch(copy, 'duplicate');
		}
		for (const cost of others) this.tooMuch(cost, this.whyThere(cost));
	}

	/** Procore did not let a project be read: its documents stay open, and are named. */
	unread(projectId: string, message: string, remedy: string): void {
		const expected = this.expected.get(projectId) ?? [];
		this.expected.delete(projectId);
		const unread = { cause: 'notRead' as const, message, remedy };
		for (const cost of expected) this.compareOne(cost, undefined, unread);
	}

	finish(): Comparison {
		for (const projectId of this.projectIds()) this.project(projectId, []);
		for (const { outcome, stands } of this.asSent.all()) {
			const amount = outcome.source.amount ?? '0';
			if (!stands) this.noteLeftOut(outcome, amount, 'parked', STANDS_NOWHERE);
			else if (!isZero(amount)) this.noteLeftOut(outcome, amount, 'asSent');
		}
		for (const { document, rest } of this.open.values()) {
			if (isZero(rest)) continue;
			this.unexplained = add(this.unexplained, rest.replace('-', ''));
			const { vendor, month, key, label } = document;
			for (const totals of this.totals) totals.gp({ ...NOWHERE, vendor, month, amount: rest });
			// Named, but not explained: it stays in the column of what nobody knows.
			this.differences.push({
				...NOWHERE,
				...EXPLANATIONS.unexplained,
				cause: 'unexplained',
				vendor,
				month,
				key,
				document: label,
				amount: rest,
			});
		}
		const total = this.totals[0].total();
		return {
			total: {
				...total,
				unexplained: isZero(total.unexplained)
					? this.unexplained
					: larger(total.unexplained, this.unexplained),
			},
			breakdowns: this.totals.map((totals) => totals.rows()),
			differences: this.differences.sort(bySize),
			...this.counts,
		};
	}

	private settle(key: string, amount: Decimal): void {
		const entry = this.open.get(key);
		if (entry) entry.rest = subtract(entry.rest, amount);
	}

	private compareOne(
		cost: ExpectedCost,
		actual: StandingDirectCost | undefined,
		known?: Known,
	): void {
		const vendor = this.vendorOf(cost);
		const wanted = wantedLines(cost, vendor);
		for (const line of wanted) for (const totals of this.totals) totals.gp(line);
		const counting = actual ? this.post(actual, wanted) : [];
		const cause: DifferenceCause = known
			? known.cause
			: cost.voided
				? actual && this.evidence(cost, actual).gp === 'asSent'
					? 'editedInProcore'
					: 'notYetVoided'
				: cost.header.status === 'draft'
					? 'unposted'
					: actual
						? causeOf(this.evidence(cost, actual))
						: 'missing';
		const byTaxCode = cost.lines.some(({ taxCodeId }) => taxCodeId !== undefined);
		for (const line of compareLines(wanted, counting, cause)) {
			const isTax = byTaxCode && line.costCode === '' && actual !== undefined;
			this.note(
				isTax
					? this.described({ ...line, cause: 'skipped' }, cost, actual, TAX_OF_PROCORE)
					: this.described(line, cost, actual, known),
			);
		}
	}

	private evidence(cost: ExpectedCost, actual: StandingDirectCost): SentEvidence {
		return this.options.evidenceOf?.(cost, actual) ?? { gp: 'unknown', procore: 'unknown' };
	}

	/** A document of an order may stand as subcontractor invoice, whose items name no cost codes. */
	private post(actual: StandingDirectCost, wanted: ReturnType<typeof wantedLines>) {
		this.counts.standing++;
		let counting = countingLines(actual);
		if (actual.kind === 'requisition' && compare(sumOf(counting), sumOf(wanted)) === 0) {
			counting = wanted;
		}
		for (const line of counting) for (const totals of this.totals) totals.procore(line);
		return counting;
	}

	private tooMuch(cost: StandingDirectCost, cause: DifferenceCause): void {
		const known = cause === 'asSent' ? { cause, ...EXPLANATIONS[cause] } : undefined;
		for (const line of this.post(cost, [])) {
			this.note(
				this.described({ ...line, amount: negate(line.amount), cause }, undefined, cost, known),
			);
		}
	}

	/** Records of other GP companies and of other months are none of this comparison's business. */
	private concerns(cost: StandingDirectCost): boolean {
		if (cost.originId?.startsWith('GP:') && this.keyOf(cost.originId) === null) return false;
		// GP's date decides; nobody can tell whether this one was changed.
		if (this.asSent.has(this.keyOf(cost.originId ?? ''))) return true;
		const month = cost.date?.slice(0, 7) ?? '';
		const { from, to } = this.options;
		return (from === undefined || month >= from) && (to === undefined || month <= to);
	}

	private whyThere({ originId }: StandingDirectCost): DifferenceCause {
		if (originId === null || !originId.startsWith('GP:')) return 'notFromGp';
		const key = this.keyOf(originId);
		if (key === null || !this.known.has(key)) return 'goneFromGp';
		if (this.asSent.has(key)) return this.asSent.stands(key, originId) ? 'asSent' : 'duplicate';
		if (this.waits.has(key)) return 'parked';
		// GP has it outside these months: its date was changed in Procore.
		return this.open.has(key) ? 'stale' : 'editedInProcore';
	}

	private described(
		line: LineDifference,
		cost: ExpectedCost | undefined,
		actual: StandingDirectCost | undefined,
		known?: Known,
	): Difference {
		const { projectId, costCode, vendor, month, amount } = line;
		const originId = cost?.originId ?? actual?.originId ?? '';
		const key = cost?.source.key ?? this.keyOf(originId) ?? '';
		const cause = known ? known.cause : this.waiting(key, line.cause);
		const parked = cause === 'parked' ? this.options.parked?.get(key) : undefined;
		const name = this.open.get(key)?.document.label;
		return {
			projectId,
			costCode,
			vendor,
			month,
			amount,
			cause,
			key,
			document:
				cost?.source.label ??
				name ??
				`Procore ${actual?.kind === 'requisition' ? 'subcontractor invoice' : 'direct cost'} ${actual?.invoiceNumber || actual?.id}`,
			originId,
			procoreId: actual?.id ?? '',
			...EXPLANATIONS[cause],
			...parked,
			...(known ? { message: known.message, remedy: known.remedy } : {}),
		};
	}

	/** A document that waits is no fault: its row says what it waits for. */
	private waiting(key: string, cause: DifferenceCause): DifferenceCause {
		if (key === '' || cause === 'duplicate') return cause;
		if (this.options.requested?.has(key)) return 'waitingRequest';
		return this.options.parked?.has(key) ? 'parked' : cause;
	}

	private note(difference: Omit<Difference, 'originId' | 'procoreId'> & Partial<Difference>): void {
		const whole: Difference = { originId: '', procoreId: '', ...difference };
		this.differences.push(whole);
		for (const totals of this.totals) totals.explain(whole);
	}

	private vendorOf(cost: ExpectedCost): string {
		return this.options.vendorOf?.(cost) ?? cost.vendorId ?? cost.vendorOriginId ?? '';
	}

	private keyOf(originId: string): string | null {
		if (originId === '') return null;
		return this.options.documentOf ? this.options.documentOf(originId) : originId;
	}
}

/** A cause that is certain whatever else waits, in its own words. */
interface Known {
	cause: DifferenceCause;
	message: string;
	remedy: string;
}

const NOT_LISTED =
	'GP has it, but the list that runs and this comparison read did not hold it: a second reading in other pages found it';
const READ_ALL =
	'Run Survey in the Dynamics GP node and take over its site profile; then run the sync with Read again from this date.';

const BILLS_AN_ORDER: Known = {
	cause: 'skipped',
	message: 'Bills an order of the project; such documents are left out',
	remedy: 'Nothing to do. To send them, change the commitments setting of the mapping.',
};

const TAX_OF_PROCORE: Known = {
	cause: 'skipped',
	message: 'Tax that Procore works out itself by the tax code of the lines',
	remedy: 'Nothing to do.',
};

const NOWHERE = { projectId: '', costCode: '', vendor: '', month: '', originId: '', procoreId: '' };

function sumOf(postings: ReadonlyArray<{ amount: Decimal }>): Decimal {
	return postings.reduce((sum, { amount }) => add(sum, amount), '0' as Decimal);
}

function larger(left: Decimal, right: Decimal): Decimal {
	const size = left.replace('-', '');
	return compare(size, right) >= 0 ? left : right;
}

/** Greatest amounts first, then by document, so that a report reads the same every time. */
function bySize(left: Difference, right: Difference): number {
	const size = (difference: Difference) => difference.amount.replace('-', '');
	return (
		compare(size(right), size(left)) ||
		(left.document < right.document ? -1 : left.document > right.document ? 1 : 0)
	);
}
