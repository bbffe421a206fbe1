import type { Entity } from '../../model/desired';
import type { GpPayable } from '../../model/gp-records';

/**
 * What a GP site exposes and how, as data. Nothing of it is publicly documented for the stock
 * services, so every part can be overridden per site; the client checks what the server really does.
 */
export interface SiteProfile {
	name: ProfileName;
	/** SBA answers XML unless `.json` is appended to the path or JSON is asked for. */
	format: { kind: 'json' | 'xml'; by: 'suffix' | 'accept' };
	paths: {
		/** Everything of one company; `{tenant}` and `{company}` are filled in. */
		context: string;
		/** The service's own description, an HTML page; null where there is none. */
		help: string | null;
		/** List of companies; null when not offered. */
		companies: string | null;
	};
	/** Optional dictionary between company and series, e.g. "Dynamics". */
	productSegment: string;
	/** Which form of the company stands in the URL: display name (every first-hand source) or database id. */
	companySegment: 'name' | 'id';
	/** Joins the parts of a composite key. */
	keySeparator: string;
	query: QuerySettings;
	/** Only for rows of another workflow. */
	rows?: {
		/**
		 * Rows of history gone through by key in one statement in search of changed ones, since their stamp has
		 * no index; null allows one statement that scans all of it.
		 */
		historyWindow: number | null;
	};
	/** Dotted path to the records in an answer, e.g. "Payload.Vendors"; null finds them. */
	responsePath: string | null;
	stamp: StampSettings;
	recheck: RecheckSettings;
	/** Luxon pattern of dates that are neither ISO nor `/Date()/`, e.g. "M/d/yyyy". */
	dateFormat: string | null;
	/**
	 * Zone of the company, e.g. "America/Chicago", where dates come as instants: the midnight of a day,
	 * turned into UTC. Null: not set; then only an instant that is the midnight of one day is taken.
	 */
	dateZone: string | null;
	/** Which payables are read; the mapping decides what becomes of unposted ones. */
	transactionStates: Array<GpPayable['state']>;
	/** Names of fields, beside the built-in ones, that must never leave GP. */
	secretFields: string[];
	/** Names of fields that may leave GP in `extra` beside those known to be harmless (normaliser.ts). */
	extraFields: string[];
	entities: Record<Entity, EntityProfile>;
}

/** A profile as its door ships it, with the streams the door knows; shipped-profiles.ts asks for all. */
export type DoorProfile<Known extends Entity> = Omit<SiteProfile, 'entities'> & {
	entities: Record<Known, EntityProfile>;
};

/** The door: which of GP's interfaces is read. */
export type ProfileName = 'sba' | 'odata' | 'soap' | 'rows';

export interface QuerySettings {
	/** `none`: no parameters, the whole list comes; `parameters`: the site's own names. */
	dialect: 'none' | 'odata' | 'parameters';
	/** How an instant is written in a filter. */
	dateLiteral: 'odata3' | 'odata4' | 'iso' | 'date';
	/** Rows asked for per request. */
	pageSize: number;
	/** How to ask for the number of rows: `$count=true`, `$inlinecount=allpages`, or not at all. */
	count: 'none' | 'odata3' | 'odata4';
	/** Number of the first page where the site counts pages; null finds out, which costs a request per list. */
	firstPage: 0 | 1 | null;
	/**
	 * Somebody compared the numbers with GP's own: lists that cannot be paged come whole, also where
	 * exactly 100 rows come.
	 */
	listsComeWhole: boolean;
	/** Most rows the service was seen to give at once, of whatever list: one of as many may be cut. */
	cap: number | null;
	/** For `parameters`: names of the query parameters; null where the site has none. */
	names: {
		since: string | null;
		until: string | null;
		limit: string | null;
		/** Rows to skip. */
		offset: string | null;
		/** Page number, used when there is no `offset`. */
		page: string | null;
		order: string | null;
	};
}

export interface StampSettings {
	/** `auto`: a stamp at midnight is a date, any other an instant. */
	granularity: 'auto' | 'date' | 'dateTime';
	/** Zone of stamps that name none; GP's DEX_ROW_TS is UTC. */
	zone: string;
	/** How far before the watermark instants are read again: a stamp is statement time, not commit time. */
	overlapMinutes: number;
	/** The same for date-only stamps, which follow the user date of GP. */
	overlapDays: number;
}

/** Details read again in each run although no list row says that they changed; 0 for none. */
export interface RecheckSettings {
	/** Of rows whose stamp may hide a later edit: a date of the last day, an instant of the last minutes. */
	recentPerRun: number;
	/** In turn, of documents that may change without a stamp: open ones, and all where there are no stamps. */
	openPerRun: number;
}

export interface EntityProfile {
	/** Where the rows are, read in this order; a record found twice counts as the later one. */
	lists: ListSource[];
	/** Path of one record, `{key}` filled in; null when only lists are offered. */
	detail: string | null;
	/** Parts of the key in the URL, in order: names of normalised fields. */
	keyParts: string[];
	/**
	 * `auto`: the detail is fetched when the list row lacks `detailFields`; `notWanted`: the caller looks at list
	 * rows alone, so what they lack is no fault.
	 */
	details: 'auto' | 'always' | 'never' | 'notWanted';
	detailFields: string[];
	/** Field of the change stamp as filters name it; null: the entity has none, it is read whole. */
	stampField: string | null;
	/** Order to ask for: best a key that never changes, so that pages do not shift. */
	orderBy: string[];
	/** Columns a text search may use on the server; empty: searched here. */
	searchFields: string[];
	/** Overrides the site's `responsePath` for this entity. */
	responsePath: string | null;
	/** Separator in account strings. */
	accountSeparator: string;
	/** Normalised field → names it may have in the answer, dotted for nested ones, first found wins. */
	fields: FieldMap;
	/** The same for the lists inside a record: addresses, distributions, taxes. */
	nested: Record<string, FieldMap>;
	/** What a field means that records here do not have, where absence alone says nothing (field-maps.ts). */
	absentMeans: Record<string, string>;
}

export type FieldMap = Record<string, string[]>;

/** One resource or published table that yields rows of an entity. */
export interface ListSource {
	path: string;
	/** Sent with every request. */
	parameters: Record<string, string>;
	/** Members every row of this source gets, e.g. the state its table stands for. */
	assign: Record<string, string>;
	/** Columns of the key in filters, by normalised field: lets one record be read without a detail path. */
	keyColumns: Record<string, { column: string; type: 'text' | 'number' }>;
	/** Tables whose rows belong into a row of this one. */
	children: ChildTable[];
	/** Small tables read once, whose columns are added to each row. */
	lookups: LookupTable[];
}

export interface ChildTable {
	/** Member of the row that receives the list. */
	as: string;
	path: string;
	/** Pairs of columns that must be equal; a pair counts only where both sides have the column. */
	match: Array<[row: string, child: string]>;
	/** Column of `match` by which the server is asked, for many rows at once. */
	by: [row: string, child: string];
	/** A row without children is complete too, and a table that is not published is no error. */
	optional: boolean;
	lookups: LookupTable[];
}

export interface LookupTable {
	path: string;
	on: [row: string, lookup: string];
	/** Columns taken over: name in the lookup → name in the row. */
	take: Record<string, string>;
	optional: boolean;
}

/* What the shipped profiles have in common, as long as one does not say otherwise. */

/** A path, a table, an operation or a view that yields rows, and nothing more known of it. */
export function bareList(path: string): ListSource {
	return { path, parameters: {}, assign: {}, keyColumns: {}, children: [], lookups: [] };
}

export const ENTITY: Omit<EntityProfile, 'lists' | 'keyParts' | 'fields' | 'nested'> = {
	detail: null,
	details: 'auto',
	detailFields: [],
	stampField: 'ModifiedDate',
	orderBy: [],
	searchFields: [],
	responsePath: null,
	accountSeparator: '-',
	absentMeans: {},
};

/** Lists that come as they are, since a door of its own asks for them. */
export const QUERY: QuerySettings = {
	dialect: 'none',
	dateLiteral: 'iso',
	pageSize: 500,
	count: 'none',
	firstPage: null,
	listsComeWhole: false,
	cap: null,
	names: { since: null, until: null, limit: null, offset: null, page: null, order: null },
};

export const SITE: Omit<
	SiteProfile,
	'name' | 'format' | 'paths' | 'keySeparator' | 'query' | 'entities'
> = {
	productSegment: '',
	companySegment: 'name',
	responsePath: null,
	stamp: { granularity: 'auto', zone: 'utc', overlapMinutes: 15, overlapDays: 1 },
	recheck: { recentPerRun: 100, openPerRun: 60 },
	dateFormat: null,
	dateZone: null,
	transactionStates: ['unposted', 'open', 'history'],
	secretFields: [],
	extraFields: [],
};
