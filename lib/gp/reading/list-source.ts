import { breather } from '../../http/read-body';
import type { Entity } from '../../model/desired';
import { GpErrorInSuccess, GpHtmlPage } from '../errors/answers';
import { GpError } from '../errors/gp-error';
import { GpListUnstable } from '../errors/availability';
import { GpBusinessError, GpResourceNotOffered } from '../errors/refusals';
import type { RawRecord } from '../normalise/field-reader';
import type { EntityProfile, ListSource } from '../profiles/site-profile';
import {
	listQuery,
	pagingOf,
	querySteps,
	type ListFilter,
	type QueryStep,
} from '../query/list-query';
import type { FoundRows, RowRecogniser } from '../response/find-rows';
import { fetchListRows } from './fetch-list-rows';
import { pageThrough, type Page, type PagingReport } from './page-through';
import type { ReaderServices } from './reader-services';

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
		sameSizeElsewhere: (rows) => sameSizeElsewhere(services, source.path, rows),
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
			const found = await fetchListRows(services, address, request.recogniser, responsePath, {
				entity,
			});
			onAnswer();
			request.onPage?.(found);
			return { ...found, rows: await readRows(found.rows) };
		},
	});

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
