import type { Entity } from '../../model/desired';
import type { RawRecord } from '../normalise/field-reader';
import { createAddresses, otherProduct } from '../addressing/resource-address';
import { createNormaliser, type Normaliser } from '../normalise/normaliser';
import type { QuerySettings, SiteProfile } from '../profiles/site-profile';
import type { ReaderServices } from '../reading/fetch-rows';
import type { FoundRows } from '../response/find-rows';
import type { GpSite } from '../site';
import { describeRows, findDetail, fromTheList, stampOf, untoldBy } from './describe-records';
import {
	findBounds,
	findCount,
	findDescending,
	findFilter,
	type Surveyed,
	type Way,
} from './find-bounds';
import {
	ENTITIES,
	type EntitySurvey,
	FEW,
	findPaging,
	notAskedYet,
	type Survey,
} from './survey.types';
import {
	errorFacts,
	findRights,
	type Given,
	isOfEntity,
	isRefusedLogin,
	type Questions,
	questionsTo,
} from './questions';
import { propose } from './propose';

/**
 * Finds out by asking how this service behaves: a few small reads per entity, one after the other, in
 * the pace of all reading. Nothing is taken for granted that an answer could show.
 *
 * @throws what the transport throws, and the refusal of a login nothing was read with yet
 */
export async function survey(services: ReaderServices, site: GpSite): Promise<Survey> {
	const found = await surveyAs(services, site);
	const productSegment = otherProduct(services.profile);
	const isNowhere = ENTITIES.every(
		(entity) => found.entities[entity].error?.code === 'GP_RESOURCE_NOT_OFFERED',
	);
	if (!isNowhere || productSegment === null) return found;
	const profile = { ...services.profile, productSegment };
	const other = await surveyAs(
		{ ...services, profile, addresses: createAddresses(site, profile) },
		site,
	);
	if (!ENTITIES.some((entity) => other.entities[entity].readable)) return found;
	return { ...other, suggestedProfile: { productSegment, ...other.suggestedProfile } };
}

async function surveyAs(services: ReaderServices, site: GpSite): Promise<Survey> {
	const found = {} as Record<Entity, Surveyed>;
	let letIn = false;
	for (const entity of ENTITIES) {
		const normaliser = createNormaliser(entity, services.profile, site);
		const one = emptySurvey(services.profile, entity);
		try {
			await surveyEntity(services, site, entity, normaliser, one);
		} catch (error) {
			if (!isOfEntity(error) || (!letIn && isRefusedLogin(error))) throw error;
			one.result.error = errorFacts(error);
		}
		letIn ||= one.result.readable;
		found[entity] = one;
	}
	if (!services.profile.query.listsComeWhole) noteSameSizes(found);
	return propose(services.profile, found);
}

function emptySurvey(profile: SiteProfile, entity: Entity): Surveyed {
	return {
		result: notAskedYet(profile.entities[entity].lists.at(-1)!.path),
		dialect: null,
		filter: null,
		refusesOrder: false,
		listLeavesOut: false,
		onlyInDetail: [],
		wholeRows: null,
	};
}

async function surveyEntity(
	services: ReaderServices,
	site: GpSite,
	entity: Entity,
	normaliser: Normaliser,
	one: Surveyed,
): Promise<void> {
	const { profile } = services;
	const settings = profile.entities[entity];
	const { result } = one;
	const questions = questionsTo(services, entity, settings.lists.at(-1)!, normaliser);

	const first = await findLimit(questions, profile, settings.orderBy, one);
	if (!first) return;
	result.readable = true;
	const isFollowed =
		settings.detail !== null || settings.lists.some(({ children }) => children.length > 0);
	describeRows(result, first, normaliser, settings.fields, profile.dateFormat, isFollowed);
	result.rights = await findRights(services, entity, new Set([result.path]));

	const way = await findWay(questions, profile, first, one);
	const bounds = await findBounds(way, questions, profile.query.pageSize);
	Object.assign(result, { cap: bounds.cap, links: bounds.links, mayBeCut: bounds.mayBeCut });
	if (profile.query.listsComeWhole) result.mayBeCut = null;
	if (way.kind === 'whole' && bounds.links === 'none') one.wholeRows = bounds.rows;

	const dialect = one.dialect ?? profile.query.dialect;
	if (first.rows.length >= 2) {
		result.count = await findCount(questions, dialect, { answers: [first], atLeast: bounds.rows });
		const field = settings.orderBy[0] ?? settings.stampField;
		if (dialect === 'odata' && field)
			result.descending = await findDescending(questions, dialect, field, first);
	}
	if (settings.stampField && first.rows.length > 0 && dialect !== 'none') {
		one.filter = await findFilter(
			questions,
			profile.query,
			dialect,
			stampOf(first.rows[0]!, profile, settings.fields),
		);
		result.modifiedFilter = one.filter.answer;
	} else if (settings.stampField && first.rows.length > 0) result.modifiedFilter = 'ignored';
	if (first.rows.length > 0) {
		const detail = await findDetail(services, site, entity, normaliser, first.rows[0]!);
		const row = [first.rows[0]!];
		const whole = [...row, ...(detail?.raw ? [detail.raw] : [])];
		result.untold = untoldBy(entity, whole, settings);
		one.onlyInDetail =
			result.rowsAreComplete === true
				? untoldBy(entity, row, settings).filter((field) => !result.untold.includes(field))
				: [];
		if (detail) {
			result.detail = detail.detail;
			result.distributions = detail.distributions;
			one.listLeavesOut = detail.listLeavesOut;
		} else if (entity === 'payable') result.distributions = fromTheList(profile, first.rows[0]!);
	}
}

/** The first rows, asked for in the dialects a service may have until one limits them. */
async function findLimit(
	questions: Questions,
	profile: SiteProfile,
	orderBy: readonly string[],
	one: Surveyed,
): Promise<FoundRows | null> {
	const { result } = one;
	const own = profile.query.dialect;
	const candidates = [own, 'odata', 'parameters'] as const;
	let first: FoundRows | null = null;
	for (const candidate of new Set(candidates.filter((dialect) => dialect !== 'none'))) {
		let answer: Given = await questions.list(candidate, {}, { top: FEW });
		if (answer === 'refused' && orderBy.length > 0) {
			answer = await questions.list(candidate, {}, { top: FEW }, { orderBy: [] });
			one.refusesOrder = answer !== 'refused';
		}
		if (answer === 'refused') {
			if (candidate === own) result.limit = 'refused';
			continue;
		}
		first = answer;
		if (answer.rows.length > FEW) {
			if (candidate === own) result.limit = 'ignored';
			continue;
		}
		result.limit = answer.rows.length === FEW ? 'honoured' : 'unclear';
		one.dialect = candidate;
		return answer;
	}
	if (first) return first;
	const bare = await questions.list('none', {}, {});
	return bare === 'refused' ? null : bare;
}

/** How to go through the list: by offsets, by page numbers, or as it comes. */
async function findWay(
	questions: Questions,
	profile: SiteProfile,
	first: FoundRows,
	one: Surveyed,
): Promise<Way> {
	const { result } = one;
	const { names } = profile.query;
	const { dialect } = one;
	const orderBy = one.refusesOrder ? { orderBy: [] } : {};
	const byOffset = dialect === 'odata' || (dialect === 'parameters' && names.offset !== null);
	if (dialect && byOffset && first.rows.length > 0) {
		const second = await questions.list(dialect, {}, { top: FEW, skip: 1 }, orderBy);
		result.offset = second === 'refused' ? 'refused' : skipped(second, first);
		if (result.offset === 'honoured' || (result.offset === 'unclear' && first.rows.length === 1))
			return {
				kind: 'offset',
				firstPage: 1,
				ask: async ({ skip, top }) => await questions.list(dialect, {}, { skip, top }, orderBy),
			};
	}
	if (dialect === 'parameters' && names.offset === null && names.page !== null) {
		const firstPage = await firstPageOf(questions, profile, first);
		if (firstPage !== null) {
			const paging = { names: pick(names), firstPage };
			if (firstPage !== profile.query.firstPage) result.paging = paging;
			return byNames(questions, paging);
		}
	}
	const limit = { odata: '$top', parameters: names.limit, none: null }[dialect ?? 'none'];
	result.paging = await findPaging(async (query) => await questions.raw(query), first, limit);
	if (result.paging) return byNames(questions, result.paging);
	return { kind: 'whole', ask: async () => await questions.raw({}) };
}

function skipped(second: FoundRows, first: FoundRows): EntitySurvey['offset'] {
	if (sameRow(second.rows[0], first.rows[0])) return 'ignored';
	if (first.rows.length === 1) return second.rows.length > 0 ? 'honoured' : 'unclear';
	return sameRow(second.rows[0], first.rows[1]) ? 'honoured' : 'unclear';
}

/** The number of the first page where the profile names the parameter: the one that gives what no number gives. */
async function firstPageOf(
	questions: Questions,
	profile: SiteProfile,
	first: FoundRows,
): Promise<0 | 1 | null> {
	const { page, limit } = profile.query.names;
	const limited = limit ? { [limit]: String(FEW) } : {};
	const ask = async (number: number) =>
		await questions.raw({ ...limited, [page!]: String(number) });
	const other = await ask(2);
	if (other === 'refused' || sameRow(other.rows[0], first.rows[0])) return null;
	for (const number of [1, 0] as const) {
		const found = await ask(number);
		if (found !== 'refused' && sameRow(found.rows[0], first.rows[0])) return number;
	}
	return null;
}

function byNames(
	questions: Questions,
	{ names, firstPage }: NonNullable<EntitySurvey['paging']>,
): Way {
	return {
		kind: names.page === null ? 'offset' : 'number',
		firstPage: firstPage ?? 1,
		ask: async ({ skip = 0, page, top }) =>
			await questions.raw({
				...(names.limit ? { [names.limit]: String(top) } : {}),
				...(names.offset ? { [names.offset]: String(skip) } : {}),
				...(names.page && page !== undefined ? { [names.page]: String(page) } : {}),
			}),
	};
}

function pick({ limit, offset, page }: QuerySettings['names']) {
	return { limit, offset, page };
}

/** Two lists that came whole and have as many rows were likely cut at the same number. */
function noteSameSizes(found: Record<Entity, Surveyed>): void {
	for (const one of Object.values(found)) {
		const { result, wholeRows } = one;
		const twin = Object.values(found).find(
			(other) => other !== one && wholeRows !== null && other.wholeRows === wholeRows,
		);
		if (!twin || wholeRows! < 5 || result.mayBeCut !== null) continue;
		result.mayBeCut = `${wholeRows} rows came, as many as of ${twin.result.path}: likely the most the service gives`;
		result.cap = wholeRows;
	}
}

function sameRow(left: RawRecord | undefined, right: RawRecord | undefined): boolean {
	return (
		left !== undefined && right !== undefined && JSON.stringify(left) === JSON.stringify(right)
	);
}
