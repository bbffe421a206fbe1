/* eslint-disable @typescript-eslint/no-explicit-any -- answers are looked at as a reader without a schema would */
import { XMLParser } from 'fast-xml-parser';

import { startGpServer, type GpStandIn } from '../../../sandbox/gp/server/start-gp-server';
import { CONTEXT, request } from './request';

let gp: GpStandIn;

beforeAll(async () => {
	gp = await startGpServer({
		company: { documentCount: 60, vendorCount: 40 },
		switches: { authMode: 'none' },
	});
});
afterAll(() => gp.close());
beforeEach(() => gp.reset());

const get = (path: string, headers?: Record<string, string>) => request(gp.url + path, { headers });

describe('addresses', () => {
	it.each([
		[
			'encoded',
			'/GPService/Tenants(DefaultTenant)/Companies(Fabrikam%2C%20Inc.)/Purchasing/Vendors.json',
		],
		[
			'with encoded parentheses',
			'/GPService/Tenants%28DefaultTenant%29/Companies%28Fabrikam,%20Inc.%29/Purchasing/Vendors.json',
		],
		[
			'in lower case',
			'/gpservice/tenants(defaulttenant)/companies(fabrikam,%20inc.)/purchasing/vendors.json',
		],
		[
			'with the product segment',
			'/GPService/Tenants(DefaultTenant)/Companies(Fabrikam,%20Inc.)/Dynamics/Purchasing/Vendors.json',
		],
	])('are understood %s', async (_how, path) => {
		const answer = await get(path);
		expect(answer.status).toBe(200);
		expect(answer.json().Payload).toHaveLength(40);
	});

	it('may hold a company with parentheses and accents in its name', async () => {
		const other = await startGpServer({
			company: { displayName: 'COMPAÑIA (Bermuda)', documentCount: 1, vendorCount: 6 },
			switches: { authMode: 'none' },
		});
		try {
			for (const name of ['COMPA%C3%91IA%20(Bermuda)', 'COMPA%C3%91IA%20%28Bermuda%29']) {
				const answer = await request(
					`${other.url}/GPService/Tenants(DefaultTenant)/Companies(${name})/Purchasing/Vendors.json`,
				);
				expect(answer.status).toBe(200);
			}
		} finally {
			await other.close();
		}
	});

	it('say 404 to another company, tenant, series and key', async () => {
		const wrong = await get(
			'/GPService/Tenants(DefaultTenant)/Companies(Nobody)/Purchasing/Vendors.json',
		);
		expect([wrong.status, wrong.json().Message]).toEqual([
			404,
			expect.stringContaining("'Nobody'"),
		]);
		expect((await get('/GPService/Tenants(Other)/Companies.json')).status).toBe(404);
		expect((await get(`${CONTEXT}/Purchasing/Nothing.json`)).text).toContain('Endpoint not found');
		expect((await get(`${CONTEXT}/Purchasing/Vendors(NOBODY).json`)).status).toBe(404);
		expect((await get(`${CONTEXT}/Purchasing/Vendors(%E0%A4%A).json`)).status).toBe(400);
	});

	it('take the database id only when told to', async () => {
		const path = '/GPService/Tenants(DefaultTenant)/Companies(TWO)/Purchasing/Vendors.json';
		expect((await get(path)).status).toBe(404);
		gp.set({ companyKey: 'either' });
		expect((await get(path)).status).toBe(200);
	});

	it('order the parts of a document key as told', async () => {
		const [document] = [...gp.company.documents.values()];
		const right = `${CONTEXT}/Purchasing/Payables/Transactions(${document.documentType};${document.voucher}).json`;
		expect((await get(right)).json().Payload.Key.Id.trim()).toBe(document.voucher);
		gp.set({ keyOrder: 'voucherType', keySeparator: ',' });
		expect((await get(right)).status).toBe(404);
		const turned = `${CONTEXT}/Purchasing/Payables/Transactions(${document.voucher},${document.documentType}).json`;
		expect((await get(turned)).status).toBe(200);
	});

	it('list the site on its help pages, without what it does not offer', async () => {
		const help = await get('/GPService/Tenants(DefaultTenant)/help');
		expect(help.text).toContain('<title>Discovery</title>');
		const [link] = /\/GPService\/[^"]*help\/Dynamics/.exec(help.text)!;
		expect((await get(link)).text).toContain('Financial/Accounts');
		gp.set({ offers: { accounts: false } });
		expect((await get(link)).text).not.toContain('Financial/Accounts');
		expect((await get(`${CONTEXT}/Financial/Accounts.json`)).status).toBe(404);
	});

	it('name the company', async () => {
		const answer = await get('/GPService/Tenants(DefaultTenant)/Companies.json');
		expect(answer.json().Payload[0].Name.trim()).toBe('Fabrikam, Inc.');
	});

	it.each(['POST', 'PATCH', 'PUT', 'DELETE'])('refuse %s', async (method) => {
		const answer = await request(`${gp.url}${CONTEXT}/Purchasing/Vendors.json`, { method });
		expect(answer.status).toBe(405);
		expect(gp.counters.writesRefused).toBe(1);
	});
});

describe('shapes', () => {
	it('are XML unless JSON was asked for by ending or header', async () => {
		expect((await get(`${CONTEXT}/Purchasing/Vendors`)).headers['content-type']).toContain('xml');
		const json = await get(`${CONTEXT}/Purchasing/Vendors`, { accept: 'application/json' });
		expect(json.headers['content-type']).toContain('json');
		gp.set({ envelope: 'xml' });
		expect((await get(`${CONTEXT}/Purchasing/Vendors.json`)).headers['content-type']).toContain(
			'xml',
		);
	});

	it.each(['bare', 'payload', 'nested'] as const)(
		'carry the same records in the %s envelope, as JSON and as XML',
		async (envelope) => {
			gp.set({ envelope });
			const json = (await get(`${CONTEXT}/Purchasing/Vendors.json`)).json();
			const rows = { bare: json, payload: json.Payload, nested: json.Payload?.Vendors }[envelope];
			expect(rows).toHaveLength(40);
			const xml = (await get(`${CONTEXT}/Purchasing/Vendors`)).text;
			const parsed = new XMLParser({ parseTagValue: false, trimValues: false }).parse(xml);
			const vendors = {
				bare: parsed.ArrayOfVendor,
				payload: parsed.Response?.Payload,
				nested: parsed.Response?.Payload.Vendors,
			}[envelope].Vendor;
			expect(vendors.map((one: any) => one.Name)).toEqual(rows.map((one: any) => one.Name));
		},
	);

	it('are a summary without distributions in lists only', async () => {
		gp.set({ listDetail: 'summary' });
		const [first] = (await get(`${CONTEXT}/Purchasing/Payables/Transactions.json`)).json().Payload;
		expect(first).not.toHaveProperty('Distributions');
		const [document] = [...gp.company.documents.values()];
		const detail = await get(
			`${CONTEXT}/Purchasing/Payables/Transactions(${document.documentType};${document.voucher}).json`,
		);
		expect(detail.json().Payload.Distributions).toHaveLength(document.distributions.length);
	});

	it('can be flat', async () => {
		gp.set({ fieldStyle: 'flat' });
		const [first] = (await get(`${CONTEXT}/Purchasing/Payables/Transactions.json`)).json().Payload;
		expect(typeof first.Id).toBe('string');
		expect(typeof first.VendorId).toBe('string');
		expect(typeof first.Type).toBe('number');
		expect(typeof first.Distributions[0].GLAccountId).toBe('string');
		expect(JSON.stringify(first)).not.toContain('Key"');
	});

	it('keep truth off the wire', async () => {
		for (const path of [
			'Purchasing/Vendors',
			'Purchasing/Payables/Transactions',
			'Financial/Accounts',
		]) {
			expect((await get(`${CONTEXT}/${path}.json`)).text).not.toMatch(/"carrier"|"job"/);
		}
	});

	it.each([
		['utcDateTime', 'iso', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/],
		['utcDateTime', 'wcf', /^\/Date\(\d+\)\/$/],
		['dateOnly', 'iso', /^\d{4}-\d\d-\d\dT00:00:00$/],
		['dateOnly', 'wcf', /^\/Date\(\d+00000\)\/$/],
	] as const)('write stamps of %s in %s form', async (stampMode, dateFormat, pattern) => {
		gp.set({ stampMode, dateFormat });
		for (const row of (await get(`${CONTEXT}/Purchasing/Vendors.json`)).json().Payload)
			expect(row.ModifiedDate).toMatch(pattern);
	});

	it('have no stamp at all when absent', async () => {
		gp.set({ stampMode: 'absent' });
		expect((await get(`${CONTEXT}/Purchasing/Vendors.json`)).text).not.toContain('ModifiedDate');
	});

	it('date a stamp in the zone of the company', async () => {
		gp.set({ stampMode: 'dateOnly', companyZone: 'America/Chicago' });
		const id = [...gp.company.vendors.keys()][0];
		gp.edits.changeVendor(id, { name: 'Night owl' }, { at: '2026-07-02T03:00:00Z' });
		const answer = await get(`${CONTEXT}/Purchasing/Vendors(${id}).json`);
		expect(answer.json().Payload.ModifiedDate).toBe('2026-07-01T00:00:00');
	});

	it.each([
		['number', (value: unknown) => typeof value === 'number'],
		['text', (value: unknown) => /^\d+\.\d{5}$/.test(String(value)) && typeof value === 'string'],
		['object', (value: any) => value.Currency === 'USD'],
	] as const)('write money as %s', async (moneyFormat, holds) => {
		gp.set({ moneyFormat });
		const rows = (await get(`${CONTEXT}/Purchasing/Payables/Transactions.json`)).json().Payload;
		expect(
			rows.every(
				(row: any) => holds(row.DocumentAmount) && holds(row.Distributions[0].DebitAmount),
			),
		).toBe(true);
	});

	it('show the quirks: trailing blanks, zero phones, 1900-01-01, no nulls', async () => {
		const vendors = (await get(`${CONTEXT}/Purchasing/Vendors.json`)).text;
		expect(vendors).toContain('00000000000000       ');
		const documents = (await get(`${CONTEXT}/Purchasing/Payables/Transactions.json`)).text;
		expect(documents).toContain('1900-01-01T00:00:00');
		expect(documents).not.toContain('null');
		gp.set({ trailingBlanks: false });
		expect((await get(`${CONTEXT}/Purchasing/Vendors.json`)).text).not.toContain('  ');
	});
});

describe('queries', () => {
	const list = async (query: string) =>
		(await get(`${CONTEXT}/Purchasing/Payables/Transactions.json?${query}`)).json().Payload;

	it('are ignored by a site without a dialect', async () => {
		gp.set({ dialect: 'none' });
		expect(await list('$top=1&$filter=nonsense&limit=1')).toHaveLength(60);
	});

	it('filter by stamp in either literal, order and page in the odata dialect', async () => {
		const all = await list('');
		const middle = all.map((row: any) => row.ModifiedDate).sort()[30];
		const expected = all.filter((row: any) => row.ModifiedDate >= middle).length;
		expect(expected).toBeLessThan(60);
		for (const literal of [`${middle}Z`, `datetime'${middle}'`, `'${middle}'`]) {
			expect(
				await list(`$filter=${encodeURIComponent(`ModifiedDate ge ${literal}`)}`),
			).toHaveLength(expected);
		}
		const paged: any[] = [];
		for (let skip = 0; ; skip += 7) {
			const page = await list(`$orderby=ModifiedDate%20desc,Type,Key/Id&$top=7&$skip=${skip}`);
			if (page.length === 0) break;
			paged.push(...page);
		}
		expect(new Set(paged.map((row) => `${row.Type};${row.Key.Id}`)).size).toBe(60);
		const stamps = paged.map((row) => row.ModifiedDate);
		expect(stamps).toEqual([...stamps].sort().reverse());
	});

	it('combine conditions', async () => {
		const rows = await list(
			`$filter=${encodeURIComponent("(TransactionState eq 'Open' or TransactionState eq 'Work') and not (DocumentAmount lt 100)")}`,
		);
		expect(rows.length).toBeGreaterThan(0);
		expect(
			rows.every((row: any) => row.TransactionState !== 'History' && row.DocumentAmount >= 100),
		).toBe(true);
		const vendors = await get(
			`${CONTEXT}/Purchasing/Vendors.json?$filter=${encodeURIComponent("startswith(Name,'contoso') or substringof('o''neill',Name)")}`,
		);
		expect(vendors.json().Payload).toHaveLength(3);
	});

	it('are refused with 400 when they make no sense', async () => {
		for (const filter of [
			'Nothing eq 1',
			'ModifiedDate ge',
			'ModifiedDate like 3',
			"Name eq 'open",
		]) {
			const answer = await get(
				`${CONTEXT}/Purchasing/Vendors.json?$filter=${encodeURIComponent(filter)}`,
			);
			expect([filter, answer.status]).toEqual([filter, 400]);
		}
		expect((await get(`${CONTEXT}/Purchasing/Vendors.json?$top=many`)).status).toBe(400);
	});

	it('use the names of the simple dialect', async () => {
		gp.set({ dialect: 'simple', simpleNames: { limit: 'count' } });
		expect(await list('count=5&offset=58')).toHaveLength(2);
		expect(await list('limit=5')).toHaveLength(60);
		expect(await list('modifiedSince=2099-01-01')).toHaveLength(0);
	});

	it('never get more rows than the site gives at once', async () => {
		gp.set({ maxPageSize: 10 });
		expect(await list('$top=50')).toHaveLength(10);
		expect(await list('')).toHaveLength(10);
	});
});

describe('switches', () => {
	it('refuse names and values they do not know', () => {
		expect(() => gp.set({ dialekt: 'none' } as never)).toThrow('dialekt');
		expect(() => gp.set({ dialect: 'sql' } as never)).toThrow('none, odata, simple');
		expect(() => gp.set({ ntlm: { strickt: true } } as never)).toThrow('ntlm.strickt');
		expect(() => gp.set({ latencyMs: '5' } as never)).toThrow('number');
	});

	it('take the product segment away or demand it', async () => {
		gp.set({ productSegment: 'required' });
		expect((await get(`${CONTEXT}/Purchasing/Vendors.json`)).status).toBe(404);
		gp.set({ productSegment: 'refused' });
		expect((await get(`${CONTEXT}/Dynamics/Purchasing/Vendors.json`)).status).toBe(404);
	});

	it.each([
		[
			'basic',
			`Basic ${Buffer.from('CONTOSO\\gpsvc:P@ssw0rd-1').toString('base64')}`,
			/^Basic realm=/,
		],
		['bearer', 'Bearer sandbox-bearer-token', /^Bearer /],
	] as const)('let %s in', async (authMode, authorization, challenge) => {
		gp.set({ authMode });
		const refused = await get(`${CONTEXT}/Purchasing/Vendors.json`);
		expect([refused.status, refused.headers['www-authenticate']]).toEqual([
			401,
			expect.stringMatching(challenge),
		]);
		expect((await get(`${CONTEXT}/Purchasing/Vendors.json`, { authorization })).status).toBe(200);
		expect(
			(
				await get(`${CONTEXT}/Purchasing/Vendors.json`, {
					authorization: authorization.replace(/^(\w+) .{4}/, '$1 AAAA'),
				})
			).status,
		).toBe(401);
	});

	it.each([401, 403, 500] as const)(
		'answer a user GP does not know with %i',
		async (forbiddenStatus) => {
			gp.set({ authMode: 'basic', forbiddenStatus });
			const authorization = `Basic ${Buffer.from('CONTOSO\\nogp:P@ssw0rd-1').toString('base64')}`;
			const answer = await get(`${CONTEXT}/Purchasing/Vendors.json`, { authorization });
			expect([answer.status, answer.json().Message]).toEqual([
				forbiddenStatus,
				expect.stringContaining('not allowed to use Microsoft Dynamics GP'),
			]);
		},
	);
});

describe('faults', () => {
	const vendors = () => get(`${CONTEXT}/Purchasing/Vendors.json`);

	it('hit the next requests that match, then stop', async () => {
		gp.faults.set([{ kind: 'status', status: 504, times: 2, match: 'vendors' }]);
		expect((await get(`${CONTEXT}/Financial/Accounts.json`)).status).toBe(200);
		expect([(await vendors()).status, (await vendors()).status, (await vendors()).status]).toEqual([
			504, 504, 200,
		]);
		expect(gp.counters.faults).toBe(2);
	});

	it.each([
		['htmlPage', 200, 'text/html', /Request Error/],
		['errorBody', 200, 'application/json', /"Message"/],
		['wrongContentType', 200, 'text/html', /"Payload"/],
		['emptyBody', 200, 'application/json', /^$/],
		['unavailable', 503, 'text/html', /Service Unavailable/],
	] as const)('can be %s', async (kind, status, type, body) => {
		gp.faults.set([{ kind }]);
		const answer = await vendors();
		expect(answer.status).toBe(status);
		expect(answer.headers['content-type']).toContain(type);
		expect(answer.text).toMatch(body);
	});

	it('can cut the JSON in half', async () => {
		gp.faults.set([{ kind: 'truncatedJson' }]);
		const answer = await vendors();
		expect(answer.status).toBe(200);
		expect(() => answer.json()).toThrow();
	});

	it('can reset the connection in mid-answer', async () => {
		gp.faults.set([{ kind: 'reset' }]);
		await expect(vendors()).rejects.toThrow(/aborted|ECONNRESET|hang up/);
	});

	it('can leave a request without an answer until the client gives up', async () => {
		gp.faults.set([{ kind: 'hang', times: 1 }]);
		const outcome = await Promise.race([
			vendors().catch(() => 'failed'),
			new Promise((resolve) => setTimeout(resolve, 60, 'waiting')),
		]);
		expect(outcome).toBe('waiting');
		expect((await vendors()).status).toBe(200);
	});

	it('are refused when unknown', () => {
		expect(() => gp.faults.set([{ kind: 'earthquake' } as never])).toThrow('earthquake');
	});
});

describe('the OData service', () => {
	it('joins tables to the same documents and follows its own next links', async () => {
		gp.set({ maxPageSize: 25, trailingBlanks: false });
		const all = async (table: string) => {
			const rows: any[] = [];
			for (let url = `${gp.url}/GPOData/Companies(TWO)/${table}`; url; ) {
				const page = (await request(url)).json();
				rows.push(...page.value);
				url = page['@odata.nextLink'];
			}
			return rows;
		};
		const headers = [
			...(await all('PM10000')),
			...(await all('PM20000')),
			...(await all('PM30200')),
		];
		expect(headers).toHaveLength(60);
		const rows = [...(await all('PM10100')), ...(await all('PM30600'))];
		const expected = [...gp.company.documents.values()].flatMap((one) => one.distributions);
		expect(rows).toHaveLength(expected.length);
		expect(rows[0]).not.toHaveProperty('DEX_ROW_TS');
		const accounts = new Map((await all('GL00105')).map((row: any) => [row.ACTINDX, row.ACTNUMST]));
		expect(rows.map((row) => accounts.get(row.DSTINDX)).sort()).toEqual(
			expected.map((row) => row.account).sort(),
		);
	});

	it('filters, counts, selects, and speaks version 3', async () => {
		const base = `${gp.url}/GPOData/Tenants(DefaultTenant)/Companies(Fabrikam,%20Inc.)/PM00200`;
		const answer = await request(
			`${base}?$filter=${encodeURIComponent('VENDSTTS eq 2 and DEX_ROW_TS ge 2020-01-01T00:00:00Z')}&$select=VENDORID&$count=true`,
		);
		const inactive = [...gp.company.vendors.values()].filter((one) => one.status === 2);
		expect(answer.json()['@odata.count']).toBe(inactive.length);
		expect(Object.keys(answer.json().value[0])).toEqual(['VENDORID']);
		gp.set({ odataVersion: 'v3' });
		expect((await request(`${base}?$top=3`)).json().d.results).toHaveLength(3);
	});

	it('knows only published tables', async () => {
		gp.set({ publishedTables: ['PM00200'] });
		expect((await get('/GPOData/Companies(TWO)/PM20000')).status).toBe(404);
		expect((await get('/GPOData/Companies(TWO)')).json().value.map((one: any) => one.name)).toEqual(
			['PM00200'],
		);
	});
});
