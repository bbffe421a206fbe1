import { ConnectorError } from '../../model/connector-error';
import type { Entity } from '../../model/desired';
import { GpErrorInSuccess, GpHtmlPage } from '../errors/gp-error';
import {
	GpBusinessError,
	GpLoginRefused,
	GpResourceNotOffered,
	GpUserNotAllowed,
} from '../errors/refusals';
import type { RawRecord } from '../normalise/field-reader';
import type { Normaliser } from '../normalise/normaliser';
import type { ChildTable, ListSource, LookupTable, QuerySettings } from '../profiles/site-profile';
import { type ListFilter, listQuery, type PageWindow } from '../query/list-query';
import { fetchListRows, fetchRows, type ReaderServices } from '../reading/fetch-rows';
import type { FoundRows } from '../response/find-rows';
import type { Right } from './survey.types';

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
function isNoEntry(error: unknown): boolean {
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

const ANY_ROW = { knownFields: (raw: RawRecord) => Object.keys(raw).length, hasKey: () => true };

/**
 * Asks each table an entity is put together from for one row, beside the list that was looked at already:
 * a right that is missing on one of them shows only when a record needs it.
 */
export async function findRights(
	services: ReaderServices,
	entity: Entity,
	asked: ReadonlySet<string>,
): Promise<Right[]> {
	const rights = new Map<string, Right>();
	for (const { path, needed } of tablesOf(services.profile.entities[entity].lists)) {
		const known = rights.get(path);
		if (known) known.needed ||= needed;
		else if (!asked.has(path))
			rights.set(path, { path, needed, ...(await rightTo(services, entity, path)) });
	}
	return [...rights.values()];
}

function tablesOf(lists: readonly ListSource[]): Array<{ path: string; needed: boolean }> {
	const table = ({ path, optional }: ChildTable | LookupTable) => ({ path, needed: !optional });
	return lists.flatMap(({ path, children, lookups }) => [
		{ path, needed: true },
		...children.flatMap((child) => [
			table(child),
			...child.lookups.map((lookup) =>
				table({ ...lookup, optional: lookup.optional || child.optional }),
			),
		]),
		...lookups.map(table),
	]);
}

async function rightTo(
	services: ReaderServices,
	entity: Entity,
	path: string,
): Promise<Pick<Right, 'answer' | 'message'>> {
	try {
		const top: Record<string, string> =
			services.profile.query.dialect === 'odata' ? { $top: '1' } : {};
		const address = services.addresses.resource(path, top);
		await fetchRows(services, address, ANY_ROW, services.profile.responsePath, { entity });
		return { answer: 'readable', message: null };
	} catch (error) {
		if (!isOfEntity(error)) throw error;
		return { answer: refusalOf(error), message: error.message };
	}
}

/** What kind of "no" an error is. */
export function refusalOf(error: ConnectorError): Exclude<Right['answer'], 'readable'> {
	if (isNoEntry(error) || error.code === 'GP_WEB_SERVICE_ROLE_MISSING') return 'refused';
	return error instanceof GpResourceNotOffered ? 'notOffered' : 'failed';
}

/** The login itself was refused, before anything was read with it: no further address is tried. */
export function isRefusedLogin(error: unknown): boolean {
	return (
		error instanceof GpLoginRefused ||
		(error instanceof ConnectorError && error.code === 'windows-login-rejected')
	);
}
