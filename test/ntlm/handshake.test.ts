import {
	createWindowsHttpClient,
	type WindowsHttpClient,
} from '../../lib/ntlm/windows-http-client';
import { ConnectorError } from '../../lib/model/connector-error';
import { ACCOUNT, type Fault, startNtlmServer, type NtlmServer } from './helpers/ntlm-server';

type ServerOptions = Parameters<typeof startNtlmServer>[0];
type ClientOptions = Partial<Parameters<typeof createWindowsHttpClient>[0]>;

describe('the Windows login', () => {
	let server: NtlmServer;
	let client: WindowsHttpClient;

	const start = async (options: ServerOptions = {}, clientOptions: ClientOptions = {}) => {
		server = await startNtlmServer(options);
		client = createWindowsHttpClient({
			authentication: { kind: 'windows', ...ACCOUNT },
			...clientOptions,
		});
	};
	const get = (path = '/gp') => client.request({ method: 'GET', url: server.url + path });
	const legs = () => server.seen.map((seen) => seen.leg);
	const sockets = () => server.seen.map((seen) => seen.socket);
	const failure = async (promise: Promise<unknown>): Promise<ConnectorError> => {
		const error = await promise.then(
			() => new Error('no error came'),
			(reason: unknown) => reason,
		);
		expect(error).toBeInstanceOf(ConnectorError);
		return error as ConnectorError;
	};
	afterEach(async () => {
		client?.close();
		await server?.close();
	});

	describe('finds the scheme the server wants', () => {
		test.each([
			['NTLM alone', 'NTLM', 'NTLM'],
			['Negotiate alone', 'Negotiate', 'Negotiate'],
			['both joined in one header', 'Negotiate, NTLM', 'NTLM'],
			['both in two headers', ['Negotiate', 'NTLM'], 'NTLM'],
			['NTLM among others', 'Basic realm="GP, Inc.", NTLM', 'NTLM'],
		])('%s', async (_, offers, scheme) => {
			const sent: string[] = [];
			await start({ offers });
			server.options.serve = (request, response) => {
				sent.push((request.headers.authorization ?? '').split(' ')[0]);
				response.end('{}');
			};
			expect((await get()).status).toBe(200);
			expect(sent).toEqual([scheme]);
		});

		test('a server that wants no login gets none', async () => {
			await start({ open: () => true });
			await Promise.all([get(), get(), get()]);
			expect(legs()).toEqual(['plain', 'plain', 'plain']);
		});

		test('a server that offers nothing this credential can give is named as such', async () => {
			await start({ offers: 'Bearer authorization_uri="https://login.example/"' });
			const error = await failure(get());
			expect(error).toMatchObject({
				code: 'login-scheme-unsupported',
				details: { offered: ['Bearer'] },
			});
			expect(error.remedy).toContain('organizational accounts');
			expect(legs()).toEqual(['plain']);
		});

		test('Basic alone is refused unless the user allowed it', async () => {
			await start({ offers: 'Basic realm="GP"' });
			expect(await failure(get())).toMatchObject({ code: 'login-scheme-unsupported' });
			expect(legs()).toEqual(['plain']);
		});

		test('Basic is refused without TLS even if allowed', async () => {
			await start(
				{ offers: 'Basic realm="GP"' },
				{ authentication: { kind: 'windows', ...ACCOUNT, allowBasic: true } },
			);
			expect(await failure(get())).toMatchObject({ code: 'clear-text-login-refused' });
			expect(legs()).toEqual(['plain']);
		});
	});

	describe('names', () => {
		test.each([
			['DOMAIN\\user', { user: 'CONTOSO\\gpsvc' }, { domain: 'CONTOSO', user: 'gpsvc' }],
			['user@domain', { user: 'gpsvc@contoso.com' }, { domain: '', user: 'gpsvc@contoso.com' }],
			['a bare user', { user: 'gpsvc', domain: 'CONTOSO' }, { domain: 'CONTOSO', user: 'gpsvc' }],
			['umlauts', { user: 'jürgen', domain: 'MÜNCHEN' }, { domain: 'MÜNCHEN', user: 'jürgen' }],
		])('%s', async (_, authentication, account) => {
			await start(
				{ account: { ...account, password: 'Straße€9' } },
				{ authentication: { kind: 'windows', password: 'Straße€9', ...authentication } },
			);
			expect((await get()).status).toBe(200);
		});
	});

	describe('when the password is wrong', () => {
		const wrong: ClientOptions = {
			authentication: { kind: 'windows', ...ACCOUNT, password: 'not-it' },
			maxSockets: 12,
		};

		test('it is sent once, though pages follow', async () => {
			await start({}, wrong);
			const first = await failure(get());
			const later = await failure(get('/gp/page2'));
			expect(first).toMatchObject({
				code: 'windows-login-rejected',
				scope: 'configuration',
				retryable: false,
			});
			expect(first.message).toContain('CONTOSO\\gpsvc');
			expect(first.remedy).toContain('"Dynamics GP API" credential');
			expect(later).toBe(first);
			expect(legs()).toEqual(['plain', 'type1', 'type3']);
			expect(client.counters.rejectedLogins).toBe(1);
		});

		test.each(['connection', 'request'] as const)(
			'it is sent once, though twelve ask at the same time (per %s)',
			async (lasts) => {
				await start({ lasts }, wrong);
				const errors = await Promise.all(Array.from({ length: 12 }, () => failure(get())));
				expect(errors.every((error) => error.code === 'windows-login-rejected')).toBe(true);
				expect(server.type3).toHaveLength(1);
			},
		);

		test.each<[400 | 429 | 503, 'GET' | 'POST']>([
			[429, 'GET'],
			[400, 'POST'],
			[503, 'GET'],
			[503, 'POST'],
		])('a %s to the %s that carried it proves nothing', async (status, method) => {
			let faults = 1;
			await start(
				{ fault: (leg) => (leg === 'type3' && faults-- > 0 ? status : undefined) },
				wrong,
			);
			const body = method === 'POST' ? 'x' : undefined;
			const first = await client.request({ method, url: server.url, body });
			expect(first.status).toBe(status);
			await Promise.all(Array.from({ length: 12 }, () => failure(get())));
			expect(server.refusedLogins).toHaveLength(1);
		});

		test.each<[string, Fault | 'silence']>([
			['503', 503],
			['429', 429],
			['a close', 'close'],
			['half an answer', 'half-answer'],
			['garbage', 'garbage'],
			['silence', 'silence'],
		])('%s to the login: no more than two are sent, whoever waits', async (_, fault) => {
			await start(
				fault === 'silence'
					? { serve: () => {} }
					: { fault: (leg) => (leg === 'type3' ? fault : undefined) },
			);
			const ask = () =>
				client
					.request({ method: 'GET', url: server.url, timeoutMs: 300 })
					.catch((error: ConnectorError) => error);
			for (let round = 0; round < 4; round += 1) await Promise.all(Array.from({ length: 6 }, ask));
			expect(server.type3.length).toBeLessThanOrEqual(2);
			expect(await ask()).toMatchObject({ code: 'windows-login-interrupted', retryable: false });
		});

		test('those who waited behind a login without a verdict do not send theirs', async () => {
			let faults = 1;
			await start(
				{
					// Late enough for all to stand in line.
					serve: (_request, response) =>
						void (faults-- > 0
							? setTimeout(() => response.writeHead(503).end(), 200)
							: response.end('{}')),
				},
				{ maxSockets: 6 },
			);
			const first = await Promise.all(
				Array.from({ length: 6 }, () => get().catch((error: ConnectorError) => error)),
			);
			expect(first.filter((one) => 'status' in one && one.status === 503)).toHaveLength(1);
			expect(first.filter((one) => 'code' in one && one.retryable)).toHaveLength(5);
			expect((await get()).status).toBe(200);
			expect(server.type3).toHaveLength(2);
		});

		test('a password changed during the run is refused once as well', async () => {
			await start({ lasts: 'request' });
			await get();
			server.options.account = { ...ACCOUNT, password: 'changed' };
			expect(await failure(get())).toMatchObject({
				message: expect.stringContaining('earlier'),
				remedy: expect.stringMatching(/password was changed or the account locked meanwhile/),
			});
			await failure(get());
			expect(server.refusedLogins).toEqual(['wrong password']);
		});
	});

	describe('when the server sends nonsense', () => {
		test.each([
			['a cut challenge', () => 'TlRM', 'ntlm-challenge-malformed'],
			['a challenge of another protocol', () => 'oRUwE6ADCgEB', 'ntlm-challenge-malformed'],
			[
				'its own Type 1 back',
				() => Buffer.from('NTLMSSP\0\x01\0\0\0').toString('base64'),
				'ntlm-challenge-malformed',
			],
			['an empty challenge', () => '', 'login-scheme-unsupported'],
		])('%s gives a typed error', async (_, challenge, code) => {
			await start({ challenge });
			expect(await failure(get())).toMatchObject({ code });
			expect(server.type3).toHaveLength(0);
		});

		test('a challenge that only NTLMv1 could answer is refused', async () => {
			await start({ challenge: { flags: 0xe2898235 & ~0x00080000 } });
			expect(await failure(get())).toMatchObject({ code: 'ntlm-v1-refused' });
			expect(server.type3).toHaveLength(0);
		});

		test('a 401 without challenge to Type 1 ends it, rather than going round for ever', async () => {
			await start({ fault: (leg) => (leg === 'type1' ? 401 : undefined) });
			expect(await failure(get())).toMatchObject({ code: 'login-scheme-unsupported' });
			expect(legs()).toEqual(['plain', 'type1']);
		});
	});

	test('a 401 to Type 1 that names another scheme, or none, ends it too', async () => {
		for (const offers of ['Basic realm="GP"', []]) {
			await start();
			server.options.fault = (leg) => {
				if (leg !== 'type1') return undefined;
				server.options.offers = offers;
				return 401;
			};
			expect(await failure(get())).toMatchObject({
				code: 'login-scheme-unsupported',
				details: { offered: offers.length > 0 ? ['Basic'] : [] },
			});
			expect(legs()).toEqual(['plain', 'type1']);
			expect(server.type3).toHaveLength(0);
			client.close();
			await server.close();
		}
	});

	describe('keeps to one connection', () => {
		test('a 400 to Type 3 is taken for a lost connection: one new login on a new one', async () => {
			let faults = 1;
			await start({ fault: (leg) => (leg === 'type3' && faults-- > 0 ? 400 : undefined) });
			expect((await get()).status).toBe(200);
			expect(legs()).toEqual(['plain', 'type1', 'type3', 'type1', 'type3']);
			expect(sockets()).toEqual([1, 1, 1, 2, 2]);
		});

		test('a second 400 is the answer', async () => {
			await start({ fault: (leg) => (leg === 'type3' ? 400 : undefined) });
			expect((await get()).status).toBe(400);
			expect(legs().filter((leg) => leg === 'type3')).toHaveLength(2);
		});

		test('queries the site does not understand do not use up the login of those it does', async () => {
			await start({
				lasts: 'request',
				serve: (request, response) => {
					response.writeHead(request.url?.includes('filter') ? 400 : 200).end('{}');
				},
			});
			const statusOf = async (query: string) =>
				(await client.request({ method: 'GET', url: `${server.url}${query}` })).status;
			expect(await statusOf('?filter=v4')).toBe(400);
			expect(await statusOf('?filter=v3')).toBe(400);
			expect(await statusOf('')).toBe(200);
		});

		test('a site that answers every login with 400 is left alone after a few', async () => {
			await start({ fault: (leg) => (leg === 'type3' ? 400 : undefined) });
			for (let request = 0; request < 5; request++) expect((await get()).status).toBe(400);
			expect(await failure(get())).toMatchObject({
				code: 'windows-login-interrupted',
				retryable: false,
			});
			expect(legs().filter((leg) => leg === 'type3')).toHaveLength(10);
		});

		test.each(['type1', 'type3'] as const)('a close after %s: one new login', async (at) => {
			let faults = 1;
			await start({ fault: (leg) => (leg === at && faults-- > 0 ? 'close' : undefined) });
			expect((await get()).status).toBe(200);
			expect(new Set(sockets()).size).toBe(2);
			expect(server.splitHandshakes).toBe(0);
		});

		test('a close after every Type 3 is tried twice in all, however many requests follow', async () => {
			await start({ fault: (leg) => (leg === 'type3' ? 'close' : undefined) });
			expect(await failure(get())).toMatchObject({ code: 'connection-lost' });
			expect(await failure(get())).toMatchObject({
				code: 'windows-login-interrupted',
				retryable: false,
			});
			expect(await failure(get())).toMatchObject({ code: 'windows-login-interrupted' });
			expect(legs().filter((leg) => leg === 'type3')).toHaveLength(2);
		});

		test('a server that closes after its first 401 is logged in to on a new connection', async () => {
			await start({ fault: (leg) => (leg === 'plain' ? 'connection-close' : undefined) });
			expect((await get()).status).toBe(200);
			expect(sockets()).toEqual([1, 2, 2]);
		});

		test('a server that closes after its challenge cannot be logged in to, and is told so', async () => {
			await start({ fault: (leg) => (leg === 'type1' ? 'connection-close' : undefined) });
			expect(await failure(get())).toMatchObject({ code: 'windows-login-interrupted' });
			expect(server.type3).toHaveLength(0);
		});

		test('a login that expired on a kept connection is renewed on a new one', async () => {
			await start({ oneLoginPerConnection: true });
			await get();
			await get();
			let faults = 1;
			server.options.fault = (leg) => (leg === 'plain' && faults-- > 0 ? 401 : undefined);
			expect((await get()).status).toBe(200);
			expect(sockets().slice(-3)).toEqual([1, 2, 2]);
		});

		test('a server that takes no second login on a connection gets a new connection', async () => {
			await start({ oneLoginPerConnection: true });
			await get();
			let faults = 1;
			server.options.fault = (leg) => (leg === 'plain' && faults-- > 0 ? 401 : undefined);
			expect((await get()).status).toBe(200);
			expect(legs().slice(3)).toEqual(['plain', 'type1', 'type1', 'type3']);
		});

		test('a server that changes from login per connection to login per request is followed', async () => {
			await start({ lasts: 'connection' });
			await get();
			await get();
			server.options.lasts = 'request';
			for (let index = 0; index < 4; index += 1) expect((await get()).status).toBe(200);
			const before = server.seen.length;
			await get();
			expect(server.seen.length - before).toBe(2);
		});

		test('kept connections that the server closed meanwhile cost one new login, not an error', async () => {
			await start();
			await get();
			for (const socket of server.sockets) socket.destroy();
			expect((await get()).status).toBe(200);
			expect(client.counters.handshakes).toBe(2);
		});

		test('bytes nobody asked for make a kept connection unusable', async () => {
			await start();
			await get();
			for (const socket of server.sockets) {
				socket.write('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison');
			}
			await new Promise((resolve) => setTimeout(resolve, 50));
			expect((await get()).body.toString()).toBe('{"ok":true}');
			expect(sockets()).toEqual([1, 1, 1, 2, 2]);
		});
	});

	describe('sends bodies once', () => {
		const post = () => client.request({ method: 'POST', url: `${server.url}/gp`, body: '{"a":1}' });
		const bodies = () => server.seen.filter((seen) => seen.body !== '');

		test.each(['connection', 'request'] as const)('with Type 3 only, per %s', async (lasts) => {
			await start({ lasts });
			for (let index = 0; index < 3; index += 1) expect((await post()).status).toBe(200);
			expect(bodies().map((seen) => [seen.leg, seen.method])).toEqual([
				['type3', 'POST'],
				['type3', 'POST'],
				['type3', 'POST'],
			]);
		});

		test('on a connection of its own, where the server might take an empty Type 1 for the request', async () => {
			await start({ ignoresLoginOnceAuthenticated: true });
			await get();
			await get();
			expect((await post()).status).toBe(200);
			const posts = server.seen.filter((seen) => seen.method === 'POST');
			expect(posts.map(({ leg, body, status }) => [leg, body, status])).toEqual([
				['type1', '', 401],
				['type3', '{"a":1}', 200],
			]);
		});

		test('also where no login is wanted', async () => {
			await start({ open: () => true });
			expect((await post()).status).toBe(200);
			expect(bodies()).toHaveLength(1);
			expect(server.seen.filter((seen) => seen.method === 'POST')).toHaveLength(1);
			// The question whether a login is wanted and the request itself share a connection.
			expect(sockets()).toEqual([1, 1]);
		});

		test('also where a login is wanted for POST only: the next try knows', async () => {
			await start({ open: (_, method) => method === 'HEAD' });
			expect(await failure(post())).toMatchObject({
				code: 'windows-login-interrupted',
				retryable: true,
			});
			expect(bodies()).toHaveLength(1);
			expect((await post()).status).toBe(200);
			expect(bodies()).toHaveLength(2);
		});

		test('and not again when the connection breaks after it, since it may have been acted upon', async () => {
			await start({ fault: (leg) => (leg === 'type3' ? 'close' : undefined) });
			expect(await failure(post())).toMatchObject({ code: 'connection-lost', retryable: true });
			expect(bodies()).toHaveLength(1);
		});

		test('a 400 that answers a body is handed back', async () => {
			await start({ fault: (leg) => (leg === 'type3' ? 400 : undefined) });
			expect((await post()).status).toBe(400);
			expect(bodies()).toHaveLength(1);
		});
	});

	test('any other status is handed back as it is, and not asked for again', async () => {
		await start();
		server.options.serve = (_request, response) => {
			response.writeHead(503, { 'Retry-After': '7' });
			response.end('busy');
		};
		const answer = await get();
		expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '7' } });
		expect(answer.body.toString()).toBe('busy');
		expect(server.seen).toHaveLength(3);
	});

	test('the randomness and the clock are those handed in', async () => {
		const asked: number[] = [];
		await start(
			{ challenge: { withTimestamp: false } },
			{
				randomBytes: (count) => {
					asked.push(count);
					return Buffer.alloc(count, 0x5a);
				},
				now: () => Date.UTC(2026, 0, 1),
			},
		);
		await get();
		expect(asked).toEqual([8]);
		expect(server.type3[0].includes(Buffer.alloc(8, 0x5a))).toBe(true);
	});
});
