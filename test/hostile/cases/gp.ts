import type { HostileCase } from '../case.types';

const HTML = { 'content-type': 'text/html' };
const XML = { 'content-type': 'text/xml' };
const vendor = (id: string) =>
	`{"Key":{"Id":"${id}"},"Name":"A vendor","ClassKey":{"Id":"SUB"},"IsActive":true,"IsOnHold":false,"LastModifiedDate":"2026-06-01T08:00:00"},`;
const many = (times: number): HostileCase['server'] => [
	{
		body: [
			'{"Payload":[',
			{ repeat: vendor('V1'), times },
			'{"Key":{"Id":"V2"},"Name":"B","IsActive":true,"IsOnHold":false}]}',
		],
	},
];
const OTHER = 'http://127.0.0.2:9/x';
const INTERRUPTED = 'windows-login-interrupted';
const BODY = 'GP_INVALID_BODY';
const LARGE = 'GP_ANSWER_TOO_LARGE';

/** The Web Services are asked with the same login over the same sender: what holds for SBA holds here. */
const SOAP = { profileName: 'soap', timeoutMs: 1_000 };
const SOAP_ENDS = [
	...['GP_WEB_SERVICE_NOT_FOUND', 'GP_WEB_SERVICE_FAULT', 'GP_WEB_SERVICE_ROLE_MISSING'],
	...['GP_UNEXPECTED_SHAPE', 'GP_INVALID_BODY', 'GP_HTML_PAGE', LARGE],
];
type BodyParts = Array<string | { repeat: string; times: number }>;
const envelope = (...inside: BodyParts): HostileCase['server'] => [
	{
		headers: XML,
		body: [
			'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>',
			...inside,
			'</s:Body></s:Envelope>',
		],
	},
];
const list = (...rows: BodyParts) =>
	envelope(
		'<GetVendorListResponse><GetVendorListResult>',
		...rows,
		'</GetVendorListResult></GetVendorListResponse>',
	);
const fault = (text: string) =>
	envelope(
		`<s:Fault><faultcode>x</faultcode><faultstring>${text}</faultstring><detail/></s:Fault>`,
	);
const summary = (more = '') =>
	`<VendorSummary><Key><Id>V1</Id></Key><Name>A vendor of some length</Name>${more}</VendorSummary>`;

const soapCases: Array<Omit<HostileCase, 'kind'>> = [
	{
		name: 'SOAP: silence',
		server: [{ stall: 'before-headers' }],
		ends: ['GP_TIMEOUT', INTERRUPTED],
		input: SOAP,
	},
	{
		name: 'SOAP: headers and silence',
		server: [{ stall: 'after-headers' }],
		ends: ['GP_TIMEOUT', INTERRUPTED],
		input: SOAP,
	},
	{
		name: 'SOAP: a body drop by drop',
		server: [{ drip: { bytes: 1, everyMs: 20 } }],
		ends: ['GP_TIMEOUT', INTERRUPTED],
		input: SOAP,
	},
	{
		name: 'SOAP: a body without end',
		server: [{ headers: XML, endless: '<a>' }],
		ends: 'response-too-large',
		input: { ...SOAP, megabytes: 8, timeoutMs: 10_000 },
	},
	{
		name: 'SOAP: 60 MB of elements',
		server: list({ repeat: '<VendorSummary/>', times: 3_700_000 }),
		ends: SOAP_ENDS,
		heapMb: 768,
		input: { ...SOAP, timeoutMs: 15_000 },
	},
	{
		name: 'SOAP: 20 MB of vendors',
		server: list({ repeat: summary(), times: 220_000 }),
		ends: ['done', 'GP_LIST_UNSTABLE', ...SOAP_ENDS],
		heapMb: 1024,
		withinMs: 90_000,
		// Each is judged: the service ends every connection.
		logins: 5,
		input: { ...SOAP, timeoutMs: 15_000 },
	},
	{
		name: 'SOAP: the same vendor for ever',
		server: list(summary()),
		ends: ['done', 'GP_LIST_UNSTABLE', ...SOAP_ENDS],
		logins: 5,
		input: SOAP,
		withinMs: 60_000,
	},
	{
		name: 'SOAP: open elements',
		server: [{ headers: XML, body: [{ repeat: '<a>', times: 1_000_000 }] }],
		ends: LARGE,
		input: { ...SOAP, timeoutMs: 10_000 },
	},
	{
		name: 'SOAP: a document type',
		server: [
			{ headers: XML, body: '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>' },
		],
		ends: SOAP_ENDS,
		input: SOAP,
	},
	{
		name: 'SOAP: an empty body',
		server: [{ headers: XML, body: '' }],
		ends: SOAP_ENDS,
		input: SOAP,
	},
	{ name: 'SOAP: JSON', server: [{ body: '[]' }], ends: SOAP_ENDS, input: SOAP },
	{
		name: 'SOAP: a page',
		server: [{ headers: HTML, body: '<html>Sign in' }],
		ends: SOAP_ENDS,
		input: SOAP,
	},
	{
		name: 'SOAP: comments before a page that is none',
		server: [{ headers: HTML, body: ['<!-- --> '.repeat(30), 'x'] }],
		ends: SOAP_ENDS,
		input: SOAP,
	},
	{
		name: 'SOAP: another root',
		server: [{ headers: XML, body: '<a><b/></a>' }],
		ends: SOAP_ENDS,
		input: SOAP,
	},
	{
		name: 'SOAP: an answer to another question',
		server: envelope('<GetXResponse/>'),
		ends: SOAP_ENDS,
		input: SOAP,
	},
	{
		name: 'SOAP: a fault that repeats the login',
		server: fault('you sent C4nary-Pa55word-Sings and svc:C4nary-Pa55word-Sings@gp'),
		ends: SOAP_ENDS,
		input: SOAP,
	},
	{
		name: 'SOAP: a fault of a megabyte',
		server: envelope(
			'<s:Fault><faultstring>',
			{ repeat: '&lt;b&gt;', times: 110_000 },
			'</faultstring></s:Fault>',
		),
		ends: SOAP_ENDS,
		input: SOAP,
	},
	{
		name: 'SOAP: a fault that leads to itself',
		server: envelope(
			'<s:Fault><faultstring>x</faultstring><detail><Message>12345678-1234-1234-1234-123456789012</Message></detail></s:Fault>',
		),
		ends: SOAP_ENDS,
		input: SOAP,
	},
	{ name: 'SOAP: escapes of a terminal', server: fault('&#27;[2J'), ends: SOAP_ENDS, input: SOAP },
	{
		name: 'SOAP: a redirect to another server',
		server: [{ status: 302, headers: { location: '{other}/x' } }],
		ends: 'redirect-refused',
		input: SOAP,
	},
	{
		name: 'SOAP: Retry-After of the year 9999',
		server: [{ status: 503, headers: { 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' } }],
		ends: ['GP_SERVICE_UNAVAILABLE', INTERRUPTED],
		input: SOAP,
	},
	{
		name: 'SOAP: only Basic, without encryption',
		login: { offers: 'Basic realm="x"' },
		ends: 'clear-text-login-refused',
		input: { ...SOAP, allowBasic: true },
		logins: 0,
	},
	{
		name: 'SOAP: a challenge that is none',
		login: { challenge: 'NTLM TlRM' },
		ends: ['ntlm-challenge-malformed', 'login-scheme-unsupported'],
		input: SOAP,
		logins: 0,
	},
	{
		name: 'SOAP: ten requests and a refused login',
		login: { fault: { type3: 401 } },
		ends: 'windows-login-rejected',
		input: { ...SOAP, call: 'many', retries: 4 },
		logins: 1,
	},
	...[503, 429, 'close', 'half-answer', 'garbage'].map(
		(spoiled): Omit<HostileCase, 'kind'> => ({
			name: `SOAP: ten requests and ${spoiled} to each login`,
			login: { fault: { type3: spoiled } },
			ends: [
				'GP_SERVICE_UNAVAILABLE',
				'GP_TIMEOUT',
				INTERRUPTED,
				'connection-lost',
				'response-malformed',
				'GP_CIRCUIT_OPEN',
				...SOAP_ENDS,
			],
			input: { ...SOAP, call: 'many', retries: 4 },
			logins: 2,
		}),
	),
];

const cases: Array<Omit<HostileCase, 'kind'>> = [
	...soapCases,
	{
		name: '30 MB of vendors, read a second time',
		server: many(200_000),
		ends: 'done',
		heapMb: 1024,
		input: { call: 'second', timeoutMs: 15_000 },
		withinMs: 90_000,
	},
	{
		name: '15 MB of vendors, of which only the keys are wanted',
		server: many(100_000),
		ends: 'done',
		heapMb: 1024,
		input: { call: 'keys', timeoutMs: 15_000 },
		withinMs: 90_000,
	},

	{
		name: 'comments before a page that is none',
		server: [{ body: ['<!-- --> '.repeat(30), 'x'] }],
		ends: BODY,
	},
	{
		name: '172 bytes of comments',
		server: [{ status: 500, headers: HTML, body: `${'<!-- -->'.repeat(20)}<htmx>` }],
		ends: 'GP_BUSINESS_ERROR',
	},
	{
		name: 'a page without end',
		server: [{ headers: HTML, endless: '<html><p>' }],
		ends: 'response-too-large',
		input: { megabytes: 8 },
	},
	{
		name: 'a body without end',
		server: [{ endless: vendor('V1') }],
		ends: 'response-too-large',
		input: { megabytes: 8 },
	},
	{
		name: '70 MB',
		server: [{ body: ['[', { repeat: vendor('V1'), times: 600_000 }, '{}]'] }],
		ends: 'response-too-large',
		heapMb: 384,
	},
	{
		name: '60 MB of empty rows',
		server: [{ body: ['[', { repeat: '{},', times: 20_000_000 }, '{}]'] }],
		ends: LARGE,
		heapMb: 384,
		input: { timeoutMs: 15_000 },
	},
	{
		name: '60 MB of empty lists in lists',
		server: [{ body: ['[', { repeat: `[${'[],'.repeat(999)}[]],`, times: 20_000 }, '[]]'] }],
		ends: LARGE,
		heapMb: 768,
		input: { timeoutMs: 15_000 },
	},
	{
		name: '60 MB of one text',
		server: [{ body: ['["', { repeat: 'x', times: 60_000_000 }, '"]'] }],
		ends: LARGE,
		heapMb: 384,
		input: { timeoutMs: 15_000 },
	},
	{
		name: '60 MB of digits',
		server: [{ body: ['[', { repeat: '1', times: 60_000_000 }, ']'] }],
		ends: BODY,
		heapMb: 384,
		input: { timeoutMs: 15_000 },
	},
	{
		name: '40 MB of quotation marks',
		server: [{ body: ['["', { repeat: '\\"', times: 20_000_000 }, '"]'] }],
		ends: LARGE,
		heapMb: 384,
		input: { timeoutMs: 15_000 },
	},
	{
		name: '60 MB of escapes in texts of almost a megabyte',
		server: [
			{
				body: [
					'["',
					...Array.from(
						{ length: 60 },
						(): BodyParts => [{ repeat: '\\u0041', times: 170_000 }, '","'],
					).flat(),
					'"]',
				],
			},
		],
		ends: ['GP_UNEXPECTED_SHAPE', 'done'],
		heapMb: 384,
		input: { timeoutMs: 15_000 },
	},
	{
		name: '60 MB of entities in texts of almost a megabyte',
		server: [
			{
				headers: XML,
				body: [
					'<a>',
					...Array.from(
						{ length: 60 },
						(): BodyParts => ['<b>', { repeat: '&#65;', times: 200_000 }, '</b>'],
					).flat(),
					'</a>',
				],
			},
		],
		ends: ['GP_UNEXPECTED_SHAPE', 'done', LARGE, BODY],
		heapMb: 384,
		input: { timeoutMs: 15_000 },
	},
	{
		name: '60 MB of tags of attributes',
		server: [
			{
				headers: XML,
				body: [
					'<a>',
					...Array.from(
						{ length: 900 },
						(): BodyParts => ['<b ', { repeat: 'c="d" ', times: 10_900 }, '/>'],
					).flat(),
					'</a>',
				],
			},
		],
		ends: ['GP_UNEXPECTED_SHAPE', 'done', LARGE, BODY],
		heapMb: 384,
		input: { timeoutMs: 15_000 },
	},
	{
		name: '60 MB of blanks',
		server: [{ body: [{ repeat: ' ', times: 60_000_000 }] }],
		ends: 'GP_WRONG_CONTENT_TYPE',
		heapMb: 384,
		input: { timeoutMs: 15_000 },
	},
	{
		name: '60 MB of elements',
		server: [{ headers: XML, body: ['<a>', { repeat: '<b/>', times: 15_000_000 }, '</a>'] }],
		ends: LARGE,
		heapMb: 384,
		input: { timeoutMs: 15_000 },
	},
	{
		name: '60 MB of open elements',
		server: [{ headers: XML, body: [{ repeat: '<a>', times: 20_000_000 }] }],
		ends: LARGE,
		heapMb: 384,
		input: { timeoutMs: 15_000 },
	},
	{
		name: '60 MB of open tags',
		server: [{ headers: XML, body: ['<a ', { repeat: 'b="', times: 20_000_000 }] }],
		ends: LARGE,
		heapMb: 384,
		input: { timeoutMs: 15_000 },
	},
	{
		name: '60 MB of comments in XML',
		server: [{ headers: XML, body: ['<a>', { repeat: '<!---->', times: 8_000_000 }, '</a>'] }],
		ends: LARGE,
		heapMb: 384,
		input: { timeoutMs: 15_000 },
	},
	{
		name: '60 MB of entities',
		server: [{ headers: XML, body: ['<a>', { repeat: '&amp;', times: 12_000_000 }, '</a>'] }],
		ends: LARGE,
		heapMb: 768,
		input: { timeoutMs: 15_000 },
	},
	{
		name: '30 MB of vendors',
		server: many(200_000),
		ends: 'done',
		heapMb: 1024,
		input: { timeoutMs: 15_000 },
		withinMs: 60_000,
	},
	{
		name: 'a document type',
		server: [
			{ headers: XML, body: '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>' },
		],
		ends: BODY,
	},
	{
		name: 'a document type after a long comment',
		server: [
			{
				headers: XML,
				body: [
					'<!--',
					{ repeat: 'x', times: 3_000 },
					'--><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
				],
			},
		],
		ends: BODY,
	},
	{ name: 'deep lists', server: [{ body: [{ repeat: '[', times: 1_000_000 }] }], ends: LARGE },
	{
		name: 'deep objects',
		server: [{ body: [{ repeat: '{"a":', times: 100_000 }, '1', { repeat: '}', times: 100_000 }] }],
		ends: LARGE,
	},
	{
		name: 'deep objects in an error',
		server: [
			{
				status: 500,
				body: [{ repeat: '{"error":', times: 10_000 }, '1', { repeat: '}', times: 10_000 }],
			},
		],
		ends: 'GP_BUSINESS_ERROR',
	},
	{
		name: 'null rows',
		server: [{ body: '{"Payload":[null,null,null]}' }],
		ends: ['GP_UNEXPECTED_SHAPE', 'done'],
	},
	{
		name: 'null rows among vendors',
		server: [{ body: `[null,${vendor('V1')}null]` }],
		ends: ['done', 'GP_UNEXPECTED_SHAPE', 'GP_LIST_UNSTABLE'],
	},
	// What .NET writes for a list that is not there: it holds no rows, and proves nothing.
	{ name: 'null', server: [{ body: 'null' }], ends: 'done' },
	{ name: 'nothing', server: [{ body: '' }], ends: 'GP_WRONG_CONTENT_TYPE' },
	{ name: 'numbers', server: [{ body: '[1,2,3]' }], ends: ['GP_UNEXPECTED_SHAPE', 'done'] },
	{ name: 'half a list', server: [{ body: '[{"a":1},' }], ends: BODY },
	{
		name: 'half a list and a cut',
		server: [{ body: '[{"a":1},', cut: true }],
		ends: ['connection-lost', INTERRUPTED],
	},
	{
		name: 'a body of another charset',
		server: [{ headers: { 'content-type': 'application/json; charset=x-none' }, body: '[]' }],
		ends: 'done',
	},
	{
		name: '__proto__',
		server: [{ body: '{"Payload":[{"__proto__":{"Key":{"Id":"X"}},"Name":"A","constructor":1}]}' }],
		ends: ['done', 'GP_UNEXPECTED_SHAPE'],
	},
	{
		name: 'a next link nobody can read',
		server: [{ body: '{"value":[],"@odata.nextLink":"http://["}' }],
		ends: ['GP_NEXT_LINK_UNUSABLE', 'GP_REQUEST_REFUSED', 'done'],
		input: { profileName: 'odata' },
	},
	{
		name: 'a next link to another server',
		server: [
			{
				body: '{"value":[{"VENDORID":"A","VENDNAME":"B","VENDSTTS":1,"VNDCLSID":"C"}],"@odata.nextLink":"{other}/x"}',
			},
			{ body: '{"value":[]}' },
		],
		ends: 'done',
		input: { profileName: 'odata' },
	},
	{
		name: 'a redirect to another server',
		server: [{ status: 302, headers: { location: '{other}/x' } }],
		ends: 'redirect-refused',
	},
	{
		name: 'a redirect in circles',
		server: [{ status: 302, headers: { location: '/again' } }],
		ends: 'redirect-refused',
	},
	...[
		'@127.0.0.2:9/x',
		':9@127.0.0.2:9/x',
		'.127.0.0.2/x',
		'//127.0.0.2:9/x',
		'\\\\127.0.0.2:9\\x',
		OTHER,
	].flatMap(
		(path): Array<Omit<HostileCase, 'kind'>> => [
			{
				name: `a help path "${path}"`,
				server: [{ status: 404 }],
				ends: [
					'GP_SERVICE_NOT_FOUND',
					'GP_REQUEST_REFUSED',
					'GP_RESOURCE_NOT_OFFERED',
					'GP_SETTING_INVALID',
					'GP_WRONG_CONTENT_TYPE',
				],
				input: { call: 'discover', profile: { paths: { help: path } } },
			},
			{
				name: `a context path "${path}"`,
				server: [{ status: 404 }],
				ends: [
					'GP_SERVICE_NOT_FOUND',
					'GP_REQUEST_REFUSED',
					'GP_RESOURCE_NOT_OFFERED',
					'GP_SETTING_INVALID',
				],
				input: { profile: { paths: { context: path } } },
			},
			{
				name: `a request path "${path}"`,
				server: [{ status: 404 }],
				ends: ['GP_REQUEST_REFUSED', 'done'],
				input: { call: 'request', path },
			},
		],
	),
	{
		name: 'silence',
		server: [{ stall: 'before-headers' }],
		ends: ['GP_TIMEOUT', INTERRUPTED],
		input: { timeoutMs: 1_000 },
	},
	{
		name: 'headers and silence',
		server: [{ stall: 'after-headers' }],
		ends: ['GP_TIMEOUT', INTERRUPTED],
		input: { timeoutMs: 1_000 },
	},
	{
		name: 'half a body and silence',
		server: [{ body: '[', stall: 'mid-body' }],
		ends: ['GP_TIMEOUT', INTERRUPTED],
		input: { timeoutMs: 1_000 },
	},
	{
		name: 'a body drop by drop',
		server: [{ drip: { bytes: 1, everyMs: 20 } }],
		ends: ['GP_TIMEOUT', INTERRUPTED],
		input: { timeoutMs: 1_000 },
	},
	{
		name: 'ten requests and silence',
		server: [{ stall: 'before-headers' }],
		ends: ['GP_TIMEOUT', INTERRUPTED],
		input: { call: 'many', timeoutMs: 1_000, retries: 4 },
		withinMs: 40_000,
	},
	...[503, 429, 400, 'close', 'half-answer', 'garbage'].map(
		(fault): Omit<HostileCase, 'kind'> => ({
			name: `ten requests and ${fault} to each login`,
			login: { fault: { type3: fault } },
			ends: [
				'GP_SERVICE_UNAVAILABLE',
				'GP_BUSINESS_ERROR',
				'GP_TIMEOUT',
				INTERRUPTED,
				'connection-lost',
				'response-malformed',
				'GP_CIRCUIT_OPEN',
			],
			input: { call: 'many', retries: 4 },
			// A 400 is the answer of the service behind the login; see lib/ntlm/login.ts.
			logins: fault === 400 ? 10 : 2,
		}),
	),
	{
		name: 'ten requests and a refused login',
		login: { fault: { type3: 401 } },
		ends: 'windows-login-rejected',
		input: { call: 'many', retries: 4 },
		logins: 1,
	},
	{
		name: 'a challenge that is none',
		login: { challenge: 'NTLM TlRM' },
		ends: ['ntlm-challenge-malformed', 'login-scheme-unsupported'],
		logins: 0,
	},
	{
		name: 'a challenge without end',
		login: { challenge: `TlRMTVNTUAAC${'A'.repeat(12_000)}` },
		ends: ['ntlm-challenge-malformed', 'ntlm-v1-refused', 'login-scheme-unsupported'],
		logins: 0,
	},
	{
		name: 'offers of commas',
		login: { offers: ','.repeat(12_000) },
		ends: 'login-scheme-unsupported',
		logins: 0,
	},
	{
		name: 'offers of quotation marks',
		login: { offers: '"\\'.repeat(6_000) },
		ends: 'login-scheme-unsupported',
		logins: 0,
	},
	{
		name: 'only Basic, without encryption',
		login: { offers: 'Basic realm="x"' },
		ends: 'clear-text-login-refused',
		input: { allowBasic: true },
		logins: 0,
	},
	{
		name: 'Retry-After of thirty years',
		server: [{ status: 503, headers: { 'retry-after': '1000000000' } }],
		ends: ['GP_SERVICE_UNAVAILABLE', INTERRUPTED],
	},
	{
		name: 'Retry-After of the year 9999',
		server: [{ status: 503, headers: { 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' } }],
		ends: ['GP_SERVICE_UNAVAILABLE', INTERRUPTED],
	},
	{
		name: 'an error that repeats the login',
		server: [
			{ status: 500, body: '{"Message":"svc:C4nary-Pa55word-Sings@gp and C4nary-Pa55word-Sings"}' },
		],
		ends: 'GP_BUSINESS_ERROR',
	},
	{
		name: 'an error page that repeats the login',
		server: [
			{
				status: 500,
				headers: HTML,
				body: '<html><password>C4nary-Pa55word-Sings</password><b>C4nary-Pa55word-</b>',
			},
		],
		ends: ['GP_HTML_PAGE'],
	},
	{
		name: 'data that repeats the login',
		server: [{ body: '{"Note":"C4nary","Password":"C4nary-Pa55word-Sings"}' }],
		ends: 'done',
		input: { call: 'request' },
	},
	{
		name: 'escapes of a terminal',
		server: [{ status: 500, body: '{"Message":"\\u001b[2J gone"}' }],
		ends: 'GP_BUSINESS_ERROR',
	},
	{
		name: 'a help page of open headings',
		server: [{ headers: HTML, body: ['<html>', { repeat: '<h1>', times: 200_000 }] }],
		ends: 'done',
		input: { call: 'discover' },
		blockMs: 250,
	},
	{
		name: 'a help page of companies',
		server: [{ headers: HTML, body: ['<html>', { repeat: 'Companies(', times: 100_000 }] }],
		ends: 'done',
		input: { call: 'discover' },
	},
	{
		name: 'a help page of addresses',
		server: [{ headers: HTML, body: ['<html>', { repeat: 'http://a/', times: 100_000 }] }],
		ends: 'done',
		input: { call: 'discover' },
	},
	{
		name: 'a help page that leads on for ever',
		server: [{ headers: HTML, body: '<html><a href="help/x{n}">x</a>' }],
		ends: 'done',
		input: { call: 'discover' },
	},
	{
		name: 'a user of odd letters',
		ends: ['GP_UNEXPECTED_SHAPE', 'windows-login-rejected', 'GP_WRONG_CONTENT_TYPE', 'done'],
		input: { user: 'ışıl ſvc µ1' },
		logins: 1,
	},
];

export const GP_CASES: HostileCase[] = cases.map((test) => ({ ...test, kind: 'gp' }));
