import { headerOf } from '../transport';
import { parseLinkHeader } from './link-header';

/** Rows of a list answer: a bare array (v1), or `{"data":[…]}` (v2). Null when it is neither, or holds what is no row. */
export function rowsOf(body: unknown): unknown[] | null {
	const data = Array.isArray(body) ? body : (body as { data?: unknown } | null)?.data;
	return Array.isArray(data) && data.every(isRow) ? data : null;
}

/**
 * Whether another page follows. The Link header decides; where a list has none (not every list
 * pages, and v2 documents none), Total decides, and last the fullness of the page.
 */
export function hasNextPage(page: {
	headers: Record<string, string>;
	rowsOnPage: number;
	rowsSoFar: number;
	perPage: number;
}): boolean {
	if (page.rowsOnPage === 0) return false;
	const link = headerOf(page.headers, 'link');
	if (link) return 'next' in parseLinkHeader(link);
	const total = Number(headerOf(page.headers, 'total'));
	if (headerOf(page.headers, 'total') !== undefined && Number.isFinite(total)) {
		return page.rowsSoFar < total;
	}
	const granted = Number(headerOf(page.headers, 'per-page')) || page.perPage;
	return page.rowsOnPage >= granted;
}

function isRow(row: unknown): boolean {
	return typeof row === 'object' && row !== null;
}
