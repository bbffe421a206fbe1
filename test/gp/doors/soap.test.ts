import type { Entity } from '../../../lib/model/desired';
import { createGpClient, type GpClient } from '../../../lib/gp/gp-client';
import type { GpError } from '../../../lib/gp/errors/gp-error';
import type { GpPayable, GpRecord } from '../../../lib/model/gp-records';
import type { GpSite } from '../../../lib/gp/site';
import {
	createWindowsHttpClient,
	type WindowsHttpClient,
} from '../../../lib/ntlm/windows-http-client';
import { documentKey } from '../../../sandbox/gp/company/types';
import { SANDBOX_ACCOUNT } from '../../../sandbox/gp/ntlm/directory';
import { startGpServer, type GpStandIn } from '../../../sandbox/gp/server/start-gp-server';
import { complaints, recording, schemasAreThere } from './schemas';
import { siteFor } from '../support/client';

const ENTITIES = ['vendor', 'account', 'payable'] as const;

let server: GpStandIn;
const open: WindowsHttpClient[] = [];
beforeAll(async () => {
	server = await startGpServer({ company: { vendorCount: 24, documentCount: 60 } });
});
beforeEach(() => server.reset());
afterEach(() => {
	for (const http of open.splice(0)) http.close();
});
afterAll(async () => await server.close());

interface Asked {
	client: GpClient;
	http: WindowsHttpClient;
	requests: string[];
	answers: string[];
	actions: string[];
	bad: GpError[];
}

function soap(more: Partial<GpSite> = {}): Asked {
	const http = createWindowsHttpClient({
		authentication: { kind: 'windows', ...SANDBOX_ACCOUNT },
		maxSockets: 5,
	});
	open.push(http);
	const told = recording(http);
	const bad: GpError[] = [];
	const client = createGpClient({
		site: siteFor(
			{},
			{
				serviceAddress: server.url,
				profileName: 'soap',
				...more,
			},
		),
		http: told.http,
		effects: { now: () => server.now(), sleep: async () => undefined, random: () => 0.5 },
		throttle: { gapMs: 0, concurrency: 5 },
		onBadRecord: (fault) => bad.push(fault),
	});
	return { client, bad, ...told };
}

const keysOf = (entity: Entity): string[] => {
	const { vendors, accounts, documents } = server.company;
	if (entity === 'vendor') return [...vendors.keys()].sort();
	if (entity === 'account') return [...accounts.keys()].sort();
	return [...documents.values()]
		.filter(({ documentType }) => documentType !== 6)
		.map(documentKey)
		.sort();
};

test('a posted document that does not tell whether it is voided is refused', async () => {
	server.set({ soap: { leftOut: ['IsVoided'] } });
	const { client, bad } = soap();
	const documents = await client.list('payable');
	const { unposted, posted } = [...server.company.documents.values()]
		.filter(({ documentType }) => documentType !== 6)
		.reduce(
			(sums, { state }) =>
				state === 'work'
					? { ...sums, unposted: sums.unposted + 1 }
					: { ...sums, posted: sums.posted + 1 },
			{ unposted: 0, posted: 0 },
		);
	expect([documents.length, bad.length]).toEqual([unposted, posted]);
	expect(bad[0]).toMatchObject({ details: { field: 'the voided flag', absent: true } });
});

/** Without the members this package does not know, which come as the wire writes them. */
const content = ({ extra: _extra, hash: _hash, ...rest }: GpRecord): unknown => rest;

const listed = async (client: GpClient, entity: Entity): Promise<string[]> =>
	[...(await client.listKeys(entity)).keys].sort();

(schemasAreThere ? describe : describe.skip)(
	`messages against the published schemas${schemasAreThere ? '' : ' (skipped: ../shared is not there)'}`,
	() => {
		test('every question and every answer of a whole life is valid', async () => {
			const asked = soap();
			const { client } = asked;
			server.edits.addMatchedInvoice({
				vendorId: [...server.company.vendors.keys()][0],
				accrualAccount: '000-2100-00',
				lines: [{ account: '300-5130-03', quantity: '4', unitCost: '25.5', job: '300' }],
			});
			for (const entity of ENTITIES) {
				const records = await client.list(entity, { modifiedSince: '2026-01-01' });
				await client.get(entity, records[0].key);
				await client.listKeys(entity);
			}
			for (const kind of ['order', 'receipt', 'purchaseInvoice'] as const) {
				const { rows } = await client.purchasing!.list(kind, { since: '2026-01-01' });
				for (const { key } of rows) await client.purchasing!.get(kind, key);
				await client.purchasing!.get(kind, 'NOBODY').catch(() => undefined);
			}
			await client.get('vendor', 'NOBODY').catch(() => undefined);
			for (const emptyDate of ['nil', '0001'] as const) {
				server.set({ soap: { emptyDate, stampSuffix: 'Z' } });
				await client.list('payable');
			}
			expect(new Set(asked.actions).size).toBeGreaterThanOrEqual(15);
			expect(await complaints(asked.requests)).toEqual([]);
			expect(await complaints(asked.answers)).toEqual([]);
		});

		test('a tenant of its own is written where the schema wants it', async () => {
			const asked = soap({ tenant: 'North' });
			await asked.client.list('vendor').catch(() => undefined);
			expect(asked.requests[0]).toContain('<dyn:TenantName>North</dyn:TenantName>');
			expect(await complaints(asked.requests)).toEqual([]);
		});

		test('the check itself finds what is wrong', async () => {
			const [question] = (await (async () => {
				const asked = soap();
				await asked.client.list('vendor', { limit: 1 });
				return asked.requests.filter((request) => request.includes('GetVendorList'));
			})()) as [string];
			const broken = question.replace('<Scope>Return All</Scope>', '<Scope>All</Scope>');
			expect(broken).not.toBe(question);
			expect((await complaints([broken])).join()).toMatch(/Scope/);
		});
	},
);

describe('lists that are cut without a word', () => {
	test.each([1, 2, 7, 1000])('%i rows an answer: every row once, and proven', async (rowCap) => {
		server.set({ soap: { rowCap } });
		const { client } = soap();
		for (const entity of ENTITIES) {
			const { keys, completeness } = await client.listKeys(entity);
			expect([...keys].sort()).toEqual(keysOf(entity));
			expect(completeness).toEqual({ proven: true, by: 'nothingBehind' });
		}
	});

	test('documents of two types with one number, just where an answer ends', async () => {
		const { documents } = server.company;
		const [first, second] = [...documents.values()].filter(
			({ documentType }) => documentType === 1,
		);
		const twin = { ...structuredClone(first), documentType: 5 as const, state: first.state };
		documents.set(documentKey(twin), twin);
		for (const rowCap of [1, 2, 3, 4, 5, 6]) {
			server.set({ soap: { rowCap } });
			expect(await listed(soap().client, 'payable')).toEqual(keysOf('payable'));
		}
		expect(documentKey(second)).not.toBe(documentKey(twin));
	});

	test.each([1, 2, 3])('all types with one number, %i rows an answer', async (rowCap) => {
		const { documents } = server.company;
		const first = [...documents.values()].find(({ documentType }) => documentType === 1)!;
		for (const documentType of [2, 3, 4, 5] as const) {
			const twin = { ...structuredClone(first), documentType };
			documents.set(documentKey(twin), twin);
		}
		server.set({ soap: { rowCap } });
		const { keys, completeness } = await soap().client.listKeys('payable');
		expect([...keys].sort()).toEqual(keysOf('payable'));
		expect(completeness).toEqual({ proven: true, by: 'nothingBehind' });
	});

	test('an order that is none of keys is told as not proven', async () => {
		server.set({ soap: { order: 'none', rowCap: 5 } });
		const { completeness } = await soap().client.listKeys('vendor');
		expect(completeness).toMatchObject({ proven: false, why: expect.stringMatching(/order/) });
	});

	test('2,500 documents through a cap of 1,000', async () => {
		const large = await startGpServer({ company: { vendorCount: 40, documentCount: 2500 } });
		try {
			const { client } = soap({ serviceAddress: large.url });
			const { keys } = await client.listKeys('payable');
			const expected = [...large.company.documents.values()].filter(
				({ documentType }) => documentType !== 6,
			);
			expect(expected.length).toBeGreaterThan(2000);
			expect([...keys].sort()).toEqual(expected.map(documentKey).sort());
			expect(large.counters.reads['soap GetPayablesDocumentList']).toBeLessThan(15);
		} finally {
			await large.close();
		}
	});
});

describe('what no public page settles', () => {
	test.each([
		[{ stampSuffix: 'Z' as const }],
		[{ stampSuffix: '-05:00' as const }],
		[{ emptyDate: 'nil' as const }],
		[{ emptyDate: '0001' as const }],
		[{ phoneParts: false }],
		[{ mixesPayments: false }],
		[{ boundOffsetHours: -5 }],
		[{ boundOffsetHours: 10 }],
	])('%j gives the same records and misses no change', async (change) => {
		const usual = new Map<Entity, unknown[]>();
		for (const entity of ENTITIES)
			usual.set(entity, (await soap().client.list(entity)).map(content));
		server.set({ soap: change });
		const { client } = soap();
		for (const entity of ENTITIES)
			expect((await client.list(entity)).map(content)).toEqual(usual.get(entity));
		const at = server.now();
		const since = new Date(at - 1000).toISOString();
		const added = server.edits.addInvoice({ at: new Date(at).toISOString() });
		const changes = await client.readChanges('payable', {
			watermark: { since, seen: {} },
			limit: 1000,
			cursor: null,
		});
		expect(changes.records.map(({ key }) => key)).toContain(documentKey(added));
	});

	test('GP 10 does not know tenants: none is sent, and one in the credential is named by its fault', async () => {
		server.set({ soap: { knowsTenantName: false } });
		await expect(soap().client.probe()).resolves.toMatchObject({ company: 'Fabrikam, Inc.' });
		await expect(soap({ tenant: 'North' }).client.probe()).rejects.toMatchObject({
			code: 'GP_WEB_SERVICE_FAULT',
			message: expect.stringContaining('TenantName'),
		});
	});

	test('history without distributions comes as it is', async () => {
		server.set({ soap: { withoutHistoryDistributions: true } });
		const records = (await soap().client.list('payable')) as GpPayable[];
		for (const { state, distributions } of records)
			expect(distributions.length > 0).toBe(state !== 'history');
	});

	test('a payment with the number of an invoice leaves no line in it', async () => {
		const { documents } = server.company;
		const clean = (await soap().client.list('payable')) as GpPayable[];
		const payment = [...documents.values()].find(({ documentType }) => documentType === 6)!;
		let mixed = 0;
		for (const document of [...documents.values()].filter(({ documentType }) => documentType < 6)) {
			const namesake = {
				...structuredClone(payment),
				voucher: document.voucher,
				state: document.state === 'history' ? ('history' as const) : ('open' as const),
			};
			documents.set(documentKey(namesake), namesake);
			mixed += 1;
		}
		const asked = soap();
		expect(await asked.client.list('payable')).toEqual(clean);
		expect(asked.bad).toEqual([]);
		expect(mixed).toBeGreaterThan(40);
		// The stand-in really sent them.
		expect(asked.answers.join()).toContain('<DistributionTypeKey><Id>1</Id></DistributionTypeKey>');
	});
});

describe('one record the service cannot send', () => {
	test.each(['first', 'middle', 'last'] as const)(
		'the %s vendor: all others are read, it is named, and nothing is called deleted',
		async (place) => {
			const keys = keysOf('vendor');
			const at = { first: 0, middle: Math.floor(keys.length / 2), last: keys.length - 1 }[place];
			server.set({ soap: { poisoned: [keys[at]], rowCap: 6 } });
			const asked = soap();
			const records = await asked.client.list('vendor');
			expect(records.map(({ key }) => key).sort()).toEqual(keys.filter((_key, one) => one !== at));
			expect(asked.bad).toMatchObject([
				{ code: 'GP_RECORD_MALFORMED', message: expect.stringMatching(/pasted/) },
			]);
			const { completeness } = await asked.client.listKeys('vendor');
			expect(completeness.proven).toBe(false);
			expect(asked.requests.length).toBeLessThan(800);
		},
	);

	test('a voucher is found by its number', async () => {
		const posted = [...server.company.documents.values()].filter(
			({ documentType, state }) => documentType === 1 && state === 'open',
		);
		const { voucher } = posted[3];
		server.set({ soap: { poisoned: [voucher] } });
		const asked = soap();
		await asked.client.list('payable');
		expect(asked.bad).toHaveLength(1);
		expect(asked.bad[0].message).toContain(voucher);
	});

	test('a service that fails whatever is asked is not searched for one', async () => {
		server.set({ soap: { poisoned: keysOf('vendor') } });
		server.faults.set([{ kind: 'status', status: 500 }]);
		const asked = soap({ companyNumber: -1 });
		await expect(asked.client.list('vendor')).rejects.toMatchObject({
			code: 'GP_WEB_SERVICE_NOT_FOUND',
		});
		expect(asked.requests.length).toBeLessThan(4);
	});
});

describe('one record in whose place no message of the service comes', () => {
	const body = (text: string, status = 500, type = 'text/html') => ({
		status,
		headers: { 'content-type': type },
		body: Buffer.from(text),
	});
	test.each([
		['a fault page', body('<html><body>Request Error</body></html>'), 'GP_HTML_PAGE'],
		['a page with status 200', body('<!DOCTYPE html><html></html>', 200), 'GP_HTML_PAGE'],
		['a page with status 400', body('<html></html>', 400), 'GP_HTML_PAGE'],
		['nothing', body('', 500), 'GP_WRONG_CONTENT_TYPE'],
		['nothing with status 200', body('', 200, 'text/xml'), 'GP_WRONG_CONTENT_TYPE'],
		['XML that is no message', body('<error/>', 500, 'text/xml'), 'GP_UNEXPECTED_SHAPE'],
	])('%s: all others are read, and it is named', async (_, answer, code) => {
		const [one] = keysOf('payable');
		const voucher = one.split(';')[1];
		const asked = soap();
		const { request } = asked.http;
		asked.http.request = async (given) =>
			new RegExp(`ByKey [^]*<key><Id>${voucher}</Id>`).test(String(given.body))
				? { ...answer, url: given.url }
				: await request(given);
		const keys = (await asked.client.list('payable')).map(({ key }) => key);
		expect(keys.sort()).toEqual(keysOf('payable').filter((key) => key !== one));
		expect(asked.bad).toMatchObject([{ code, details: { key: one } }]);
	});

	test.each([
		['a page', '<html></html>', 'GP_HTML_PAGE'],
		['nothing', '', 'GP_WRONG_CONTENT_TYPE'],
		['XML that is no message', '<error/>', 'GP_UNEXPECTED_SHAPE'],
	])('where each detail is %s, the service is broken', async (_, text, code) => {
		const asked = soap();
		const { request } = asked.http;
		asked.http.request = async (given) =>
			String(given.body).includes('ByKey ')
				? { ...body(text), url: given.url }
				: await request(given);
		await expect(asked.client.list('payable')).rejects.toMatchObject({ code });
	});
});

describe('faults and rights', () => {
	test.each([
		['fault', 'GP_WEB_SERVICE_ROLE_MISSING'],
		['403', 'GP_WEB_SERVICE_ROLE_MISSING'],
		['401', 'windows-login-rejected'],
	] as const)('a caller without a role (%s) is told so', async (role, code) => {
		server.set({ soap: { role } });
		await expect(soap().client.probe()).rejects.toMatchObject({ code, scope: 'configuration' });
	});

	test('a company that is not there is named beside those that are', async () => {
		await expect(soap({ company: 'Contoso, Ltd.' }).client.probe()).rejects.toMatchObject({
			code: 'GP_COMPANY_UNKNOWN',
			details: { companies: ['Fabrikam, Inc.'] },
		});
	});

	test('an account that may not list companies reads with the number in the credential', async () => {
		server.set({ soap: { listsCompanies: false } });
		await expect(soap().client.probe()).rejects.toMatchObject({
			code: 'GP_WEB_SERVICE_ROLE_MISSING',
		});
		await expect(soap({ companyNumber: -1 }).client.probe()).resolves.toMatchObject({
			companies: null,
		});
	});

	test('a validation fault is explained from the log of GP', async () => {
		await expect(soap({ companyNumber: 12 }).client.list('vendor')).rejects.toMatchObject({
			code: 'GP_WEB_SERVICE_FAULT',
			details: { faultKind: 'validation', logId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
			message: expect.stringContaining('did not accept the question'),
		});
	});

	test('a record that is not there, and one that moved between list and detail', async () => {
		await expect(soap().client.get('vendor', 'NOBODY')).rejects.toMatchObject({
			code: 'GP_RECORD_NOT_FOUND',
		});
		await expect(soap().client.get('payable', '6;0001')).rejects.toMatchObject({
			code: 'GP_NOT_THROUGH_THIS_DOOR',
		});
	});
});

describe('addresses', () => {
	test.each([
		'/',
		'/DynamicsGPWebServices',
		'/DynamicsGPWebServices/',
		'/dynamicsgpwebservices/dynamicsgpservice.asmx',
		'/DynamicsGPWebServices/DynamicsGPService.asmx?wsdl',
		'/Metadata/Legacy/Full/DynamicsGP.wsdl',
	])('%s is understood', async (path) => {
		await expect(soap({ serviceAddress: server.url + path }).client.probe()).resolves.toMatchObject(
			{ company: 'Fabrikam, Inc.' },
		);
	});

	test.each([
		['http://gp:48620/Dynamics/GPService', /native endpoint/],
		['http://gp:48621/DynamicsAdminService.asmx', /administration/],
	])('%s is refused with the right one', (serviceAddress, what) => {
		expect(() => soap({ serviceAddress })).toThrow(
			expect.objectContaining({
				code: 'GP_SETTING_INVALID',
				message: expect.stringMatching(what),
				remedy: expect.stringContaining(
					'http://gp:48620/DynamicsGPWebServices/DynamicsGPService.asmx',
				),
			}),
		);
	});

	test.each([
		['sba', 'http://gp:48620/DynamicsGPWebServices/DynamicsGPService.asmx'],
		['odata', 'http://gp:48620/Dynamics/GPService'],
	] as const)('pasted beside the door %s: %s', (profileName, serviceAddress) => {
		expect(() => soap({ profileName, serviceAddress })).toThrow(
			expect.objectContaining({
				code: 'GP_OTHER_DOOR',
				remedy: expect.stringContaining('"Web Services (SOAP)"'),
			}),
		);
	});

	test('the address of SBA beside the SOAP door', () => {
		expect(() => soap({ serviceAddress: 'https://gp/GPService/Tenants(X)/help' })).toThrow(
			expect.objectContaining({ code: 'GP_OTHER_DOOR' }),
		);
	});
});

test('order, receipt and invoice of a three-way match, to the receipt line that bears the cost', async () => {
	const { client } = soap();
	const document = server.edits.addMatchedInvoice({
		vendorId: [...server.company.vendors.keys()][0],
		accrualAccount: '000-2100-00',
		lines: [
			{
				account: '300-5130-03',
				quantity: '4',
				unitCost: '25.5',
				invoicedUnitCost: '26',
				job: '300',
				description: 'Forms',
			},
		],
	});
	const since = new Date(server.now() - 60_000).toISOString();
	const purchasing = client.purchasing!;
	const invoices = await purchasing.list('purchaseInvoice', { since, vendorId: document.vendorId });
	expect(invoices).toMatchObject({ notProven: null, rows: [{ state: 'history' }] });
	const invoice = await purchasing.get('purchaseInvoice', invoices.rows[0].key);
	expect(invoice).toMatchObject({ voucher: document.voucher, subtotal: '104' });
	if (invoice.kind !== 'purchaseInvoice') throw new Error('no invoice');
	const [{ receipts, order }] = invoice.lines;
	expect(receipts).toMatchObject([{ quantity: '4', cost: '102' }]);
	const receipt = await purchasing.get('receipt', receipts[0].key);
	expect(receipt).toMatchObject({
		modified: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
		lines: [{ line: receipts[0].line, account: '300-5130-03', cost: '102', order }],
	});
	expect(await purchasing.get('order', order!.key)).toMatchObject({
		lines: [{ line: order!.line, job: '300', description: 'Forms', cost: '102' }],
	});
	await expect(purchasing.get('receipt', 'NOBODY')).rejects.toMatchObject({
		code: 'GP_PURCHASE_NOT_FOUND',
	});
});

test('survey and discover say what this door gives and lacks here', async () => {
	const { client } = soap();
	const survey = await client.survey();
	for (const entity of ENTITIES)
		expect(survey.entities[entity]).toMatchObject({ readable: true, modifiedFilter: 'honoured' });
	expect(survey.advice.join()).toMatch(/retainage/);
	expect(await client.discover()).toMatchObject({ profile: 'soap', missing: [] });
	server.set({ soap: { role: 'fault' } });
	const refused = await soap({ companyNumber: -1 }).client.survey();
	expect(refused.advice.join()).toMatch(/Security Console/);
});
