import type { Entity } from '../../../lib/model/desired';
import type { GpHttp, GpHttpRequest, GpHttpResponse } from '../../../lib/gp/site';

/** A payables document, vendor or account as the fake service keeps it; fields already in wire form. */
export interface FakeRow {
	key: string;
	/** Instant in UTC. */
	stamp: string;
	fields: Record<string, unknown>;
	/** What only the detail shows in summary mode. */
	detail?: Record<string, unknown>;
}

export interface FakeSettings {
	dialect: 'none' | 'odata' | 'simple';
	/** Dialect "odata" that refuses rather than ignores what it does not like. */
	refuses: Array<'filter' | 'orderby' | 'everything'>;
	ignores: Array<'$filter' | '$top' | '$skip'>;
	envelope: 'bare' | 'payload' | 'nested' | 'xml' | 'odata';
	stamps: 'utc' | 'dateOnly' | 'absent' | 'wcf';
	summary: boolean;
	/** Most rows per answer, whatever was asked for. */
	cap: number;
	order: 'key' | 'stamp' | 'shuffled';
}

const SIMPLE = { since: 'modifiedSince', limit: 'limit', offset: 'offset' };
const LISTS: Record<string, Entity> = {
	'purchasing/vendors': 'vendor',
	'financial/accounts': 'account',
	'purchasing/payables/transactions': 'payable',
};
const NAMES: Record<Entity, string> = {
	vendor: 'Vendor',
	account: 'GLAccount',
	payable: 'PayablesDocument',
};

/** A GP service in memory: what it is asked and what it answers, without a socket. */
export class FakeGp implements GpHttp {
	readonly rows: Record<Entity, Map<string, FakeRow>> = {
		vendor: new Map(),
		account: new Map(),
		payable: new Map(),
	};
	readonly log: string[] = [];
	settings: FakeSettings = {
		dialect: 'odata',
		refuses: [],
		ignores: [],
		envelope: 'bare',
		stamps: 'utc',
		summary: false,
		cap: Infinity,
		order: 'key',
	};
	/** Called before each request: throw, answer, or change the data under the reader. */
	before: (url: URL, count: number) => GpHttpResponse | void = () => undefined;

	constructor(settings: Partial<FakeSettings> = {}) {
		Object.assign(this.settings, settings);
	}

	put(entity: Entity, ...rows: FakeRow[]): this {
		for (const row of rows) this.rows[entity].set(row.key, row);
		return this;
	}

	get listRequests(): string[] {
		return this.log.filter(
			(url) =>
				!/\([^)]*\)\.json|\([^)]*\)\.xml/.test(
					url.split('Companies(')[1]?.replace(/^[^)]*\)/, '') ?? '',
				),
		);
	}

	async request(request: GpHttpRequest): Promise<GpHttpResponse> {
		request.signal?.throwIfAborted();
		const url = new URL(request.url);
		this.log.push(decodeURIComponent(url.pathname + url.search));
		const answer = this.before(url, this.log.length);
		if (answer) return answer;
		const path = decodeURIComponent(url.pathname);
		const match =
			/^\/GPService\/Tenants\(DefaultTenant\)\/Companies\(Fabrikam, Inc\.\)\/(.+?)(?:\(([^)]*)\))?\.(json|xml)$/.exec(
				path,
			);
		const entity = match && LISTS[match[1]!.toLowerCase()];
		if (!entity) return html(404, 'Service', 'Endpoint not found.');
		if (match[2] === undefined) return this.list(entity, url);
		const row = this.rows[entity].get(match[2]);
		return row
			? this.answer([this.wire(row, false)], entity, true)
			: json(404, { Message: 'Record not found' });
	}

	private list(entity: Entity, url: URL): GpHttpResponse {
		const { dialect, refuses, ignores, cap, order } = this.settings;
		let rows = [...this.rows[entity].values()];
		if (order !== 'shuffled')
			rows.sort((a, b) =>
				order === 'stamp' && a.stamp !== b.stamp
					? a.stamp < b.stamp
						? -1
						: 1
					: a.key < b.key
						? -1
						: 1,
			);
		const asked = (name: string) => url.searchParams.get(name);
		if (refuses.includes('everything') && url.search)
			return json(400, { Message: 'Query parameters are not supported' });
		if (refuses.includes('filter') && asked('$filter'))
			return json(400, { Message: 'The filter is not supported' });
		if (refuses.includes('orderby') && asked('$orderby'))
			return json(500, { Message: 'orderby not supported' });
		let since: string | null = null;
		let top: number | null = null;
		let skip = 0;
		if (dialect === 'odata') {
			if (!ignores.includes('$filter'))
				since = /ge (?:datetime')?([\dT:.Z-]+)/.exec(asked('$filter') ?? '')?.[1] ?? null;
			if (!ignores.includes('$top') && asked('$top')) top = Number(asked('$top'));
			if (!ignores.includes('$skip')) skip = Number(asked('$skip') ?? 0);
		} else if (dialect === 'simple') {
			since = asked(SIMPLE.since);
			if (asked(SIMPLE.limit)) top = Number(asked(SIMPLE.limit));
			skip = Number(asked(SIMPLE.offset) ?? 0);
		}
		if (since && this.settings.stamps !== 'absent') {
			const bound =
				this.settings.stamps === 'dateOnly' ? since.slice(0, 10) : since.replace(/Z?$/, 'Z');
			rows = rows.filter(
				({ stamp }) => (this.settings.stamps === 'dateOnly' ? stamp.slice(0, 10) : stamp) >= bound,
			);
		}
		rows = rows.slice(skip, skip + Math.min(top ?? Infinity, cap));
		return this.answer(
			rows.map((row) => this.wire(row, this.settings.summary)),
			entity,
			false,
		);
	}

	private wire({ fields, detail, stamp }: FakeRow, summary: boolean): Record<string, unknown> {
		const wcf = `/Date(${Date.parse(stamp)})/`;
		const written = {
			utc: stamp.replace('Z', ''),
			dateOnly: `${stamp.slice(0, 10)}T00:00:00`,
			wcf,
			absent: undefined,
		}[this.settings.stamps];
		return {
			...fields,
			...(summary ? {} : detail),
			...(written === undefined ? {} : { ModifiedDate: written }),
		};
	}

	private answer(
		rows: Array<Record<string, unknown>>,
		entity: Entity,
		single: boolean,
	): GpHttpResponse {
		const content = single ? rows[0] : rows;
		switch (this.settings.envelope) {
			case 'bare':
				return json(200, content);
			case 'payload':
				return json(200, { Status: 'OK', TraceId: 'f00d', Payload: content });
			case 'nested':
				return json(200, { Payload: { [single ? NAMES[entity] : `${NAMES[entity]}s`]: content } });
			case 'odata':
				return json(200, single ? content : { '@odata.context': '$metadata', value: content });
			case 'xml':
				return {
					status: 200,
					headers: { 'content-type': 'application/xml; charset=utf-8' },
					url: '',
					body: Buffer.from(
						`<?xml version="1.0" encoding="utf-8"?>${single ? xml(NAMES[entity], rows[0]) : `<ArrayOf${NAMES[entity]} xmlns:i="http://www.w3.org/2001/XMLSchema-instance">${rows.map((row) => xml(NAMES[entity], row)).join('')}</ArrayOf${NAMES[entity]}>`}`,
					),
				};
		}
	}
}

const CHILD_NAMES: Record<string, string> = {
	Distributions: 'PayablesDistribution',
	Taxes: 'PayablesTax',
	Addresses: 'VendorAddress',
};

function xml(name: string, value: unknown): string {
	if (value === null || value === undefined) return `<${name} i:nil="true"/>`;
	if (Array.isArray(value))
		return `<${name}>${value.map((item) => xml(CHILD_NAMES[name] ?? 'Item', item)).join('')}</${name}>`;
	if (typeof value === 'object')
		return `<${name}>${Object.entries(value)
			.map(([member, inner]) => xml(member, inner))
			.join('')}</${name}>`;
	return `<${name}>${String(value).replace(/&/g, '&amp;').replace(/</g, '&lt;')}</${name}>`;
}

export function json(
	status: number,
	body: unknown,
	headers: Record<string, string> = {},
): GpHttpResponse {
	return {
		status,
		headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
		body: Buffer.from(JSON.stringify(body)),
		url: '',
	};
}

export function html(
	status: number,
	title: string,
	text: string,
	headers: Record<string, string> = {},
): GpHttpResponse {
	const body = `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"><html><head><title>${title}</title><style>BODY{color:#000}</style></head><body><p>${text}</p></body></html>`;
	return {
		status,
		headers: { 'content-type': 'text/html; charset=UTF-8', ...headers },
		body: Buffer.from(body),
		url: '',
	};
}

export function vendorRow(
	id: string,
	stamp: string,
	fields: Record<string, unknown> = {},
): FakeRow {
	return {
		key: id,
		stamp,
		fields: {
			Key: { Id: `${id}   ` },
			Name: `Vendor ${id} `,
			ClassKey: { Id: 'SUB' },
			IsActive: true,
			IsOnHold: false,
			...fields,
		},
		detail: { AddressLine1: '100 Main St', City: 'Chicago', State: 'IL' },
	};
}

export function payableRow(
	voucher: string,
	stamp: string,
	fields: Record<string, unknown> = {},
	type = 1,
): FakeRow {
	return {
		key: `${type};${voucher}`,
		stamp,
		fields: {
			Key: { Id: voucher },
			Type: type,
			VendorKey: { Id: 'ACME0001' },
			VendorName: 'ACME CONCRETE',
			VendorDocumentNumber: `INV-${voucher}`,
			TransactionState: 'Open',
			IsVoided: false,
			PONumber: '',
			CurrencyKey: { Id: '' },
			PostingDate: null,
			Date: '2026-05-31T00:00:00',
			DocumentAmount: 110.25,
			PurchasesAmount: '100.25',
			TaxAmount: 10,
			...fields,
		},
		detail: {
			Distributions: [
				{
					Key: { SequenceNumber: 16384 },
					DistributionTypeKey: { Id: 6 },
					GLAccountKey: { Id: '300-5110-02' },
					DebitAmount: '100.25000',
					CreditAmount: 0,
					Reference: 'J100 framing',
				},
				{
					Key: { SequenceNumber: 32768 },
					DistributionTypeKey: { Id: 10 },
					GLAccountKey: { Id: '000-2300-00' },
					DebitAmount: 10,
					CreditAmount: 0,
				},
				{
					Key: { SequenceNumber: 49152 },
					DistributionTypeKey: { Id: 2 },
					GLAccountKey: { Id: '000-2100-00' },
					DebitAmount: 0,
					CreditAmount: 110.25,
				},
			],
		},
	};
}

export function accountRow(
	account: string,
	stamp: string,
	fields: Record<string, unknown> = {},
): FakeRow {
	return {
		key: account,
		stamp,
		fields: {
			Key: { Id: account, IsEncrypted: false },
			Description: 'Concrete',
			IsActive: true,
			PostingType: 'Profit and Loss',
			...fields,
		},
	};
}
