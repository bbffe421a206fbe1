import { canonicalKey } from '../../model/keys';
import { type Entity, isEntity } from '../../streams/streams';
import {
	html,
	languageOf,
	numberStyleOf,
	type Part,
	type SafeHtml,
	timeOf,
	type TypedAmounts,
	typedAmounts,
} from '../base/html';
import { causeKeyOf, type Chosen, isChosen, type Sort, SORTS } from '../waiting/causes';

/** One line of text; an address may name a thing twice, then the first counts. */
export function plainText(value: unknown, longest: number): string {
	const one: unknown = Array.isArray(value) ? value[0] : value;
	if (typeof one !== 'string') return '';
	return one
		.replace(/\p{Cc}/gu, ' ')
		.trim()
		.slice(0, longest);
}

/** Pages there are, by the name in the address. */
export const PAGES = [
	'overview',
	'waiting',
	'search',
	'story',
	'run',
	'runs',
	'reconciliation',
	'crosswalks',
] as const;
export type PageName = (typeof PAGES)[number];

/** Streams a record can belong to; `''` where none is asked for. */
export type EntityName = Entity | '';

export interface RecordKey {
	entity: EntityName;
	company: string;
	key: string;
}

/** What a visitor asks for, each part within known bounds: table filters take these values. */
export interface Question extends RecordKey, TypedAmounts {
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
	/** How the reader writes numbers: a language tag. */
	language: string;
	/** What is looked for as a day; fits nothing where it is none. */
	dayPattern: string;
	/** Export: days of the events, both included, `YYYY-MM-DD`, and the instant after the last. */
	from: string;
	to: string;
	toEnd: string;
	/** Which branch of the workflow reads for the page. */
	lane: string;
	/** Crosswalks: whose rows; with a `key` one of them is to be chosen for. */
	kind: Chosen;
	/** Only rows nobody decided. */
	open: boolean;
	/** What each crosswalk table is asked for: a pattern for key or name, and how many rows. */
	crosswalk: Record<Chosen, { pattern: string; limit: number }>;
	/** Crosswalks: the cause key of records that wait for the one chosen for. */
	waitsFor: string;
	/** Runs: events with greater ids are read, of one run; none where all runs are listed. */
	eventsAfter: number;
	/** Runs: pattern of the run ids to read. */
	runPattern: string;
	/** Waiting: one cause (reason code, and its key), how the list is sorted, and which page of it, from 1. */
	cause: string;
	causeKey: string;
	sort: Sort;
	place: number;
	/** The record's key as tables are asked for it; pieces of other keys are none. */
	exactKey: string;
	/** Reconciliation: the project looked into; `''` = all. */
	project: string;
	/** The same as bounds: n8n's patterns would find projects whose numbers only contain it. */
	projectFrom: string;
	projectTo: string;
	/** Kinds of rows that are not read. Cost codes only inside a project: a company has thousands. */
	kindsLeftOut: [string, string];
	/** UTC instant from which runs are summed up. */
	since: string;
	/** What the page has to say about the button pressed just before, by code. */
	notice: string;
}

/** "Voucher 417": tables and labels have the number with its zeros. */
const KIND_SAID = /^(?:voucher|vendor|job|account|project|invoice|document)\s+(?=\S*\d)/i;
export const DAYS_SHOWN = 30;
/** Greatest row id there can be: tables keep ids below 2^31. */
export const NO_LIMIT = 2_147_483_647;
/** So many rows that wait are read, to be put together by their causes. */
const WAITING_READ = 2_000;
/** A run of this many events is read whole, so that its hash chain can be checked. */
const CHAIN_CHECKED_UP_TO = 500;
/** Elsewhere a hundred. */
const ROWS_READ: Partial<Record<PageName, number>> = { waiting: WAITING_READ };

/**
 * Reads the query of the page's address. Whatever does not fit is taken as not given: an address can
 * be typed, or be an old bookmark.
 *
 * @param now UTC instant
 * @param acceptLanguage what the browser says of its reader
 */
export function readQuestion(
	query: Record<string, unknown>,
	now: string,
	acceptLanguage: unknown = '',
): Question {
	const language = languageOf(acceptLanguage);
	const text = (name: string, longest = 200) => plainText(query[name], longest);
	const typed = text('q', 80).replace(KIND_SAID, '');
	const search = typed.replace(/\s+/g, ' ');
	// GP keeps blanks as they were typed there, a page shows one: several stand for any.
	const bare = typed.normalize('NFC').replaceAll('%', '').replace(/\s\s+/g, '%');
	const pattern = `%${inAnyCase(bare)}%`;
	const outcome = /^[a-z]{1,20}$/.test(text('outcome')) ? text('outcome') : '';
	const kind = isChosen(text('kind')) ? (text('kind') as Chosen) : 'job';
	const asked = text('page');
	const page = PAGES.find((one) => one === asked) ?? (search === '' ? 'overview' : 'search');
	const after = rowId(query.after, 0);
	return {
		...{ page, search, pattern, upperPattern: `%${canonicalKey(bare)}%` },
		entity: entityName(text('entity')),
		...{ company: text('company', 40), key: text('key') },
		run: text('run', 80),
		language,
		...typedAmounts(search, numberStyleOf(language)),
		dayPattern: /^\d{4}(-\d{2}){1,2}$/.test(search) ? `${search}%` : NEVER,
		...period(text('from', 10), text('to', 10), now),
		lane: asked === 'export' ? 'export' : (LANE_OF[page] ?? page),
		kind,
		open: text('open', 3) === 'yes',
		crosswalk: crosswalkReads(page, kind, text('key'), pattern),
		waitsFor: page === 'crosswalks' && text('key') !== '' ? causeKeyOf(kind, text('key')) : '-',
		eventsAfter: page === 'run' ? after : NO_LIMIT,
		runPattern: page === 'run' ? text('run', 80) : '%',
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
		exactKey: canonicalKey(text('key')),
		projectFrom: text('project', 80),
		projectTo: text('project', 80) || BEHIND_ALL_PROJECTS,
		kindsLeftOut: text('project', 80) ? ['-', '-'] : COST_CODE_KINDS,
		since: new Date(Date.parse(now) - DAYS_SHOWN * 86_400_000).toISOString(),
		notice: /^[a-z-]{1,30}$/.test(text('notice')) ? text('notice') : '',
	};
}

/**
 * For an `ilike` filter: SQLite folds the case of plain letters alone, so any sign may stand where another
 * letter does. Finds more than is meant.
 */
export function inAnyCase(text: string): string {
	const open = text.replace(/(?:(?![A-Za-z])[\p{Lu}\p{Ll}])+/gu, '%');
	return /[^%\s]/.test(open) ? open : text;
}

/** Without days the last month, or that before the last day; turned around they are put in order. */
function period(from: string, to: string, now: string): Pick<Question, 'from' | 'to' | 'toEnd'> {
	const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && timeOf(text) !== null;
	const end = isDay(to) ? to : now.slice(0, 10);
	const monthAgo = new Date(Date.parse(end) - DAYS_SHOWN * 86_400_000).toISOString().slice(0, 10);
	const [first, last] = [isDay(from) ? from : monthAgo, end].sort() as [string, string];
	return { from: first, to: last, toEnd: `${last}T99` };
}

/** Fits no instant. n8n puts `%` around a pattern that has none, so one stands in it. */
const NEVER = '%never%';

/** Project ids are numbers, and letters come behind those in every database. */
const BEHIND_ALL_PROJECTS = 'zzzz';
const COST_CODE_KINDS: Question['kindsLeftOut'] = [
	'project, cost code',
	'project, cost code, vendor, month',
];

/** Pages that one branch of the workflow reads for. */
const LANE_OF: Partial<Record<PageName, string>> = { run: 'runs' };

/** Rows of one crosswalk table read for a page. */
const CROSSWALK_READ = 2_001;

/** Only the table looked at is read; for an account also the jobs, whose projects have its cost codes. */
function crosswalkReads(
	page: PageName,
	kind: Chosen,
	key: string,
	pattern: string,
): Question['crosswalk'] {
	const read = (one: Chosen) => {
		if (page !== 'crosswalks') return { pattern: NEVER, limit: 1 };
		if (one === kind)
			return { pattern: key === '' ? pattern : inAnyCase(key), limit: CROSSWALK_READ };
		const jobsToo = one === 'job' && kind === 'account' && key !== '';
		return jobsToo ? { pattern: '%', limit: CROSSWALK_READ } : { pattern: NEVER, limit: 1 };
	};
	return { job: read('job'), account: read('account'), vendor: read('vendor') };
}

export function entityName(text: string): EntityName {
	return isEntity(text) ? text : '';
}

function rowId(value: unknown, otherwise: number): number {
	const text = plainText(value, 10);
	const number = Number(text);
	return /^\d{1,10}$/.test(text) && number <= NO_LIMIT ? number : otherwise;
}

/** Address within the page: relative, so that it holds behind any proxy and under the test address. */
export function pageAddress(query: Record<string, string | number | undefined>): string {
	const search = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) {
		if (value !== undefined && value !== '') search.set(name, String(value));
	}
	return `?${search.toString()}`;
}

/** Address of all that is known of one record. */
export function storyAddress(record: RecordKey, more: Record<string, string> = {}): string {
	const { entity, company, key } = record;
	return pageAddress({ page: 'story', entity, company, key, ...more });
}

/** Address of one run. */
export function runAddress(runId: string): string {
	return pageAddress({ page: 'run', run: runId });
}

/**
 * A link to another site, only over http(s) and only to a host that is known (or below one);
 * for any other address just the text.
 */
export function outsideLink(address: string, text: Part, hosts: readonly string[]): SafeHtml {
	const known = knownAddress(address, hosts);
	if (known === null) return html`${text}`;
	return html`<a href="${known}" target="_blank" rel="noopener noreferrer"
		>${text}<span class="out" aria-hidden="true"> ↗</span
		><span class="unseen"> (opens in a new tab)</span></a
	>`;
}

/** The address as a browser would read it, or null when it is not to be followed. */
export function knownAddress(address: string, hosts: readonly string[]): string | null {
	let url: URL;
	try {
		url = new URL(address);
	} catch {
		return null;
	}
	if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
	if (url.username !== '' || url.password !== '') return null;
	const matches = hosts.some((host) =>
		host.includes(':')
			? url.host === host
			: url.hostname === host || url.hostname.endsWith(`.${host}`),
	);
	return matches ? url.href : null;
}

/** Hosts from text: names or whole addresses, separated by blanks or commas. */
export function hostsOf(text: string): string[] {
	return text
		.split(/[\s,;]+/)
		.map((part) =>
			part
				.toLowerCase()
				.replace(/^https?:\/\//, '')
				.replace(/\/.*$/, ''),
		)
		.filter((host) => /^[a-z0-9.-]+(:\d+)?$/.test(host));
}
