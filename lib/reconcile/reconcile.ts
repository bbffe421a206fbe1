import { subtract, type Decimal } from '../model/money';
import { AccountBooks, type AccountBooksOptions } from './account-books';
import type {
	ExpectedCost,
	LeftOut,
	Place,
	Reconciliation,
	StandingDirectCost,
} from './reconcile.types';

export interface ReconcileInput {
	/** What mapping makes of GP's documents, all of the range in question. */
	desired: readonly ExpectedCost[];
	notSent: readonly LeftOut[];
	/** All direct costs of the projects in question. */
	standing: readonly StandingDirectCost[];
	/** What the rows are told apart by, e.g. ["projectId", "costCode"]. */
	by: ReadonlyArray<keyof Place>;
	/** What can be shown of both sides since a document was sent; default: nothing. */
	evidenceOf?: AccountBooksOptions['evidenceOf'];
	/**
	 * Totals from elsewhere (GP's general ledger, Procore's `grand_total`). Where given, they are
	 * the books the total is held against, and `unexplained` shows what neither side knows of.
	 */
	books?: { gp?: Decimal; procore?: Decimal };
}

/**
 * GP against Procore at once, with every difference explained by its documents. Vendors are compared
 * as both sides name them, so `standing` names them by origin id where they came from GP.
 */
export function reconcile(input: ReconcileInput): Reconciliation {
	const books = new AccountBooks({ by: [input.by], evidenceOf: input.evidenceOf });
	for (const cost of input.desired) books.expect(cost);
	for (const outcome of input.notSent) books.leaveOut(outcome);
	const projects = new Map<string, StandingDirectCost[]>();
	for (const cost of input.standing) {
		projects.set(cost.projectId, [...(projects.get(cost.projectId) ?? []), cost]);
	}
	for (const [projectId, standing] of projects) books.project(projectId, standing);
	const { total, breakdowns, differences } = books.finish();
	const gp = input.books?.gp ?? total.gp;
	const procore = input.books?.procore ?? total.procore;
	const more = subtract(subtract(gp, procore), total.difference);
	return {
		total: {
			...total,
			gp,
			procore,
			difference: subtract(gp, procore),
			unexplained: subtract(total.unexplained, subtract('0', more)),
		},
		rows: breakdowns[0],
		differences,
	};
}
