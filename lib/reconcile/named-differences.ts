import type { Decimal } from '../model/money';
import type { StandingDirectCost } from '../sync/standing/read-standing';
import type {
	AccountBooksOptions,
	DifferenceCause,
	ExpectedCost,
	LeftOut,
} from './reconcile.types';
import {
	describeDifference,
	type DifferenceNotes,
	type LineDifference,
	NOWHERE,
} from './differences';
import { EXPLANATIONS, type KnownCause } from './known-causes';
import type { GpDocuments } from './gp-documents';

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
