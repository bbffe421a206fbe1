import type { HostileCase } from '../case.types';

const row = '{"id":1,"name":"A vendor of some length","is_active":true},';
const UNREACHABLE = 'procore-unreachable';
const TOO_LARGE = 'procore-answer-too-large';
const UNEXPECTED = 'procore-unexpected-answer';
const REDIRECT = 'procore-redirect-refused';

const cases: Array<Omit<HostileCase, 'kind'>> = [
	{
		name: 'a redirect of a read to another server',
		server: [{ status: 302, headers: { location: '{other}/rest/v1.0/companies' } }],
		ends: REDIRECT,
	},
	{
		name: 'a redirect with 307',
		server: [{ status: 307, headers: { location: '{other}/' } }],
		ends: REDIRECT,
	},
	{
		name: 'a redirect without a scheme',
		server: [{ status: 301, headers: { location: '//127.0.0.2/x' } }],
		ends: REDIRECT,
	},
	{
		name: 'a redirect with a login',
		server: [{ status: 301, headers: { location: 'http://a:b@127.0.0.1/x' } }],
		ends: REDIRECT,
	},
	{
		name: 'a redirect nobody can read',
		server: [{ status: 301, headers: { location: 'http://[' } }],
		ends: REDIRECT,
	},
	{
		name: 'a redirect to a file',
		server: [{ status: 301, headers: { location: 'file:///etc/passwd' } }],
		ends: REDIRECT,
	},
	{
		name: 'a redirect in circles',
		server: [{ status: 302, headers: { location: '/rest/v1.0/companies' } }],
		ends: REDIRECT,
	},
	{
		name: 'a redirect of a write',
		input: { call: 'write' },
		// Followed, it would end well: the write sent twice.
		server: [{ status: 308, headers: { location: '/rest/v1.0/elsewhere' } }, { body: '{"id":1}' }],
		ends: REDIRECT,
	},
	{
		name: 'a redirect of a write to another server',
		input: { call: 'write' },
		server: [{ status: 307, headers: { location: '{other}/' } }],
		ends: REDIRECT,
	},
	{
		name: 'a Link to another server',
		server: [
			{ headers: { link: '<{other}/x?page=2>; rel="next"' }, body: '[{"id":1}]' },
			{ body: '[]' },
		],
		ends: 'done',
	},
	{
		name: 'a Link of signs',
		server: [{ headers: { link: '<'.repeat(7_000) }, body: '[{"id":1}]' }, { body: '[]' }],
		ends: 'done',
	},
	{
		name: 'a Link of relations',
		server: [
			{ headers: { link: `<x>; ${'rel='.repeat(3_000)}` }, body: '[{"id":1}]' },
			{ body: '[]' },
		],
		ends: 'done',
	},
	{
		name: 'a path that leads elsewhere',
		input: { call: 'path', path: '/rest/../oauth/token' },
		ends: 'procore-input',
	},
	{
		name: 'a path with a host',
		input: { call: 'get', path: '@127.0.0.2/rest/x' },
		ends: 'procore-input',
	},
	{
		name: 'a path with steps upwards',
		input: { call: 'get', path: '/rest/v1.0/../../oauth' },
		ends: 'procore-input',
	},
	{
		name: 'Retry-After of thirty years',
		server: [{ status: 429, headers: { 'retry-after': '1000000000' } }],
		ends: 'procore-rate-limited',
	},
	{
		name: 'Retry-After of the year 9999',
		server: [{ status: 429, headers: { 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' } }],
		ends: 'procore-rate-limited',
	},
	{
		name: 'Retry-After of three hundred digits',
		server: [{ status: 503, headers: { 'retry-after': '9'.repeat(300) } }],
		ends: 'procore-server-fault',
	},
	{
		name: 'Retry-After that is none',
		server: [{ status: 429, headers: { 'retry-after': '-1' } }],
		ends: 'procore-rate-limited',
	},
	{
		name: 'a reset in milliseconds',
		server: [
			{
				headers: {
					'x-rate-limit-limit': '3600',
					'x-rate-limit-remaining': '0',
					'x-rate-limit-reset': '1990000000000',
				},
				body: '[{"id":1}]',
			},
			{ body: '[]' },
		],
		ends: 'done',
	},
	{
		name: 'a reset in the year 5000',
		server: [
			{
				headers: {
					'x-rate-limit-limit': '1',
					'x-rate-limit-remaining': '0',
					'x-rate-limit-reset': '95617584000',
				},
				body: '[{"id":1}]',
			},
			{ body: '[]' },
		],
		ends: 'done',
	},
	{
		name: '429 with a reset in the year 5000',
		server: [
			{
				status: 429,
				headers: {
					'x-rate-limit-limit': '25',
					'x-rate-limit-remaining': '0',
					'x-rate-limit-reset': '95617584000',
				},
			},
		],
		ends: 'procore-rate-limited',
	},
	{
		name: 'limits that are no numbers',
		server: [
			{
				headers: {
					'x-rate-limit-limit': '1e9',
					'x-rate-limit-remaining': '-1',
					'x-rate-limit-reset': 'NaN',
				},
				body: '[]',
			},
		],
		ends: 'done',
	},
	{ name: 'silence', server: [{ stall: 'before-headers' }], ends: UNREACHABLE },
	{ name: 'headers and silence', server: [{ stall: 'after-headers' }], ends: UNREACHABLE },
	{
		name: 'half a body and silence',
		server: [{ body: '[{"id":1},', stall: 'mid-body' }],
		ends: UNREACHABLE,
	},
	{ name: 'half a body and a cut', server: [{ body: '[{"id":1},', cut: true }], ends: UNREACHABLE },
	{ name: 'a body drop by drop', server: [{ drip: { bytes: 1, everyMs: 50 } }], ends: UNREACHABLE },
	{
		name: 'an error drop by drop',
		server: [{ status: 500, drip: { bytes: 1, everyMs: 50 } }],
		ends: UNREACHABLE,
	},
	{ name: 'a body without end', server: [{ endless: row }], ends: TOO_LARGE },
	{
		name: 'an error without end',
		server: [{ status: 422, endless: '<p>' }],
		ends: 'procore-request-refused',
	},
	{
		name: 'a 401 without end',
		server: [{ status: 401, endless: 'x' }],
		ends: 'procore-login-refused',
	},
	{
		name: '70 MB',
		server: [{ body: ['[', { repeat: row, times: 1_200_000 }, '{}]'] }],
		ends: TOO_LARGE,
	},
	{
		name: '60 MB of rows',
		server: [
			{
				body: [
					'[',
					{ repeat: `{"id":1,"name":"${'x'.repeat(400)}"},`, times: 140_000 },
					'{"id":2}]',
				],
			},
			{ body: '[]' },
		],
		ends: 'done',
		heapMb: 768,
	},
	{
		name: '60 MB of empty rows',
		server: [{ body: ['[', { repeat: '{},', times: 20_000_000 }, '{}]'] }],
		ends: TOO_LARGE,
		// Asked for in halves, so one answer may lie about while the next one is read.
		heapMb: 384,
	},
	{
		name: '60 MB of empty lists in lists',
		server: [{ body: ['[', { repeat: `[${'[],'.repeat(999)}[]],`, times: 20_000 }, '[]]'] }],
		input: { timeoutMs: 15_000 },
		ends: TOO_LARGE,
		heapMb: 768,
	},
	{
		name: '60 MB of one text',
		server: [{ body: ['["', { repeat: 'x', times: 60_000_000 }, '"]'] }],
		ends: TOO_LARGE,
	},
	{
		name: '30 MB of blanks',
		server: [{ body: [{ repeat: ' ', times: 30_000_000 }, '[]'] }],
		ends: 'done',
	},
	{
		name: '30 MB that is no JSON',
		server: [{ body: [{ repeat: '<p>', times: 10_000_000 }] }],
		ends: UNEXPECTED,
	},
	{
		name: '200,000 rows in one page',
		server: [{ body: ['[', { repeat: '{"id":1},', times: 199_999 }, '{"id":2}]'] }, { body: '[]' }],
		ends: ['done', TOO_LARGE],
	},
	{
		name: 'a list that does not end',
		server: [
			{
				headers: { link: '<x>; rel="next"' },
				body: ['[', { repeat: row, times: 999 }, '{"id":{n}}]'],
			},
			{
				headers: { link: '<x>; rel="next"' },
				body: ['[{"id":{n}},', { repeat: row, times: 998 }, '{"id":1}]'],
			},
		],
		ends: TOO_LARGE,
		withinMs: 60_000,
	},
	{
		name: 'pages of one row that do not end',
		server: [{ headers: { link: '<x>; rel="next"' }, body: '[{"id":{n}}]' }],
		ends: TOO_LARGE,
		withinMs: 60_000,
	},
	{ name: 'deep lists', server: [{ body: [{ repeat: '[', times: 1_000_000 }] }], ends: TOO_LARGE },
	{
		name: 'deep objects in an error',
		server: [
			{
				status: 422,
				body: [{ repeat: '{"errors":', times: 5_000 }, '1', { repeat: '}', times: 5_000 }],
			},
		],
		ends: ['procore-request-refused', TOO_LARGE],
	},
	{
		name: 'errors of errors',
		server: [
			{
				status: 422,
				body: [{ repeat: '{"errors":[', times: 40 }, '"no"', { repeat: ']}', times: 40 }],
			},
		],
		ends: 'procore-request-refused',
	},
	{ name: 'null rows', server: [{ body: '[null,null]' }], ends: UNEXPECTED },
	{
		name: 'null rows among vendors',
		input: { call: 'vendors' },
		server: [{ body: '[{"id":1,"name":"A"},null]' }],
		ends: UNEXPECTED,
	},
	{
		name: 'a page of a picker that is none',
		input: { call: 'page' },
		server: [{ body: '{"message":"Sign in"}' }],
		ends: UNEXPECTED,
	},
	{
		name: 'data of a free request that repeat the token',
		input: { call: 'path' },
		server: [{ body: '{"a":"x C4nary-T0ken-Sings y","token":"C4nary-T0ken-Sings"}' }],
		ends: 'done',
	},
	{ name: 'numbers as rows', server: [{ body: '[1,2,3]' }], ends: UNEXPECTED },
	{ name: 'null', server: [{ body: 'null' }], ends: UNEXPECTED },
	{ name: 'a number', server: [{ body: '1' }], ends: UNEXPECTED },
	{ name: 'nothing', server: [{ body: '' }], ends: UNEXPECTED },
	{
		name: 'details that are null',
		server: [{ status: 400, body: '{"error":{"details":[null,1,"x"]}}' }],
		ends: 'procore-request-refused',
	},
	{
		name: 'fields that are null',
		server: [{ status: 400, body: '{"fields":null,"errors":null,"message":null}' }],
		ends: 'procore-request-refused',
	},
	{
		name: 'an error that repeats the token',
		server: [
			{
				status: 422,
				body: '{"message":"you sent Authorization: Bearer C4nary-T0ken-Sings and C4nary-T0ken-Sings"}',
			},
		],
		ends: 'procore-request-refused',
	},
	{
		name: 'an error page that repeats the token',
		server: [
			{
				status: 502,
				headers: { 'content-type': 'text/html' },
				body: '<html><b>C4nary-T0ken-Sings</b> C4nary-Secr3t-Sings',
			},
		],
		ends: 'procore-server-fault',
	},
	{
		name: 'a token in base64 in the error',
		server: [
			{
				status: 422,
				body: `{"errors":{"x":["${Buffer.from('Bearer C4nary-T0ken-Sings').toString('base64')}"]}}`,
			},
		],
		ends: 'procore-request-refused',
	},
	{
		name: 'escapes of a terminal in the error',
		server: [{ status: 422, body: '{"message":"\\u001b[2J\\u001b]0;x\\u0007"}' }],
		ends: 'procore-request-refused',
	},
	{
		name: '__proto__',
		server: [{ body: '[{"__proto__":{"id":1},"constructor":{"prototype":1}}]' }, { body: '[]' }],
		ends: 'done',
	},
	{
		name: 'headers without end',
		server: [{ headers: { 'x-big': 'x'.repeat(15_000), 'x-bigger': 'x'.repeat(15_000) } }],
		ends: UNREACHABLE,
	},
	{
		name: 'gzip that is none',
		server: [{ headers: { 'content-encoding': 'gzip' }, body: 'x' }],
		ends: [UNREACHABLE, UNEXPECTED],
	},
];

export const PROCORE_CASES: HostileCase[] = cases.map((test) => ({ ...test, kind: 'procore' }));
