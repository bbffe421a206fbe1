import type { GpHttp, GpHttpRequest, GpHttpResponse } from '../../lib/gp/site';
import type { Page, PageRequest } from '../../lib/gp/reading/paging/page';
import { json, html } from '../gp/support/fake-gp';
import { Refusal, type RandomServer } from './random-server';

/** Names of the parameters by which a service is asked; null: there is none. */
export interface Names {
	limit: string | null;
	offset: string | null;
	page: string | null;
}

export const ODATA: Names = { limit: '$top', offset: '$skip', page: null };

/** A random server behind the wire: vendors of an SBA service that is asked by these names. */
export class Served implements GpHttp {
	asked = 0;

	constructor(
		private readonly server: Pick<RandomServer, 'fetch'>,
		private readonly names: Names,
	) {}

	async request({ url }: GpHttpRequest): Promise<GpHttpResponse> {
		this.asked += 1;
		const { pathname, searchParams } = new URL(url);
		if (!/\/Purchasing\/Vendors\.json$/.test(pathname))
			return html(404, 'Service', 'Endpoint not found.');
		try {
			const page = await this.server.fetch(this.wish(searchParams));
			return json(200, wire(page, pathname, searchParams.has('$count')));
		} catch (error) {
			if (error instanceof Refusal) return json(400, { Message: error.message });
			throw error;
		}
	}

	private wish(query: URLSearchParams): PageRequest {
		const asked = (name: string | null) => (name === null ? null : query.get(name));
		const next = query.get('next');
		if (next !== null) return { next };
		const top = Number(asked(this.names.limit) ?? Infinity);
		const page = asked(this.names.page);
		if (page !== null) return { page: Number(page), top };
		const skip = asked(this.names.offset);
		return skip === null && top === Infinity ? { everything: true } : { skip: Number(skip), top };
	}
}

function wire({ rows, next, total }: Page<string>, pathname: string, counts: boolean) {
	return {
		...(total && (!total.standard || counts)
			? { [total.standard ? '@odata.count' : 'totalCount']: total.count }
			: {}),
		value: rows.map((row) => ({ VENDORID: row, VENDNAME: `Vendor ${row}`, ADDRESS1: '1 Main St' })),
		...(next === null ? {} : { '@odata.nextLink': `${pathname}?next=${encodeURIComponent(next)}` }),
	};
}
