import type { Entity } from '../../model/desired';
import { looksLikeHtml } from '../../model/foreign-text';
import { GpError, GpErrorInSuccess, GpHtmlPage } from '../errors/gp-error';
import { GpBusinessError, GpListUnstable, GpResourceNotOffered } from '../errors/refusals';
import type { RawRecord } from '../normalise/field-reader';
import type { EntityProfile, ListSource, QuerySettings } from '../profiles/site-profile';
import {
	type ListFilter,
	listQuery,
	pagingOf,
	type QueryStep,
	querySteps,
} from '../query/list-query';
import { isEmptyAnswer } from '../response/decode-body';
import type { FoundRows, RowRecogniser } from '../response/find-rows';
import { fetchListRows, type ReaderServices } from './fetch-rows';
import { mapInTurns, Pages } from './pages';
import { type Page, type PagingReport, type Reads, textOf } from './paging/page';
import { pageThrough } from './paging/page-through';

export interface ListRequest<Row> {
	entity: Entity;
	settings: Pick<EntityProfile, 'stampField' | 'orderBy' | 'searchFields' | 'responsePath'>;
	source: ListSource;
	recogniser: RowRecogniser;
	filter: ListFilter;
	/** Rows asked for per page; the profile's when absent. */
	pageSize?: number;
	/** Only some rows are wanted: what is not shown of the list is then no doubt about it. */
	few?: boolean;
	/**
	 * What is made of the rows of an answer: the rows themselves need not be kept beside it. It is handed
	 * down, like `keyOf`, because paging tells by the keys whether rows moved meanwhile.
	 */
	read(raws: readonly RawRecord[]): Promise<Row[]>;
	keyOf(row: Row): string;
}

/**
 * Reads one list to its end, page by page. A server that refuses the query is asked again with less of
 * it, down to no query at all; how far it went is remembered for the life of the client.
 */
export async function* listSource<Row>(
	services: ReaderServices,
	request: ListRequest<Row>,
): Reads<Row, PagingReport> {
	const { entity, source } = request;
	const settings = { ...services.profile.entities[entity], ...request.settings };
	let filter = services.distrustedFilters.has(source.path)
		? { ...request.filter, since: null, until: null }
		: request.filter;
	if (services.refusedConditions.has(source.path)) filter = { ...filter, condition: undefined };
	const steps = querySteps(services.profile, settings, filter);
	const accepted = services.acceptedStep.get(source.path);
	let index = Math.max(0, accepted ? steps.indexOf(accepted) : 0);
	let smaller = false;

	for (; ; index += 1) {
		const step = steps[index]!;
		let answered = false;
		try {
			const failed: string[] = [];
			const pages = new Pages(readWith(services, request, settings, filter, step, failed));
			for await (const page of pages) {
				answered = true;
				services.acceptedStep.set(source.path, step);
				yield page;
			}
			services.acceptedStep.set(source.path, step);
			const report = pages.end!;
			if (failed[0] !== undefined && report.completeness.proven)
				report.completeness = {
					proven: false,
					why: `rows came, and the service says that others failed: ${failed[0]}`,
				};
			noteDoubt(services, request, report);
			return report;
		} catch (error) {
			const unfiltered = steps.indexOf('pagingOnly');
			if (!answered && saysNoRows(error, filter) && index < unfiltered) {
				index = unfiltered - 1;
				continue;
			}
			if (answered || !refusesQuery(error)) throw error;
			if (steps[index + 1] === 'bare') {
				// Smaller pages were not it: other lists are asked as before.
				if (smaller) delete services.learned.largestPage;
				smaller = !smaller && mayTakeSmallerPages(services, request, error);
				if (smaller) {
					index = -1;
					continue;
				}
			}
			if (index < steps.length - 1) continue;
			if (!filter.condition || !refusesCondition(error)) throw error;
			// The whole list, then: whoever asks by a condition takes what fits, since others ignore it.
			services.refusedConditions.add(source.path);
			filter = { ...filter, condition: undefined };
			index = -1;
		}
	}
}

/** OData has its own words; a site with parameters has those of its profile. */
function hasWordFor(what: 'limit' | 'order', { dialect, names }: QuerySettings): boolean {
	return dialect === 'odata' || Boolean(names[what]);
}

/** Rows of a page that services which bound a page usually allow. */
const SMALL_PAGE = 100;

/** A service may refuse pages as large as ours, however they are asked for: once, smaller ones are tried. */
function mayTakeSmallerPages(
	{ learned, profile: { query } }: ReaderServices,
	{ pageSize = query.pageSize }: Pick<ListRequest<unknown>, 'pageSize'>,
	error: unknown,
): boolean {
	if (learned.largestPage !== undefined || !hasWordFor('limit', query)) return false;
	if (!(error instanceof GpError) || !isOfTheRequest(error)) return false;
	const largest = pageToldOf(error.details, pageSize);
	if (largest >= pageSize) return false;
	learned.largestPage = largest;
	return true;
}

/** "The limit must be between 1 and 200": the largest number behind such a word that may be one. */
function pageToldOf({ serverMessage, httpStatus }: GpError['details'], pageSize: number): number {
	const said = /\b(?:limit|top|max|page ?size|at most)[^]{0,80}/i.exec(String(serverMessage ?? ''));
	const numbers = said?.[0].match(/(?<![\w.])\d{1,6}(?![\w])/g) ?? [];
	const fitting = numbers
		.map(Number)
		.filter((one) => one > 1 && one < pageSize && one !== httpStatus);
	return Math.max(0, ...fitting) || SMALL_PAGE;
}

function readWith<Row>(
	services: ReaderServices,
	request: ListRequest<Row>,
	settings: EntityProfile,
	filter: ListFilter,
	step: QueryStep,
	failed: string[],
): Reads<Row, PagingReport> {
	const { addresses, profile } = services;
	const { entity, source } = request;
	const { largestPage = Infinity } = services.learned;
	const pageSize = Math.min(request.pageSize ?? profile.query.pageSize, largestPage);
	const responsePath = settings.responsePath ?? profile.responsePath;

	return pageThrough<Row>({
		paging: pagingOf(profile, step),
		firstPage: profile.query.firstPage,
		pageSize,
		filtered: Boolean(filter.since || filter.until || filter.search || filter.condition),
		comesWhole: profile.query.listsComeWhole,
		cap: profile.query.cap,
		learned: services.learned,
		sameSizeElsewhere: (rows) => sameSizeElsewhere(services, source.path, rows),
		fromTheEnd: async (known) => {
			const order = reversed(settings, source);
			if (order.length === 0 || step === 'pagingOnly') return null;
			if (!hasWordFor('order', profile.query)) return null;
			const down = await firstIn(order);
			if (!down?.every((key) => known.has(key))) return down;
			const up = await firstIn(turned(order));
			// What begins alike in both orders was put in neither.
			return up && textOf(down) === textOf(up) ? null : down;
		},
		countsBeforeFilter: async () => {
			const { learned } = services;
			if (learned.countsBeforeFilter === undefined && filter.since) {
				const nothing = { ...filter, since: FAR_FUTURE, until: null };
				const found = await ask(listQuery(profile, settings, source, nothing, { top: 1 }, step));
				if (found !== null)
					learned.countsBeforeFilter = found.rows.length === 0 && (found.total?.count ?? 0) > 0;
			}
			return learned.countsBeforeFilter === true;
		},
		isRefusal: (error) =>
			refusesQuery(error) || error instanceof GpResourceNotOffered || isEmptyAnswer(error),
		keyOf: request.keyOf,
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
			if (found.failedInPart !== undefined) failed.push(found.failedInPart);
			return { ...found, rows: await readRows(found.rows) };
		},
	});

	async function get(address: string): Promise<FoundRows> {
		return await fetchListRows(services, address, request.recogniser, responsePath, { entity });
	}

	async function firstIn(orderBy: string[]): Promise<string[] | null> {
		const ordered = { ...settings, orderBy };
		const found = await ask(listQuery(profile, ordered, source, filter, { top: 2 }, step));
		return found && (await readRows(found.rows)).map((row) => request.keyOf(row));
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

	/** With what the profile says of all rows of this list. */
	async function readRows(raws: readonly RawRecord[]): Promise<Row[]> {
		if (Object.keys(source.assign).length === 0) return await request.read(raws);
		return await request.read(await mapInTurns(raws, (raw) => ({ ...raw, ...source.assign })));
	}
}

/** A service may answer 404, or nothing, where nothing meets a wish: the list without it tells whether it is there. */
function saysNoRows(error: unknown, { since, until, search }: ListFilter): boolean {
	if (!(since || until || search)) return false;
	if (isEmptyAnswer(error)) return true;
	return (
		error instanceof GpResourceNotOffered &&
		error.details.httpStatus === 404 &&
		!looksLikeHtml(error.details.excerpt ?? '')
	);
}

/** Later than any record: whoever filters by it gives nothing. */
const FAR_FUTURE = '9999-12-30';

/** The order turned round; where none is asked for, by the change stamp or the key, the latest first. */
function reversed({ orderBy, stampField, keyParts, fields }: EntityProfile, source: ListSource) {
	if (orderBy.length === 0) {
		const [part] = keyParts;
		const key = source.keyColumns[part]?.column ?? fields[part]?.[0];
		const by = stampField ?? key;
		return by === undefined ? [] : [`${by} desc`];
	}
	return turned(orderBy);
}

function turned(orderBy: readonly string[]): string[] {
	return orderBy.map((field) =>
		/ desc$/i.test(field) ? field.replace(/ desc$/i, '') : `${field.replace(/ asc$/i, '')} desc`,
	);
}

/** What is not shown to be complete is kept for the whole client: child tables have no reader of their own. */
function noteDoubt(
	{ doubts }: ReaderServices,
	{ source, few }: Pick<ListRequest<unknown>, 'source' | 'few'>,
	{ completeness }: PagingReport,
): void {
	if (few) return;
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

function isOfTheRequest({ details }: GpError): boolean {
	return Number(details.httpStatus) >= 400 && Number(details.httpStatus) < 500;
}

/** Whether a service says in so many words that it cannot answer such a question. */
function refusesCondition(error: unknown): boolean {
	return error instanceof GpError && [400, 501].includes(Number(error.details.httpStatus));
}
