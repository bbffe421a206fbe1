import { ConnectorError } from '../../model/connector-error';
import type { Entity } from '../../model/source';
import { GpErrorInSuccess, GpHtmlPage } from '../errors/answers';
import { GpError } from '../errors/gp-error';
import { GpBusinessError } from '../errors/refusals';
import {
	canonicalName,
	compileFields,
	FieldReader,
	isBlank,
	type RawRecord,
} from '../normalise/field-reader';
import { zonesOfMidnights } from '../normalise/business-date';
import { createNormaliser, type Normaliser } from '../normalise/normaliser';
import { shiftedMidnight } from '../normalise/values';
import type { FieldMap, ListSource, QuerySettings, SiteProfile } from '../profiles/site-profile';
import { listQuery, type ListWish, type PageWish } from '../query/list-query';
import { fetchListRows } from '../reading/fetch-list-rows';
import { looksLikeCap } from '../reading/paging/verdict';
import type { ReaderServices } from '../reading/reader-services';
import type { FoundRows } from '../response/find-rows';
import type { DeepPartial, GpSite } from '../site';
import { findPaging, type FoundPaging } from './find-paging';

/** What became of one question to the server. */
export type Answer = 'honoured' | 'ignored' | 'refused' | 'notAsked' | 'unclear';

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
	/** Why the list may be cut without notice, if so. */
	mayBeCut: string | null;
	modifiedFilter: Answer;
	/** Whether the list carries all that is needed, so that no detail call follows. */
	rowsAreComplete: boolean | null;
	stampField: string | null;
	/** "ISO date", "ISO date and time", "/Date()/" or the sample itself. */
	stampFormat: string | null;
	granularity: 'date' | 'dateTime' | null;
	/** Names of the fields of the first row; no values. */
	fields: string[];
	/** Why the first row could not be understood, if so. */
	firstRowFault: string | null;
	/** Zones in which every date that came as an instant begins a day; absent where none did. */
	dateZones?: string[];
}

export interface Survey {
	entities: Record<Entity, EntitySurvey>;
	/** Paste it as the site profile; empty when nothing has to change. */
	suggestedProfile: DeepPartial<SiteProfile>;
	advice: string[];
}

const FEW = 3;
const FAR_FUTURE = '2999-01-01';

/** A few small reads per entity show how this service behaves. */
export async function survey(services: ReaderServices, site: GpSite): Promise<Survey> {
	const entities = {} as Record<Entity, EntitySurvey>;
	const dialects = new Map<Entity, QuerySettings['dialect']>();
	for (const entity of ['vendor', 'account', 'payable'] as const) {
		const { result, dialect } = await surveyEntity(
			services,
			entity,
			createNormaliser(entity, services.profile, site),
		);
		entities[entity] = result;
		if (dialect) dialects.set(entity, dialect);
	}
	return { entities, ...suggest(services.profile, entities, dialects) };
}

async function surveyEntity(services: ReaderServices, entity: Entity, normaliser: Normaliser) {
	const { profile } = services;
	const settings = profile.entities[entity];
	const source = settings.lists.at(-1)!;
	const result: EntitySurvey = {
		path: source.path,
		readable: false,
		error: null,
		rowsSeen: 0,
		envelope: '',
		limit: 'notAsked',
		offset: 'notAsked',
		paging: null,
		mayBeCut: null,
		modifiedFilter: 'notAsked',
		rowsAreComplete: null,
		stampField: null,
		stampFormat: null,
		granularity: null,
		fields: [],
		firstRowFault: null,
	};
	const ask = (dialect: QuerySettings['dialect'], wish: ListWish, page: PageWish) =>
		askList(services, entity, source, normaliser, dialect, wish, page);

	let dialect: QuerySettings['dialect'] | null = null;
	let first: FoundRows | null = null;
	const others = (['odata', 'parameters'] as const).filter(
		(other) => other !== profile.query.dialect,
	);
	try {
		for (const candidate of [
			...(profile.query.dialect === 'none' ? [] : [profile.query.dialect]),
			...others,
		]) {
			const answer = await ask(candidate, {}, { top: FEW });
			if (answer === 'refused') {
				if (candidate === profile.query.dialect) result.limit = 'refused';
				continue;
			}
			first = answer;
			if (answer.rows.length > FEW) {
				if (candidate === profile.query.dialect) result.limit = 'ignored';
				continue;
			}
			result.limit = answer.rows.length === FEW ? 'honoured' : 'unclear';
			dialect = candidate;
			break;
		}
		if (!first) {
			const bare = await ask('none', {}, {});
			if (bare !== 'refused') first = bare;
		}
	} catch (error) {
		if (!(error instanceof ConnectorError) || error.scope === 'transport') throw error;
		result.error = { code: error.code, message: error.message, remedy: error.remedy };
		return { result, dialect: null };
	}
	if (!first) return { result, dialect: null };

	result.readable = true;
	describeRows(result, first, normaliser, settings.fields.modified ?? []);
	const moments = shiftedDates(first.rows, settings.fields, profile.dateFormat);
	if (moments.length > 0) result.dateZones = zonesOfMidnights(moments);
	if (!dialect) {
		result.paging = await findPaging(
			async (query) => await askRaw(services, entity, source, normaliser, query),
			first,
		);
		const rows = first.rows.length;
		if (!result.paging && looksLikeCap(rows))
			result.mayBeCut = `exactly ${rows} rows came: the service may give no more at once, and none of the usual parameters asks for the rest`;
	}
	const overlaps = dialect !== null && pagesByOffset(profile, dialect);
	if (dialect && overlaps && first.rows.length === FEW) {
		const second = await ask(dialect, {}, { top: FEW, skip: 1 });
		result.offset =
			second === 'refused'
				? 'refused'
				: sameRow(second.rows[0], first.rows[1])
					? 'honoured'
					: sameRow(second.rows[0], first.rows[0])
						? 'ignored'
						: 'unclear';
	}
	if (settings.stampField && first.rows.length > 0) {
		const future = await ask(dialect ?? profile.query.dialect, { since: FAR_FUTURE }, { top: FEW });
		result.modifiedFilter =
			future === 'refused' ? 'refused' : future.rows.length === 0 ? 'honoured' : 'ignored';
	}
	return { result, dialect };
}

function pagesByOffset(profile: SiteProfile, dialect: QuerySettings['dialect']): boolean {
	return dialect === 'odata' || profile.query.names.offset !== null;
}

/** The list with these parameters and nothing else. */
async function askRaw(
	services: ReaderServices,
	entity: Entity,
	source: ListSource,
	normaliser: Normaliser,
	query: Record<string, string>,
): Promise<FoundRows | 'refused'> {
	try {
		return await fetchListRows(
			services,
			services.addresses.resource(source.path, { ...source.parameters, ...query }),
			normaliser,
			services.profile.entities[entity].responsePath ?? services.profile.responsePath,
			{ entity },
		);
	} catch (error) {
		if (error instanceof GpError && error.scope !== 'transport') return 'refused';
		if (error instanceof GpHtmlPage || error instanceof GpErrorInSuccess) return 'refused';
		throw error;
	}
}

async function askList(
	services: ReaderServices,
	entity: Entity,
	source: ListSource,
	normaliser: Normaliser,
	dialect: QuerySettings['dialect'],
	wish: ListWish,
	page: PageWish,
): Promise<FoundRows | 'refused'> {
	const profile = { ...services.profile, query: { ...services.profile.query, dialect } };
	const settings = profile.entities[entity];
	const query = listQuery(profile, settings, source, wish, page, 'asConfigured');
	try {
		return await fetchListRows(
			services,
			services.addresses.resource(source.path, query),
			normaliser,
			settings.responsePath ?? profile.responsePath,
			{ entity },
		);
	} catch (error) {
		const refused =
			error instanceof GpBusinessError ||
			error instanceof GpHtmlPage ||
			error instanceof GpErrorInSuccess;
		if (refused && Object.keys(query).length > 0) return 'refused';
		throw error;
	}
}

function describeRows(
	result: EntitySurvey,
	found: FoundRows,
	normaliser: Normaliser,
	stampNames: string[],
): void {
	const [row] = found.rows;
	result.rowsSeen = found.rows.length;
	result.envelope = found.path;
	if (!row) return;
	result.fields = Object.keys(normaliser.presentable(row) as RawRecord);
	result.rowsAreComplete = normaliser.isComplete(row);
	try {
		normaliser.record(row);
	} catch (error) {
		result.firstRowFault = error instanceof Error ? error.message : String(error);
	}
	const wanted = stampNames.map(canonicalName);
	const name = wanted
		.map((one) => Object.keys(row).find((member) => canonicalName(member) === one))
		.find((member) => member !== undefined);
	if (!name) return;
	result.stampField = name;
	const samples = found.rows
		.slice(0, 200)
		.map((one) => one[name])
		.filter((value) => !isBlank(value))
		.map(String);
	if (samples.length === 0) return;
	result.stampFormat = formatOf(samples[0]!);
	if (samples.some((sample) => /T(?!00:00:00)\d|T00:00:00\.0*[1-9]/.test(sample)))
		result.granularity = 'dateTime';
	else if (
		samples.length >= FEW &&
		samples.every((sample) => /^\d{4}-\d{2}-\d{2}(T00:00:00(\.0+)?Z?)?$/.test(sample))
	)
		result.granularity = 'date';
}

function formatOf(sample: string): string {
	if (/^\d{4}-\d{2}-\d{2}$/.test(sample)) return 'ISO date';
	if (/^\d{4}-\d{2}-\d{2}[T ]/.test(sample)) return 'ISO date and time';
	if (/Date\(/.test(sample)) return '/Date()/';
	return sample.slice(0, 40);
}

function suggest(
	profile: SiteProfile,
	entities: Record<Entity, EntitySurvey>,
	dialects: Map<Entity, QuerySettings['dialect']>,
) {
	const advice: string[] = [];
	const suggested: Record<string, unknown> = {};
	const changes: Record<string, unknown> = {};
	const readable = Object.values(entities).filter(({ readable }) => readable);

	const found = [...new Set(dialects.values())];
	const paging = readable.find((one) => one.paging !== null)?.paging;
	if (paging) {
		suggested.query = { dialect: 'parameters', ...paging };
		const { limit, offset, page } = paging.names;
		advice.push(
			`The service gives pages by ${[limit, offset, page].filter(Boolean).join(' and ')}${page ? `, counted from ${paging.firstPage}` : ''}.`,
		);
	} else if (readable.length > 0 && found.length === 0 && profile.query.dialect !== 'none') {
		suggested.query = { dialect: 'none' };
		advice.push(
			'The lists come whole whatever is asked: they are filtered here, each run lists everything once.',
		);
	} else if (found.length === 1 && found[0] !== profile.query.dialect)
		suggested.query = { dialect: found[0] };
	if (readable.some(({ offset }) => offset === 'ignored')) {
		suggested.query = { dialect: 'none' };
		advice.push('The service limits lists but does not skip rows, so pages cannot be asked for.');
	}
	const granularities = [
		...new Set(readable.map(({ granularity }) => granularity).filter(Boolean)),
	];
	if (granularities.length === 1 && profile.stamp.granularity === 'auto')
		suggested.stamp = { granularity: granularities[0] };

	for (const [entity, one] of Object.entries(entities)) {
		const change: Record<string, unknown> = {};
		if (
			one.readable &&
			one.rowsSeen > 0 &&
			one.stampField === null &&
			profile.entities[entity as Entity].stampField !== null
		) {
			change.stampField = null;
			advice.push(
				`${one.path} carries no change stamp: it is read whole each time and compared by content.`,
			);
		}
		if (one.rowsAreComplete === false)
			advice.push(`${one.path} lists summaries: each changed record costs one more call.`);
		if (one.mayBeCut)
			advice.push(
				`${one.path}: ${one.mayBeCut}. Compare the number with GP's own; if it agrees, set query.listsComeWhole.`,
			);
		if (one.firstRowFault)
			advice.push(`${one.path}: ${one.firstRowFault} Its fields are: ${one.fields.join(', ')}.`);
		if (one.error) advice.push(`${one.path}: ${one.error.message} ${one.error.remedy}`);
		if (one.dateZones && profile.dateZone === null) {
			const [zone, ...others] = one.dateZones;
			if (zone) suggested.dateZone = zone;
			advice.push(dateAdvice(one.path, zone, others));
		}
		if (Object.keys(change).length > 0) changes[entity] = change;
	}
	if (Object.keys(changes).length > 0) suggested.entities = changes;
	return { suggestedProfile: suggested as DeepPartial<SiteProfile>, advice };
}

function sameRow(left: RawRecord | undefined, right: RawRecord | undefined): boolean {
	return (
		left !== undefined && right !== undefined && JSON.stringify(left) === JSON.stringify(right)
	);
}

const DATES = ['documentDate', 'postingDate', 'dueDate', 'postedDate'];

/** Dates of these rows that came as an instant in UTC which is no midnight there. */
function shiftedDates(rows: RawRecord[], fields: FieldMap, dateFormat: string | null): number[] {
	const compiled = compileFields(fields);
	const moments = { zone: 'utc', granularity: 'auto', dateFormat } as const;
	return rows.flatMap((row) => {
		const reader = new FieldReader(row, compiled);
		return DATES.flatMap((field) => shiftedMidnight(reader.plain(field), moments) ?? []);
	});
}

function dateAdvice(path: string, zone: string | undefined, others: string[]): string {
	if (!zone)
		return `${path} sends dates as moments that begin a day in no zone this package knows: set "dateZone" in the site profile to the zone of the GP server, or have the service send dates without a time.`;
	const also = others.length > 0 ? ` (or ${others.join(', ')})` : '';
	return `${path} sends dates as the midnight of ${zone}${also} in UTC: the profile proposed sets "dateZone", check it.`;
}
