import { EMPTY_WATERMARK } from '../../lib/model/gp-changes';
import { createGpClient, type GpClient } from '../../lib/gp/gp-client';
import type { GpSite } from '../../lib/gp/site';
import { startGpServer, type GpStandIn } from '../../sandbox/gp/server/start-gp-server';
import type { SwitchChange } from '../../sandbox/gp/server/switches';
import { plainHttp } from './support/stand-in';
import { siteFor } from './support/client';

/*
 * Services of 1,500 payables that give them a page at a time in ways of their own: all of them are
 * read, or the checkpoint says that it is not proven.
 */
const PAYABLES = 1500;
const http = plainHttp();
let server: GpStandIn;

beforeAll(async () => {
	server = await startGpServer({
		company: { vendorCount: 18, documentCount: PAYABLES },
		switches: { authMode: 'none', listDetail: 'full' },
	});
	const { documents } = server.company;
	for (const key of [...documents.keys()].slice(PAYABLES)) documents.delete(key);
	expect(documents.size).toBe(PAYABLES);
});
afterAll(async () => {
	http.close();
	await server.close();
});

function client(profile: GpSite['profile'] = {}, profileName: 'sba' | 'odata' = 'sba'): GpClient {
	return createGpClient({
		site: siteFor(profile, {
			serviceAddress: server.url,
			profileName,
		}),
		http,
		effects: {
			now: () => Date.parse('2026-07-01T06:00:00Z'),
			sleep: async () => undefined,
			random: () => 0.5,
		},
		throttle: { gapMs: 0, concurrency: 5 },
	});
}

async function readAll(reader: GpClient) {
	const keys = new Set<string>();
	let cursor: string | null = null;
	for (;;) {
		const { records, checkpoint } = await reader.readChanges('payable', {
			watermark: EMPTY_WATERMARK,
			limit: 1500,
			cursor,
		});
		for (const { key } of records) keys.add(key);
		({ cursor } = checkpoint);
		if (cursor === null) return { keys, checkpoint };
	}
}

const as = async (switches: SwitchChange) => {
	server.reset();
	server.set({ authMode: 'none', listDetail: 'full', ...switches });
	const { documents } = server.company;
	for (const key of [...documents.keys()].slice(PAYABLES)) documents.delete(key);
};

test.each(['v3', 'v4'] as const)(
	'an OData %s service that cuts at 50 rows and links its pages is read to the end',
	async (odataVersion) => {
		await as({ odataVersion, maxPageSize: 50 });
		const { keys, checkpoint } = await readAll(client({}, 'odata'));
		expect(keys.size).toBe(PAYABLES);
		expect(checkpoint.completeness).toMatchObject({ proven: true });
	},
	180_000,
);

const OWN_NAMES = { modifiedSince: 'changedAfter', limit: 'antal', offset: 'hoppa', page: '' };

test('100 of 1,500 by parameters nobody knows are not called all of them, and the watermark stays', async () => {
	await as({ dialect: 'simple', defaultPageSize: 100, simpleNames: OWN_NAMES });
	const { keys, checkpoint } = await readAll(client());
	expect(keys.size).toBe(100);
	expect(checkpoint.completeness).toEqual({
		proven: false,
		why: expect.stringMatching(/Transactions: exactly 100 rows came/),
	});
	expect(checkpoint.watermark.since).toBeNull();
	const again = await client().readChanges('payable', {
		watermark: checkpoint.watermark,
		limit: 500,
		cursor: null,
	});
	expect(again.records).toEqual([]);
	// Told the names, it reads what was missing.
	const names = { since: 'changedAfter', limit: 'antal', offset: 'hoppa' };
	const told = await readAll(client({ query: { dialect: 'parameters', names } }));
	expect(told.keys.size).toBe(PAYABLES);
	expect(told.checkpoint.completeness).toEqual({ proven: true, by: 'nothingBehind' });
	expect(told.checkpoint.watermark.since).not.toBeNull();
});

test.each([
	[0, 'empty'],
	[0, 'lastPage'],
	[1, 'empty'],
	[1, 'lastPage'],
] as const)(
	'pages counted from %i, beyond the last one %s: none is lost',
	async (firstPage, beyondLastPage) => {
		const simpleNames = { modifiedSince: 'since', limit: 'size', offset: '', page: 'page' };
		await as({ dialect: 'simple', maxPageSize: 200, firstPage, beyondLastPage, simpleNames });
		const names = { since: 'since', limit: 'size', offset: null, page: 'page' };
		const reader = client({ query: { dialect: 'parameters', names } });
		const { keys, checkpoint } = await readAll(reader);
		expect(keys.size).toBe(PAYABLES);
		expect(checkpoint.completeness).toMatchObject({ proven: true });
	},
);

test('a list cut without notice calls no key deleted, and by its key no document gone', async () => {
	await as({ dialect: 'none', defaultPageSize: 100 });
	const listed = await client({ query: { dialect: 'none' } }).listKeys('payable');
	expect(listed.keys).toHaveLength(100);
	expect(listed.completeness.proven).toBe(false);
	const read = await client({ query: { dialect: 'none' } }).readByKeys('payable', ['1;NOSUCH']);
	expect(read.gone).toEqual([]);
	expect(read.faults).toHaveLength(1);
});

test('the sandbox as it stands is proven, at no more requests than pages and two', async () => {
	await as({});
	const reader = client();
	const { keys, checkpoint } = await readAll(reader);
	expect(keys.size).toBe(PAYABLES);
	expect(checkpoint.completeness).toEqual({ proven: true, by: 'nothingBehind' });
	// One looks behind the overlap with the last page, and one behind that.
	expect(reader.counters.requests).toBeLessThanOrEqual(6);
});

test('200,000 rows in one answer are read, a row that is none is a fault of its own', async () => {
	const rows: unknown[] = Array.from({ length: 200_000 }, (_, index) => ({
		Key: { Id: `V${index}` },
		Name: `Vendor ${index}`,
		AddressLine1: '1 Main St',
		City: 'Chicago',
		ModifiedDate: '2026-05-01T10:00:00',
	}));
	rows[7] = null;
	const reader = createGpClient({
		site: siteFor(
			{ query: { dialect: 'none' } },
			{
				serviceAddress: 'https://many.example.com',
			},
		),
		http: {
			request: async () => ({
				status: 200,
				headers: { 'content-type': 'application/json' },
				body: Buffer.from(JSON.stringify(rows)),
				url: '',
			}),
		},
		effects: { now: () => 0, sleep: async () => undefined, random: () => 0.5 },
		throttle: { gapMs: 0 },
	});
	const watermark = EMPTY_WATERMARK;
	const batch = await reader.readChanges('vendor', { watermark, limit: 10, cursor: null });
	expect(batch.checkpoint.counts.read).toBe(200_000);
	expect(batch.checkpoint.completeness).toMatchObject({ proven: false });
	expect(batch.faults).toEqual([
		expect.objectContaining({ error: expect.objectContaining({ code: 'GP_RECORD_MALFORMED' }) }),
	]);
}, 240_000);

test.each([
	['no text', 7],
	['no address', 'http://['],
])('a link to the next page that is %s is an error of its own', async (_what, link) => {
	const vendor = {
		VENDORID: 'A',
		VENDNAME: 'A',
		ADDRESS1: 'x',
		CITY: 'y',
		DEX_ROW_TS: '2026-01-01',
	};
	const reader = createGpClient({
		site: siteFor(
			{},
			{
				serviceAddress: 'https://links.example.com',
				profileName: 'odata',
			},
		),
		http: {
			request: async () => ({
				status: 200,
				headers: { 'content-type': 'application/json' },
				body: Buffer.from(JSON.stringify({ value: [vendor], '@odata.nextLink': link })),
				url: '',
			}),
		},
		effects: { now: () => 0, sleep: async () => undefined, random: () => 0.5 },
		throttle: { gapMs: 0 },
	});
	await expect(reader.list('vendor')).rejects.toMatchObject({
		code: 'GP_NEXT_LINK_UNUSABLE',
		remedy: expect.any(String),
	});
});

test.each([
	['from the root of the server', 'http://inner/GPOData/Companies(X)/PM00200?$skiptoken=1'],
	['with a port of its own', 'http://inner:80/gpodata/Companies(X)/PM00200?$skiptoken=1'],
	[
		'below the path it is asked at',
		'https://gate.example.com/erp/GPOData/Companies(X)/PM00200?$skiptoken=1',
	],
	['relative to what was asked', 'PM00200?$skiptoken=1'],
])(
	'behind a gateway that puts the service below a path, a link %s is followed there',
	async (_what, link) => {
		const vendor = (VENDORID: string) => ({
			...{ VENDORID, VENDNAME: VENDORID, ADDRESS1: 'x', CITY: 'y', DEX_ROW_TS: '2026-01-01' },
		});
		const asked: string[] = [];
		const reader = createGpClient({
			site: {
				serviceAddress: 'https://gate.example.com',
				...{ tenant: 'DefaultTenant', company: 'X', companyId: 'TWO', profileName: 'odata' },
				profile: { paths: { context: '/erp/GPOData/Companies({company})' } },
			},
			http: {
				request: async ({ url }) => {
					const { pathname, search } = new URL(url);
					asked.push(pathname);
					const isLast = search.includes('skiptoken');
					const there = /^\/erp\/gpodata\//i.test(pathname);
					const body = isLast
						? { value: [vendor('B')] }
						: { value: [vendor('A')], '@odata.nextLink': link };
					return {
						status: there ? 200 : 404,
						headers: { 'content-type': 'application/json' },
						body: Buffer.from(JSON.stringify(there ? body : { error: 'no such path' })),
						url,
					};
				},
			},
			effects: { now: () => 0, sleep: async () => undefined, random: () => 0.5 },
			throttle: { gapMs: 0 },
		});
		const records = await reader.list('vendor');
		expect(records.map(({ key }) => key)).toEqual(['A', 'B']);
		expect(asked.every((path) => path.startsWith('/erp/'))).toBe(true);
	},
);
