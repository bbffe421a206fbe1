import { ConnectorError } from '../../lib/model/connector-error';
import { EMPTY_WATERMARK } from '../../lib/model/gp-changes';
import { rememberSecret } from '../../lib/model/redact';
import type { GpError } from '../../lib/gp/errors/gp-error';
import type { GpHttpResponse } from '../../lib/gp/site';
import { accountRow, FakeGp, html, json, payableRow, vendorRow } from './support/fake-gp';
import { clientFor, siteFor } from './support/client';
import { readRun } from './support/read-run';

const answering = (answer: () => GpHttpResponse | never): FakeGp => {
	const gp = new FakeGp();
	gp.before = answer;
	return gp;
};
const raw = (status: number, contentType: string | undefined, body: string): GpHttpResponse => ({
	status,
	headers: contentType ? { 'content-type': contentType } : {},
	body: Buffer.from(body),
	url: '',
});
const failing =
	(code: string, name = 'Error') =>
	(): never => {
		throw Object.assign(new Error('socket'), { code, name });
	};

async function caught(gp: FakeGp, read: 'list' | 'get' = 'list'): Promise<ConnectorError> {
	const { client } = clientFor(gp, { throttle: { gapMs: 0, retries: 1 } });
	const reading = read === 'list' ? client.list('account') : client.get('account', '300-5110-02');
	const error = await reading.then(
		() => null,
		(reason: unknown) => reason,
	);
	expect(error).toBeInstanceOf(ConnectorError);
	return error as ConnectorError;
}

const faults: Array<
	[
		what: string,
		answer: () => GpHttpResponse | never,
		code: string,
		scope: string,
		excerpt?: RegExp,
	]
> = [
	[
		'an HTML fault page',
		() => html(200, 'Request Error', 'The server encountered an error processing the request.'),
		'GP_HTML_PAGE',
		'transport',
		/Request Error/,
	],
	[
		'an HTML fault page with status 500',
		() => html(500, 'Request Error', 'See server logs.'),
		'GP_HTML_PAGE',
		'transport',
		/Request Error/,
	],
	[
		'JSON cut in half',
		() => raw(200, 'application/json', '[{"Key":{"Id":"300-51'),
		'GP_INVALID_BODY',
		'transport',
		/300-51/,
	],
	[
		'XML cut in half',
		() => raw(200, 'application/xml', '<ArrayOfGLAccount><GLAccount><Key><Id>300'),
		'GP_INVALID_BODY',
		'transport',
		/GLAccount/,
	],
	[
		'status 200 with an error inside',
		() => json(200, { Message: 'Object reference not set to an instance of an object.' }),
		'GP_ERROR_IN_SUCCESS',
		'transport',
		/Object reference/,
	],
	[
		'status 200 with Status "Error"',
		() => json(200, { Status: 'Error', ErrorMessage: 'SQL timeout', Payload: null }),
		'GP_ERROR_IN_SUCCESS',
		'transport',
	],
	[
		'data marked as a web page',
		() => raw(200, 'text/html', '[{"Key":{"Id":"300-5110-02"},"Description":"x"}]'),
		'GP_WRONG_CONTENT_TYPE',
		'configuration',
		/300-5110/,
	],
	[
		'text that is no data',
		() => raw(200, 'text/plain', 'It works!'),
		'GP_WRONG_CONTENT_TYPE',
		'configuration',
		/It works/,
	],
	[
		'an empty answer',
		() => raw(200, 'application/json', ''),
		'GP_WRONG_CONTENT_TYPE',
		'configuration',
	],
	[
		'data of another kind',
		() => json(200, { Weather: [{ Temperature: 20, Wind: 'north' }] }),
		'GP_UNEXPECTED_SHAPE',
		'configuration',
		/Temperature/,
	],
	[
		'a stopped service',
		() => html(503, 'Service Unavailable', 'HTTP Error 503.'),
		'GP_SERVICE_UNAVAILABLE',
		'transport',
		/503/,
	],
	['a refused connection', failing('ECONNREFUSED'), 'GP_UNREACHABLE', 'transport'],
	['an unknown host', failing('ENOTFOUND'), 'GP_UNREACHABLE', 'transport'],
	[
		'a certificate nobody vouches for',
		failing('DEPTH_ZERO_SELF_SIGNED_CERT'),
		'GP_UNREACHABLE',
		'transport',
	],
	['no answer in time', failing('ETIMEDOUT'), 'GP_TIMEOUT', 'transport'],
	['a refused login', () => raw(401, 'text/html', ''), 'GP_LOGIN_REFUSED', 'configuration'],
	[
		'a user GP does not know',
		() => json(403, { Message: 'The user is not allowed to use Microsoft Dynamics GP.' }),
		'GP_USER_NOT_ALLOWED',
		'configuration',
		/not allowed/,
	],
	[
		'the same told with status 500',
		() =>
			json(500, { Message: 'The user CONTOSO\\x is not allowed to use Microsoft Dynamics GP.' }),
		'GP_USER_NOT_ALLOWED',
		'configuration',
	],
	[
		'a path that is not offered',
		() => html(404, 'Service', 'Endpoint not found.'),
		'GP_RESOURCE_NOT_OFFERED',
		'configuration',
	],
	[
		'a verb that is not offered',
		() => html(405, 'Service', 'Method not allowed.'),
		'GP_RESOURCE_NOT_OFFERED',
		'configuration',
	],
	[
		'a business error',
		() => json(400, { Message: 'Currency ID is not valid.' }),
		'GP_BUSINESS_ERROR',
		'record',
		/Currency ID/,
	],
];

test.each(
	faults.map(
		([what, answer, code, scope, excerpt = null]) => [what, answer, code, scope, excerpt] as const,
	),
)(
	'%s has its own error that says what, where and what to do',
	async (_what, answer, code, scope, excerpt) => {
		const error = await caught(answering(answer));
		expect(error).toMatchObject({ code, scope });
		expect(error.details.entity).toBe('account');
		expect(error.details.address).toMatch(
			/^https:\/\/gp\d+\.example\.com\/GPService\/Tenants\(DefaultTenant\)\/Companies\(Fabrikam,%20Inc\.\)\/Financial\/Accounts\.json/,
		);
		expect(error.message).toContain('GL accounts');
		expect(error.remedy.length).toBeGreaterThan(30);
		if (excerpt) expect(error.details.excerpt).toMatch(excerpt);
	},
);

test('each of them is a class of its own', async () => {
	const codes = new Map<string, string>();
	for (const [, answer] of faults) {
		const error = await caught(answering(answer));
		expect(codes.get(error.code) ?? error.name).toBe(error.name);
		codes.set(error.code, error.name);
	}
	expect(new Set(codes.values()).size).toBe(codes.size);
	expect(codes.size).toBeGreaterThanOrEqual(12);
});

/* What a site really sends when it fails: long, and with what must not be shown near its start. */
const SECRET = '98-7654321';
const FILLER = 'the quick brown fox '.repeat(200);
const siteFaults: Array<
	[what: string, answer: () => GpHttpResponse | never, name: string, begins: string | null]
> = [
	[
		'an HTML fault page',
		() =>
			html(200, 'Request Error', `The server failed at vendor with tax id ${SECRET}. ${FILLER}`),
		'GpHtmlPage',
		'<',
	],
	[
		'truncated JSON',
		() =>
			raw(
				200,
				'application/json',
				`[{"Id":"A","TaxIdentificationNumber":"${SECRET}","N":"${FILLER}`,
			),
		'GpInvalidBody',
		'[{"Id":"A"',
	],
	[
		'status 200 with an error body',
		() => json(200, { Message: `No rights for vendor ${SECRET}. ${FILLER}` }),
		'GpErrorInSuccess',
		'{"Message":"No rights',
	],
	[
		'the wrong content type',
		() => raw(200, 'text/html', `[{"TaxIdentificationNumber":"${SECRET}","Name":"${FILLER}"}]`),
		'GpWrongContentType',
		'[{"TaxIdentificationNumber"',
	],
	[
		'503 while the server starts',
		() => html(503, 'Service Unavailable', `HTTP Error 503 for ${SECRET}. ${FILLER}`),
		'GpServiceUnavailable',
		'<',
	],
	[
		'a hung response',
		failing('ETIMEDOUT'),
		'GpTimeout',
		// Nothing came back, and the message says so.
		null,
	],
];

test.each(siteFaults)(
	'%s names address, entity, the first 200 characters without secrets, and what to do',
	async (_what, answer, name, begins) => {
		const error = await caught(answering(answer));
		expect(error.name).toBe(name);
		expect(error.details).toMatchObject({
			entity: 'account',
			address: expect.stringMatching(
				/^https:\/\/gp\d+\.example\.com\/.*\/Financial\/Accounts\.json/,
			),
			remedy: expect.stringMatching(/.{30,}/),
		});
		expect(error.message).toContain('reading the GL accounts');
		if (begins === null) {
			expect(error.message).toContain('no answer came within 120 seconds');
			expect(error.details.excerpt).toBeUndefined();
		} else {
			expect(error.details.excerpt).toHaveLength(200);
			expect(error.details.excerpt!.startsWith(begins)).toBe(true);
		}
		const told = `${error.message} ${JSON.stringify(error.details)}`;
		expect(told).not.toContain(SECRET);
	},
);

test('an error of OData that has lost its wrapping is no empty list', async () => {
	const error = await caught(
		answering(() => json(200, { code: 'X', message: 'No rights', details: [] })),
	);
	expect(error.name).toBe('GpErrorInSuccess');
});

test('no two of these faults share a class', () => {
	expect(new Set(siteFaults.map(([, , name]) => name)).size).toBe(siteFaults.length);
});

test('an error shows at most 200 characters of what came back, without login, tax id or number of a person', async () => {
	const secrets = [
		'TlRMTVNTUAADAAAAGAAYAHIAAAA=',
		'98-7654321',
		'123-45-6789',
		'hunter2-hunter2',
		'abcdef0123456789',
	];
	const body = `{"Weather":1,"TaxIdentificationNumber":"98-7654321","note":"123-45-6789","Password":"hunter2-hunter2","auth":"NTLM TlRMTVNTUAADAAAAGAAYAHIAAAA=","token":"abcdef0123456789","filler":"${'x'.repeat(3000)}"}`;
	for (const error of [
		await caught(answering(() => raw(200, 'application/json', body))),
		await caught(
			answering(() =>
				raw(
					400,
					'application/json',
					body.replace('"Weather":1', '"Message":"Vendor 98-7654321 is not valid"'),
				),
			),
		),
	]) {
		const told = JSON.stringify([error.message, error.details, error.remedy]);
		for (const secret of secrets) expect(told).not.toContain(secret);
		expect(error.details.excerpt!.length).toBeLessThanOrEqual(200);
	}
});

test.each([
	['a web page with status 200', () => html(200, 'Sign in', 'Proxy')],
	['a web page with status 500', () => html(500, 'Request Error', 'See server logs.')],
	['half an answer', () => raw(200, 'application/json', '[{"Key":{"Id":"300-51')],
	['no answer at all', () => raw(200, 'text/plain', '')],
	['a fault inside an answer', () => json(200, { Message: 'The server is busy' })],
	['a fault with status 500', () => json(500, { Message: 'Deadlock' })],
])('%s is asked again, not taken for a refusal of the query', async (_, answer) => {
	const gp = new FakeGp().put('account', accountRow('300-5110-02', '2026-05-01T08:00:00.000Z'));
	gp.before = (_url, count) => (count === 1 ? answer() : undefined);
	const { checkpoint } = await clientFor(gp).client.readChanges('account', {
		watermark: EMPTY_WATERMARK,
		limit: 10,
		cursor: null,
	});
	expect(gp.listRequests[1]).toBe(gp.listRequests[0]);
	expect(checkpoint.completeness).toMatchObject({ proven: true });
});

test('what GP refuses with 4xx is believed at once', async () => {
	const gp = new FakeGp();
	gp.before = (url) =>
		/filter|orderby/.test(url.search)
			? json(400, { Message: 'Query option not supported' })
			: undefined;
	await clientFor(gp).client.readChanges('account', {
		watermark: { since: '2026-05-01T00:00:00.000Z', seen: {} },
		limit: 10,
		cursor: null,
	});
	const refused = gp.listRequests.filter((url) => /filter|orderby/.test(url));
	expect(new Set(refused).size).toBe(refused.length);
});

test('a record that is not there differs from a path that is not offered', async () => {
	expect(await caught(new FakeGp(), 'get')).toMatchObject({
		code: 'GP_RECORD_NOT_FOUND',
		scope: 'record',
		details: { record: 'GL account 300-5110-02' },
	});
	expect(
		await caught(
			answering(() => html(404, 'Service', 'Endpoint not found.')),
			'get',
		),
	).toMatchObject({ code: 'GP_RESOURCE_NOT_OFFERED' });
	expect(
		await caught(
			answering(() => json(404, { Message: "Company 'X' was not found in tenant 'Y'." })),
			'get',
		),
	).toMatchObject({ code: 'GP_RESOURCE_NOT_OFFERED' });
});

describe('one bad record among good ones', () => {
	const gp = () =>
		new FakeGp().put(
			'payable',
			payableRow('00001', '2026-05-01T08:00:00.000Z'),
			payableRow('00002', '2026-05-01T09:00:00.000Z', { DocumentAmount: 'n/a' }),
			payableRow('00003', '2026-05-01T10:00:00.000Z', { Date: '31.05.2026' }),
			payableRow('00004', '2026-05-01T11:00:00.000Z', { TransactionState: 'Limbo' }),
			payableRow('00005', '2026-05-01T12:00:00.000Z'),
		);

	test('the list has the good ones and reports the others', async () => {
		const bad: GpError[] = [];
		const { client } = clientFor(gp(), { onBadRecord: (fault) => bad.push(fault) });
		expect((await client.list('payable')).map(({ key }) => key)).toEqual(['1;00001', '1;00005']);
		expect(bad.map(({ code, details }) => [code, details.record, details.field])).toEqual([
			['GP_RECORD_MALFORMED', 'payables document 1;00002', 'the document amount'],
			['GP_RECORD_MALFORMED', 'payables document 1;00003', 'the document date'],
			['GP_RECORD_MALFORMED', 'payables document 1;00004', 'the state'],
		]);
	});

	test('a run hands each of them out once, to be parked, and again when it was corrected', async () => {
		const service = gp();
		const { client } = clientFor(service);
		const first = await readRun(client, 'payable', EMPTY_WATERMARK, { limit: 2 });
		expect(first.records.map(({ key }) => key)).toEqual(['1;00001', '1;00005']);
		expect(first.faults.map(({ key, label }) => [key, label])).toEqual([
			['1;00002', 'payables document 1;00002'],
			['1;00003', 'payables document 1;00003'],
			['1;00004', 'payables document 1;00004'],
		]);
		const second = await readRun(client, 'payable', first.watermark);
		expect([second.records, second.faults]).toEqual([[], []]);
		service.put('payable', payableRow('00003', '2026-05-01T12:00:01.000Z'));
		const third = await readRun(client, 'payable', first.watermark);
		expect(third.records.map(({ key }) => key)).toEqual(['1;00003']);
	});

	test('a detail that fails is a fault of that document; details that all fail are a fault of the site', async () => {
		const service = new FakeGp({ summary: true });
		for (const voucher of ['00001', '00002', '00003', '00004'])
			service.put('payable', payableRow(voucher, '2026-05-01T08:00:00.000Z'));
		const { client } = clientFor(service);
		service.before = (url) =>
			decodeURIComponent(url.pathname).includes('(1;00002)')
				? json(500, { Message: 'Record is locked by another user.' })
				: undefined;
		const run = await readRun(client, 'payable', EMPTY_WATERMARK);
		expect(run.records).toHaveLength(3);
		expect(run.faults).toMatchObject([{ key: '1;00002', error: { code: 'GP_BUSINESS_ERROR' } }]);
		service.before = (url) =>
			url.pathname.includes('Transactions(') ? json(404, { Message: 'nothing' }) : undefined;
		await expect(readRun(client, 'payable', EMPTY_WATERMARK)).rejects.toMatchObject({
			code: 'GP_RESOURCE_NOT_OFFERED',
		});
	});
});

describe('the connection test says which part is wrong', () => {
	const probing = async (prepare: (gp: FakeGp) => void, more = {}) => {
		const gp = new FakeGp()
			.put('vendor', vendorRow('A', '2026-05-01T08:00:00.000Z'))
			.put('account', accountRow('1', '2026-05-01T08:00:00.000Z'));
		prepare(gp);
		const { client } = clientFor(gp, {
			site: siteFor({}, more),
			throttle: { gapMs: 0, retries: 0 },
		});
		return await client.probe().then(
			() => 'fine',
			(error: ConnectorError) => error.code,
		);
	};
	const help = (gp: FakeGp, then?: (url: URL) => GpHttpResponse | void) => {
		gp.before = (url) =>
			url.pathname.endsWith('/help') ? html(200, 'Discovery', 'Dictionaries') : then?.(url);
	};

	test.each<[string, (gp: FakeGp) => void, string, object?]>([
		['all well', (gp) => help(gp), 'fine'],
		['a service without a help page', () => undefined, 'fine'],
		['name', (gp) => (gp.before = failing('ENOTFOUND')), 'GP_UNREACHABLE'],
		['TLS', (gp) => (gp.before = failing('CERT_HAS_EXPIRED')), 'GP_UNREACHABLE'],
		['login', (gp) => (gp.before = () => raw(401, undefined, '')), 'GP_LOGIN_REFUSED'],
		['user', (gp) => help(gp, () => json(403, { Message: 'no' })), 'GP_USER_NOT_ALLOWED'],
		['company', (gp) => help(gp), 'GP_COMPANY_UNKNOWN', { company: 'Contoso' }],
		[
			'tenant or address',
			(gp) => (gp.before = () => html(404, 'IIS', 'File or directory not found.')),
			'GP_SERVICE_NOT_FOUND',
		],
		[
			'another web site',
			(gp) => (gp.before = () => html(200, 'Welcome', 'Intranet')),
			'GP_HTML_PAGE',
		],
		[
			'stopped',
			(gp) => (gp.before = () => html(503, 'Service Unavailable', '')),
			'GP_SERVICE_UNAVAILABLE',
		],
	])('%s', async (_part, prepare, expected, more = {}) => {
		expect(await probing(prepare, more)).toBe(expected);
	});

	test('it names the companies there are', async () => {
		const gp = new FakeGp();
		gp.before = (url) =>
			url.pathname.endsWith('/Companies.json')
				? json(200, { Payload: [{ Key: { Id: -1 }, Name: 'Fabrikam, Inc.   ' }] })
				: html(200, 'Discovery', '');
		const { client } = clientFor(gp, { site: siteFor({}, { company: 'TWO' }) });
		await expect(client.probe()).rejects.toMatchObject({
			code: 'GP_COMPANY_UNKNOWN',
			details: { companies: ['Fabrikam, Inc.'] },
			message: expect.stringContaining('Fabrikam, Inc.'),
		});
	});
});

test('only reading leaves the house', async () => {
	const gp = new FakeGp();
	const { client } = clientFor(gp);
	for (const method of ['POST', 'PATCH', 'DELETE', 'put']) {
		await expect(client.request('Purchasing/Vendors.json', {}, { method })).rejects.toMatchObject({
			code: 'GP_REQUEST_REFUSED',
		});
	}
	for (const path of [
		'https://elsewhere.example.com/x',
		'//elsewhere.example.com/x',
		'\\\\elsewhere\\x',
		'http:foo',
	]) {
		await expect(client.request(path)).rejects.toMatchObject({ code: 'GP_REQUEST_REFUSED' });
	}
	expect(gp.log).toEqual([]);
	gp.put(
		'vendor',
		vendorRow('ACME', '2026-05-01T08:00:00.000Z', { TXIDNMBR: '98-7654321', Nested: { SSN: '1' } }),
	);
	const answer = await client.request('Purchasing/Vendors(ACME).json');
	expect(answer).toMatchObject({ status: 200, body: { Name: 'Vendor ACME ' } });
	expect(JSON.stringify(answer)).not.toMatch(/98-7654321|SSN/);
});

test.each([
	['gp.example.com', 'service address'],
	['ftp://gp.example.com', 'service address'],
	['https://user:secret@gp.example.com', 'service address'],
])('the service address %s is refused with words', (serviceAddress, setting) => {
	expect(() => clientFor(new FakeGp(), { site: siteFor({}, { serviceAddress }) })).toThrow(
		expect.objectContaining({
			code: 'GP_SETTING_INVALID',
			details: expect.objectContaining({ setting }),
		}),
	);
	try {
		clientFor(new FakeGp(), { site: siteFor({}, { serviceAddress }) });
	} catch (error) {
		expect(String(error)).not.toContain('secret');
	}
});

describe('wherever a server puts what it was sent, the error tells no login', () => {
	beforeAll(() => rememberSecret('Ws3cretPa55'));
	const row = (id: string) => ({ Key: { Id: id }, Name: 'A', IsActive: true, IsOnHold: false });
	const vendors = (id: string) => [row(id)];
	const echoed = 'Ws3cret%50a55';

	test.each<[string, () => GpHttpResponse]>([
		['the content type', () => raw(200, `image/png; x=${echoed}`, 'x')],
		[
			'names of members',
			() => json(200, { [`A${echoed}`]: vendors('V1'), [`B${echoed}`]: vendors('V2') }),
		],
		[
			'the address of the next page',
			() => json(200, { value: vendors('V1'), '@odata.nextLink': `http://[${echoed}` }),
		],
	])('%s', async (_, answer) => {
		const { client } = clientFor(answering(answer), { throttle: { gapMs: 0, retries: 0 } });
		const error = await client.list('vendor').then(
			() => null,
			(reason: unknown) => reason as ConnectorError,
		);
		expect(error).toBeInstanceOf(ConnectorError);
		const { message, stack, details } = error!;
		const told = JSON.stringify({ message, stack: stack!.split('\n')[0], details });
		expect(told).toContain('[hidden]');
		expect(told).not.toMatch(/Ws3cret/);
	});

	test('a value that cannot be read', async () => {
		const unread = { ...row('V1'), IsActive: 'Ws3cretPa55' };
		const { client } = clientFor(
			answering(() => json(200, [unread])),
			{ throttle: { gapMs: 0 } },
		);
		const { faults: found } = await client.listWithFaults('vendor');
		expect(found.map(({ message }) => message).join()).toMatch(/\[hidden\]/);
		expect(JSON.stringify(found.map(({ message, details }) => [message, details]))).not.toMatch(
			/Ws3cret/,
		);
	});
});
