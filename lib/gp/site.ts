import { IANAZone } from 'luxon';
import { ABSENT_MEANS } from '../model/gp-records';
import type { Entity } from '../streams/streams';
import { GpSettingInvalid } from './errors/gp-error';
import { SHIPPED_PROFILES } from './profiles/shipped-profiles';
import type { ProfileName, SiteProfile } from './profiles/site-profile';

/** Every member optional, at any depth; lists are replaced as a whole. */
export type DeepPartial<T> = T extends readonly unknown[]
	? T
	: T extends object
		? { [Member in keyof T]?: DeepPartial<T[Member]> }
		: T;

/** One GP company behind one GP service. */
export interface GpSite {
	/** Scheme, host and port, e.g. "https://gp.example.com". */
	serviceAddress: string;
	/** "DefaultTenant" on a single-tenant installation. */
	tenant: string;
	/** Name as the company list in GP shows it, e.g. "Fabrikam, Inc.": the URL carries it. */
	company: string;
	/** Database id (INTERID), e.g. "TWO": part of every origin id. */
	companyId: string;
	/**
	 * SY01500.CMPANYID, for the Web Services only; asked for by the company's name when absent, which
	 * takes the right to list companies.
	 */
	companyNumber?: number;
	/** Name of the workflow that gives rows, for messages and for waiting in turn; only for that door. */
	rowsWorkflow?: string;
	/** Key under which tax ids become match values (lib/model/same-firm.ts); none are given without it. */
	taxIdKey?: string;
	/** What differs at this site from the shipped profile. */
	profile?: DeepPartial<SiteProfile>;
	/** Default "sba". */
	profileName?: ProfileName;
}

/** One reading request. GP is never written: POST carries a question of the Web Services (SOAP), which has no other verb. */
export interface GpHttpRequest {
	method: 'GET' | 'POST';
	url: string;
	headers?: Record<string, string>;
	/** Only with POST. */
	body?: string;
	timeoutMs?: number;
	signal?: AbortSignal;
	maxBodyBytes?: number;
}

export interface GpHttpResponse {
	status: number;
	/** Lower-case names. */
	headers: Record<string, string>;
	body: Buffer;
	url: string;
}

/** What the client needs of a transport that logs in by itself; lib/ntlm has one. */
export interface GpHttp {
	request(request: GpHttpRequest): Promise<GpHttpResponse>;
}

/** Details a run: more is no polite use of a server that people work with. */
const MOST_RECHECKED = 5_000;

/**
 * The shipped profile with the site's differences laid over it. Lists are replaced as a whole,
 * except that the names of a field are tried before the shipped ones.
 */
export function resolveProfile(site: Pick<GpSite, 'profile' | 'profileName'>): SiteProfile {
	const name = site.profileName ?? site.profile?.name ?? 'sba';
	const shipped = SHIPPED_PROFILES[name];
	if (!shipped) {
		throw new GpSettingInvalid(
			'site profile',
			`there is no profile "${String(name)}"`,
			'Choose "sba", "odata", "soap" or "rows".',
		);
	}
	const profile = merge(shipped, site.profile ?? {}, []) as SiteProfile;
	checkProfile(profile);
	return completeListSources({ ...profile, name });
}

function merge(base: unknown, override: unknown, path: string[]): unknown {
	if (override === undefined) return base;
	if (Array.isArray(base) && Array.isArray(override)) {
		return path.at(-2) === 'fields' || path.at(-3) === 'nested'
			? [...new Set([...override, ...base])]
			: override;
	}
	const wanted = Array.isArray(base) ? 'a list' : isPlainObject(base) ? 'an object' : null;
	if (
		wanted !== null &&
		(wanted === 'a list' ? !Array.isArray(override) : !isPlainObject(override))
	)
		throw new GpSettingInvalid(
			path.join('.'),
			`it is ${JSON.stringify(override).slice(0, 60)}, not ${wanted}`,
			wanted === 'a list' ? 'Write it in square brackets: ["…"].' : 'Write it in braces: {"…": …}.',
		);
	if (!isPlainObject(base) || !isPlainObject(override)) return override;
	const merged: Record<string, unknown> = { ...base };
	for (const [member, value] of Object.entries(override)) {
		// A profile is pasted by a person: it must not reach the prototype.
		if (member === '__proto__' || member === 'constructor') continue;
		merged[member] = merge(base[member], value, [...path, member]);
	}
	return merged;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
	return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function checkProfile(profile: SiteProfile): void {
	const { pageSize } = profile.query;
	if (!Number.isInteger(pageSize) || pageSize < 2 || pageSize > 100_000) {
		throw new GpSettingInvalid(
			'query.pageSize',
			`must be a whole number from 2 to 100,000, not ${pageSize}`,
			'Give a whole number from 2 to 100000.',
		);
	}
	const { cap } = profile.query;
	if (cap !== null && (!Number.isInteger(cap) || cap < 1)) {
		throw new GpSettingInvalid(
			'query.cap',
			`must be a positive integer, not ${String(cap)}`,
			'Give a whole number from 1, or null.',
		);
	}
	if (profile.dateZone !== null && !IANAZone.isValidZone(profile.dateZone)) {
		throw new GpSettingInvalid(
			'dateZone',
			`"${String(profile.dateZone)}" is no time zone`,
			'Give a name such as "America/Chicago", or null.',
		);
	}
	const window = profile.rows?.historyWindow ?? null;
	if (window !== null && (!Number.isInteger(window) || window < pageSize || window > 1_000_000)) {
		throw new GpSettingInvalid(
			'rows.historyWindow',
			`must be a whole number from the page size to 1,000,000, not ${window}`,
			'Give a whole number from the page size to 1000000, or null to have history scanned in one statement.',
		);
	}
	for (const [name, perRun] of Object.entries(profile.recheck)) {
		if (!Number.isInteger(perRun) || perRun < 0 || perRun > MOST_RECHECKED) {
			throw new GpSettingInvalid(
				`recheck.${name}`,
				`must be a whole number from 0 to ${MOST_RECHECKED}, not ${String(perRun)}`,
				`Give a whole number from 0 to ${MOST_RECHECKED}.`,
			);
		}
	}
	if (!profile.paths.context.startsWith('/')) {
		throw new GpSettingInvalid(
			'paths.context',
			'it does not start with "/"',
			'Give the path below the service address, e.g. "/GPService/Tenants({tenant})/Companies({company})".',
		);
	}
	for (const [entity, { lists, stampField, absentMeans }] of Object.entries(profile.entities)) {
		// A site may say that it gives no accounts: they are not among the stock services.
		const mayBeNone = entity === 'account' && Array.isArray(lists) && lists.length === 0;
		if (!mayBeNone && (!Array.isArray(lists) || !lists[0] || lists.some((list) => !list.path))) {
			throw new GpSettingInvalid(
				`entities.${entity}.lists`,
				'there is no path in it',
				'Give at least one {"path": "…"}.',
			);
		}
		checkDeclared(entity as Entity, absentMeans);
		if (stampField === '') {
			throw new GpSettingInvalid(
				`entities.${entity}.stampField`,
				'it is empty',
				'Name the field, or use null when the site has no change stamp.',
			);
		}
	}
}

/** Only what can be meant: anything else would decide nothing and look as if it did. */
function checkDeclared(entity: Entity, absentMeans: Record<string, string>): void {
	const known = ABSENT_MEANS[entity];
	for (const [field, means] of Object.entries(absentMeans ?? {})) {
		if (Object.hasOwn(known, field) && known[field] === means) continue;
		const choices = Object.entries(known).map(([name, word]) => `"${name}": "${word}"`);
		throw new GpSettingInvalid(
			`entities.${entity}.absentMeans`,
			`"${field}": "${String(means)}" says nothing`,
			choices.length > 0
				? `It may say ${choices.join(', ')}.`
				: 'Leave it out: what such a record lacks is unknown.',
		);
	}
}

/** Fills in what a pasted list source may leave out. */
function completeListSources(profile: SiteProfile): SiteProfile {
	const entities = Object.fromEntries(
		Object.entries(profile.entities).map(([entity, entityProfile]) => [
			entity,
			{
				...entityProfile,
				lists: entityProfile.lists.map((list) => ({
					...list,
					parameters: list.parameters ?? {},
					assign: list.assign ?? {},
					keyColumns: list.keyColumns ?? {},
					children: (list.children ?? []).map((child) => ({
						...child,
						lookups: child.lookups ?? [],
					})),
					lookups: list.lookups ?? [],
				})),
			},
		]),
	) as SiteProfile['entities'];
	return { ...profile, entities };
}
