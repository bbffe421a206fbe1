import type { Addresses } from '../addressing/resource-address';
import type { SiteProfile } from '../profiles/site-profile';
import type { QueryStep } from '../query/list-query';
import type { Effects } from '../../model/effects';
import type { Send } from '../transport/sender';

/** What every part of reading shares within one client. */
export interface ReaderServices {
	send: Send;
	addresses: Addresses;
	profile: SiteProfile;
	concurrency: number;
	signal?: AbortSignal;
	effects: Pick<Effects, 'sleep' | 'random'>;
	/** How much of the query language each list was found to accept, by path. */
	acceptedStep: Map<string, QueryStep>;
	/** Paths whose filter gave fewer rows than it should: not filtered again by this client. */
	distrustedFilters: Set<string>;
	/** Paths that refuse a condition: their lists are read whole by this client. */
	refusedConditions: Set<string>;
	/** Lists not shown to have been read to their end, by path: why not. */
	doubts: Map<string, string>;
	/** Rows of the lists that came in one answer, by path. */
	wholeSizes: Map<string, number>;
	/** Lookup tables read so far. */
	lookups: Map<string, Promise<ReadonlyMap<string, Record<string, unknown>>>>;
}
