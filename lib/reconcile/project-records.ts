import { compare, negate } from '../model/money';
import type { StandingDirectCost } from '../sync/standing/read-standing';
import type { AccountBooksOptions, ExpectedCost } from './reconcile.types';
import {
	AS_SENT,
	AS_SENT_IN_NO_BUDGET,
	causeOfCost,
	causeOfHeader,
	EXPLANATIONS,
	type KnownCause,
	plain,
	TAX_OF_PROCORE,
} from './known-causes';
import { causeOfRest, type GpDocuments, type UnlistedRecords } from './gp-documents';
import {
	causeWhileWaiting,
	compareLines,
	countingLines,
	type DifferenceNotes,
	sumOf,
	wantedLines,
} from './differences';
import { headerChanges, inWords } from './compare-header';
import { isWithin } from './totals';
import type { NamedDifferences } from './named-differences';

/** What GP wants in a project, held against what stands there, record by record. */
export class ProjectRecords {
	/** Records of Procore looked at. */
	count = 0;

	constructor(
		private readonly notes: DifferenceNotes,
		private readonly named: NamedDifferences,
		private readonly inGp: GpDocuments,
		private readonly unlisted: UnlistedRecords,
		private readonly options: AccountBooksOptions,
	) {}

	/** A document against its record, or against nothing. */
	compareOne(cost: ExpectedCost, actual: StandingDirectCost | undefined, known?: KnownCause): void {
		const wanted = wantedLines(cost, this.named.vendorOf(cost));
		for (const line of wanted) this.notes.gp(line);
		const counting = actual ? this.post(actual, wanted) : [];
		const cause = known?.cause ?? causeOfCost(cost, actual, this.options.evidenceOf);
		const byTaxCode = cost.lines.some(({ taxCodeId }) => taxCodeId !== undefined);
		const differences = compareLines(wanted, counting, cause);
		for (const line of differences) {
			const isTax = byTaxCode && line.costCode === '' && actual !== undefined;
			this.named.line(line, cost, actual, isTax ? TAX_OF_PROCORE : known);
		}
		if (actual && differences.length === 0 && !known) this.compareHeader(cost, actual);
	}

	/** Where the money agrees: what else was sent, field by field. */
	private compareHeader(cost: ExpectedCost, actual: StandingDirectCost): void {
		const changes = headerChanges(cost, actual, this.named.vendorOf(cost));
		if (changes.length === 0) return;
		const own = causeOfHeader(cost, actual, this.options.evidenceOf);
		const cause = causeWhileWaiting(cost.source.key, own, this.options);
		const { message, remedy } = EXPLANATIONS[cause];
		this.named.record(actual, cost.source.label, {
			cause,
			message: `${message}: ${inWords(changes)}`,
			remedy,
		});
	}

	/** Procore has it a second time. */
	copy(record: StandingDirectCost): void {
		this.tooMuch(record, this.post(record, []), plain('duplicate'));
	}

	/** A record no document of GP wants where it stands. */
	rest(record: StandingDirectCost): void {
		if (!this.concerns(record)) return;
		const counting = this.post(record, []);
		const { originId } = record;
		const key = originId?.startsWith('GP:') ? this.named.keyOf(originId) : null;
		if (originId === null || key === null)
			return this.tooMuch(record, counting, plain('notFromGp'));
		if (this.inGp.asSent.has(key)) {
			if (!this.inGp.asSent.stands(key, originId))
				return this.tooMuch(record, counting, plain('duplicate'));
			if (counting.length === 0)
				return this.named.document(key, this.inGp.labelOf(key) ?? key, AS_SENT_IN_NO_BUDGET);
			const shown = this.options.standsAsSent?.(record) ?? 'unknown';
			return this.tooMuch(record, counting, AS_SENT[shown]);
		}
		const inGp = this.inGp.whereIs(key);
		if (inGp === 'notListed') this.unlisted.add(record, key);
		else this.tooMuch(record, counting, causeOfRest(inGp));
	}

	tooMuch(
		record: StandingDirectCost,
		counting: ReturnType<typeof countingLines>,
		known: KnownCause,
	): void {
		const { cause } = known;
		const key = this.named.keyOf(record.originId ?? '') ?? '';
		const waits = cause === 'parked' || causeWhileWaiting(key, cause, this.options) !== cause;
		for (const line of counting) {
			const difference = { ...line, amount: negate(line.amount), cause };
			this.named.line(difference, undefined, record, waits ? undefined : known);
		}
	}

	/** A document of an order may stand as subcontractor invoice, whose items name no cost codes. */
	private post(actual: StandingDirectCost, wanted: ReturnType<typeof wantedLines>) {
		this.count++;
		let counting = countingLines(actual);
		if (actual.kind === 'requisition' && compare(sumOf(counting), sumOf(wanted)) === 0) {
			counting = wanted;
		}
		for (const line of counting) this.notes.procore(line);
		return counting;
	}

	/** Records of other GP companies and of other months are none of this comparison's business. */
	private concerns(cost: StandingDirectCost): boolean {
		const key = this.named.keyOf(cost.originId ?? '');
		if (cost.originId?.startsWith('GP:') && key === null) return false;
		// GP's date decides; nobody can tell whether this one was changed.
		if (this.inGp.asSent.has(key)) return true;
		return isWithin(cost.date?.slice(0, 7) ?? '', this.options);
	}
}
