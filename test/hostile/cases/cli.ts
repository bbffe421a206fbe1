import type { HostileCase } from '../case.types';
import { CANARY } from '../case.types';

const long = (repeat: string, times = 100_000) => ({ repeat, times });
const json = (body: unknown) => [{ body: JSON.stringify(body) }];
const echo = (body: string, status = 403) => [{ status, body: JSON.stringify({ message: body }) }];
/** Codes with which the tool ends: n8n refused, does not answer, or answered what n8n would not. */
const TYPED = ['n8n-answer', 'n8n-refused', 'n8n-unreachable', 'scope-missing'];
const INSTALL = { argv: ['install', '--url', '{url}'] };

const answers: Array<[name: string, server: HostileCase['server'], more?: Partial<HostileCase>]> = [
	['nothing', [{ body: '' }]],
	['null', json(null)],
	['a number', json(1)],
	['a list', json([1, null, {}])],
	['data that are null', json({ data: null })],
	['data of nulls', json({ data: [null, 1, 'x'], nextCursor: null })],
	['half a body', [{ body: '{"data":[' }]],
	['half a body and a cut', [{ body: '{"data":[', cut: true }]],
	['deep lists', [{ body: [{ repeat: '[', times: 500_000 }] }]],
	[
		'deep data',
		[
			{
				body: [
					'{"data":',
					{ repeat: '{"a":', times: 50_000 },
					'1',
					{ repeat: '}', times: 50_000 },
					'}',
				],
			},
		],
	],
	['a body without end', [{ endless: '{"data":[],' }]],
	['an error without end', [{ status: 500, endless: 'x' }]],
	[
		'60 MB of rows',
		[{ body: ['{"data":[', { repeat: '{"id":"1","name":"x"},', times: 2_700_000 }, '{}]}'] }],
	],
	[
		'a cursor in circles',
		json({ data: [{ id: '1', name: 'a', nodes: [], connections: {} }], nextCursor: 'again' }),
	],
	['new cursors for ever', [{ body: '{"data":[{"id":"{n}","name":"a"}],"nextCursor":"{n}"}' }]],
	['a redirect to another server', [{ status: 302, headers: { location: '{other}/api' } }]],
	['a redirect in circles', [{ status: 301, headers: { location: '/again' } }]],
	['HTML', [{ headers: { 'content-type': 'text/html' }, body: '<html><script>1</script>' }]],
	['escapes of a terminal', echo('\u001b[2J\u001b]0;x\u0007\u009b31m\u202e')],
	['line breaks', echo('a\r\nDone. Everything is installed.\n')],
	['comments of markup', [{ status: 500, body: [{ repeat: '<!-- -->', times: 2_000 }] }]],
	[
		'a name of a megabyte',
		[{ body: ['{"data":[{"id":"1","name":"', { repeat: 'x', times: 900_000 }, '"}]}'] }],
	],
	['the key', echo(`you sent ${CANARY.token}`)],
	['the key in base64', echo(Buffer.from(`me:${CANARY.token}`).toString('base64'))],
	['the key in hexadecimal', echo(Buffer.from(CANARY.token).toString('hex'))],
	['the key in an address', echo(`https://x/?k=${encodeURIComponent(CANARY.token)}`)],
	[
		'the key as a workflow',
		json({ data: [{ id: CANARY.token, name: CANARY.token, nodes: [{ name: CANARY.token }] }] }),
	],
	['__proto__', [{ body: '{"data":[{"__proto__":{"id":"x"},"constructor":1}]}' }]],
	['gzip that is none', [{ headers: { 'content-encoding': 'gzip' }, body: 'x' }]],
	['a status of 429', [{ status: 429, headers: { 'retry-after': '1000000000' } }]],
	['a status of 999', [{ status: 599, body: '{}' }]],
];

const cases: Array<Omit<HostileCase, 'kind'>> = [
	...answers.flatMap(
		([name, server, more]): Array<Omit<HostileCase, 'kind'>> => [
			{ name: `doctor: ${name}`, server, ends: TYPED, withinMs: 60_000, heapMb: 384, ...more },
			{
				name: `install: ${name}`,
				server,
				input: INSTALL,
				ends: TYPED,
				withinMs: 60_000,
				heapMb: 384,
				...more,
			},
		],
	),
	{
		name: 'an address of a megabyte',
		input: { argv: ['doctor', '--url', long('http://a')] },
		ends: 'usage',
	},
	{
		name: 'an address with a login',
		input: { argv: ['doctor', '--url', `http://me:${CANARY.password}@127.0.0.1:9`] },
		ends: 'usage',
	},
	{
		name: 'an address that is a file',
		input: { argv: ['doctor', '--url', 'file:///etc/passwd'] },
		ends: 'usage',
	},
	{
		name: 'a key with a line break',
		input: { environment: { N8N_API_KEY: `${CANARY.token}\r\nx: y` } },
		ends: 'usage',
	},
	{
		name: 'a key of a megabyte',
		input: { environment: { N8N_API_KEY: long('k', 1_000_000) } },
		ends: 'usage',
	},
	{ name: 'a command of escapes', input: { argv: ['\u001b[2J'] }, ends: 'usage' },
	{ name: 'an option of a megabyte', input: { argv: ['doctor', long('--x')] }, ends: 'usage' },
];

export const CLI_CASES: HostileCase[] = cases.map((test) => ({ ...test, kind: 'cli' }));
