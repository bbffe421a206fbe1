import { headerOf } from '../transport';
import { parseLinkHeader } from './link-header';

/** Rows of a list answer: a bare array (v1), or `{"data":[…]}` (v2). Null when it is neither, or holds what is no row. */
export function rowsOf(body: unknown): unknown[] | null {
	const data = Array.isArray(body) ? body : (body as { data?: unknown } | null)?.data;
	return Array.isArray(data) && data.every(isRow) ? data : null;
}

/**
 * Whether another page follows. The Link header decides; where a list has none (not every list
 * pages, and v2 documents none), Total decides, then the fullness of a page whose size was told. Where
 * nothing is told a server may give fewer rows a page than were asked for, so only an empty page, or
 * one without anything new, is the end.
 */
export function hasNextPage(page: {
	headers: Record<string, string>;
	rowsOnPage: number;
	rowsSoFar: number;
}): boolean {
	if (page.rowsOnPage === 0) return false;
	const link = headerOf(page.headers, 'link');
	if (link) return 'next' in parseLinkHeader(link);
	const total = Number(headerOf(page.headers, 'total'));
	if (headerOf(page.headers, 'total') !== undefined && Number.isFinite(total)) {
		return page.rowsSoFar < total;
	}
	const granted = Number(headerOf(page.headers, 'per-page'));
	return granted > 0 ? page.rowsOnPage >= granted : true;
}

/** Whether the answer says how much there is, so that nothing has to be guessed from its rows. */
export function tellsItsEnd(headers: Record<string, string>): boolean {
	return ['link', 'total', 'per-page'].some((name) => headerOf(headers, name) !== undefined);
}

function isRow(row: unknown): boolean {
	return typeof row === 'object' && row !== null;
}
