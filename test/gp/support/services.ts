import { createAddresses } from '../../../lib/gp/addressing/resource-address';
import { SHIPPED_PROFILES } from '../../../lib/gp/profiles/shipped-profiles';
import type { SiteProfile } from '../../../lib/gp/profiles/site-profile';
import type { ReaderServices } from '../../../lib/gp/reading/fetch-rows';
import type { GpHttpResponse } from '../../../lib/gp/site';

export interface Asked {
	/** What stands behind the company in the address, without the format: `PM20000`, `Purchasing/Vendors(A)`. */
	path: string;
	/** A parameter of the query, such as `$skip`. */
	query(name: string): string | null;
	url: string;
}

/** Rows, or an answer of its own. */
export type Answer =
	| object[]
	| { status?: number; body?: unknown; type?: string; headers?: object };

const SITE = { serviceAddress: 'https://gp.example.com', tenant: 'DefaultTenant' };

/** What reading needs of one client, over a service in memory; `asked` names each request in short. */
export function servicesOf(
	answer: (asked: Asked) => Answer,
	profile: SiteProfile = SHIPPED_PROFILES.odata,
	more: Partial<ReaderServices> = {},
) {
	const asked: string[] = [];
	const slept: number[] = [];
	const addresses = createAddresses(
		{ ...SITE, company: 'Fabrikam, Inc.', companyId: 'TWO' } as never,
		profile,
	);
	const services: ReaderServices = {
		async send(url) {
			const { pathname, search, searchParams } = new URL(url);
			const path = decodeURIComponent(pathname)
				.replace(/^.*\(Fabrikam, Inc\.\)\//, '')
				.replace(/\.json$/, '');
			asked.push(path + decodeURIComponent(search));
			const query = (name: string) => searchParams.get(name);
			const given = await Promise.resolve(answer({ path, query, url }));
			return responseOf(Array.isArray(given) ? { body: { value: given } } : given);
		},
		addresses,
		profile,
		concurrency: 2,
		effects: {
			random: () => 1,
			sleep: async (milliseconds) => void slept.push(await Promise.resolve(milliseconds)),
		},
		acceptedStep: new Map(),
		distrustedFilters: new Set(),
		refusedConditions: new Set(),
		doubts: new Map(),
		learned: { countsAll: false },
		wholeSizes: new Map(),
		lookups: new Map(),
		...more,
	};
	return { services, asked, slept };
}

function responseOf({
	status = 200,
	body = '',
	type = 'application/json',
	headers = {},
}: Exclude<Answer, object[]>): GpHttpResponse {
	return {
		status,
		headers: { 'content-type': type, ...headers },
		body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
		url: '',
	};
}

/** Rows of tables by their paths, paged as asked for; a table that is none of them is not found. */
export function tables(rows: Record<string, object[]>, most = Infinity) {
	return ({ path, query }: Asked): Answer => {
		const all = rows[path];
		if (!all) return { status: 404, body: { error: { message: 'Resource not found.' } } };
		const skip = Number(query('$skip') ?? 0);
		return all.slice(skip, skip + Math.min(most, Number(query('$top') ?? Infinity)));
	};
}
