import { LINK_PATTERNS, type LinkedType, type Outcome } from '../model/outcome';

/** Where people of a company see its records. */
export interface LinkSite {
	/** Origin of the web application, such as `https://app.procore.com`; null links nothing. */
	origin: string | null;
	companyId: string;
	/** Instead of the usual ones; an empty one links nothing. */
	patterns?: Partial<Record<LinkedType, string>>;
}

/** Browser addresses (Procore, "Development Environments"). The federal zone's is not published. */
const ORIGINS: Record<string, string> = {
	sandbox: 'https://sandbox.procore.com',
	monthly: 'https://api-sandbox-monthly.procore.com',
};
/** Numbers of companies in Procore's second region begin here, as far as they have been seen. */
const SECOND_REGION = { from: 2 ** 49, below: 2 ** 50 };

/**
 * Origin of Procore's web application for a company.
 *
 * @param webAddress as somebody typed it from the browser; it wins, and only counts over https and
 *   without a login in it
 */
export function webOriginOf(
	environment: string,
	companyId: string,
	webAddress: string,
): string | null {
	if (webAddress.trim() !== '') return httpsOrigin(webAddress);
	if (environment !== 'production') return ORIGINS[environment] ?? null;
	const id = Number(companyId);
	const second = id >= SECOND_REGION.from && id < SECOND_REGION.below;
	return second ? 'https://us02.procore.com' : 'https://app.procore.com';
}

function httpsOrigin(address: string): string | null {
	const text = address.trim();
	try {
		const url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
		const open = url.username === '' && url.password === '';
		return url.protocol === 'https:' && open ? url.origin : null;
	} catch {
		return null;
	}
}

/** The outcome with the address of its record, where one can be told and it leaves an event. Pure. */
export function withLink(outcome: Outcome, site: LinkSite): Outcome {
	const { procore } = outcome;
	const told = outcome.outcome !== 'unchanged' || outcome.unrecorded !== undefined;
	const link = procore && told && linkOf(procore, site);
	return link ? { ...outcome, procore: { ...procore, link } } : outcome;
}

function linkOf(
	{ type, id, projectId, contract }: NonNullable<Outcome['procore']>,
	{ origin, companyId, patterns }: LinkSite,
): string | null {
	if (origin === null || !id || !(type in LINK_PATTERNS)) return null;
	const pattern = { ...LINK_PATTERNS, ...patterns }[type as LinkedType].trim();
	const values: Record<string, string | undefined> = {
		company: companyId,
		project: projectId,
		id,
		contract,
	};
	let whole = pattern !== '';
	const path = pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
		const value = values[name];
		whole &&= Boolean(value);
		return (value ?? '').split('/').map(encodeURIComponent).join('/');
	});
	return whole ? new URL(`${origin}/${path.replace(/^\/+/, '')}`).href : null;
}
