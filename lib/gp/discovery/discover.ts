import { ENTITIES, type Entity } from '../../streams/streams';
import { looksLikeHtml } from '../../model/foreign-text';
import { runStepsInTurns } from '../../http/read-body';
import { onOurServer } from '../addressing/resource-address';
import { GpServiceNotFound } from '../errors/refusals';
import { isRecord } from '../normalise/field-reader';
import { text } from '../normalise/values';
import { SHIPPED_PROFILES } from '../profiles/shipped-profiles';
import { GP_STREAMS } from '../streams';
import type { ProfileName, SiteProfile } from '../profiles/site-profile';
import type { ReaderServices } from '../reading/fetch-rows';
import { bodyText, checkStatus, decodeBody } from '../response/decode-body';
import type { DeepPartial, GpSite } from '../site';
import { helpLinks, helpOperations, resourcePath } from './questions';

export interface Discovery {
	/** Where the description stands. */
	address: string;
	dictionaries: string[];
	objectLibraries: string[];
	/** Everything that can be addressed, with its verbs as far as they are told. Not filtered by rights. */
	resources: Array<{ path: string; verbs: string[] }>;
	/** Path found for each entity, null where none looks like it. */
	entities: Record<Entity, string | null>;
	missing: Entity[];
	/** The shipped profile that fits; null when neither does as it stands. */
	profile: ProfileName | null;
	/** What to paste as the site profile; empty when the shipped one fits. */
	suggestedProfile: DeepPartial<SiteProfile>;
	advice: string[];
	pagesRead: number;
}

/** Pages of the description read at most: it can be as large as GP itself. */
const MAX_PAGES = 60;
const MAX_DEPTH = 4;

const NEVER = /Currency|Class(es)?$|History$/i;

/** Reads what the service says about itself: the help pages of SBA, or the service document of OData. */
export async function discover(services: ReaderServices, site: GpSite): Promise<Discovery> {
	return services.addresses.help() === null
		? await discoverTables(services)
		: await discoverHelp(services, site);
}

async function discoverHelp(services: ReaderServices, site: GpSite): Promise<Discovery> {
	const { addresses, send } = services;
	const address = addresses.help()!;
	const queue = [{ address, depth: 0 }];
	const visited = new Set<string>();
	const verbs = new Map<string, Set<string>>();
	const dictionaries = new Set<string>();
	const objectLibraries = new Set<string>();
	const note = (path: string, verb?: string) => {
		const known = verbs.get(path) ?? new Set<string>();
		if (verb) known.add(verb);
		verbs.set(path, known);
	};

	for (let page = queue.shift(); page && visited.size < MAX_PAGES; page = queue.shift()) {
		if (visited.has(page.address)) continue;
		visited.add(page.address);
		const response = await send(page.address, {}, { accept: 'text/html' });
		const html = await bodyText(response);
		if (page.depth === 0) {
			if (response.status === 404 || (response.status === 200 && !looksLikeHtml(html))) {
				throw new GpServiceNotFound({ address, httpStatus: response.status }, site.tenant);
			}
			checkStatus(response, { address });
		} else if (response.status !== 200 || !looksLikeHtml(html)) continue;

		for (const { path, verb } of await runStepsInTurns(helpOperations(html))) note(path, verb);
		for (const { text: label, href, section } of await runStepsInTurns(helpLinks(html))) {
			if (/librar/i.test(section)) {
				objectLibraries.add(label);
				continue;
			}
			if (page.depth === 0 && /dictionar|product/i.test(section)) dictionaries.add(label);
			const target = safely(() => onOurServer(addresses.origin, page.address, href));
			if (!target) continue;
			const below = /\/help\/(.+)$/i.exec(new URL(target).pathname)?.[1];
			const path = below ? resourcePath(below) : null;
			if (path) note(path);
			if (below && page.depth < MAX_DEPTH) queue.push({ address: target, depth: page.depth + 1 });
		}
	}

	const resources = [...verbs]
		.map(([path, known]) => ({ path, verbs: [...known].sort() }))
		.sort((left, right) => (left.path < right.path ? -1 : 1));
	return {
		address,
		dictionaries: [...dictionaries],
		objectLibraries: [...objectLibraries],
		resources,
		...judge(services, resources, visited.size),
	};
}

function judge(services: ReaderServices, resources: Discovery['resources'], pagesRead: number) {
	const { profile } = services;
	const entities = {} as Record<Entity, string | null>;
	const suggested: Record<string, unknown> = {};
	const advice: string[] = [];
	for (const entity of ENTITIES) {
		const readable = resources.filter(
			({ path, verbs }) => !NEVER.test(path) && (verbs.length === 0 || verbs.includes('GET')),
		);
		const found =
			GP_STREAMS[entity].looksLike
				.map((pattern) => readable.find(({ path }) => pattern.test(path)))
				.find(Boolean)?.path ?? null;
		entities[entity] = found;
		const configured = [profile.productSegment, profile.entities[entity].lists[0]!.path]
			.filter(Boolean)
			.join('/');
		if (found && found.toLowerCase() !== configured.toLowerCase()) {
			suggested[entity] = {
				lists: [{ path: withoutProduct(found, profile.productSegment) }],
				detail: `${withoutProduct(found, profile.productSegment)}({key})`,
			};
		}
	}
	const missing = (Object.keys(entities) as Entity[]).filter((entity) => entities[entity] === null);
	if (resources.length === 0) {
		advice.push(
			'The description names no resources in a form that can be read by a program. Open it in a browser and enter the paths in the site profile.',
		);
	}
	if (missing.includes('account')) {
		advice.push(
			'No GL accounts are offered: they are not among the stock services. Have the GP OData service publish GL00100 and GL00105, or add a custom service (for instance with GP Power Tools), and set entities.account in the site profile. To go without them: {"entities": {"account": {"lists": []}}}.',
		);
	}
	if (missing.includes('payable')) {
		advice.push(
			'No payables transactions are offered to be read. Check the GP release (2015 or later), or use the GP OData service.',
		);
	}
	advice.push(
		'The description is not filtered by rights: run "Survey" to see what this user may really read.',
	);
	return {
		entities,
		missing,
		profile: missing.length === 0 && Object.keys(suggested).length === 0 ? ('sba' as const) : null,
		suggestedProfile:
			Object.keys(suggested).length > 0
				? ({ entities: suggested } as DeepPartial<SiteProfile>)
				: {},
		advice,
		pagesRead,
	};
}

/** The OData service document lists the published tables. */
async function discoverTables(services: ReaderServices): Promise<Discovery> {
	const address = services.addresses.context();
	const response = await services.send(address, { address });
	checkStatus(response, { address });
	const { value } = await decodeBody(response, { address });
	const names = tableNames(value);
	const published = new Set(names.map((name) => name.toLowerCase()));
	const lacking = (entity: Entity) =>
		SHIPPED_PROFILES.odata.entities[entity].lists
			.flatMap(({ path, children }) => [
				path,
				...children.filter(({ optional }) => !optional).map((child) => child.path),
			])
			.filter((table) => !published.has(table.toLowerCase()));
	const entities = {} as Record<Entity, string | null>;
	const advice: string[] = [];
	for (const entity of ENTITIES) {
		const tables = [...new Set(lacking(entity))];
		entities[entity] =
			tables.length === 0
				? SHIPPED_PROFILES.odata.entities[entity].lists.map(({ path }) => path).join(', ')
				: null;
		if (tables.length > 0)
			advice.push(
				`To read ${entity === 'account' ? 'GL accounts' : `${entity}s`}, publish ${tables.join(', ')} in the OData configuration of GP and grant a role that begins with OD_.`,
			);
	}
	const missing = (Object.keys(entities) as Entity[]).filter((entity) => entities[entity] === null);
	return {
		address,
		dictionaries: [],
		objectLibraries: [],
		resources: [...new Set(names)].sort().map((path) => ({ path, verbs: ['GET'] })),
		entities,
		missing,
		profile: missing.length === 0 ? 'odata' : null,
		suggestedProfile: {},
		advice,
		pagesRead: 1,
	};
}

/** v4: `{value:[{name}]}`; v3: `{d:{EntitySets:["…"]}}`. */
function tableNames(document: unknown): string[] {
	const inner = isRecord(document) ? (document.d ?? document.value ?? document) : document;
	const list = isRecord(inner)
		? (Object.values(inner).find(Array.isArray) ?? [])
		: Array.isArray(inner)
			? inner
			: [];
	return list
		.map((entry: unknown) =>
			isRecord(entry) ? (text(entry.name) ?? text(entry.url)) : text(entry),
		)
		.filter((name: string | null) => name !== null);
}

function withoutProduct(path: string, product: string): string {
	return product && path.toLowerCase().startsWith(`${product.toLowerCase()}/`)
		? path.slice(product.length + 1)
		: path;
}

function safely<T>(compute: () => T): T | null {
	try {
		return compute();
	} catch {
		return null;
	}
}
