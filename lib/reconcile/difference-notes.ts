import { compare, type Decimal } from '../model/money';
import type { Difference, Place, Posting, Reconciliation } from './reconcile.types';
import { Totals } from './totals';

export const NOWHERE = {
	...{ projectId: '', costCode: '', vendor: '', month: '' },
	...{ originId: '', procoreId: '' },
};

/** Sums of both sides, and every difference with its document. */
export class DifferenceNotes {
	private readonly totals: Totals[];
	private readonly differences: Difference[] = [];

	constructor(by: ReadonlyArray<ReadonlyArray<keyof Place>>) {
		this.totals = (by.length > 0 ? by : [[]]).map((places) => new Totals(places));
	}

	gp(posting: Posting): void {
		for (const totals of this.totals) totals.gp(posting);
	}

	procore(posting: Posting): void {
		for (const totals of this.totals) totals.procore(posting);
	}

	/** A difference that this document explains. */
	explain(difference: Omit<Difference, 'originId' | 'procoreId'> & Partial<Difference>): void {
		const whole: Difference = { originId: '', procoreId: '', ...difference };
		this.differences.push(whole);
		for (const totals of this.totals) totals.explain(whole);
	}

	/** Named, but not explained: it stays in the column of what nobody knows. */
	name(difference: Difference): void {
		this.differences.push(difference);
	}

	/**
	 * @param unexplained what the documents leave unexplained, without signs, so that faults do not
	 * cancel out
	 */
	result(unexplained: Decimal): {
		total: Reconciliation['total'];
		breakdowns: Array<Reconciliation['rows']>;
		differences: Difference[];
	} {
		const total = this.totals[0].total();
		return {
			total: { ...total, unexplained: larger(total.unexplained, unexplained) },
			breakdowns: this.totals.map((totals) => totals.rows()),
			differences: this.differences.sort(bySize),
		};
	}
}

function larger(left: Decimal, right: Decimal): Decimal {
	return compare(left.replace('-', ''), right) >= 0 ? left : right;
}

/** Greatest amounts first, then by document, so that a report reads the same every time. */
function bySize(left: Difference, right: Difference): number {
	const size = (difference: Difference) => difference.amount.replace('-', '');
	return (
		compare(size(right), size(left)) ||
		(left.document < right.document ? -1 : left.document > right.document ? 1 : 0)
	);
}
