import type { Page, PageRequest } from '../../../../lib/gp/reading/paging/page';
import { page, readPages, Refused, rowNames } from '../../support/asked-pages';

/*
 * Lists read by offsets, in pages of ten that overlap by two rows: what is asked, and what shows the end.
 * `8+10` stands for ten rows behind the first eight, `*` for everything, `>a` for the link "a".
 */

const part = (rows: string[], request: PageRequest, most = Infinity): string[] =>
	'skip' in request
		? rows.slice(request.skip, request.skip + Math.min(request.top, most))
		: rows.slice(0, most);
const standard = (count: number) => ({ total: { count, standard: true } });
const own = (count: number) => ({ total: { count, standard: false } });

type Serve = (request: PageRequest, answered: number) => Page<string>;
/** A service that honours offsets and gives no more than so many rows at once. */
const honest =
	(count: number, most = Infinity, more: Partial<Page<string>> = {}): Serve =>
	(request) =>
		page(part(rowNames(count), request, most), more);

describe('a service that honours offsets', () => {
	test.each<[string, Serve, string, string]>([
		['no rows', honest(0), '0+10', 'nothingBehind'],
		['one row, looked at twice', honest(1), '0+10 1+10 0+10', 'nothingBehind'],
		['two rows', honest(2), '0+10 1+10 2+10', 'nothingBehind'],
		['a page less one', honest(9), '0+10 7+10 9+10', 'nothingBehind'],
		['a page', honest(10), '0+10 8+10 10+10', 'nothingBehind'],
		['a page and one', honest(11), '0+10 8+10 9+10 11+10', 'nothingBehind'],
		['pages and a bit', honest(25), '0+10 8+10 16+10 23+10 25+10', 'nothingBehind'],
	])('%s', async (_what, serve, asked, end) => {
		expect(await readPages(serve)).toMatchObject({ asked, end, passes: 1, pagingIgnored: false });
	});
});
