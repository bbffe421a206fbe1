import { ConnectorError } from '../../model/connector-error';
import type { Entity } from '../../model/desired';
import { GpErrorInSuccess, GpHtmlPage } from '../errors/answers';
import { GpBusinessError, GpLoginRefused, GpUserNotAllowed } from '../errors/refusals';
import type { Normaliser } from '../normalise/normaliser';
import type { ListSource, QuerySettings } from '../profiles/site-profile';
import { listQuery, type ListFilter, type PageWindow } from '../query/list-query';
import { fetchListRows } from '../reading/fetch-list-rows';
import type { ReaderServices } from '../reading/reader-services';
import type { FoundRows } from '../response/find-rows';

export type Given = FoundRows | 'refused';

/** Asks one list in ways no reader would, to see what the server makes of it. */
export interface Questions {
	/** In a dialect, as the reader would ask, but for no count; `settings` differ from those of the profile. */
	list(
		dialect: QuerySettings['dialect'],
		filter: ListFilter,
		page: PageWindow,
		settings?: { query?: Partial<QuerySettings>; orderBy?: string[] },
	): Promise<Given>;
	/** With these parameters and nothing else. */
	raw(query: Record<string, string>): Promise<Given>;
	/** What a link of the server leads to. */
	follow(link: string): Promise<Given>;
}

/** Questions to one list of an entity. What the server declines is an answer; a login it declines is not. */
export function questionsTo(
	services: ReaderServices,
	entity: Entity,
	source: ListSource,
	normaliser: Normaliser,
): Questions {
	const profile = services.profile;
	const responsePath = profile.entities[entity].responsePath ?? profile.responsePath;
	const fetch = async (address: string) =>
		await fetchListRows(services, address, normaliser, responsePath, { entity });
	return {
		async list(dialect, filter, page, { query: settings = {}, orderBy } = {}) {
			const asked = {
				...profile,
				query: { ...profile.query, count: 'none' as const, ...settings, dialect },
			};
			const ordered = { ...profile.entities[entity], ...(orderBy ? { orderBy } : {}) };
			const query = listQuery(asked, ordered, source, filter, page, 'asConfigured');
			try {
				return await fetch(services.addresses.resource(source.path, query));
			} catch (error) {
				const refused =
					error instanceof GpBusinessError ||
					error instanceof GpHtmlPage ||
					error instanceof GpErrorInSuccess;
				if (refused && Object.keys(query).length > 0) return 'refused';
				throw error;
			}
		},
		raw: async (query) =>
			await orRefused(
				async () =>
					await fetch(services.addresses.resource(source.path, { ...source.parameters, ...query })),
			),
		follow: async (link) => await orRefused(async () => await fetch(link)),
	};
}

async function orRefused(ask: () => Promise<FoundRows>): Promise<Given> {
	try {
		return await ask();
	} catch (error) {
		if (isAnswer(error)) return 'refused';
		throw error;
	}
}

/** The service declined what was asked, as opposed to being broken or not letting anybody in. */
export function isAnswer(error: unknown): error is ConnectorError {
	if (!(error instanceof ConnectorError) || isNoEntry(error)) return false;
	const inWords = error instanceof GpHtmlPage || error instanceof GpErrorInSuccess;
	return inWords || error.scope !== 'transport';
}

/** 401 or 403: the account is not let in here. */
export function isNoEntry(error: unknown): boolean {
	return error instanceof GpLoginRefused || error instanceof GpUserNotAllowed;
}

/** Whether an error is told of one entity while the others are asked on: not one of the transport. */
export function isOfEntity(error: unknown): error is ConnectorError {
	return error instanceof ConnectorError && error.scope !== 'transport';
}

/** An error as the survey shows it. */
export function errorFacts({ code, message, remedy }: ConnectorError) {
	return { code, message, remedy };
}
