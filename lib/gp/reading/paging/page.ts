import { breather } from '../../../http/read-body';
import type { Completeness } from '../../../model/gp-changes';
import type { PageSource } from '../pages';

/** One answer of a list. */
export interface Page<Row> {
	rows: Row[];
	/** The server's own link to what follows. */
	next: string | null;
	/** Rows the whole list has; `standard`: OData's own member, any other may count this answer alone. */
	total?: { count: number; standard: boolean } | null;
	/** The server says in so many words whether there is more. */
	more?: boolean | null;
}

export type PageRequest =
	| { skip: number; top: number }
	| { page: number; top: number }
	| { next: string }
	| { everything: true };

export interface PagingOptions<Row> {
	fetch(request: PageRequest): Promise<Page<Row>>;
	/** How pages can be asked for. `number`: by page number, so pages cannot overlap. */
	paging: 'none' | 'offset' | 'number';
	/** Number of the first page; null or absent finds out. */
	firstPage?: 0 | 1 | null;
	pageSize: number;
	keyOf(row: Row): string;
	/** The service refused what was asked, as opposed to being broken: there may be no such page. */
	isRefusal?(error: unknown): boolean;
	/** The wish narrows the list, so that a number of rows may be that of the whole table. */
	filtered?: boolean;
	/** Somebody confirmed that lists come whole here. */
	comesWhole?: boolean;
	/** Most rows the service is known to give at once. */
	cap?: number | null;
	/** What earlier readings found out about counts and pages of this service, and what this one adds. */
	learned?: { countsAll: boolean; countsBeforeFilter?: boolean; largestPage?: number };
	/** Keys of the first rows in the opposite order; null where it cannot be asked for, or is not kept to. */
	fromTheEnd?(known: ReadonlySet<string>): Promise<string[] | null>;
	/** Whether the count is shown to leave the filter out of account. */
	countsBeforeFilter?(): Promise<boolean>;
	/** Another list that came in one answer of as many rows. */
	sameSizeElsewhere?(rows: number): string | null;
	/** Throws the error for a list that does not hold still. */
	unstable(why: string): never;
}

export interface PagingReport {
	requests: number;
	/** The server gave everything, or the same page again, whatever was asked. */
	pagingIgnored: boolean;
	/** Times the list was read from its beginning; more than once when rows moved meanwhile. */
	passes: number;
	/** Whether it is shown that nothing is missing. */
	completeness: Completeness;
}

export interface Answer<Row> {
	page: Page<Row>;
	keys: string[];
}

/** One reading in progress: what its ways of paging share. */
export interface Reading<Row> {
	options: PagingOptions<Row>;
	report: PagingReport;
	get(request: PageRequest): Promise<Answer<Row>>;
	/** The same; null when the service refuses. */
	tryToGet(request: PageRequest): Promise<Answer<Row> | null>;
}

/** Rows of a reading as they come, a row read twice included; at its end what it comes to. */
export type Reads<Row, Result> = PageSource<Row, Result>;

export const NO_MORE_WANTED: Completeness = { proven: false, why: 'no more was wanted' };

const MAX_REQUESTS = 20_000;
const MAX_PASSES = 6;

export function startReading<Row>(options: PagingOptions<Row>): Reading<Row> {
	const report: PagingReport = {
		requests: 0,
		pagingIgnored: false,
		passes: 0,
		completeness: NO_MORE_WANTED,
	};
	const get = async (request: PageRequest): Promise<Answer<Row>> => {
		report.requests += 1;
		if (report.requests > MAX_REQUESTS)
			options.unstable(`it had not ended after ${MAX_REQUESTS} requests`);
		const page = await options.fetch(request);
		const pause = breather();
		const keys: string[] = [];
		for (const row of page.rows) {
			keys.push(options.keyOf(row));
			await pause();
		}
		return { page, keys };
	};
	return {
		options,
		report,
		get,
		async tryToGet(request) {
			try {
				return await get(request);
			} catch (error) {
				if (options.isRefusal?.(error)) return null;
				throw error;
			}
		},
	};
}

/** Reads until a pass was quiet, that is until no row moved while it went on. */
async function* untilQuiet<Row>(
	{ options, report }: Reading<Row>,
	once: () => Reads<Row, Completeness | 'moved'>,
): Reads<Row, Completeness> {
	while (report.passes < MAX_PASSES) {
		report.passes += 1;
		const end = yield* once();
		if (end !== 'moved') return end;
	}
	return options.unstable(`rows moved in each of ${MAX_PASSES} readings`);
}

/**
 * Reads until two passes found the same pages: where pages cannot overlap nothing else shows that no
 * row slipped over a border unread. A list of one page has no border.
 */
export async function* untilRepeated<Row>(
	reading: Reading<Row>,
	once: () => Reads<Row, { pages: string[]; end: Completeness } | 'moved'>,
): Reads<Row, Completeness> {
	let before: string | null = null;
	return yield* untilQuiet(reading, async function* () {
		const pass = yield* once();
		if (pass === 'moved') {
			before = null;
			return pass;
		}
		if (pass.pages.length <= 1) return pass.end;
		const now = JSON.stringify(pass.pages);
		if (before === now) return pass.end;
		before = now;
		return 'moved';
	});
}

/** Keys of a page as one text. */
export function textOf(keys: readonly string[]): string {
	return keys.join('\n');
}

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
 * Whether so many rows look like a number behind which a service gives nothing, whatever page is asked
 * for (a "result window"), rather than like the end of a list.
 */
export function looksLikeWindow(rows: number): boolean {
	const powerOfTwo = (rows & (rows - 1)) === 0;
	return rows >= 1000 && (rows % 1000 === 0 || powerOfTwo || WINDOWS.has(rows));
}

const WINDOWS = new Set([9999, 32_767, 65_535]);

/**
 * The end of a list that stands at the number of a window, looked at from the other side: what the list
 * begins with in the opposite order has to be among what came. Where that cannot be asked nobody knows.
 */
export async function notAWindow<Row>(
	{ options }: Reading<Row>,
	known: ReadonlySet<string>,
	end: Completeness,
): Promise<Completeness> {
	const rows = known.size;
	if (!end.proven || !looksLikeWindow(rows)) return end;
	const others = await options.fromTheEnd?.(known);
	if (others === null && !options.comesWhole) {
		const unknown = 'no way is known to ask what its other end is';
		return {
			proven: false,
			why: `exactly ${rows} rows came and nothing behind them, and ${unknown}`,
		};
	}
	if (!others || others.every((key) => known.has(key))) return end;
	const why = `the service gave ${rows} rows and nothing behind them, and in the opposite order it begins with others`;
	return { proven: false, why };
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

/** The same, once it was asked whether a count that is too high is one of what was not asked for. */
export async function saysMoreOfThese<Row>(
	{ options }: Reading<Row>,
	{ page }: Pick<Answer<unknown>, 'page'>,
	rows: number,
): Promise<string | null> {
	const why = saysMore({ page }, rows, options);
	if (why === null || !options.filtered) return why;
	const uncounted = saysMore({ page: { ...page, total: null } }, rows, options);
	return uncounted === null && (await options.countsBeforeFilter?.()) ? null : why;
}

/**
 * Whether the count says that nothing follows: as many rows were read as it tells, twice or in OData's
 * own name, and the last page was not full. A service may count its page, or no further than it gives,
 * so one question more has to confirm it.
 */
export function countSaysEnd(
	{ page, keys }: Answer<unknown>,
	read: { rows: number; pages: number; largestPage: number; totalBefore: number | null },
	pageSize: number,
): boolean {
	const { total } = page;
	if (!total || total.count !== read.rows || page.next !== null || page.more === true) return false;
	if (read.pages > 1) return total.count === read.totalBefore && keys.length < read.largestPage;
	return total.standard && !looksLikeCap(read.rows) && read.rows < pageSize;
}
