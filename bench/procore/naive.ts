import type { Size } from '../../test/procore/support/construction-company';

/**
 * Calls of the same books from n8n's own HTTP Request nodes, counted and not run: a POST for each vendor,
 * cost code, direct cost and line (45,000 of them take five hours at Procore's rate), and the same with the
 * lines nested in their direct cost. Neither looks whether anything stands there already.
 */
export function naiveCalls(size: Omit<Size, 'projectIds'> & { projects: number }): {
	naiveCalls: number;
	nestedCalls: number;
} {
	const nestedCalls = size.vendors + size.projects * size.codesPerProject + size.invoices;
	return { naiveCalls: nestedCalls + size.invoices * size.linesPerInvoice, nestedCalls };
}
