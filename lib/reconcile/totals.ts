import { add, subtract, type Decimal } from '../model/money';
import type { Difference, Place, Posting, ReconcileRow } from './reconcile.types';

/** Sums of both sides and of what explains their difference, for one group or for everything. */
class Sums {
	gp: Decimal = '0';
	procore: Decimal = '0';
	explained: ReconcileRow['explained'] = {};
	private all: Decimal = '0';

	explain({ cause, amount }: Pick<Difference, 'cause' | 'amount'>): void {
		this.explained[cause] = add(this.explained[cause] ?? '0', amount);
		this.all = add(this.all, amount);
	}

	row(): ReconcileRow {
		const difference = subtract(this.gp, this.procore);
		return {
			gp: this.gp,
			procore: this.procore,
			difference,
			explained: this.explained,
			unexplained: subtract(difference, this.all),
		};
	}
}

/** Running totals of a comparison, told apart by some of the places; nothing is kept per posting. */
export class Totals {
	private readonly whole = new Sums();
	private readonly groups = new Map<string, { place: Partial<Place>; sums: Sums }>();

	constructor(private readonly by: ReadonlyArray<keyof Place>) {}

	gp(posting: Posting): void {
		for (const sums of this.of(posting)) sums.gp = add(sums.gp, posting.amount);
	}

	procore(posting: Posting): void {
		for (const sums of this.of(posting)) sums.procore = add(sums.procore, posting.amount);
	}

	explain(difference: Difference): void {
		for (const sums of this.of(difference)) sums.explain(difference);
	}

	total(): ReconcileRow {
		return this.whole.row();
	}

	/** In the order of the places. */
	rows(): ReconcileRow[] {
		return [...this.groups]
			.sort(([left], [right]) => (left < right ? -1 : 1))
			.map(([, { place, sums }]) => ({ ...place, ...sums.row() }));
	}

	private of(posting: Place): Sums[] {
		const place = Object.fromEntries(this.by.map((name) => [name, posting[name]]));
		const key = JSON.stringify(Object.values(place));
		let group = this.groups.get(key);
		if (!group) this.groups.set(key, (group = { place, sums: new Sums() }));
		return [this.whole, group.sums];
	}
}
