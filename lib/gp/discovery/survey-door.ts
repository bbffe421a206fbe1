import { type Entity, STREAMS } from '../../streams/streams';
import type { Door, PurchaseKind } from '../doors/door';
import type { SiteProfile } from '../profiles/site-profile';
import type { ListedRow } from '../reading/pages';
import type { Discovery } from './discover';
import { errorFacts, isOfEntity, isRefusedLogin } from './questions';
import { ENTITIES, type EntitySurvey, FAR_FUTURE, notAskedYet, type Survey } from './survey.types';

/** What was found of one entity, as one sentence a person can check. Pure. */
export function inWords(entity: Entity, result: EntitySurvey): string {
	const name = `${capital(STREAMS[entity].short)} (${result.path})`;
	if (!result.readable)
		return `${name}: cannot be read${result.error ? ` (${result.error.code})` : ''}.`;
	const parts = [
		pages(result),
		result.cap === null ? null : `at most ${result.cap} rows an answer`,
		LINKS[result.links],
		COUNTS[result.count],
		result.rowsAreComplete === null
			? null
			: result.rowsAreComplete
				? 'rows are complete'
				: 'rows are summaries',
		result.distributions === null ? null : DISTRIBUTIONS[result.distributions],
		detail(result),
		result.untold.length === 0 ? null : `does not tell ${result.untold.join(', ')}`,
		stamps(result),
		result.descending === 'refused' ? 'a descending order is refused' : null,
		result.mayBeCut === null ? null : `may be cut: ${result.mayBeCut}`,
	];
	return `${name}: ${parts.filter((part) => part !== null).join('; ')}.`;
}

const LINKS: Record<EntitySurvey['links'], string | null> = {
	none: null,
	given: 'gives links to its next pages',
	endAtTop: 'its links end after as many rows as were asked for, so that only pages show the rest',
};

const COUNTS: Record<EntitySurvey['count'], string | null> = {
	notAsked: null,
	none: 'does not count its rows',
	odata3: 'counts its rows by $inlinecount',
	odata4: 'counts its rows by $count',
	own: 'tells a total of its own',
};

const DISTRIBUTIONS: Record<NonNullable<EntitySurvey['distributions']>, string> = {
	list: 'distributions come with the list',
	detail: 'distributions come with each record',
	table: 'distributions come from tables of their own',
	none: 'no distributions',
};

function pages({ limit, offset, paging, links }: EntitySurvey): string {
	if (paging) {
		const { names, firstPage } = paging;
		const by = [names.limit, names.offset, names.page].filter(Boolean).join(' and ');
		return names.page === null
			? `pages by ${by}`
			: `pages by ${by}, the first is ${firstPage ?? 'unknown'}`;
	}
	if (offset === 'honoured') return 'pages by number of rows and rows to skip';
	if (links !== 'none') return 'pages by its links alone';
	return limit === 'unclear' || limit === 'honoured'
		? 'no way to ask for a further page was seen'
		: 'the whole list comes whatever is asked';
}

function detail({ detail: found }: EntitySurvey): string | null {
	if (found === null) return null;
	if (found.key === null) return 'no single record';
	const { parts, separator } = found.key;
	return parts.length < 2 ? `one record by ${parts[0]}` : `one record by ${parts.join(separator)}`;
}

function stamps({ stampField, stampFormat, modifiedFilter }: EntitySurvey): string {
	if (stampField === null) return 'no change stamp';
	const filter: Record<EntitySurvey['modifiedFilter'], string> = {
		honoured: 'whose filter works',
		ignored: 'whose filter is ignored',
		refused: 'whose filter is refused',
		shifted: 'whose filter compares in another zone',
		losesRows: 'whose filter leaves rows out',
		notAsked: 'whose filter was not asked for',
		unclear: 'whose filter is unclear',
	};
	return `change stamp ${stampField} (${stampFormat ?? 'empty'}), ${filter[modifiedFilter]}`;
}

const capital = (text: string) => `${text[0].toUpperCase()}${text.slice(1)}`;

/** What the contract offers, once the login and the company were accepted. */
export async function discoverDoor(
	door: Door,
	profile: SiteProfile,
	address: string,
): Promise<Discovery> {
	await door.probe();
	const entities = Object.fromEntries(
		ENTITIES.map((entity) => [
			entity,
			profile.entities[entity].lists.map(({ path }) => path).join(', '),
		]),
	) as Record<Entity, string>;
	return {
		address,
		dictionaries: [],
		objectLibraries: [],
		resources: ENTITIES.flatMap((entity) =>
			profile.entities[entity].lists.map(({ path }) => ({ path, verbs: ['POST'] })),
		),
		entities,
		missing: [],
		profile: 'soap',
		suggestedProfile: {},
		advice: [
			...lacks(door),
			'Operations are fixed by the contract; run "Survey" to see which of them this account may use.',
		],
		pagesRead: 1,
	};
}

/** One small reading per stream, and whether this account may read purchase documents. */
export async function surveyDoor(door: Door, profile: SiteProfile): Promise<Survey> {
	const entities = {} as Record<Entity, EntitySurvey>;
	const advice: string[] = [];
	for (const entity of ENTITIES) {
		entities[entity] = await surveyStream(door, entity, profile);
		const { error, path } = entities[entity];
		if (error) advice.push(`${path}: ${error.message} ${error.remedy}`);
	}
	for (const kind of ['order', 'receipt', 'purchaseInvoice'] as const) {
		const refusal = await mayRead(door, kind);
		if (refusal) advice.push(refusal);
	}
	return {
		entities,
		suggestedProfile: {},
		findings: ENTITIES.map((entity) => inWords(entity, entities[entity])),
		advice: [...advice, ...lacks(door)],
	};
}

function lacks({ capabilities }: Door): string[] {
	return [`This door does not tell: ${capabilities.lacks.join('; ')}.`];
}

async function surveyStream(
	door: Door,
	entity: Entity,
	profile: SiteProfile,
): Promise<EntitySurvey> {
	const result: EntitySurvey = {
		...notAskedYet(profile.entities[entity].lists.map(({ path }) => path).join(', ')),
		stampField: 'ModifiedDate',
		stampFormat: 'ISO date and time',
		granularity: 'dateTime',
	};
	try {
		let first: ListedRow | null = null;
		for await (const page of door.stream(entity).list({}, { few: true })) {
			first ??= page[0] ?? null;
			result.rowsSeen += page.length;
			if (first) break;
		}
		result.readable = true;
		describe(result, first);
		let later = 0;
		for await (const page of door.stream(entity).list({ since: FAR_FUTURE })) later += page.length;
		result.modifiedFilter = later === 0 ? 'honoured' : 'ignored';
	} catch (error) {
		if (!isOfEntity(error) || isRefusedLogin(error)) throw error;
		result.error = errorFacts(error);
	}
	return result;
}

function describe(result: EntitySurvey, row: ListedRow | null): void {
	if (!row) return;
	result.rowsAreComplete = row.pending === null;
	result.firstRowFault = row.fault?.message ?? null;
	result.fields = Object.keys(row.pending?.raw ?? row.record ?? {});
}

/** A sentence when purchase documents cannot be read; null when they can. */
async function mayRead(door: Door, kind: PurchaseKind): Promise<string | null> {
	try {
		await door.purchasing?.list(kind, { since: FAR_FUTURE });
		return null;
	} catch (error) {
		if (!isOfEntity(error) || isRefusedLogin(error)) throw error;
		return `${kind}: ${error.message} ${error.remedy}`;
	}
}
