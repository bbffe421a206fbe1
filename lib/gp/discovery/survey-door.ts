import type { Entity } from '../../model/desired';
import type { Door } from '../doors/door';
import type { PurchaseKind } from '../doors/purchasing.types';
import type { SiteProfile } from '../profiles/site-profile';
import type { ListedRow } from '../reading/entity-reader';
import type { Discovery } from './discover';
import { inWords } from './in-words';
import { isOfEntity, errorFacts } from './questions';
import { isRefusedLogin } from './find-rights';
import { ENTITIES, FAR_FUTURE, notAskedYet, type EntitySurvey, type Survey } from './survey.types';

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
		await door.stream(entity).list(
			{},
			(row) => {
				first ??= row;
				result.rowsSeen += 1;
			},
			{ enough: () => result.rowsSeen > 0 },
		);
		result.readable = true;
		describe(result, first);
		let later = 0;
		await door.stream(entity).list({ since: FAR_FUTURE }, () => (later += 1));
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
