import { ConnectorError } from '../../model/connector-error';
import type { Entity } from '../../model/desired';
import { GpLoginRefused, GpResourceNotOffered } from '../errors/refusals';
import type { RawRecord } from '../normalise/field-reader';
import type { ChildTable, ListSource, LookupTable } from '../profiles/site-profile';
import { fetchRows } from '../reading/fetch-rows';
import type { ReaderServices } from '../reading/reader-services';
import { isNoEntry, isOfEntity } from './questions';
import type { Right } from './survey.types';

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
