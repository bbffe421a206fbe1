import { answerCap } from '../http/read-body';
import { faultOfCode } from '../http/request-rules';
import { contentHash } from '../model/json-text';
import { jsonBeginning, pageExcerptOf } from '../model/foreign-text';
import { answerTooLarge } from './errors/from-answer';
import { ProcoreError, ProcoreUnexpectedAnswerError } from './errors/procore-errors';
import { headerOf, type ProcoreAnswer, type ProcoreCall, requestIdOf } from './transport';
import { readId } from './wire';

export interface ListCall extends Omit<ProcoreCall, 'method' | 'body'> {
	/** Rows per page; default 1,000 (the vendor recommends at most 2,000). */
	perPage?: number;
	limit?: number;
	/** Rows of which it is not known whether an id is one row's only: all are handed on. */
	anyRows?: boolean;
}

/** The part of a client that lists are read with. */
interface Caller {
	apiBaseUrl: string;
	call: (call: ProcoreCall) => Promise<ProcoreAnswer>;
	/** Hears why a list that came to its end may lack rows. */
	doubt?: (why: string) => void;
}

/** Pages of one list, and rows of one that is kept in memory: many times what any company has. */
const MOST_PAGES = 2_000;
const MOST_ROWS = 200_000;
/** Bytes of one list that is read to its end. */
const MOST_BYTES = 16 * answerCap();

/** Hands on the pages of a list as they come; `false` ends it. See ProcoreClient.eachPage. */
export async function eachPage(
	{ apiBaseUrl, call, doubt }: Caller,
	request: ListCall,
	take: (rows: unknown[]) => boolean | void,
): Promise<void> {
	const wanted = request.limit ?? Infinity;
	let perPage = Math.max(1, Math.min(request.perPage ?? 1000, wanted));
	let rowsSoFar = 0;
	let bytes = 0;
	const seen = new Set<string>();
	let pageBefore: ReadonlySet<string> = new Set();
	let told = true;
	let total = 0;
	for (let page = 1; rowsSoFar < wanted; page++) {
		if (page > MOST_PAGES)
			throw answerTooLarge(`the list had not ended after ${MOST_PAGES} pages`, request.what);
		const query = { ...request.query, page, per_page: perPage };
		const smaller = halved(perPage, { page, rowsSoFar });
		let answer: ProcoreAnswer;
		try {
			const retry = smaller ? { faultAttempts: 2, ...request.retry } : request.retry;
			answer = await call({ ...request, method: 'GET', query, retry });
		} catch (error) {
			// Some servers know no page behind the last one. Where the list told of one, it is missing.
			if (!told && isNoSuchPage(error)) return;
			// Nothing was read yet: any size will do.
			if (page === 1 && perPage > USUAL_PAGE && isRefusedSize(error)) {
				perPage = USUAL_PAGE;
				page = 0;
				continue;
			}
			if (!smaller || !isTooMuchAtOnce(error)) throw error;
			perPage = smaller;
			// The same rows come next, as the first half of what was asked for.
			page = 2 * page - 2;
			continue;
		}
		const rows = rowsOf(answer.body);
		if (rows === null) throw notAList(answer, request.what, apiBaseUrl + request.path);
		// A list that ignores paging would repeat its rows for ever; one that tells nothing of pages even
		// in another order, so each of its rows is looked at.
		const before = seen.size;
		told = tellsItsEnd(answer.headers);
		for (const row of told ? rows.slice(0, 1) : rows) seen.add(idOf(row));
		// A page behind the last row may tell nothing.
		total = countOf(answer.headers, 'total') ?? total;
		const isRepeated = page > 1 && seen.size === before;
		// Of a list that is filtered, the number may be that of all.
		const isFiltered = Object.entries(request.query ?? {}).some(
			([name, value]) => value !== undefined && /^(filters|query|search)\b/.test(name),
		);
		if ((isRepeated || rows.length === 0) && total > rowsSoFar && !isFiltered)
			doubt?.(`asked to ${request.what}, Procore tells of ${total} and gave ${rowsSoFar}`);
		if (isRepeated) return;
		rowsSoFar += rows.length;
		bytes += answer.bytes ?? 0;
		if (bytes > MOST_BYTES)
			throw answerTooLarge(`the list has more than ${MOST_BYTES / 1024 / 1024} MB`, request.what);
		const within = rowsSoFar > wanted ? rows.slice(0, rows.length - (rowsSoFar - wanted)) : rows;
		const ids = new Set<string>();
		const once = request.anyRows ? within : [...withoutRepeated(within, pageBefore, ids)];
		if (take(once) === false) return;
		pageBefore = ids;
		const { headers } = answer;
		if (!hasNextPage({ headers, asked: perPage, rowsOnPage: rows.length, rowsSoFar })) return;
	}
}

/** All rows of a list, page after page; at most `request.limit` when given. */
export async function wholeList(caller: Caller, request: ListCall): Promise<unknown[]> {
	const all: unknown[] = [];
	await eachPage(caller, request, (rows) => {
		if (all.length + rows.length > MOST_ROWS)
			throw answerTooLarge(`the list has more than ${MOST_ROWS} rows`, request.what);
		for (const row of rows) all.push(row);
	});
	return all;
}

const SMALLEST_PAGE = 50;

/**
 * Half the page, when the list can go on with it where it stands: a server that gave other pages than
 * were asked for counts them by a size of its own.
 */
function halved(perPage: number, at: { page: number; rowsSoFar: number }): number | undefined {
	const asAsked = at.rowsSoFar === (at.page - 1) * perPage;
	return asAsked && perPage % 2 === 0 && perPage / 2 >= SMALLEST_PAGE ? perPage / 2 : undefined;
}

/** What Procore gives where nothing is asked for, and the most that some of its lists give. */
const USUAL_PAGE = 100;

function isRefusedSize(error: unknown): boolean {
	return isRefusal(error) && /per.?page/i.test(error.message);
}

function isNoSuchPage(error: unknown): boolean {
	const { httpStatus } = error instanceof ProcoreError ? error.details : {};
	return httpStatus === 404 || (isRefusal(error) && NO_SUCH_PAGE.test(error.message));
}

/** Nothing less: a list that is cut off without a word is worse than one that is not read. */
const NO_SUCH_PAGE =
	/\bpage:? [^.;]{0,60}\b(range|exist|found|invalid|exceed|beyond|last|greater|less)/i;

function isRefusal(error: unknown): error is ProcoreError {
	return error instanceof ProcoreError && error.code === 'procore-request-refused';
}

/** A page may be more than the server gets together in its time, or than anybody takes at once. */
function isTooMuchAtOnce(error: unknown): boolean {
	if (!(error instanceof ProcoreError)) return false;
	const { httpStatus, networkCode: code } = error.details;
	return (
		['procore-answer-too-large', 'procore-too-large'].includes(error.code) ||
		(error.code === 'procore-server-fault' && httpStatus !== 503) ||
		(error.code === 'procore-unreachable' && faultOfCode(String(code)) === 'timeout')
	);
}

/** Rows that are made meanwhile push the last ones of a page onto the next: those come twice, and are one. */
function* withoutRepeated(rows: readonly unknown[], before: ReadonlySet<string>, ids: Set<string>) {
	for (const row of rows) {
		const id = readId((row as { id?: unknown }).id);
		const isRepeated = id !== undefined && (before.has(id) || ids.has(id));
		if (id !== undefined) ids.add(id);
		if (!isRepeated) yield row;
	}
}

/** What tells a row from the others of its list. */
function idOf(row: unknown): string {
	return readId((row as { id?: unknown }).id) ?? contentHash(row);
}

export interface Page {
	rows: unknown[];
	/** Whether another page follows. */
	more: boolean;
}

/**
 * One page of a list, for pickers that load while somebody scrolls. `list` is any of the list
 * functions of this room; the client it is given stops after page number `page` (from 1).
 *
 * @throws ProcoreUnexpectedAnswerError when the answer is no list
 */
export async function readPage<Client extends Caller>(
	client: Client,
	page: number,
	perPage: number,
	list: (client: Client) => Promise<unknown[]>,
): Promise<Page> {
	let more = false;
	const rows = await list({
		...client,
		async list({ limit: _limit, ...call }: ListCall) {
			const size = Math.min(perPage, call.perPage ?? perPage);
			const query = { ...call.query, page, per_page: size };
			const answer = await client.call({ ...call, method: 'GET', query });
			const { body, headers } = answer;
			const found = rowsOf(body);
			if (found === null) throw notAList(answer, call.what, client.apiBaseUrl + call.path);
			const rowsSoFar = (page - 1) * size + found.length;
			more = hasNextPage({ headers, asked: size, rowsOnPage: found.length, rowsSoFar });
			return found;
		},
	});
	return { rows, more };
}

/** Relations of an RFC 8288 Link header: { next: "https://…?page=2", last: … }. */
function parseLinkHeader(header: string | undefined): Record<string, string> {
	const relations: Record<string, string> = {};
	for (const part of (header ?? '').slice(0, LONGEST).split(/,(?=\s{0,9}<)/)) {
		const open = part.indexOf('<');
		const close = part.indexOf('>', open);
		if (open < 0 || close < 0) continue;
		const relation = /\brel="?([^";,]{1,100})"?/i.exec(part.slice(close))?.[1];
		for (const name of relation?.trim().toLowerCase().split(/\s/) ?? [])
			if (name !== '') relations[name] = part.slice(open + 1, close);
	}
	return relations;
}

/** Node takes no more than 16 kB of headers either. */
const LONGEST = 16_384;

/** Rows of a list answer: a bare array (v1), or `{"data":[…]}` (v2). Null when it is neither, or holds what is no row. */
export function rowsOf(body: unknown): unknown[] | null {
	const data = Array.isArray(body) ? body : (body as { data?: unknown } | null)?.data;
	return Array.isArray(data) && data.every(isRow) ? data : null;
}

/**
 * Whether another page follows. A next page in the Link header decides; where it names none, Total does,
 * which may know of more; without Total, the other pages it names; then a page size that is the server's
 * own. Where nothing is told (not every list pages, v2 documents no headers, a Link may be about
 * something else, such as a deprecation, and a size may be the one asked for, given back) a server may
 * give fewer rows a page: only an empty page, or one without anything new, is the end.
 */
function hasNextPage(page: {
	headers: Record<string, string>;
	/** Rows that were asked for. */
	asked: number;
	rowsOnPage: number;
	rowsSoFar: number;
}): boolean {
	if (page.rowsOnPage === 0) return false;
	const links = parseLinkHeader(headerOf(page.headers, 'link'));
	if ('next' in links) return true;
	const total = countOf(page.headers, 'total');
	if (total !== undefined) return page.rowsSoFar < total;
	if (namesPages(links)) return false;
	const granted = countOf(page.headers, 'per-page') ?? 0;
	return granted > 0 && granted < page.asked ? page.rowsOnPage >= granted : true;
}

/** Whether the answer says how much there is, so that nothing has to be guessed from its rows. */
function tellsItsEnd(headers: Record<string, string>): boolean {
	return (
		countOf(headers, 'total') !== undefined ||
		namesPages(parseLinkHeader(headerOf(headers, 'link')))
	);
}

function namesPages(links: Record<string, string>): boolean {
	return ['next', 'prev', 'previous', 'first', 'last'].some((name) => name in links);
}

function countOf(headers: Record<string, string>, name: string): number | undefined {
	const text = headerOf(headers, name)?.trim() ?? '';
	return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function isRow(row: unknown): boolean {
	return typeof row === 'object' && row !== null;
}

/**
 * The error for an answer to a list that is none: a page of a proxy, a single record, a row that is null.
 *
 * @param what what Procore was asked to do, e.g. "list the vendors"
 */
export function notAList(
	answer: ProcoreAnswer,
	what: string,
	address: string,
): ProcoreUnexpectedAnswerError {
	return new ProcoreUnexpectedAnswerError(
		`Procore was asked to ${what} and answered something that is no list`,
		{
			remedy:
				'Check the API address in the "Procore OAuth2 API" credential; a proxy or login page may have answered instead.',
			httpStatus: answer.status,
			requestId: requestIdOf(answer),
			address,
			excerpt: pageExcerptOf(
				typeof answer.body === 'string' ? answer.body : jsonBeginning(answer.body),
			),
		},
	);
}
