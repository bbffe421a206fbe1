import type { HostileCase, Reply } from '../case.types';

/** What is wrong with how an answer comes, whatever it says: the same for GP, Procore and n8n. */
const SPACES = [{ repeat: ' ', times: 300_000_000 }];
const ROWS = ['[', { repeat: '{"id":1,"name":"A vendor"},', times: 20_000_000 }, '{}]'];
const ANSWERS: Array<[name: string, reply: Reply]> = [
	['300 MB of blanks in gzip', { packed: 'gzip', body: SPACES }],
	['500 MB of rows in gzip', { packed: 'gzip', body: ROWS }],
	['300 MB of blanks in brotli', { packed: 'br', body: SPACES }],
	['300 MB of blanks in deflate', { packed: 'deflate', body: SPACES }],
	['gzip within gzip', { packed: 'gzip, gzip', body: SPACES }],
	['an error of 300 MB in gzip', { status: 500, packed: 'gzip', body: SPACES }],
	[
		'a header byte by byte',
		{ raw: { first: 'HTTP/1.1 200 OK\r\nX-A: ', again: 'a', everyMs: 20 } },
	],
	['headers without end', { raw: { first: 'HTTP/1.1 200 OK\r\n', again: 'X: y\r\n', everyMs: 1 } }],
	['early hints without end', { raw: { again: 'HTTP/1.1 103 Early Hints\r\n\r\n', everyMs: 5 } }],
	['a status line without end', { raw: { again: 'HTTP/1.1 ', everyMs: 5 } }],
	[
		'trailers without end',
		{
			raw: {
				first: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n',
				again: 'X: y\r\n',
				everyMs: 5,
			},
		},
	],
	[
		'extensions of chunks without end',
		{
			raw: {
				first: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n',
				again: '1;a=b\r\n \r\n',
				everyMs: 5,
			},
		},
	],
	[
		'a chunk of a negative size',
		{
			raw: {
				first: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n',
				again: 'x',
				everyMs: 50,
			},
		},
	],
	[
		'a length that is none',
		{
			raw: { first: 'HTTP/1.1 200 OK\r\nContent-Length: 1e9\r\n\r\n[]', again: ' ', everyMs: 50 },
		},
	],
	[
		'two lengths',
		{
			raw: {
				first: 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 9\r\n\r\n[]',
				again: ' ',
				everyMs: 50,
			},
		},
	],
	[
		'a length and chunks',
		{
			raw: {
				first:
					'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n',
				again: ' ',
				everyMs: 50,
			},
		},
	],
	['another protocol', { raw: { again: 'SSH-2.0-OpenSSH_9.6\r\n', everyMs: 50 } }],
];
const BREAKS: Record<string, { ends: string[]; input: Record<string, unknown>; logins?: number }> =
	{
		gp: {
			ends: [
				...['GP_TIMEOUT', 'GP_INVALID_BODY', 'GP_WRONG_CONTENT_TYPE', 'GP_ANSWER_TOO_LARGE'],
				...[
					'response-too-large',
					'windows-login-interrupted',
					'connection-lost',
					'response-malformed',
				],
				...['GP_BUSINESS_ERROR', 'GP_UNEXPECTED_SHAPE', 'GP_HTML_PAGE'],
			],
			input: { timeoutMs: 3_000 },
		},
		procore: {
			ends: [
				...['procore-unreachable', 'procore-answer-too-large', 'procore-unexpected-answer'],
				...['procore-server-fault', 'done'],
			],
			input: { timeoutMs: 3_000 },
		},
		cli: {
			ends: ['n8n-answer', 'n8n-refused', 'n8n-unreachable', 'scope-missing'],
			input: {},
		},
	};

export const WIRE_CASES: HostileCase[] = Object.entries(BREAKS).flatMap(([kind, { ends, input }]) =>
	// The command line tool waits a minute for each call: test/cli/hostile-answers.test.ts has its deadlines.
	ANSWERS.filter(([, { raw }]) => kind !== 'cli' || !raw).map(([name, reply]) => ({
		...{ kind, name: `on the wire: ${name}`, server: [reply], ends, input },
		...{ heapMb: 384, withinMs: 90_000 },
	})),
);
