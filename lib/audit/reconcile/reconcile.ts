import { add, subtract, type Decimal } from '../../base/money';
import type { Outcome } from '../../base/outcome';
import type { DesiredDirectCost } from '../../procore/desired';
import { bySize, compareBooks, totalOf, type Posting } from './differences';
import type {
	Difference,
	Place,
	ReconcileRow,
	Reconciliation,
	StandingDirectCost,
} from './reconcile.types';

export interface ReconcileInput {
	/** What mapping makes of GP's documents, all of the range in question. */
	desired: readonly DesiredDirectCost[];
	notSent: readonly Outcome[];
	/** All direct costs of the projects in question. */
	standing: readonly StandingDirectCost[];
	/** What the rows are told apart by, e.g. ["projectId", "costCode"]. */
	by: ReadonlyArray<keyof Place>;
	/**
	 * Totals from elsewhere (GP's general ledger, Procore's `grand_total`). Where given, they are
	 * the books the total is held against, and `unexplained` shows what neither side knows of.
	 */
	books?: { gp?: Decimal; procore?: Decimal };
}

/**
 * GP against Procore, with every difference explained by its documents. Vendors are compared as
 * both sides name them, so `standing` names them by origin id where they came from GP.
 */
export function reconcile(input: ReconcileInput): Reconciliation {
	const { gp, procore, differences } = compareBooks(input.desired, input.notSent, input.standing);
	const groups = new Map<string, { place: Partial<Place>; sides: Group }>();
	const groupOf = (posting: Place): Group => {
		const place = Object.fromEntries(input.by.map((name) => [name, posting[name]]));
		const key = JSON.stringify(Object.values(place));
		const known = groups.get(key);
		if (known) return known.sides;
		const sides: Group = { gp: [], procore: [], differences: [] };
		groups.set(key, { place, sides });
		return sides;
	};
	for (const posting of gp) groupOf(posting).gp.push(posting);
	for (const posting of procore) groupOf(posting).procore.push(posting);
	for (const difference of differences) groupOf(difference).differences.push(difference);
	return {
		total: rowOf(
			input.books?.gp ?? totalOf(gp),
			input.books?.procore ?? totalOf(procore),
			differences,
		),
		rows: [...groups]
			.sort(([left], [right]) => (left < right ? -1 : 1))
			.map(([, { place, sides }]) => ({
				...place,
				...rowOf(totalOf(sides.gp), totalOf(sides.procore), sides.differences),
			})),
		differences: [...differences].sort(bySize),
	};
}

interface Group {
	gp: Posting[];
	procore: Posting[];
	differences: Difference[];
}

function rowOf(gp: Decimal, procore: Decimal, differences: readonly Difference[]): ReconcileRow {
	const explained: ReconcileRow['explained'] = {};
	for (const { cause, amount } of differences)
		explained[cause] = add(explained[cause] ?? '0', amount);
	const difference = subtract(gp, procore);
	return {
		gp,
		procore,
		difference,
		explained,
		unexplained: subtract(difference, totalOf(differences)),
	};
}
