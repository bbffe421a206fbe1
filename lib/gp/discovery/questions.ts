import type { Steps } from '../../http/read-body';
import { ConnectorError } from '../../model/connector-error';
import type { Entity } from '../../model/desired';
import { htmlText } from '../../model/foreign-text';
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
function refusalOf(error: ConnectorError): Exclude<Right['answer'], 'readable'> {
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

export interface HelpLink {
	text: string;
	href: string;
	/** Heading above the link, e.g. "Dictionaries". */
	section: string;
}

/** One operation the service's description names. */
export interface HelpOperation {
	/** As written, e.g. "Purchasing/Vendors({VendorId})". */
	path: string;
	verb: string;
}

/** A heading, a label or an address is no longer, in characters. */
const LONGEST_LABEL = 2_000;
const STEP = 200;

/** Links of a page of the service's description ("Discovery"), each under its heading. One walk over its tags. */
export function* helpLinks(html: string): Steps<HelpLink[]> {
	const links: HelpLink[] = [];
	let section = '';
	let count = 0;
	let at = html.indexOf('<');
	while (at >= 0) {
		if ((count += 1) % STEP === 0) yield;
		const tag = /^<(?:(h[1-6]|th|legend|caption|dt)|a)\b[^>]{0,1000}>/i.exec(
			html.slice(at, at + 1_100),
		);
		if (!tag) {
			at = html.indexOf('<', at + 1);
			continue;
		}
		const from = at + tag[0].length;
		const inner = html.slice(from, from + LONGEST_LABEL);
		const close = inner.search(tag[1] ? new RegExp(`</${tag[1]}\\b`, 'i') : /<\/a\b/i);
		if (close < 0) {
			at = html.indexOf('<', from);
			continue;
		}
		const text = htmlText(inner.slice(0, close));
		if (tag[1]) {
			section = text || section;
			// A link may stand in the heading.
			at = html.indexOf('<', from);
			continue;
		}
		const href = /\shref\s{0,4}=\s{0,4}["']?([^"'\s>]{1,1000})/i.exec(tag[0])?.[1];
		if (href !== undefined && !/^(?:#|javascript:|mailto:)/i.test(href))
			links.push({ text, href: htmlText(href), section });
		at = html.indexOf('<', from + close);
	}
	return links;
}

const VERBS = /\b(?:GET|POST|PATCH|PUT|DELETE)\b/g;
const ORIGIN = /https?:\/\/[^\s"'<>/]{1,255}/g;
const SEGMENT = String.raw`[A-Za-z][\w.-]{0,80}(?:\([^)\s]{0,100}\))?`;
const RESOURCE = new RegExp(
	String.raw`(?:GPService\/)?(?:Tenants\([^)]{0,100}\)\/)?(?:Companies\((?:[^()]|\([^)]{0,100}\)){0,100}\)\/)?(${SEGMENT}(?:\/${SEGMENT}){1,12})`,
	'g',
);

/** Operations a page names: table rows or lines that hold a path and, if they tell it, the verbs. */
export function* helpOperations(html: string): Steps<HelpOperation[]> {
	const operations: HelpOperation[] = [];
	let count = 0;
	for (const part of html.split(/<\/(?:tr|p|li|div|h[1-6]|dd|dt)>|<br\s{0,4}\/?>|\n/i)) {
		if ((count += 1) % STEP === 0) yield;
		const line = htmlText(part.slice(0, LONGEST_LABEL)).replace(ORIGIN, '');
		if (!line.includes('/')) continue;
		const verbs = [...new Set(line.match(VERBS) ?? [])];
		for (const match of line.matchAll(RESOURCE)) {
			const path = resourcePath(match[1]!);
			if (!path) continue;
			for (const verb of verbs.length > 0 ? verbs : ['GET']) operations.push({ path, verb });
		}
	}
	return operations;
}

/** A resource without key, format suffix and what stands before the company; null for what is no resource. */
export function resourcePath(written: string): string | null {
	let path = decodeText(written.slice(0, LONGEST_LABEL));
	const help = path.toLowerCase().indexOf('/help/');
	if (help >= 0) path = path.slice(help + '/help/'.length);
	const company = /Companies\((?:[^()]|\([^)]{0,100}\)){0,100}\)\//i.exec(path);
	if (company) path = path.slice(company.index + company[0].length);
	const parts = path
		.replace(/\([^()]{0,200}\)/g, '')
		.replace(/\.(?:json|xml|html?|aspx)$/i, '')
		.split('/')
		.filter((part, index, all) => part !== '' || (index > 0 && index < all.length - 1));
	const isResource =
		parts.length >= 2 && parts.every((part) => /^[A-Za-z][\w.-]{0,200}$/.test(part));
	return isResource ? parts.join('/') : null;
}

function decodeText(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
