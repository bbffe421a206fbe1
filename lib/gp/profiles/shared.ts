import type { EntityProfile, ListSource, QuerySettings, SiteProfile } from './site-profile';

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
