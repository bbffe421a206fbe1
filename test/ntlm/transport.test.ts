import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { createWindowsHttpClient } from '../../lib/ntlm/windows-http-client';
import { ACCOUNT, startNtlmServer, type NtlmServer } from './helpers/ntlm-server';
import { failureOf, withClient, type ClientOptions } from './helpers/with-client';

let server: NtlmServer;
const start = async (options: Parameters<typeof startNtlmServer>[0] = {}) => {
	server = await startNtlmServer(options);
};
afterEach(async () => {
	await server?.close();
});

const NONE: ClientOptions = { authentication: { kind: 'none' } };

describe('redirects', () => {
	test('within the origin are followed, still logged in', async () => {
		await start({
			serve: (request, response) => {
				if (request.url === '/old') response.writeHead(302, { Location: '/new?a=1' });
				response.end(request.url);
			},
		});
		const answer = await withClient({}, (client) =>
			client.request({ method: 'GET', url: `${server.url}/old` }),
		);
		expect(answer.body.toString()).toBe('/new?a=1');
		expect(answer.url).toBe(`${server.url}/new?a=1`);
		expect(server.type3).toHaveLength(1);
	});

	test.each(['302', '301', '307', '308'])(
		'to another origin (%s) are refused, and nothing is sent there',
		async (status) => {
			const elsewhere = await startNtlmServer();
			await start({
				serve: (_request, response) => {
					response.writeHead(Number(status), { Location: `${elsewhere.url}/gp?secret=1` });
					response.end();
				},
			});
			try {
				const error = await failureOf(
					withClient({}, (client) => client.request({ method: 'GET', url: `${server.url}/gp` })),
				);
				expect(error).toMatchObject({
					code: 'redirect-refused',
					details: { target: `${elsewhere.url}/gp` },
				});
				expect(elsewhere.seen).toHaveLength(0);
			} finally {
				await elsewhere.close();
			}
		},
	);

	test('before any login are refused just the same', async () => {
		await start({
			open: () => true,
			serve: (_request, response) => {
				response.writeHead(302, { Location: 'http://other.invalid/' });
				response.end();
			},
		});
		expect(
			await failureOf(
				withClient({}, (client) => client.request({ method: 'GET', url: server.url })),
			),
		).toMatchObject({ code: 'redirect-refused' });
	});

	test('in circles end', async () => {
		await start({
			open: () => true,
			serve: (_request, response) => {
				response.writeHead(302, { Location: '/again' });
				response.end();
			},
		});
		expect(
			await failureOf(
				withClient({}, (client) => client.request({ method: 'GET', url: server.url })),
			),
		).toMatchObject({ code: 'redirect-refused', message: expect.stringContaining('circles') });
		expect(server.seen).toHaveLength(6);
	});

	test.each([
		['a redirect that leads nowhere', 302, {}],
		['an answer that is none, with an address', 201, { Location: 'http://other.invalid/new' }],
		['a status near the redirects', 304, { Location: '/new' }],
	])('%s is the answer', async (_what, status, headers) => {
		await start({
			open: () => true,
			serve: (_request, response) => {
				response.writeHead(status, headers);
				response.end();
			},
		});
		const answer = await withClient({}, (client) =>
			client.request({ method: 'GET', url: server.url }),
		);
		expect(answer.status).toBe(status);
		expect(server.seen).toHaveLength(1);
	});

	test('of a POST are refused, since its body goes out once', async () => {
		await start({
			serve: (_request, response) => {
				response.writeHead(307, { Location: '/elsewhere' });
				response.end();
			},
		});
		expect(
			await failureOf(
				withClient({}, (client) => client.request({ method: 'POST', url: server.url, body: 'x' })),
			),
		).toMatchObject({ code: 'redirect-refused' });
	});
});

describe('time', () => {
	const never = { serve: () => {} };

	test('a server that does not answer in time gives a typed error', async () => {
		await start(never);
		const error = await failureOf(
			withClient({}, (client) =>
				client.request({ method: 'GET', url: server.url, timeoutMs: 150 }),
			),
		);
		expect(error).toMatchObject({
			code: 'request-timeout',
			retryable: true,
			details: { phase: 'answer', milliseconds: 150 },
		});
	});

	test('a TLS greeting that is never answered runs into the connect timeout', async () => {
		const mute = net.createServer((socket) => socket.on('error', () => {}));
		await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
		const { port } = mute.address() as net.AddressInfo;
		const error = await failureOf(
			withClient({ connectTimeoutMs: 150 }, (client) =>
				client.request({ method: 'GET', url: `https://127.0.0.1:${port}/` }),
			),
		);
		mute.close();
		expect(error).toMatchObject({ code: 'request-timeout', details: { phase: 'connect' } });
	});

	test('the stop button ends the request under way, those in line and those to come', async () => {
		await start(never);
		const stop = new AbortController();
		await withClient({ maxSockets: 2 }, async (client) => {
			const request = { method: 'GET', url: server.url, signal: stop.signal } as const;
			const pending = Array.from({ length: 15 }, () => failureOf(client.request(request)));
			setTimeout(() => stop.abort(), 100);
			const errors = await Promise.all(pending);
			expect(errors.map((error) => error.code)).toEqual(Array(15).fill('request-aborted'));
			expect(await failureOf(client.request(request))).toMatchObject({ code: 'request-aborted' });
		});
	});

	test('a stopped request leaves the client usable for others', async () => {
		await start({ lasts: 'connection' });
		await withClient({ maxSockets: 1 }, async (client) => {
			await client.request({ method: 'GET', url: server.url });
			server.options.serve = () => {};
			const error = await failureOf(
				client.request({ method: 'GET', url: server.url, signal: AbortSignal.timeout(60) }),
			);
			expect(error.code).toBe('request-aborted');
			server.options.serve = undefined;
			expect((await client.request({ method: 'GET', url: server.url })).status).toBe(200);
		});
	});

	test('closing the client ends what is under way', async () => {
		await start(never);
		const client = createWindowsHttpClient({ authentication: { kind: 'windows', ...ACCOUNT } });
		const pending = failureOf(client.request({ method: 'GET', url: server.url }));
		setTimeout(() => client.close(), 60);
		expect(await pending).toMatchObject({ code: 'request-aborted' });
		expect(await failureOf(client.request({ method: 'GET', url: server.url }))).toMatchObject({
			code: 'request-aborted',
		});
	});
});

describe('the network', () => {
	const getFrom = (url: string, options: ClientOptions = {}) =>
		failureOf(withClient(options, (client) => client.request({ method: 'GET', url })));

	test('a port nobody listens on', async () => {
		await start();
		const { port } = server;
		await server.close();
		expect(await getFrom(`http://127.0.0.1:${port}/x?secret=1`)).toMatchObject({
			code: 'connection-refused',
			retryable: true,
			details: { address: `http://127.0.0.1:${port}/x` },
		});
	});

	test('a name that does not exist', async () => {
		const error = await getFrom('http://gp.invalid/');
		expect(error).toMatchObject({ code: 'host-not-found' });
		expect(error.message).toContain('gp.invalid');
	});

	test.each(['', 'gp.contoso.com', 'ftp://gp/', 'http://'])('the address %j', async (url) => {
		expect(await getFrom(url)).toMatchObject({ code: 'request-invalid' });
	});

	test('an answer that is not HTTP', async () => {
		await start({ fault: () => 'garbage' });
		expect(await getFrom(server.url)).toMatchObject({ code: 'response-malformed' });
	});

	test('an answer cut in the middle', async () => {
		await start({ fault: () => 'half-answer' });
		expect(await getFrom(server.url, NONE)).toMatchObject({
			code: 'connection-lost',
			retryable: true,
		});
	});

	test('an answer larger than allowed', async () => {
		await start({
			open: () => true,
			serve: (_request, response) => response.end('x'.repeat(2000)),
		});
		const error = await failureOf(
			withClient(NONE, (client) =>
				client.request({ method: 'GET', url: server.url, maxBodyBytes: 1000 }),
			),
		);
		expect(error).toMatchObject({ code: 'response-too-large', details: { maxBodyBytes: 1000 } });
	});

	test('an answer just as large as allowed', async () => {
		await start({
			open: () => true,
			serve: (_request, response) => response.end('x'.repeat(1000)),
		});
		const { body } = await withClient(NONE, (client) =>
			client.request({ method: 'GET', url: server.url, maxBodyBytes: 1000 }),
		);
		expect(body).toHaveLength(1000);
	});

	test('an answer that ends with the connection is read whole', async () => {
		const old = net.createServer((socket) => {
			socket.on('error', () => {});
			socket.once('data', () => socket.end('HTTP/1.0 200 OK\r\n\r\nold but whole'));
		});
		await new Promise<void>((resolve) => old.listen(0, '127.0.0.1', resolve));
		const { port } = old.address() as net.AddressInfo;
		const answer = await withClient(NONE, (client) =>
			client.request({ method: 'GET', url: `http://127.0.0.1:${port}/` }),
		);
		old.close();
		expect(answer.body.toString()).toBe('old but whole');
	});

	test('a header with a line break is refused before anything is sent', async () => {
		await start();
		const error = await failureOf(
			withClient(NONE, (client) =>
				client.request({ method: 'GET', url: server.url, headers: { 'X-A': 'b\r\nX-Evil: 1' } }),
			),
		);
		expect(error).toMatchObject({ code: 'request-invalid' });
		expect(server.seen).toHaveLength(0);
	});

	test("the caller's headers go along, except those that belong to the connection", async () => {
		let headers: NodeJS.Dict<string | string[]> = {};
		await start({
			open: () => true,
			serve: (request, response) => {
				headers = request.headers;
				response.end();
			},
		});
		await withClient(NONE, (client) =>
			client.request({
				method: 'GET',
				url: server.url,
				headers: {
					Accept: 'application/json',
					Authorization: 'NTLM x',
					Host: 'evil',
					Connection: 'close',
				},
			}),
		);
		expect(headers).toMatchObject({
			accept: 'application/json',
			host: `127.0.0.1:${server.port}`,
			connection: 'keep-alive',
		});
		expect(headers.authorization).toBeUndefined();
	});
});

describe('other logins', () => {
	test('an access token goes with each request', async () => {
		const tokens: unknown[] = [];
		await start({
			open: () => true,
			serve: (request, response) => {
				tokens.push(request.headers.authorization);
				response.end();
			},
		});
		// As pasted, with the end of the line.
		await withClient({ authentication: { kind: 'bearer', token: ' abc\n' } }, async (client) => {
			await client.request({ method: 'GET', url: server.url });
			await client.request({ method: 'GET', url: server.url });
		});
		expect(tokens).toEqual(['Bearer abc', 'Bearer abc']);
	});

	test('a refused access token is not sent again', async () => {
		await start();
		await withClient({ authentication: { kind: 'bearer', token: 'abc' } }, async (client) => {
			const get = () => failureOf(client.request({ method: 'GET', url: server.url }));
			const errors = await Promise.all([get(), get(), get()]);
			expect(errors.map((error) => error.code)).toEqual(Array(3).fill('windows-login-rejected'));
		});
		expect(server.seen).toHaveLength(1);
	});

	test.each<[string, ClientOptions['authentication'], string]>([
		['a password by Basic', { kind: 'basic', user: 'u', password: 'p' }, 'http://127.0.0.1:1/'],
		['an access token', { kind: 'bearer', token: 't' }, 'http://gp.contoso.com/'],
	])('%s is never sent without TLS', async (_, authentication, url) => {
		const error = await failureOf(
			withClient({ authentication }, (client) => client.request({ method: 'GET', url })),
		);
		expect(error).toMatchObject({ code: 'clear-text-login-refused', scope: 'configuration' });
	});

	test('no login at all: a 401 is the answer', async () => {
		await start();
		const answer = await withClient(NONE, (client) =>
			client.request({ method: 'GET', url: server.url }),
		);
		expect(answer.status).toBe(401);
		expect(answer.headers['www-authenticate']).toBeUndefined();
	});

	describe('on a connection that breaks', () => {
		const sockets = () => server.seen.map((seen) => seen.socket);
		const answers = async (count: number, body?: string) =>
			await withClient(NONE, async (client) => {
				const seen: Array<number | string> = [];
				const method = body === undefined ? 'GET' : 'POST';
				for (let number = 0; number < count; number += 1)
					await client.request({ method, url: server.url, body }).then(
						({ status }) => seen.push(status),
						({ code }: { code: string }) => seen.push(code),
					);
				return seen;
			});

		test('a kept one is replaced once', async () => {
			await start({ open: () => true, fault: (_, number) => (number === 2 ? 'close' : undefined) });
			expect(await answers(3)).toEqual([200, 200, 200]);
			expect(sockets()).toEqual([1, 1, 2, 2]);
		});

		test('the one in its place is not', async () => {
			await start({ open: () => true, fault: (_, number) => (number > 1 ? 'close' : undefined) });
			expect(await answers(2)).toEqual([200, 'connection-lost']);
			expect(sockets()).toEqual([1, 1, 2]);
		});

		test('a new one is not', async () => {
			await start({ open: () => true, fault: () => 'close' });
			expect(await answers(1)).toEqual(['connection-lost']);
			expect(sockets()).toEqual([1]);
		});

		test('garbage is no broken connection: nobody asks again', async () => {
			await start({ open: () => true, fault: (_, number) => (number > 1 ? 'garbage' : undefined) });
			expect(await answers(2)).toEqual([200, 'response-malformed']);
			expect(sockets()).toEqual([1, 1]);
		});

		test('a body goes on a new one, once', async () => {
			await start({ open: () => true, fault: (_, number) => (number > 1 ? 'close' : undefined) });
			expect(await answers(2, 'x')).toEqual([200, 'connection-lost']);
			expect(sockets()).toEqual([1, 2]);
		});
	});

	test('a login without user is refused when the client is made', () => {
		expect(() =>
			createWindowsHttpClient({ authentication: { kind: 'windows', user: ' ', password: 'x' } }),
		).toThrow(expect.objectContaining({ code: 'request-invalid' }));
	});
});

describe('the pool', () => {
	test('never has more connections than allowed', async () => {
		await start();
		await withClient({ maxSockets: 3 }, async (client) => {
			await Promise.all(
				Array.from({ length: 60 }, () => client.request({ method: 'GET', url: server.url })),
			);
			expect(server.sockets.size).toBeLessThanOrEqual(3);
		});
	});

	test('closes the longest idle connection when another server needs the room', async () => {
		await start();
		const other = await startNtlmServer();
		try {
			await withClient({ maxSockets: 1 }, async (client) => {
				await client.request({ method: 'GET', url: server.url });
				await client.request({ method: 'GET', url: other.url });
				await new Promise((resolve) => setTimeout(resolve, 30));
				expect([server.sockets.size, other.sockets.size]).toEqual([0, 1]);
			});
		} finally {
			await other.close();
		}
	});

	test('keeps connections of two servers apart', async () => {
		await start();
		const other = await startNtlmServer();
		try {
			await withClient({ maxSockets: 2 }, async (client) => {
				for (let index = 0; index < 4; index += 1) {
					await client.request({ method: 'GET', url: server.url });
					await client.request({ method: 'GET', url: other.url });
				}
			});
			expect([server.type3.length, other.type3.length]).toEqual([1, 1]);
		} finally {
			await other.close();
		}
	});

	test('leaves no listener behind after many requests', async () => {
		await start();
		const stop = new AbortController();
		const warnings: string[] = [];
		const note = (warning: Error) => warnings.push(String(warning));
		process.on('warning', note);
		await withClient({ maxSockets: 12 }, async (client) => {
			for (let round = 0; round < 5; round += 1) {
				await Promise.all(
					Array.from({ length: 40 }, () =>
						client.request({ method: 'GET', url: server.url, signal: stop.signal }),
					),
				);
			}
		});
		await new Promise((resolve) => setImmediate(resolve));
		process.off('warning', note);
		expect(warnings).toEqual([]);
	});
});

test.each([200, 503])(
	'a question whose HEAD is answered %i without a length goes out once, on a fresh connection',
	async (status) => {
		const seen: string[] = [];
		const server = http.createServer((request, response) => {
			seen.push(request.method ?? '');
			request.resume();
			response.statusCode = status;
			response.setHeader('Content-Type', 'text/html');
			if (request.method === 'HEAD') response.end();
			else response.end('answer');
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const client = createWindowsHttpClient({
			authentication: { kind: 'windows', domain: 'CONTOSO', user: 'gp', password: 'secret' },
		});
		try {
			const { port } = server.address() as AddressInfo;
			const answer = await client.request({
				method: 'POST',
				url: `http://127.0.0.1:${port}/`,
				body: '<question/>',
			});
			expect(answer).toMatchObject({ status, body: Buffer.from('answer') });
			expect(seen).toEqual(['HEAD', 'POST']);
		} finally {
			client.close();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		}
	},
);
