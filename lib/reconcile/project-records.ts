import { compare, type Decimal, isZero, negate } from '../model/money';
import { type FieldChange, fieldChanges } from '../model/outcome';
import type { StandingDirectCost } from '../sync/standing/read-standing';
import {
	compareLines,
	countingLines,
	describeDifference,
	type DifferenceNotes,
	inOtherCurrency,
	type LineDifference,
	NOWHERE,
	sumOf,
	wantedLines,
} from './differences';
import { causeOfRest, type GpDocuments, type UnlistedRecords } from './gp-documents';
import {
	AS_SENT,
	AS_SENT_IN_NO_BUDGET,
	causeOfCost,
	causeOfHeader,
	causeWhileWaiting,
	EXPLANATIONS,
	type KnownCause,
	plain,
	TAX_OF_PROCORE,
} from './known-causes';
import type {
	AccountBooksOptions,
	DifferenceCause,
	ExpectedCost,
	LeftOut,
} from './reconcile.types';
import { isWithin } from './totals';

const NAMES: Record<string, string> = {
	direct_cost_type: 'type',
	invoice_number: 'invoice number',
	status: 'status',
	direct_cost_date: 'date',
	billing_date: 'billing date',
	received_date: 'received date',
	terms: 'terms',
	description: 'description',
	vendor: 'vendor',
	cost_type: 'cost type of a line',
};
/** A subcontractor invoice shows these alone; its date is the billing date. */
const OF_INVOICE = ['invoice_number', 'billing_date'];
/** As long as texts are cut at the earliest. */
const LONG = 100;

/**
 * What was sent of a document beside its amounts and shows otherwise in Procore. `before`: Procore, `after`:
 * GP. A field Procore does not show says nothing; descriptions of lines are not among those compared.
 */
export function headerChanges(
	cost: ExpectedCost,
	actual: StandingDirectCost,
	vendor: string,
): FieldChange[] {
	if (cost.voided) return [];
	if (cost.header.status === 'draft')
		return fieldChanges({ status: actual.status }, { status: 'draft' });
	const { invoiceNumberSuffix, ...header } = cost.header;
	const shown: Record<string, unknown> = { ...actual.fields };
	const isInvoice = actual.kind === 'requisition';
	const all: Record<string, unknown> = isInvoice
		? { ...header, billing_date: header.direct_cost_date ?? header.received_date }
		: header;
	const wanted = Object.fromEntries(
		Object.entries(all).filter(
			([field]) =>
				field in NAMES && shown[field] !== undefined && (!isInvoice || OF_INVOICE.includes(field)),
		),
	);
	for (const field of Object.keys(wanted))
		if (field.endsWith('_date') && shown[field]) shown[field] = String(shown[field]).slice(0, 10);
	const suffixed = `${header.invoice_number ?? ''}${invoiceNumberSuffix ?? ''}`;
	if (shown.invoice_number === suffixed) delete wanted.invoice_number;
	const changes = fieldChanges(shown, wanted).filter(({ field, before, after }) => {
		// To approve is a step of Procore's own where documents come for approval.
		if (field === 'status' && before === 'approved') return false;
		return !isCut(String(before ?? ''), String(after ?? ''));
	});
	const named = fieldChanges({ vendor: actual.vendor }, { vendor });
	return [...(vendor === '' ? [] : named), ...changes, ...lineChanges(cost, actual)];
}

/** Cost types: the place of a line in the books is its cost code alone. */
function lineChanges({ lines }: ExpectedCost, actual: StandingDirectCost): FieldChange[] {
	if (actual.kind === 'requisition') return [];
	const standing = new Map(actual.lines.map((line) => [line.originId, line.costType]));
	return lines.flatMap(({ originId, costType }) => {
		const there = standing.get(originId);
		if (there === undefined || there === '') return [];
		return fieldChanges({ cost_type: there.toUpperCase() }, { cost_type: costType.toUpperCase() });
	});
}

/** Procore kept the beginning of a long text: that shows no change of anybody. */
function isCut(shown: string, wanted: string): boolean {
	return shown.length >= LONG && wanted.startsWith(shown.trimEnd());
}

/** "invoice number 88 in Procore, 89 in GP; terms blank in Procore, Net 30 in GP". */
function inWords(changes: readonly FieldChange[]): string {
	const text = (value: unknown) => {
		const plain = String(value ?? '').trim();
		return plain === '' ? 'blank' : `"${plain.slice(0, 60)}"`;
	};
	return changes
		.map(
			({ field, before, after }) =>
				`${NAMES[field]} ${text(before)} in Procore, ${text(after)} in GP`,
		)
		.join('; ');
}

/** Puts document, vendor and words to each difference found. */
export class NamedDifferences {
	constructor(
		private readonly notes: DifferenceNotes,
		private readonly inGp: GpDocuments,
		private readonly options: AccountBooksOptions,
	) {}

	/** What mapping did not send of a document: it counts on GP's side, and is explained at once. */
	leftOut(
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

	line(
		line: LineDifference,
		cost: ExpectedCost | undefined,
		actual: StandingDirectCost | undefined,
		known?: KnownCause,
	): void {
		const key = cost?.source.key ?? this.keyOf(actual?.originId ?? '') ?? '';
		const of = { key, label: this.inGp.labelOf(key), cost, actual };
		this.notes.explain(describeDifference(line, of, this.options, known));
	}

	/** Of a document no more than its key is known, or nothing of it is an amount. */
	document(key: string, document: string, known: KnownCause): void {
		this.notes.explain({ ...NOWHERE, ...known, key, document, amount: '0' });
	}

	/** Something about a record of Procore that is no amount. */
	record(
		{ projectId, originId, id }: Pick<StandingDirectCost, 'projectId' | 'originId' | 'id'>,
		document: string,
		known: KnownCause,
	): void {
		const key = this.keyOf(originId ?? '') ?? '';
		this.notes.explain({
			...{ ...NOWHERE, ...known, projectId, key, amount: '0' },
			...{ document: this.inGp.labelOf(key) ?? document, originId: originId ?? '', procoreId: id },
		});
	}

	vendorOf(cost: ExpectedCost): string {
		return this.options.vendorOf?.(cost) ?? cost.vendorId ?? cost.vendorOriginId ?? '';
	}

	keyOf(originId: string): string | null {
		if (originId === '') return null;
		return this.options.documentOf ? this.options.documentOf(originId) : originId;
	}
}

/** No run has read it since it cannot be sent any more: it stands in no table of what waits. */
function wouldWait({ message, remedy }: NonNullable<LeftOut['reason']>) {
	return { message: `Stands as it was sent, and would wait as it is now: ${message}`, remedy };
}

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
		const currency = actual && inOtherCurrency(actual);
		if (currency) this.named.record(actual, cost.source.label, currency);
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
		if (inGp === 'notListed') return void this.unlisted.add(record, key);
		const why = this.inGp.whyWaiting(key);
		const known = causeOfRest(inGp);
		this.tooMuch(record, counting, why ? { ...known, ...wouldWait(why) } : known);
	}

	tooMuch(
		record: StandingDirectCost,
		counting: ReturnType<typeof countingLines>,
		known: KnownCause,
	): void {
		const { cause } = known;
		const key = this.named.keyOf(record.originId ?? '') ?? '';
		// A table says what it waits for.
		const isTold =
			causeWhileWaiting(key, cause, this.options) !== cause ||
			(cause === 'parked' && this.options.parked?.has(key));
		// A subcontractor invoice has an item for each line of its commitment, and most of them bill nothing.
		const telling = counting.filter(({ amount }) => !isZero(amount));
		for (const line of telling.length > 0 ? telling : counting.slice(0, 1)) {
			const difference = { ...line, amount: negate(line.amount), cause };
			this.named.line(difference, undefined, record, isTold ? undefined : known);
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
