import { STREAMS } from '../../streams/streams';
import { ConnectorError } from '../../model/connector-error';
import type { GpClient } from '../gp-client';
import type { ProfileName, SiteProfile } from '../profiles/site-profile';
import { recogniseAddress, SOAP_PATH } from '../doors/open-door';
import type { DeepPartial, GpSite } from '../site';
import { isRefusedLogin } from './questions';
import { type DoorSurvey, ENTITIES, notAskedYet, type Survey } from './survey.types';

export interface WhichDoorParts {
	/** The site as its credential has it. */
	site: GpSite;
	/** A client for a site; one that is only tried waits shortly and asks once. */
	open(site: GpSite, onTrial: boolean): GpClient;
	/**
	 * The port at which the Web Services stand as installed may be asked too. Only where the login gives
	 * nothing away (Windows login, no token, no clear text), and not by plain HTTP where HTTPS was entered.
	 */
	otherPort: boolean;
}

const DOOR_NAMES: Record<ProfileName, string> = {
	sba: 'Service Based Architecture (SBA)',
	odata: 'OData Service',
	soap: 'Web Services (SOAP)',
	rows: 'Rows of another workflow',
};
const SOAP_PORT = '48620';
const LOGIN_STOPS =
	'not tried: the login was refused before, and a few tries lock a Windows account';

/**
 * Surveys the site through its own door, tries the others it may have at the same server, and proposes
 * what fits best. A refused login ends it at once.
 *
 * @throws the error of the site's own door where no other one answers either
 */
export async function surveySite(parts: WhichDoorParts): Promise<Survey> {
	const { site } = parts;
	const own = site.profileName ?? site.profile?.name ?? 'sba';
	let survey: Survey | null = null;
	let failure: unknown = null;
	let capabilities: Pick<DoorSurvey, 'lacks'> = { lacks: [] };
	try {
		const client = parts.open(site, false);
		capabilities = { lacks: lacksOf(client) };
		survey = await client.survey();
	} catch (error) {
		if (!(error instanceof ConnectorError) || isRefusedLogin(error)) throw error;
		failure = error;
	}
	// Rows of a workflow have no address at which others could stand.
	if (own === 'rows') {
		if (survey === null) throw failure;
		return survey;
	}
	const ownDoor: DoorSurvey = survey
		? { ...surveyed(own, site.serviceAddress, survey), ...capabilities }
		: closed(own, site.serviceAddress, failure as ConnectorError);
	const doors = [ownDoor, ...(await tryOthers(parts, own))];
	const isThere = doors.some(({ state }) => state === 'open' || state === 'closed');
	if (survey === null && !isThere) throw failure;
	const best = bestOf(doors);
	const profile = best === ownDoor && survey ? survey.suggestedProfile : {};
	return {
		...(survey ?? nothingRead(site, failure as ConnectorError)),
		doors,
		proposal:
			best === null
				? null
				: { door: best.door, serviceAddress: best.serviceAddress, profileOverride: profile },
		advice: [...(survey?.advice ?? []), ...adviceOn(doors, ownDoor, best)],
	};
}

/** Every other door, at the addresses it usually has on the server that was entered. */
async function tryOthers(parts: WhichDoorParts, own: ProfileName): Promise<DoorSurvey[]> {
	const tried: DoorSurvey[] = [];
	let refused = false;
	for (const { door, serviceAddress } of candidatesFor(parts)) {
		if (door === own && serviceAddress === parts.site.serviceAddress.trim()) continue;
		if (door !== own && tried.some((one) => one.door === door && one.state === 'open')) continue;
		if (refused) {
			const nothing = { reads: null, lacks: [], remedy: null };
			tried.push({ door, serviceAddress, state: 'notTried', why: LOGIN_STOPS, ...nothing });
			continue;
		}
		const one = await tryDoor(parts, door, serviceAddress);
		refused = one.refusedLogin;
		tried.push(one.result);
	}
	return tried;
}

async function tryDoor(
	{ site, open }: WhichDoorParts,
	door: ProfileName,
	serviceAddress: string,
): Promise<{ result: DoorSurvey; refusedLogin: boolean }> {
	// What was overridden is said of the site's own door.
	const { profile: _override, ...plain } = site;
	try {
		const client = open({ ...plain, serviceAddress, profileName: door }, true);
		await client.probe();
		const reads = {} as NonNullable<DoorSurvey['reads']>;
		for (const entity of ENTITIES) {
			try {
				await client.list(entity, { limit: 1 });
				reads[entity] = 'readable';
			} catch (error) {
				if (!(error instanceof ConnectorError) || error.scope === 'transport') throw error;
				reads[entity] = error.message;
			}
		}
		const result: DoorSurvey = {
			door,
			serviceAddress,
			state: 'open',
			why: null,
			remedy: null,
			reads,
			lacks: [...lacksOf(client), ...unreadable(reads)],
		};
		return { result, refusedLogin: false };
	} catch (error) {
		if (!(error instanceof ConnectorError)) throw error;
		return { result: closed(door, serviceAddress, error), refusedLogin: isRefusedLogin(error) };
	}
}

interface Candidate {
	door: ProfileName;
	serviceAddress: string;
}

/** Where each door may stand, as far as the address that was entered tells. Pure. */
export function candidatesFor({
	site,
	otherPort,
}: Pick<WhichDoorParts, 'site' | 'otherPort'>): Candidate[] {
	const written = site.serviceAddress.trim();
	if (!URL.canParse(written)) return [];
	const { origin, protocol, hostname, port } = new URL(written);
	const recognised = recogniseAddress(written);
	const soap =
		recognised.kind === 'soap'
			? [recognised.address]
			: recognised.kind === 'other'
				? [origin + SOAP_PATH]
				: [recognised.instead];
	if (otherPort && recognised.kind === 'other' && protocol === 'http:' && port !== SOAP_PORT)
		soap.push(`${protocol}//${hostname}:${SOAP_PORT}${SOAP_PATH}`);
	return [
		...(['sba', 'odata'] as const).map((door) => ({ door, serviceAddress: origin })),
		...soap.map((serviceAddress) => ({ door: 'soap' as const, serviceAddress })),
	];
}

function surveyed(door: ProfileName, serviceAddress: string, survey: Survey): DoorSurvey {
	const reads = {} as NonNullable<DoorSurvey['reads']>;
	for (const entity of ENTITIES) {
		const { readable, error } = survey.entities[entity];
		reads[entity] = readable ? 'readable' : (error?.message ?? 'the service refused to list it');
	}
	const isOpen = Object.values(reads).includes('readable');
	return {
		door,
		serviceAddress,
		state: isOpen ? 'open' : stateOf(door, survey.entities.vendor.error?.code ?? ''),
		why: isOpen ? null : reads.vendor,
		remedy: isOpen ? null : (survey.entities.vendor.error?.remedy ?? null),
		reads,
		lacks: [],
	};
}

function closed(door: ProfileName, serviceAddress: string, error: ConnectorError): DoorSurvey {
	return {
		door,
		serviceAddress,
		state: stateOf(door, error.code),
		why: error.message,
		remedy: error.remedy,
		reads: null,
		lacks: [],
	};
}

/** Codes of a service that is there and does not let this account or company in. */
const THERE = new Set<string>([
	'GP_LOGIN_REFUSED',
	'windows-login-rejected',
	'GP_USER_NOT_ALLOWED',
	'GP_COMPANY_UNKNOWN',
	'GP_WEB_SERVICE_ROLE_MISSING',
	'GP_WEB_SERVICE_FAULT',
	'GP_SERVICE_UNAVAILABLE',
]);

function stateOf(door: ProfileName, code: string): DoorSurvey['state'] {
	// OData has no page of its own that would tell a service without this company from none.
	if (door === 'odata' && code === 'GP_COMPANY_UNKNOWN') return 'absent';
	return THERE.has(code) ? 'closed' : 'absent';
}

function lacksOf({ door: { capabilities } }: Pick<GpClient, 'door'>): string[] {
	return [
		...capabilities.lacks,
		...(capabilities.totals ? [] : ['a total of its own to check a list against']),
		...(capabilities.stamps ? [] : ['change stamps: it is read whole each time']),
	];
}

function unreadable(reads: NonNullable<DoorSurvey['reads']>): string[] {
	return ENTITIES.filter((entity) => reads[entity] !== 'readable').map(
		(entity) => `${STREAMS[entity].short} with this account`,
	);
}

/** The door that reads most; of equals the first, and so the one that is set. */
function bestOf(doors: readonly DoorSurvey[]): DoorSurvey | null {
	const count = ({ reads }: DoorSurvey) =>
		Object.values(reads ?? {}).filter((answer) => answer === 'readable').length;
	let best: DoorSurvey | null = null;
	for (const door of doors)
		if (door.state === 'open' && (best === null || count(door) > count(best))) best = door;
	return best;
}

function adviceOn(
	doors: readonly DoorSurvey[],
	own: DoorSurvey,
	best: DoorSurvey | null,
): string[] {
	if (best === null) {
		return [
			...doors.filter(({ state }) => state === 'closed').map(inWords),
			'No door could be read with this account. Every GP has its SQL Server: "Rows of another workflow" reads it by n8n\'s own Microsoft SQL node (docs/doors.md).',
		];
	}
	const others = doors.filter((door) => door !== own && door.state !== 'notTried');
	if (best === own) return others.filter(({ state }) => state === 'open').map(inWords);
	return [
		`${inWords(own)} ${DOOR_NAMES[best.door]} can be read: in the "Dynamics GP API" credential set Door to "${DOOR_NAMES[best.door]}" and the service address to "${best.serviceAddress}", then run Survey again.`,
		...others.filter((door) => door !== best && door.state === 'closed').map(inWords),
	];
}

function inWords({ door, serviceAddress, state, why, lacks }: DoorSurvey): string {
	const name = `${DOOR_NAMES[door]} at ${serviceAddress}`;
	if (state !== 'open') return `${name}: ${why ?? 'not open'}`;
	return `${name} is open too. It does not tell: ${lacks.join('; ')}.`;
}

/** A survey of nothing: the site's own door did not open, another one answers. */
function nothingRead(site: GpSite, failure: ConnectorError): Survey {
	const { code, message, remedy } = failure;
	const path = site.serviceAddress;
	const entities = Object.fromEntries(
		ENTITIES.map((entity) => [entity, { ...notAskedYet(path), error: { code, message, remedy } }]),
	) as Survey['entities'];
	return {
		entities,
		suggestedProfile: {} as DeepPartial<SiteProfile>,
		findings: [message],
		advice: [],
	};
}
