import { SORTS, type Sort } from '../waiting/choose-records';

/** Pages there are, by the name in the address. */
export const PAGES = [
	'overview',
	'waiting',
	'search',
	'story',
	'run',
	'runs',
	'reconciliation',
] as const;
export type PageName = (typeof PAGES)[number];

/** Streams a record can belong to; `''` where none is asked for. */
export type EntityName = 'vendor' | 'account' | 'payable' | '';

export interface RecordKey {
	entity: EntityName;
	company: string;
	key: string;
}

/** What a visitor asks for, each part within known bounds: table filters take these values. */
export interface Question extends RecordKey {
	page: PageName;
	/** What to look for, as typed. */
	search: string;
	/** The same as a pattern for an `ilike` filter, and in upper case for a `like` filter, which is quicker. */
	pattern: string;
	upperPattern: string;
	run: string;
	/** Outcome to show, and the same as a pattern; `%` shows all. */
	outcome: string;
	outcomePattern: string;
	/** Rows with a smaller (newest first) or greater (oldest first) id than this, for the next page. */
	before: number;
	after: number;
	/** How many rows of the main list to read: one more than is shown tells that there are more. */
	limit: number;
	/** Waiting: one cause (reason code, and its key), how the list is sorted, and which page of it, from 1. */
	cause: string;
	causeKey: string;
	sort: Sort;
	place: number;
	/** Reconciliation: the project looked into; `''` = all. */
	project: string;
	/** UTC instant from which runs are summed up. */
	since: string;
	/** What the page has to say about the button pressed just before, by code. */
	notice: string;
}

export const DAYS_SHOWN = 30;
/** Greatest row id there can be: tables keep ids below 2^31. */
const NO_LIMIT = 2_147_483_647;
/** So many rows that wait are read, to be put together by their causes. */
export const WAITING_READ = 2_000;
/** A run of this many events is read whole, so that its hash chain can be checked. */
const CHAIN_CHECKED_UP_TO = 500;
/** Elsewhere a hundred. */
const ROWS_READ: Partial<Record<PageName, number>> = { waiting: WAITING_READ };

/**
 * Reads the query of the page's address. Whatever does not fit is taken as not given: an address can
 * be typed, or be an old bookmark.
 *
 * @param now UTC instant
 */
export function readQuestion(query: Record<string, unknown>, now: string): Question {
	const text = (name: string, longest = 200) => plainText(query[name], longest);
	const search = text('q', 80);
	const pattern = `%${search.replaceAll('%', '')}%`;
	const outcome = /^[a-z]{1,20}$/.test(text('outcome')) ? text('outcome') : '';
	const asked = text('page');
	const page = PAGES.find((one) => one === asked) ?? (search === '' ? 'overview' : 'search');
	const after = rowId(query.after, 0);
	return {
		page,
		search,
		pattern,
		upperPattern: pattern.toUpperCase(),
		entity: entityName(text('entity')),
		company: text('company', 40),
		key: text('key'),
		run: text('run', 80),
		outcome,
		outcomePattern: outcome === '' ? '%' : outcome,
		before: rowId(query.before, NO_LIMIT),
		after,
		limit: 1 + (page === 'run' && after === 0 ? CHAIN_CHECKED_UP_TO : (ROWS_READ[page] ?? 100)),
		cause: /^[A-Za-z0-9_-]{1,60}$/.test(text('cause')) ? text('cause') : '',
		causeKey: text('about', 130),
		sort: SORTS.find((one) => one === text('sort')) ?? 'amount',
		place: Math.max(1, rowId(query.place, 1)),
		project: text('project', 80),
		since: new Date(Date.parse(now) - DAYS_SHOWN * 86_400_000).toISOString(),
		notice: /^[a-z-]{1,30}$/.test(text('notice')) ? text('notice') : '',
	};
}

export function entityName(text: string): EntityName {
	return text === 'vendor' || text === 'account' || text === 'payable' ? text : '';
}

/** One line of text; an address may name a thing twice, then the first counts. */
export function plainText(value: unknown, longest: number): string {
	const one: unknown = Array.isArray(value) ? value[0] : value;
	if (typeof one !== 'string') return '';
	return one
		.replace(/\p{Cc}/gu, ' ')
		.trim()
		.slice(0, longest);
}

function rowId(value: unknown, otherwise: number): number {
	const text = plainText(value, 10);
	const number = Number(text);
	return /^\d{1,10}$/.test(text) && number <= NO_LIMIT ? number : otherwise;
}
