import type { Completeness } from '../../../model/gp-changes';
import type { Answer, PagingOptions } from './page';

type Judged = Pick<
	PagingOptions<unknown>,
	'pageSize' | 'filtered' | 'comesWhole' | 'cap' | 'sameSizeElsewhere'
>;

/** Sizes at which services are known to cut, beside the round ones. */
const USUAL_CAPS = new Set([10, 15, 20, 25, 30, 40, 60, 75, 80, 99, 120, 999, 9999, 65_535]);

/** Whether so many rows look like a cap rather than like a number of records. */
export function looksLikeCap(rows: number): boolean {
	if (rows === 0) return false;
	const powerOfTwo = rows >= 16 && (rows & (rows - 1)) === 0;
	return rows % 50 === 0 || powerOfTwo || USUAL_CAPS.has(rows);
}

/**
 * What one answer shows that came whole as far as anybody can see: there was no way to ask for what
 * may stand behind it. A number of rows that agrees proves it, unless both look like a cap: a service
 * may count what it cut. Else only the size can be judged.
 *
 * @param top how many rows were asked for, when the server was told
 */
export function judgeWhole(
	{ page }: Answer<unknown>,
	options: Judged,
	top: number | null = null,
): Completeness {
	const rows = page.rows.length;
	const contradicted = saysMore({ page }, rows, options);
	if (contradicted) return { proven: false, why: contradicted };
	if (options.comesWhole) return { proven: true, by: 'wholeAnswer' };
	if (looksLikeCap(rows) || rows === top || (rows > 0 && rows === options.cap)) {
		return {
			proven: false,
			why: `exactly ${rows} rows came in one answer, and no way is known to ask for what may follow`,
		};
	}
	if (page.total?.standard && page.total.count === rows) return { proven: true, by: 'count' };
	const other = rows < 5 ? null : (options.sameSizeElsewhere?.(rows) ?? null);
	if (other !== null) {
		return {
			proven: false,
			why: `${rows} rows came in one answer, as many as of ${other}: likely the most the service gives`,
		};
	}
	return { proven: true, by: rows === 0 ? 'nothingBehind' : 'wholeAnswer' };
}

/** What the server says against the end having been reached after so many rows; null when nothing. */
export function saysMore(
	{ page }: Pick<Answer<unknown>, 'page'>,
	rows: number,
	{ filtered }: Pick<Judged, 'filtered'>,
): string | null {
	const { total } = page;
	// A count that is not OData's may well be that of the whole table.
	if (total && total.count > rows && (total.standard || !filtered))
		return `the service counts ${total.count} rows and gave ${rows}`;
	if (page.next !== null || page.more === true)
		return `the service says that more follow after ${rows} rows, and gave nothing further`;
	return null;
}

/**
 * Whether the count shows that nothing follows, so that it need not be asked for. Three things have
 * to agree: the same count twice or OData's own, as many rows read, and a page that was not full.
 */
export function countShowsEnd(
	{ page, keys }: Answer<unknown>,
	read: { rows: number; pages: number; largestPage: number; totalBefore: number | null },
	pageSize: number,
): boolean {
	const { total } = page;
	if (!total || total.count !== read.rows || page.next !== null || page.more === true) return false;
	if (read.pages > 1) return total.count === read.totalBefore && keys.length < read.largestPage;
	return total.standard && !looksLikeCap(read.rows) && read.rows < pageSize;
}
