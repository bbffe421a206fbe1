import { addressBelow } from '../../http/request-rules';
import { GpRequestRefused } from '../errors/refusals';
import { GpSettingInvalid } from '../errors/gp-error';
import type { SiteProfile } from '../profiles/site-profile';
import type { GpSite } from '../site';

/**
 * Text as one part of an SBA path. Company names carry commas, ñ and parentheses; parentheses
 * delimit the key in SBA, and encodeURIComponent leaves them alone. A comma stays as it is, the
 * form seen in working calls ("Companies(Fabrikam,%20Inc.)").
 */
export function encodePathText(text: string): string {
	return encodeURIComponent(text)
		.replace(/[()'!*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
		.replace(/%2C/g, ',');
}

/** GP's own dictionary, which stands in the path of a resource at some sites. */
export const CORE_DICTIONARY = 'Dynamics';

/** The other of the two forms, where the profile has one of them and the door is that of such paths. */
export function otherProduct({ name, productSegment }: SiteProfile): string | null {
	if (name !== 'sba') return null;
	if (productSegment === '') return CORE_DICTIONARY;
	return productSegment === CORE_DICTIONARY ? '' : null;
}

export interface Addresses {
	/** "https://gp.example.com", without a trailing slash. */
	origin: string;
	help(): string | null;
	companies(): string | null;
	/** The company itself. */
	context(): string;
	/** A resource of the company, with the format suffix and query. */
	resource(path: string, query?: Record<string, string>): string;
	/** One record: key parts in the order of the URL. */
	record(path: string, keyParts: string[]): string;
	/** What a user or a server typed: a path of this service, relative to the company unless it starts with "/". */
	within(path: string, query?: Record<string, string>): string;
}

/** For rows of another workflow: there is no server to call, and nothing can be asked for by a path. */
export function noAddresses({ rowsWorkflow = '' }: GpSite): Addresses {
	const name = `workflow ${rowsWorkflow}`;
	const refuse = (): never => {
		throw new GpRequestRefused('rows come from a workflow, which has no paths', { address: name });
	};
	return {
		origin: name,
		help: () => null,
		companies: () => null,
		context: () => name,
		resource: refuse,
		record: refuse,
		within: refuse,
	};
}

/** All addresses of one company, as the profile shapes them. */
export function createAddresses(site: GpSite, profile: SiteProfile): Addresses {
	const origin = serviceOrigin(site.serviceAddress);
	const company = profile.companySegment === 'id' ? site.companyId : site.company;
	if (!company) {
		throw new GpSettingInvalid(
			'company',
			'it is empty',
			'Enter the company name as the company list at GP login shows it.',
		);
	}
	const fill = (template: string) =>
		template
			.replace(/\{tenant\}/g, () => encodePathText(site.tenant))
			.replace(/\{company\}/g, () => encodePathText(company));
	const suffix = profile.format.by === 'suffix' ? `.${profile.format.kind}` : '';
	const context = trimSlashes(addressBelow(origin, fill(profile.paths.context)), 'end');
	const product = trimSlashes(profile.productSegment, 'both');

	const resource = (path: string, query: Record<string, string> = {}) => {
		const base = path.startsWith('/')
			? addressBelow(origin, fill(path))
			: [context, product, fill(path)].filter(Boolean).join('/');
		return withQuery(hasSuffix(base) ? base : base + suffix, query);
	};
	return {
		origin,
		help: () => (profile.paths.help ? addressBelow(origin, fill(profile.paths.help)) : null),
		companies: () =>
			profile.paths.companies ? addressBelow(origin, fill(profile.paths.companies)) + suffix : null,
		context: () => context,
		resource,
		record: (path, keyParts) =>
			resource(
				path.replace(/\{key\}/g, () => keyParts.map(encodePathText).join(profile.keySeparator)),
			),
		within: (path, query = {}) => {
			const text = path.trim();
			if (/^[a-z][a-z0-9+.-]*:|^\/\/|\\/i.test(text)) {
				throw new GpRequestRefused(
					'the path names a server; only the server of the credential is called',
					{ address: origin },
				);
			}
			const address = new URL(text.startsWith('/') ? origin + text : `${context}/${text}`);
			return withQuery(address.href, query);
		},
	};
}

/** Query text as WCF and OData services read it: blanks as %20 (a "+" would stay one), `$` and quotes plain. */
function withQuery(address: string, query: Record<string, string>): string {
	const pairs = Object.entries(query).map(
		([name, value]) =>
			`${encodeURIComponent(name).replace(/%24/g, '$')}=${encodeURIComponent(value)}`,
	);
	if (pairs.length === 0) return address;
	return address + (address.includes('?') ? '&' : '?') + pairs.join('&');
}

/**
 * Where a server-given "next page" link really goes: always to the server we log in to, whatever
 * host name the server believes to have.
 */
export function onOurServer(origin: string, current: string, link: string): string {
	if (!URL.canParse(link, current)) {
		throw new GpRequestRefused('the "next page" link of the answer before cannot be read', {
			address: origin,
		});
	}
	const target = new URL(link, current);
	const path = belowGateway(new URL(current).pathname, target.pathname);
	return origin + path + target.search;
}

/**
 * A gateway may put the service below a path the service itself does not know: `/erp/GPService/…` asked,
 * `/GPService/…` linked. Where the link begins with a later part of what was asked, what stands before it is kept.
 */
function belowGateway(asked: string, linked: string): string {
	const [parts, [first]] = [asked, linked].map((path) => path.split('/').slice(1));
	const place = parts.findIndex((part) => samePart(part, first));
	return place > 0 ? `/${parts.slice(0, place).join('/')}${linked}` : linked;
}

const samePart = (left: string, right: string) =>
	left !== '' && left.toLowerCase() === right.toLowerCase();

function hasSuffix(path: string): boolean {
	return /\.(json|xml)$/i.test(path);
}

function serviceOrigin(serviceAddress: string): string {
	const remedy = 'Enter scheme, host and, if needed, port: "https://gp.example.com".';
	let address: URL;
	try {
		address = new URL(serviceAddress.trim());
	} catch {
		throw new GpSettingInvalid('service address', 'it is no web address', remedy);
	}
	if (address.protocol !== 'https:' && address.protocol !== 'http:') {
		throw new GpSettingInvalid(
			'service address',
			`"${address.protocol}" is no web address`,
			remedy,
		);
	}
	if (address.username || address.password) {
		throw new GpSettingInvalid(
			'service address',
			'it contains a login',
			`${remedy} User and password have their own fields.`,
		);
	}
	return address.origin;
}

/** Without the slashes at its ends. */
function trimSlashes(path: string, where: 'end' | 'both'): string {
	let start = 0;
	let end = path.length;
	while (end > 0 && path[end - 1] === '/') end -= 1;
	while (where === 'both' && start < end && path[start] === '/') start += 1;
	return path.slice(start, end);
}
