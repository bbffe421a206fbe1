import type { Entity } from '../../model/desired';
import type { ProfileName, QuerySettings, SiteProfile } from '../profiles/site-profile';
import type { FoundRows } from '../response/find-rows';
import type { DeepPartial } from '../site';

export { ENTITIES } from '../../streams/streams';

/** What one way into GP answered at one address. */
export interface DoorSurvey {
	door: ProfileName;
	/** Address that was tried. */
	serviceAddress: string;
	/**
	 * `open`: records can be read; `closed`: it is there, and this account or company is not let in;
	 * `absent`: something else or nothing answers; `notTried`: see `why`.
	 */
	state: 'open' | 'closed' | 'absent' | 'notTried';
	/** What the answer was, in words; null where it is open. */
	why: string | null;
	/** What the person does about it. */
	remedy: string | null;
	/** Which lists gave rows with this account, and what the others answered; null where none was asked. */
	reads: Record<Entity, string> | null;
	/** What this door does not carry, whatever the site. */
	lacks: readonly string[];
}

/** Names services usually have for these, asked for all at once first. */
const LIMITS = ['limit', 'pageSize', 'page_size', 'per_page', 'top', 'take', 'size', 'maxRecords'];
const OFFSETS = ['offset', 'skip', 'start', 'startIndex', 'startRow', 'from', '$skip'];
const PAGES = ['page', 'pageNumber', 'page_number', 'pageNo', 'pageIndex', 'currentPage'];
/** Rows asked for where few do. */
export const FEW = 3;

type Ask = (query: Record<string, string>) => Promise<FoundRows | 'refused'>;
type FoundPaging = Pick<QuerySettings, 'firstPage'> & {
	names: Pick<QuerySettings['names'], 'limit' | 'offset' | 'page'>;
};

/**
 * Finds by asking how a service that pages by names of its own does it: the parameter that limits, the
 * one that skips or counts pages, and the number of the first page. Null when none of the usual names
 * brings other rows. Costs two or three requests where none does.
 *
 * @param whole what came without any of them, or with the limit alone
 * @param limit the parameter that was found to limit already
 */
export async function findPaging(
	ask: Ask,
	whole: FoundRows,
	limit: string | null = null,
): Promise<FoundPaging | null> {
	const begin = mark(whole);
	if (begin === null) return null;
	const known = new Set(whole.rows.map((row) => JSON.stringify(row)));
	limit ??=
		whole.rows.length > FEW
			? await nameOf(LIMITS, String(FEW), ask, ({ rows }) => rows.length === FEW)
			: null;
	const limited: Record<string, string> = limit ? { [limit]: String(FEW) } : {};
	const askLimited: Ask = async (query) => await ask({ ...limited, ...query });
	const second = whole.rows[1] && JSON.stringify(whole.rows[1]);
	const offset = await nameOf(OFFSETS, '1', askLimited, (found) =>
		second === undefined ? isOther(found, begin) : mark(found) === second,
	);
	if (offset) return { names: { limit, offset, page: null }, firstPage: null };
	// Nothing on page 2 is an answer too: without it there were rows.
	const page = await nameOf(PAGES, '2', askLimited, (found) => mark(found) !== begin);
	if (!page) return null;
	for (const firstPage of [1, 0] as const) {
		const first = await askLimited({ [page]: String(firstPage) });
		if (first !== 'refused' && mark(first) === begin)
			return { names: { limit, offset: null, page }, firstPage };
	}
	// It moved, but neither number gives the beginning: the reader finds out with each list.
	const other = await askLimited({ [page]: '2' });
	const unseen = other !== 'refused' && other.rows.some((row) => !known.has(JSON.stringify(row)));
	return unseen ? { names: { limit, offset: null, page }, firstPage: null } : null;
}

/** The name that works; they are only tried one by one when all of them together do something. */
async function nameOf(
	names: readonly string[],
	value: string,
	ask: Ask,
	works: (found: FoundRows) => boolean,
): Promise<string | null> {
	const together = await ask(Object.fromEntries(names.map((name) => [name, value])));
	if (together !== 'refused' && !works(together)) return null;
	for (const name of names) {
		const found = await ask({ [name]: value });
		if (found !== 'refused' && works(found)) return name;
	}
	return null;
}

function mark({ rows }: FoundRows): string | null {
	return rows.length === 0 ? null : JSON.stringify(rows[0]);
}

/** A list of few rows has no second page: nothing is shown by an empty answer. */
function isOther(found: FoundRows, begin: string): boolean {
	const first = mark(found);
	return first !== null && first !== begin;
}

/** No record was changed then: a filter that works gives nothing. */
export const FAR_FUTURE = '2999-01-01';

/** What became of one question to the server. */
export type Answer = 'honoured' | 'ignored' | 'refused' | 'notAsked' | 'unclear';

/**
 * What became of the filter on the change stamp. `shifted`: it compares in another zone than the one
 * stamps are written in, by less than a day. `losesRows`: it leaves out what it should give.
 */
export type FilterAnswer = Answer | 'shifted' | 'losesRows';

/** One address asked with this account, and what it may read there. */
export interface Right {
	path: string;
	/** `refused`: 401 or 403; `notOffered`: nothing is published there. */
	answer: 'readable' | 'refused' | 'notOffered' | 'failed';
	/** Records cannot be read without it. */
	needed: boolean;
	/** What the server said, null where it answered. */
	message: string | null;
}

/** How one record is asked for by its key, found by asking for one the list had shown. */
export interface DetailSurvey {
	answer: 'honoured' | 'refused' | 'notOffered';
	/** Order of the key parts in the address, and what joins them; null where no form worked. */
	key: { parts: string[]; separator: string } | null;
	/** It holds more than the list row: distributions, addresses. */
	addsToTheList: boolean | null;
}

export interface EntitySurvey {
	path: string;
	readable: boolean;
	/** Why not, when it is not readable. */
	error: { code: string; message: string; remedy: string } | null;
	rowsSeen: number;
	/** Where the rows stand in the answer, "" for a bare list. */
	envelope: string;
	limit: Answer;
	offset: Answer;
	/** How it gives pages by names of its own, found by asking. */
	paging: FoundPaging | null;
	/** Most rows one answer holds, where the list was seen to have more; null where no bound was met. */
	cap: number | null;
	/** Links to a next page: none seen, seen, or seen to end after as many rows as were asked for. */
	links: 'none' | 'given' | 'endAtTop';
	/** How it tells the number of rows: OData's member by `$count` or `$inlinecount`, or one of its own. */
	count: 'none' | 'odata3' | 'odata4' | 'own' | 'notAsked';
	/** What it makes of a descending order, which the second look asks for. */
	descending: Answer;
	/** Why the list may be cut without notice, if so. */
	mayBeCut: string | null;
	modifiedFilter: FilterAnswer;
	/** Whether the list carries all that is needed, so that no detail call follows. */
	rowsAreComplete: boolean | null;
	/** One record by its key; null where it was not asked for. */
	detail: DetailSurvey | null;
	/** Where a payable's distributions stand; null for other entities and where none could be read. */
	distributions: 'list' | 'detail' | 'table' | 'none' | null;
	/** Further addresses this entity is put together from, with this account. */
	rights: Right[];
	stampField: string | null;
	/** "ISO date", "ISO date and time", "/Date()/" or the sample itself. */
	stampFormat: string | null;
	granularity: 'date' | 'dateTime' | null;
	/** Names of the fields of the first row; no values. */
	fields: string[];
	/** Fields that decide and that neither the list row nor its record has; empty where none was read. */
	untold: string[];
	/** Why the first row could not be understood, if so. */
	firstRowFault: string | null;
	/** Zones in which every date that came as an instant begins a day; absent where none did. */
	dateZones?: string[];
}

export interface Survey {
	entities: Record<Entity, EntitySurvey>;
	/** Paste it as the site profile; empty when nothing has to change. */
	suggestedProfile: DeepPartial<SiteProfile>;
	/** What was found, in plain words. */
	findings: string[];
	/** What a person should do about it. */
	advice: string[];
	/** What the other ways into GP answered; only where they were asked. */
	doors?: DoorSurvey[];
	/** The door to set, and the profile to paste with it; null where none can be read. */
	proposal?: {
		door: ProfileName;
		serviceAddress: string;
		profileOverride: DeepPartial<SiteProfile>;
	} | null;
}

/** An entity nothing was asked of yet. */
export function notAskedYet(path: string): EntitySurvey {
	return {
		path,
		readable: false,
		error: null,
		rowsSeen: 0,
		envelope: '',
		limit: 'notAsked',
		offset: 'notAsked',
		paging: null,
		cap: null,
		links: 'none',
		count: 'notAsked',
		descending: 'notAsked',
		mayBeCut: null,
		modifiedFilter: 'notAsked',
		rowsAreComplete: null,
		detail: null,
		distributions: null,
		rights: [],
		stampField: null,
		stampFormat: null,
		granularity: null,
		fields: [],
		untold: [],
		firstRowFault: null,
	};
}
