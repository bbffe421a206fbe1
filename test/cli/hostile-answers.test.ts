import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { ApiClient } from '../../cli/api/api-client';
import { runCommand } from '../../cli/run-command';
import { describeFailure } from '../../cli/terminal/failure';
import { printable } from '../../cli/terminal/printable';
import { readShipped } from '../../cli/shipped/shipped';

const KEY = 'eyCanary-Key_0123456789.abcdefgh';
const ESCAPE = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202e';

let stop: () => void = () => {};
afterEach(() => stop());

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void) {
	let calls = 0;
	const server = createServer((request, response) => {
		calls += 1;
		response.on('error', () => undefined);
		answer(request, response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	stop = () => {
		server.closeAllConnections();
		server.close();
	};
	const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		address,
		calls: () => calls,
		client: (more = {}) => new ApiClient({ address, apiKey: KEY, fetch, ...more }),
	};
}

const json = (response: ServerResponse, status: number, body: unknown) =>
	response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** Runs a command as the program does, and keeps all that would stand in the terminal. */
async function run(argv: string[], environment: Record<string, string> = {}) {
	let shown = '';
	const outside = {
		environment,
		print: (text: string) => (shown += `${text}\n`),
		terminal: { input: new PassThrough(), output: new PassThrough() } as never,
		fetch,
	};
	const code = await runCommand(argv, outside).catch((error: unknown) => {
		const failure = describeFailure(error, {});
		shown += failure.text;
		return failure.code;
	});
	return { code, shown };
}

describe('the key', () => {
	test.each([
		['a line break', `${KEY}\n`],
		['a line break within', 'eyCanary-Key\r\nx-other: 1'],
		['a blank', 'eyCanary- Key012345'],
		['a blank that is none of ASCII', 'eyCanary-\u00a0Key012345'],
		['a letter above a byte', 'eyCanary-Key01234\u20ac'],
		['an escape', 'eyCanary-\u001b[31mKey012345'],
		['no length', 'eyC'],
		['a length without end', 'eyCanary'.repeat(10_000)],
	])('with %s is refused before anything is sent, and not shown', async (_what, key) => {
		const { address, calls } = await serve((_request, response) => json(response, 200, {}));
		const { code, shown } = await run(['doctor', '--url', address], { N8N_API_KEY: key });
		expect(code).toBe(2);
		expect(shown).toContain('Nothing was sent.');
		expect(shown).not.toContain(key.slice(0, 12));
		expect(calls()).toBe(0);
	});

	test.each([
		['as it is', (key: string) => key],
		['in a header', (key: string) => `x-n8n-api-key: ${key}`],
		['in base64', (key: string) => Buffer.from(`user:${key}`).toString('base64')],
		['in an address', (key: string) => `https://x/?k=${encodeURIComponent(key)}`],
		['in hexadecimal', (key: string) => Buffer.from(key).toString('hex')],
		['in capitals', (key: string) => key.toUpperCase()],
		['cut by an escape', (key: string) => `${key.slice(0, 9)}\u001b${key.slice(9)}`],
		['cut by a sign that turns', (key: string) => `${key.slice(0, 9)}\u200f${key.slice(9)}`],
		['very often', (key: string) => `${key} `.repeat(1_500)],
	])('that a server repeats %s is not shown', async (_how, echo) => {
		for (const status of [400, 403, 404, 500]) {
			const { address } = await serve((request, response) =>
				json(response, status, { message: echo(String(request.headers['x-n8n-api-key'])) }),
			);
			const { code, shown } = await run(['doctor', '--url', address, '--api-key', KEY]);
			stop();
			expect(code).toBe(1);
			const bare = shown.toLowerCase().replace(/[^a-z0-9]/g, '');
			expect(bare).not.toContain('canarykey');
			expect(shown.toLowerCase()).not.toContain(Buffer.from(KEY).toString('hex').slice(0, 24));
			expect(shown).not.toContain(Buffer.from(`user:${KEY}`).toString('base64').slice(12, 36));
		}
	});

	test('that a redirect repeats is not shown', async () => {
		const { address } = await serve((_request, response) =>
			response.writeHead(302, { location: `https://other.example/?key=${KEY}` }).end(),
		);
		const { shown } = await run(['doctor', '--url', address, '--api-key', KEY]);
		expect(shown).toContain('other.example');
		expect(shown).not.toContain('Canary');
	});

	test.each([KEY, 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'n8n_api_0123456789', 'k e:y/'])(
		'given as the address (%s) is not shown',
		async (key) => {
			const { code, shown } = await run(['doctor', '--url', key.replace('eyC', 'eyJ')], {
				N8N_API_KEY: KEY,
			});
			expect(code).toBe(2);
			expect(shown.toLowerCase()).not.toContain(key.toLowerCase());
		},
	);

	test('of an address with a login is not asked for, and the login is not shown', async () => {
		const { code, shown } = await run(['doctor', '--url', 'http://me:Canary@localhost'], {
			N8N_API_KEY: KEY,
		});
		expect(code).toBe(2);
		expect(shown).not.toContain('Canary');
	});
});

describe('what the terminal would obey', () => {
	const template = readShipped().templates.find(({ id }) => id === 'gpp-sync')!;

	test.each(['message', 'name'])('is left out of a %s', async (where) => {
		const { address } = await serve((request, response) => {
			if (where === 'message')
				return json(response, 400, { message: `${ESCAPE}sorry\rgone\u0000` });
			const { nodes, connections } = template;
			const workflow = {
				id: template.id,
				name: template.name,
				...{ nodes, connections, settings: {} },
				active: true,
				isArchived: false,
				versionId: 'a',
				activeVersionId: 'a',
			};
			// One made for a second company is shown by the name it has in n8n.
			const copy = (of: typeof workflow) => ({
				...{ ...of, id: `2${ESCAPE}`, name: `GP to Procore: second${ESCAPE} company` },
				nodes: nodes.map((node) => ({ ...node, id: `copy of ${node.id}` })),
			});
			if (request.url!.endsWith('/community-packages')) return json(response, 200, []);
			const lists = /\/(workflows|credentials|data-tables|executions)/;
			return json(response, 200, {
				data: request.url!.includes('/workflows')
					? [workflow, copy(workflow)]
					: lists.test(request.url!)
						? []
						: {},
			});
		});
		const { shown } = await run(['doctor', '--url', address, '--api-key', KEY]);
		expect(shown).toMatch(where === 'message' ? /sorry/ : /Workflow "GP to Procore: second/);
		// eslint-disable-next-line no-control-regex -- these are what is looked for
		expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
	});

	test('is left out of any text, and line breaks stay', () => {
		expect(printable(`a\tb\n${ESCAPE}c`)).toBe('a b\n]0;owned[2J31mc');
	});
});

describe('an answer that does not end', () => {
	test('the same cursor twice', async () => {
		const { client, calls } = await serve((_request, response) =>
			json(response, 200, { data: [{ id: 1 }], nextCursor: 'again' }),
		);
		await expect(client().list('/things')).rejects.toMatchObject({
			code: 'n8n-answer',
			message: expect.stringContaining('circle'),
		});
		expect(calls()).toBe(2);
	});

	test('cursors in a larger circle', async () => {
		const { client, calls } = await serve((_request, response) =>
			json(response, 200, { data: [], nextCursor: `c${calls() % 3}` }),
		);
		await expect(client().list('/things')).rejects.toMatchObject({ code: 'n8n-answer' });
		expect(calls()).toBeLessThan(6);
	});

	test('always another cursor', async () => {
		const { client, calls } = await serve((_request, response) =>
			json(response, 200, { data: [], nextCursor: `c${calls()}` }),
		);
		await expect(client().list('/things')).rejects.toMatchObject({ code: 'n8n-answer' });
		expect(calls()).toBe(400);
	});

	test('pages that take their time', async () => {
		const { client, calls } = await serve((_request, response) =>
			setTimeout(() => json(response, 200, { data: [], nextCursor: `c${calls()}` }), 20),
		);
		await expect(client({ listTimeout: 100 }).list('/things')).rejects.toMatchObject({
			code: 'n8n-answer',
			message: expect.stringContaining('in time'),
		});
		expect(calls()).toBeLessThan(20);
	});

	test('a body as fast as it is taken', async () => {
		let sent = 0;
		const { client } = await serve((_request, response) => {
			const chunk = 'x'.repeat(65_536);
			const more = () => {
				while (!response.destroyed && response.write(chunk)) sent += chunk.length;
				sent += chunk.length;
			};
			response.on('drain', more);
			more();
		});
		await expect(client({ maxBytes: 1_000_000 }).get('/things')).rejects.toMatchObject({
			code: 'n8n-answer',
		});
		expect(sent).toBeLessThan(20_000_000);
	});

	test.each([200, 400])('a body that stands still (status %s)', async (status) => {
		const { client } = await serve((_request, response) => {
			response.writeHead(status);
			response.write('{');
		});
		const started = Date.now();
		await expect(client({ timeout: 150 }).get('/things')).rejects.toMatchObject({
			code: 'n8n-unreachable',
			message: expect.stringContaining('no answer in time'),
		});
		expect(Date.now() - started).toBeLessThan(5_000);
	});

	test('a body that drips', async () => {
		const { client } = await serve((_request, response) => {
			const timer = setInterval(() => response.write(' '), 20);
			response.on('close', () => clearInterval(timer));
		});
		await expect(client({ timeout: 200 }).get('/things')).rejects.toMatchObject({
			code: 'n8n-unreachable',
		});
	});

	test('a connection that is cut in the body', async () => {
		const { client } = await serve((_request, response) => {
			response.writeHead(200, { 'content-length': '1000' });
			response.write('{"data":[');
			setTimeout(() => response.destroy(), 20);
		});
		await expect(client().get('/things')).rejects.toMatchObject({ code: 'n8n-unreachable' });
	});
});

test.each([
	['nothing', 'null'],
	['a number', '1'],
	['no list', '{"data":{}}'],
	['depth', `{"data":${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
	['text that is no JSON', '<html>'],
	['half of it', '{"data":[{"id":'],
])('a list that is %s ends with a typed error', async (_what, body) => {
	const { client } = await serve((_request, response) => response.end(body));
	await expect(client().list('/things')).rejects.toMatchObject({
		code: expect.stringMatching(/^n8n-(answer|unreachable)$/),
	});
});

test.each([
	'[]',
	'{}',
	'{"data":{}}',
	'{"data":null}',
	'{"data":[{}]}',
	'{"data":[{"nodes":7}]}',
	'7',
])('%s as the answer to everything shows no stack trace', async (body) => {
	const { address } = await serve((_request, response) => response.end(body));
	for (const command of ['doctor', 'install']) {
		const { code, shown } = await run([command, '--url', address, '--api-key', KEY]);
		expect(code).toBe(1);
		expect(shown).not.toMatch(/TypeError|RangeError|^\s+at |should not have happened/m);
	}
});
