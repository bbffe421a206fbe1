/**
 * How a comparison of the books ended: every cent explained and both sides shown to be whole; every
 * cent explained, but records may be missing; or cents that nothing explains.
 */
export type BooksStatus = 'proven' | 'notProven' | 'unexplained';

/** Of the total row of gpp_reconciliation. What is no amount counts as unexplained. */
export function booksStatusOf(total: {
	unexplained?: unknown;
	/** Why something may be missing; blank or absent when nothing may. */
	not_proven?: unknown;
}): BooksStatus {
	const unexplained = String(total.unexplained ?? '').trim();
	if (!/^(?:-?0*(?:\.0*)?)$/.test(unexplained)) return 'unexplained';
	const doubt = total.not_proven;
	return typeof doubt === 'string' && doubt.trim() !== '' ? 'notProven' : 'proven';
}
