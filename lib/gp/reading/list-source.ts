import { breather } from '../../http/read-body';
import { backoff } from '../../http/request-rules';
import type { Entity } from '../../model/desired';
import type { Effects } from '../../model/effects';
import { excerptOf, looksLikeHtml } from '../../model/foreign-text';
import { type Addresses, onOurServer } from '../addressing/resource-address';
import {
	GpError,
	type GpErrorContext,
	GpErrorInSuccess,
	GpHtmlPage,
	GpInvalidBody,
	GpNextLinkUnusable,
	GpWrongContentType,
} from '../errors/gp-error';
import { GpBusinessError, GpListUnstable, GpResourceNotOffered } from '../errors/refusals';
import type { RawRecord } from '../normalise/field-reader';
import type { EntityProfile, ListSource, SiteProfile } from '../profiles/site-profile';
import {
	type ListFilter,
	listQuery,
	pagingOf,
	type QueryStep,
	querySteps,
} from '../query/list-query';
import { checkStatus, decodeBody } from '../response/decode-body';
import { findRows, type FoundRows, type RowRecogniser } from '../response/find-rows';
import type { Send } from '../transport/sender';
import {
	type Page,
	pageThrough,
	type PagingOptions,
	type PagingReport,
} from './paging/page-through';

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
	/** What was found out about the counts of lists, by path. */
	learned: Map<string, NonNullable<PagingOptions<unknown>['learned']>>;
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
		return { rows: [], path: '', next: null, unreadable: false, total: null, more: null };
	const { value } = await decodeBody(response, where);
	const details = () => ({
		...where,
		httpStatus: response.status,
		excerpt: excerptOf(response.body),
	});
	const found = findRows(value, recogniser, responsePath, details, response.headers);
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
	if (error instanceof GpWrongContentType) return !error.details.excerpt;
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

export interface ListRequest<Row> {
	entity: Entity;
	settings: Pick<EntityProfile, 'stampField' | 'orderBy' | 'searchFields' | 'responsePath'>;
	source: ListSource;
	recogniser: RowRecogniser;
	filter: ListFilter;
	/** Rows asked for per page; the profile's when absent. */
	pageSize?: number;
	/** What is made of a row as it comes: the rows themselves need not be kept beside it. */
	read(raw: RawRecord): Row;
	keyOf(row: Row): string;
	take(row: Row, key: string): void;
	enough?(): boolean;
	onPage?(found: FoundRows): void;
}

export interface ListReport extends PagingReport {
	step: QueryStep;
}

/**
 * Reads one list to its end. A server that refuses the query is asked again with less of it, down
 * to no query at all; how far it went is remembered for the life of the client.
 */
export async function listSource<Row>(
	services: ReaderServices,
	request: ListRequest<Row>,
): Promise<ListReport> {
	const { entity, source } = request;
	const settings = { ...services.profile.entities[entity], ...request.settings };
	let filter = services.distrustedFilters.has(source.path)
		? { ...request.filter, since: null, until: null }
		: request.filter;
	if (services.refusedConditions.has(source.path)) filter = { ...filter, condition: undefined };
	const steps = querySteps(services.profile, settings, filter);
	const accepted = services.acceptedStep.get(source.path);
	let index = Math.max(0, accepted ? steps.indexOf(accepted) : 0);

	for (; ; index += 1) {
		const step = steps[index]!;
		let answered = false;
		try {
			const report = await readWith(
				services,
				request,
				settings,
				filter,
				step,
				() => (answered = true),
			);
			services.acceptedStep.set(source.path, step);
			noteDoubt(services, request, report);
			return { ...report, step };
		} catch (error) {
			const unfiltered = steps.indexOf('pagingOnly');
			if (!answered && saysNoRows(error, filter) && index < unfiltered) {
				index = unfiltered - 1;
				continue;
			}
			if (answered || !refusesQuery(error)) throw error;
			if (index < steps.length - 1) continue;
			if (!filter.condition || !refusesCondition(error)) throw error;
			// The whole list, then: whoever asks by a condition takes what fits, since others ignore it.
			services.refusedConditions.add(source.path);
			filter = { ...filter, condition: undefined };
			index = -1;
		}
	}
}

async function readWith<Row>(
	services: ReaderServices,
	request: ListRequest<Row>,
	settings: EntityProfile,
	filter: ListFilter,
	step: QueryStep,
	onAnswer: () => void,
): Promise<PagingReport> {
	const { addresses, profile } = services;
	const { entity, source } = request;
	const pageSize = request.pageSize ?? profile.query.pageSize;
	const responsePath = settings.responsePath ?? profile.responsePath;

	return await pageThrough<Row>({
		paging: pagingOf(profile, step),
		firstPage: profile.query.firstPage,
		pageSize,
		filtered: Boolean(filter.since || filter.until || filter.search || filter.condition),
		comesWhole: profile.query.listsComeWhole,
		cap: profile.query.cap,
		learned: learnedOf(services, source.path),
		sameSizeElsewhere: (rows) => sameSizeElsewhere(services, source.path, rows),
		fromTheEnd: async () => {
			const ordered = { ...settings, orderBy: reversed(settings) };
			if (ordered.orderBy.length === 0 || step === 'pagingOnly') return null;
			const rows = await ask(listQuery(profile, ordered, source, filter, { top: 2 }, step));
			return rows && (await readRows(rows.rows)).map((row) => request.keyOf(row));
		},
		countsBeforeFilter: async () => {
			const learned = learnedOf(services, source.path);
			if (learned.countsBeforeFilter === undefined && filter.since) {
				const nothing = { ...filter, since: FAR_FUTURE, until: null };
				const found = await ask(listQuery(profile, settings, source, nothing, { top: 1 }, step));
				if (found !== null)
					learned.countsBeforeFilter = found.rows.length === 0 && (found.total?.count ?? 0) > 0;
			}
			return learned.countsBeforeFilter === true;
		},
		isRefusal: (error) => refusesQuery(error) || error instanceof GpResourceNotOffered,
		keyOf: request.keyOf,
		take: request.take,
		...(request.enough ? { enough: request.enough } : {}),
		unstable: (why) => {
			throw new GpListUnstable({ entity, address: addresses.resource(source.path) }, why);
		},
		async fetch(wanted): Promise<Page<Row>> {
			const page = 'top' in wanted ? wanted : {};
			const address =
				'next' in wanted
					? wanted.next
					: addresses.resource(
							source.path,
							listQuery(profile, settings, source, filter, page, step),
						);
			const found = await get(address);
			onAnswer();
			request.onPage?.(found);
			return { ...found, rows: await readRows(found.rows) };
		},
	});

	async function get(address: string): Promise<FoundRows> {
		return await fetchListRows(services, address, request.recogniser, responsePath, { entity });
	}

	/** A question beside the reading; null where it is refused. */
	async function ask(query: Record<string, string>): Promise<FoundRows | null> {
		try {
			return await get(addresses.resource(source.path, query));
		} catch (error) {
			if (refusesQuery(error)) return null;
			throw error;
		}
	}

	async function readRows(raws: RawRecord[]): Promise<Row[]> {
		const assigns = Object.keys(source.assign).length > 0;
		const pause = breather();
		const rows: Row[] = [];
		for (const raw of raws) {
			rows.push(request.read(assigns ? { ...raw, ...source.assign } : raw));
			await pause();
		}
		return rows;
	}
}

/** A service may answer 404 where nothing meets a wish: the list without the wish tells whether it is there. */
function saysNoRows(error: unknown, { since, until, search }: ListFilter): boolean {
	return (
		Boolean(since ?? until ?? search) &&
		error instanceof GpResourceNotOffered &&
		error.details.httpStatus === 404 &&
		!looksLikeHtml(error.details.excerpt ?? '')
	);
}

/** Later than any record: whoever filters by it gives nothing. */
const FAR_FUTURE = '9999-12-30';

function learnedOf({ learned }: ReaderServices, path: string) {
	const known = learned.get(path) ?? { countsAll: false };
	learned.set(path, known);
	return known;
}

/** The order turned round; by the change stamp, the latest first, where none is asked for. */
function reversed({ orderBy, stampField }: Pick<EntityProfile, 'orderBy' | 'stampField'>) {
	if (orderBy.length === 0) return stampField === null ? [] : [`${stampField} desc`];
	return orderBy.map((field) =>
		/ desc$/i.test(field) ? field.replace(/ desc$/i, '') : `${field.replace(/ asc$/i, '')} desc`,
	);
}

/** What is not shown to be complete is kept for the whole client: child tables have no reader of their own. */
function noteDoubt(
	{ doubts }: ReaderServices,
	{ source, enough }: Pick<ListRequest<unknown>, 'source' | 'enough'>,
	{ completeness }: PagingReport,
): void {
	if (enough) return;
	if (completeness.proven) doubts.delete(source.path);
	else doubts.set(source.path, completeness.why);
}

/** Two lists that came whole and have as many rows were likely cut at the same number. */
function sameSizeElsewhere(
	{ wholeSizes }: ReaderServices,
	path: string,
	rows: number,
): string | null {
	wholeSizes.set(path, rows);
	for (const [other, size] of wholeSizes) if (other !== path && size === rows) return other;
	return null;
}

/** An answer that may be about the parameters rather than about the data. */
export function refusesQuery(error: unknown): boolean {
	return (
		error instanceof GpBusinessError ||
		error instanceof GpErrorInSuccess ||
		error instanceof GpHtmlPage ||
		// What OData asks of a service that does not know a query option.
		(error instanceof GpResourceNotOffered && error.details.httpStatus === 501)
	);
}

/** Whether a service says in so many words that it cannot answer such a question. */
function refusesCondition(error: unknown): boolean {
	return error instanceof GpError && [400, 501].includes(Number(error.details.httpStatus));
}
