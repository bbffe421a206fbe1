import { addTo, canonicalOriginId } from '../model/keys';
import { add, type Decimal, subtract } from '../model/money';
import type { StandingDirectCost } from '../sync/standing/read-standing';
import type { Difference, ExpectedCost, Place, Posting, ReconcileRow } from './reconcile.types';

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

/** What GP's documents want to stand, by project; each project is taken once. */
export class ExpectedCosts {
	private readonly byProject = new Map<string, ExpectedCost[]>();

	add(cost: ExpectedCost): void {
		addTo(this.byProject, cost.projectId, cost);
	}

	projectIds(): string[] {
		return [...this.byProject.keys()].sort();
	}

	take(projectId: string): ExpectedCost[] {
		const costs = this.byProject.get(projectId) ?? [];
		this.byProject.delete(projectId);
		return costs;
	}

	/** What may become of documents of the project that bill an order; empty where none does. */
	ordersBilled(projectId: string): Set<NonNullable<ExpectedCost['commitment']>['then']> {
		const costs = this.byProject.get(projectId) ?? [];
		return new Set(costs.flatMap(({ commitment }) => commitment?.then ?? []));
	}
}

/** Months compared, `YYYY-MM`, inclusive; absent = open. */
export interface Months {
	from?: string;
	to?: string;
}

export function isWithin(month: string, { from, to }: Months): boolean {
	return (from === undefined || month >= from) && (to === undefined || month <= to);
}

/** A document of GP with what stands of it in the project: the first, and its copies. */
export interface Match {
	cost: ExpectedCost;
	actual: StandingDirectCost | undefined;
	copies: StandingDirectCost[];
}

/** Puts records to documents by origin id; what belongs to none is left over. */
export function matchProject(
	expected: readonly ExpectedCost[],
	standing: readonly StandingDirectCost[],
): { matches: Match[]; leftOver: StandingDirectCost[] } {
	const ours = new Set(expected.map((cost) => canonicalOriginId(cost.originId)));
	const byOrigin = new Map<string, StandingDirectCost[]>();
	const leftOver: StandingDirectCost[] = [];
	for (const record of standing) {
		const name = record.originId === null ? null : canonicalOriginId(record.originId);
		if (name === null || !ours.has(name)) leftOver.push(record);
		else addTo(byOrigin, name, record);
	}
	const matches = expected.map((cost) => {
		const [actual, ...copies] = byOrigin.get(canonicalOriginId(cost.originId)) ?? [];
		return { cost, actual, copies };
	});
	return { matches, leftOver };
}
