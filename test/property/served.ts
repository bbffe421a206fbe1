import fc from 'fast-check';
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

/** How answers look, whatever rows they hold. */
export interface Wire {
	envelope: 'value' | 'd' | 'd.results' | 'bare' | 'Payload' | 'two deep';
	/** What stands for the number of rows: as OData writes it, as text, or what is no number of rows at all. */
	countAs: 'number' | 'text' | 'negative' | 'null';
	/** Links as the server behind a proxy knows itself. */
	links: 'relative' | 'otherHost' | 'otherPort';
	empty: 'list' | '204' | '404' | 'null' | 'nothing';
	/** Parameters it does not know. */
	unknown: 'ignored' | 'refused';
	byteOrderMark: boolean;
}

export const wires: fc.Arbitrary<Wire> = fc.record({
	envelope: fc.constantFrom('value', 'value', 'd', 'd.results', 'bare', 'Payload', 'two deep'),
	countAs: fc.constantFrom('number', 'number', 'text', 'negative', 'null'),
	links: fc.constantFrom('relative', 'otherHost', 'otherPort'),
	empty: fc.constantFrom('list', 'list', '204', '404', 'null', 'nothing'),
	unknown: fc.constantFrom('ignored', 'ignored', 'refused'),
	byteOrderMark: fc.boolean(),
});

export const PLAIN: Wire = {
	envelope: 'value',
	countAs: 'number',
	links: 'relative',
	empty: 'list',
	unknown: 'ignored',
	byteOrderMark: false,
};

/** A random server behind the wire: vendors of an SBA service that is asked by these names. */
export class Served implements GpHttp {
	asked = 0;

	constructor(
		private readonly server: Pick<RandomServer, 'fetch' | 'lastRows'>,
		private readonly names: Names,
		private readonly wire: Wire = PLAIN,
	) {}

	async request({ url }: GpHttpRequest): Promise<GpHttpResponse> {
		this.asked += 1;
		const { pathname, searchParams } = new URL(url);
		if (!/\/Purchasing\/Vendors\.json$/.test(pathname))
			return html(404, 'Service', 'Endpoint not found.');
		const known = ['next', '$count', ...Object.values(this.names)];
		const strange = [...searchParams.keys()].find((name) => !known.includes(name));
		if (this.wire.unknown === 'refused' && strange !== undefined)
			return json(400, { Message: `"${strange}" is not known here` });
		try {
			const page = /\bdesc\b/.test(searchParams.get('$orderby') ?? '')
				? await this.fromTheEnd()
				: await this.server.fetch(this.wish(searchParams));
			return this.answer(page, pathname, searchParams.has('$count'));
		} catch (error) {
			if (error instanceof Refusal) return json(400, { Message: error.message });
			throw error;
		}
	}

	/** Whether it was asked for the opposite order; a dialect may have no word for it. */
	askedFromTheEnd = false;

	private async fromTheEnd(): Promise<Page<string>> {
		this.askedFromTheEnd = true;
		return { rows: await this.server.lastRows(), next: null, total: null };
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

	private answer(
		{ rows, next, total }: Page<string>,
		pathname: string,
		counts: boolean,
	): GpHttpResponse {
		const { empty, byteOrderMark } = this.wire;
		if (rows.length === 0 && next === null) {
			if (empty === '204') return { ...json(204, ''), body: Buffer.alloc(0) };
			if (empty === '404') return json(404, { Message: 'There are no such rows.' });
			if (empty === 'null') return json(200, null);
			if (empty === 'nothing') return { ...json(200, ''), body: Buffer.alloc(0) };
		}
		const link = next === null ? null : this.link(`${pathname}?next=${encodeURIComponent(next)}`);
		const count = total && (!total.standard || counts) ? total : null;
		const body = this.wrapped(
			rows.map((row) => ({ VENDORID: row, VENDNAME: `Vendor ${row}`, ADDRESS1: '1 Main St' })),
			link,
			count && { standard: count.standard, written: this.written(count.count) },
		);
		const answer = json(200, body);
		return byteOrderMark
			? { ...answer, body: Buffer.concat([Buffer.from('\ufeff'), answer.body]) }
			: answer;
	}

	private link(path: string): string {
		const { links } = this.wire;
		if (links === 'relative') return path;
		return links === 'otherHost'
			? `http://gpapp01.corp.local${path}`
			: `https://localhost:8443${path}`;
	}

	private written(count: number): unknown {
		switch (this.wire.countAs) {
			case 'number':
				return count;
			case 'text':
				return String(count);
			case 'negative':
				return -1;
			case 'null':
				return null;
		}
	}

	private wrapped(
		rows: unknown[],
		link: string | null,
		count: { standard: boolean; written: unknown } | null,
	): unknown {
		const facts = {
			...(count && { [count.standard ? '@odata.count' : 'totalCount']: count.written }),
			...(link === null ? {} : { '@odata.nextLink': link }),
		};
		const version2 = {
			...(count && { [count.standard ? '__count' : 'totalCount']: count.written }),
			...(link === null ? {} : { __next: link }),
		};
		switch (this.wire.envelope) {
			case 'value':
				return { ...facts, value: rows };
			case 'd.results':
				return { d: { ...version2, results: rows } };
			case 'd':
				return { ...facts, d: rows };
			case 'Payload':
				return { Status: 'OK', ...facts, Payload: rows };
			case 'two deep':
				return { Envelope: { Body: { ...facts, Items: rows } } };
			case 'bare':
				// Nothing can stand beside a bare list.
				return link === null ? rows : { ...facts, value: rows };
		}
	}
}
