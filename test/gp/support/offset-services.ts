import type { Page, PageRequest } from '../../../lib/gp/reading/paging/page';
import { page, readPages, rowNames } from './asked-pages';

/* Services in memory that are asked by offsets. */

export type Serve = Parameters<typeof readPages>[0];
export type Options = Parameters<typeof readPages>[1];
type More = Partial<Page<string>>;

export const part = (rows: string[], request: PageRequest, most = Infinity): string[] =>
	'skip' in request
		? rows.slice(request.skip, request.skip + Math.min(request.top, most))
		: rows.slice(0, most);
export const standard = (count: number) => ({ total: { count, standard: true } });
export const own = (count: number) => ({ total: { count, standard: false } });

/** Honours offsets, and gives no more than so many rows at once. */
export const honest =
	(count: number, most = Infinity, more: More = {}): Serve =>
	(request) =>
		page(part(rowNames(count), request, most), more);
/** Gives the same whatever is asked. */
export const ignoring =
	(count: number, more: More = {}): Serve =>
	() =>
		page(rowNames(count), more);
/** The list as it stands at each answer; the last one stays. */
export const changing =
	(...lists: string[][]): Serve =>
	(request, answered) =>
		page(part(lists[Math.min(answered, lists.length - 1)]!, request));
