import { backoff } from '../../http/request-rules';
import type { Effects } from '../../model/connection-check';
import { excerptOf } from '../../model/foreign-text';
import { type Addresses, onOurServer } from '../addressing/resource-address';
import {
	type GpErrorContext,
	GpErrorInSuccess,
	GpHtmlPage,
	GpInvalidBody,
	GpNextLinkUnusable,
	GpWrongContentType,
} from '../errors/gp-error';
import { GpBusinessError } from '../errors/refusals';
import type { SiteProfile } from '../profiles/site-profile';
import type { QueryStep } from '../query/list-query';
import { checkStatus, decodeBody, isEmptyAnswer } from '../response/decode-body';
import { findRows, type FoundRows, type RowRecogniser } from '../response/find-rows';
import type { Send } from '../transport/sender';
import type { PagingOptions } from './paging/page';

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
	/** What was found out about the counts of this service. */
	learned: NonNullable<PagingOptions<unknown>['learned']>;
	/** Rows of the lists that came in one answer, by path. */
	wholeSizes: Map<string, number>;
	/** Lookup tables read so far. */
	lookups: Map<string, Promise<ReadonlyMap<string, Record<string, unknown>>>>;
}

/** One answer of the service, read as rows. The server's link to the next page stays on our server. */
export async function fetchRows(
	services: ReaderServices,
	address: string,
	recogniser: RowRecogniser,
	responsePath: string | null,
	context: GpErrorContext,
): Promise<FoundRows> {
	const where: GpErrorContext = { ...context, address };
	const response = await services.send(address, where);
	checkStatus(response, where);
	if (response.status === 204)
		return {
			rows: [],
			path: '',
			beside: {},
			next: null,
			unreadable: false,
			total: null,
			more: null,
		};
	const { value } = await decodeBody(response, where);
	const details = () => ({
		...where,
		httpStatus: response.status,
		excerpt: excerptOf(response.body),
	});
	const found = findRows(value, recogniser, responsePath, details, response.headers);
	// Of one record nobody knows which part is missing.
	if (found.failedInPart !== undefined && where.key !== undefined)
		throw new GpErrorInSuccess({ ...details(), serverMessage: found.failedInPart });
	if (found.unreadable) throw new GpNextLinkUnusable(details(), 'it is no text');
	return found.next === null ? found : { ...found, next: followable(found.next) };

	function followable(link: string): string {
		try {
			return onOurServer(services.addresses.origin, address, link);
		} catch {
			throw new GpNextLinkUnusable(details(), 'it is no address');
		}
	}
}

/** So often the same is asked before an answer that may be a passing fault is believed. */
const ASKED = 3;

/**
 * One answer of a list, see {@link fetchRows}. What may come from a server in trouble or a proxy before
 * it (a web page, half an answer, a fault with status 500) is no answer to the question, so the same is
 * asked again: taken for a refusal of the query, it would have the list read in a weaker way for
 * nothing. Only what says that the request itself is wrong (4xx) is believed at once.
 */
export async function fetchListRows(...asked: Parameters<typeof fetchRows>): Promise<FoundRows> {
	const [{ effects, signal }] = asked;
	for (let count = 1; ; count++) {
		try {
			return await fetchRows(...asked);
		} catch (error) {
			if (count === ASKED || !mayPass(error)) throw error;
			await effects.sleep(backoff(count, effects.random()), signal);
		}
	}
}

function mayPass(error: unknown): boolean {
	if (error instanceof GpInvalidBody) return true;
	if (error instanceof GpWrongContentType) return isEmptyAnswer(error);
	if (
		!(
			error instanceof GpHtmlPage ||
			error instanceof GpErrorInSuccess ||
			error instanceof GpBusinessError
		)
	)
		return false;
	const { httpStatus = 0 } = error.details;
	return httpStatus < 300 || httpStatus >= 500;
}
