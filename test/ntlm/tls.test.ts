import net from 'node:net';
import tls from 'node:tls';
import { channelBindingOf, elementAt, endPointHash } from '../../lib/ntlm/messages/ntlmv2';
import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { ACCOUNT, startNtlmServer, type NtlmServer } from './helpers/ntlm-server';
import { readType3 } from './helpers/reference-ntlm';
import { opensslIsThere, TestAuthority, type KeyPair } from './helpers/test-certificates';
import { failureOf, withClient, type ClientOptions } from './helpers/with-client';

const describeWithOpenssl = opensslIsThere ? describe : describe.skip;

describeWithOpenssl('TLS (skipped where the openssl program is missing)', () => {
	let authority: TestAuthority;
	let good: KeyPair;
	let server: NtlmServer | undefined;

	beforeAll(() => {
		authority = new TestAuthority();
		good = authority.issue('localhost');
	});
	afterAll(() => authority.remove());
	afterEach(async () => {
		await server?.close();
		server = undefined;
	});

	const ask = async (pair: KeyPair, options: ClientOptions, url?: (url: string) => string) => {
		server = await startNtlmServer({ tls: pair });
		const address = `${server.url}/gp`;
		return await withClient(options, (client) =>
			client.request({ method: 'GET', url: url ? url(address) : address }),
		);
	};

	test('a private authority from the credential is trusted', async () => {
		const answer = await ask(good, { tls: { ca: authority.certificate } });
		expect(answer.status).toBe(200);
	});

	test('an authority pasted with Windows line ends and blanks around is read too', async () => {
		const ca = `\r\n ${authority.certificate.replace(/\n/g, '\r\n')} `;
		expect((await ask(good, { tls: { ca } })).status).toBe(200);
	});

	test.each([
		['blanks', ' '],
		['written-out line breaks', '\\n'],
	])('an authority whose line breaks became %s is read too', async (_, instead) => {
		const ca = authority.certificate.replace(/\n/g, instead);
		expect((await ask(good, { tls: { ca } })).status).toBe(200);
	});

	test("the server's own certificate is trusted where it was pasted, whoever issued it", async () => {
		expect((await ask(good, { tls: { ca: good.cert } })).status).toBe(200);
	});

	test('of two certificates of one name only the one that was pasted is trusted', async () => {
		const error = await failureOf(ask(authority.issue('localhost'), { tls: { ca: good.cert } }));
		expect(error).toMatchObject({ code: 'tls-unknown-authority' });
		expect(server!.seen).toHaveLength(0);
	});

	test('a pasted certificate for another name is refused all the same', async () => {
		const foreign = authority.issue('other.contoso.com');
		const named = await failureOf(ask(foreign, { tls: { ca: foreign.cert } }));
		expect(named).toMatchObject({ code: 'tls-name-mismatch' });
	});

	test('the login is bound to the TLS connection', async () => {
		await ask(good, { tls: { ca: authority.certificate } });
		const binding = readType3(server!.type3[0]).targetInfo.get(10);
		expect(binding).toEqual(channelBindingOf(new X509Certificate(good.cert).raw));
		expect(binding).not.toEqual(Buffer.alloc(16));
	});

	test('verification can be switched off, and the login is bound all the same', async () => {
		const answer = await ask(authority.selfSigned(), { tls: { rejectUnauthorized: false } });
		expect(answer.status).toBe(200);
		expect(readType3(server!.type3[0]).targetInfo.get(10)).not.toEqual(Buffer.alloc(16));
	});

	test('a private authority does not make expired or foreign certificates good', async () => {
		const error = await failureOf(
			ask(authority.issue('localhost', -1), { tls: { ca: authority.certificate } }),
		);
		expect(error).toMatchObject({ code: 'tls-certificate-expired', scope: 'configuration' });
		expect(server!.seen).toHaveLength(0);
	});

	test.each([
		['an unknown authority', () => good, 'tls-unknown-authority'],
		['a self-signed certificate', () => authority.selfSigned(), 'tls-unknown-authority'],
	])('%s is refused by default', async (_, pair, code) => {
		const error = await failureOf(ask(pair(), {}));
		expect(error).toMatchObject({ code, retryable: false });
		expect(error.remedy).toContain('"Dynamics GP API" credential');
	});

	test('a certificate for another name is refused, and the name said', async () => {
		const pair = authority.issue('other.contoso.com');
		const error = await failureOf(ask(pair, { tls: { ca: authority.certificate } }));
		expect(error).toMatchObject({ code: 'tls-name-mismatch' });
		expect(error.message).toContain('other.contoso.com');
	});

	test('https spoken to a plain http port is a protocol error', async () => {
		const plain = await startNtlmServer();
		try {
			const error = await failureOf(
				withClient({}, (client) =>
					client.request({ method: 'GET', url: `https://127.0.0.1:${plain.port}/gp` }),
				),
			);
			expect(error).toMatchObject({ code: 'tls-protocol' });
		} finally {
			await plain.close();
		}
	});

	test('a server that speaks only TLS 1.1 is a protocol error', async () => {
		const old = tls.createServer({
			...good,
			minVersion: 'TLSv1.1',
			maxVersion: 'TLSv1.1',
			ciphers: 'DEFAULT@SECLEVEL=0',
		});
		old.on('tlsClientError', () => {});
		await new Promise<void>((resolve) => old.listen(0, '127.0.0.1', resolve));
		const { port } = old.address() as net.AddressInfo;
		try {
			const error = await failureOf(
				withClient({ tls: { ca: authority.certificate } }, (client) =>
					client.request({ method: 'GET', url: `https://localhost:${port}/gp` }),
				),
			);
			expect(error).toMatchObject({ code: 'tls-protocol' });
		} finally {
			old.close();
		}
	});

	test.each([
		['not PEM at all', 'MIIBIjANBg'],
		['PEM with garbage inside', '-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----'],
	])('an authority that is %s is said to be unreadable', async (_, ca) => {
		expect(await failureOf(ask(good, { tls: { ca } }))).toMatchObject({
			code: 'tls-authority-unreadable',
		});
	});

	test('the server is named in the greeting (SNI), and only HTTP/1.1 is offered', async () => {
		const greetings: Array<{ servername: string; alpn: string | false | null }> = [];
		const listener = tls.createServer({ ...good, ALPNProtocols: ['h2', 'http/1.1'] }, (socket) => {
			const { servername = '' } = socket as unknown as { servername?: string };
			greetings.push({ servername, alpn: socket.alpnProtocol });
			socket.on('error', () => {});
			socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
		});
		await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
		const { port } = listener.address() as net.AddressInfo;
		try {
			await withClient({ tls: { ca: authority.certificate } }, (client) =>
				client.request({ method: 'GET', url: `https://localhost:${port}/` }),
			);
		} finally {
			listener.close();
		}
		expect(greetings).toEqual([{ servername: 'localhost', alpn: 'http/1.1' }]);
	});

	describe('Basic over TLS', () => {
		const basicOnly = async (authentication: ClientOptions['authentication']) => {
			server = await startNtlmServer({ tls: good, offers: 'Basic realm="GP"' });
			const { url } = server;
			return await withClient(
				{ authentication, tls: { ca: authority.certificate } },
				async (client) => {
					const get = () => client.request({ method: 'GET', url: `${url}/gp` });
					const first = await get();
					return [first.status, (await get()).status];
				},
			);
		};

		test('where the site offers nothing else and the user allowed it', async () => {
			const statuses = await basicOnly({ kind: 'windows', ...ACCOUNT, allowBasic: true });
			expect(statuses).toEqual([200, 200]);
			expect(server!.seen.map((seen) => seen.leg)).toEqual(['plain', 'basic', 'basic']);
		});

		test('a wrong password is sent once', async () => {
			const wrong = { kind: 'windows', ...ACCOUNT, password: 'x', allowBasic: true } as const;
			expect(await failureOf(basicOnly(wrong))).toMatchObject({ code: 'windows-login-rejected' });
			expect(server!.refusedLogins).toHaveLength(1);
		});

		test('NTLM is preferred where both are offered', async () => {
			server = await startNtlmServer({ tls: good, offers: 'Basic realm="GP", NTLM' });
			const { url } = server;
			await withClient(
				{
					authentication: { kind: 'windows', ...ACCOUNT, allowBasic: true },
					tls: { ca: authority.certificate },
				},
				(client) => client.request({ method: 'GET', url }),
			);
			expect(server.seen.map((seen) => seen.leg)).toEqual(['plain', 'type1', 'type3']);
		});

		test('not to a server whose certificate is not checked', async () => {
			for (const authentication of [
				{ kind: 'windows', ...ACCOUNT, allowBasic: true } as const,
				{ kind: 'basic', user: ACCOUNT.user, password: ACCOUNT.password } as const,
				{ kind: 'bearer', token: 'abc' } as const,
			]) {
				server = await startNtlmServer({ tls: good, offers: 'Basic realm="GP"' });
				const { url } = server;
				const asked = withClient({ authentication, tls: { rejectUnauthorized: false } }, (client) =>
					client.request({ method: 'GET', url }),
				);
				expect(await failureOf(asked)).toMatchObject({ code: 'clear-text-login-refused' });
				expect(server.seen.every((seen) => seen.leg === 'plain')).toBe(true);
				await server.close();
			}
		});

		test('not to a server that knew Windows authentication a moment ago', async () => {
			server = await startNtlmServer({ tls: good, offers: 'NTLM', lasts: 'request' });
			const { url, options, seen } = server;
			await withClient(
				{
					authentication: { kind: 'windows', ...ACCOUNT, allowBasic: true },
					tls: { ca: authority.certificate },
				},
				async (client) => {
					const get = () => client.request({ method: 'GET', url });
					expect((await get()).status).toBe(200);
					options.offers = 'Basic realm="GP"';
					options.fault = (leg) => (leg === 'type1' ? 401 : undefined);
					for (let again = 0; again < 3; again += 1)
						expect(await failureOf(get())).toMatchObject({ code: 'login-scheme-unsupported' });
				},
			);
			expect(seen.some((one) => one.leg === 'basic')).toBe(false);
		});

		test.each([
			['a kept connection that breaks is replaced once', 2, undefined, [200, 200], [1, 1, 2]],
			['a new one is not', 1, undefined, ['connection-lost', 200], [1, 2]],
			['a body is sent once', 1, 'x', ['connection-lost', 200], [1, 2]],
		])('%s', async (_, breaks, body, expected, sockets) => {
			const user = `${ACCOUNT.domain}\\${ACCOUNT.user}`;
			server = await startNtlmServer({
				...{ tls: good, offers: 'Basic realm="GP"' },
				fault: (_leg, number) => (number === breaks ? 'close' : undefined),
			});
			const { url, seen } = server;
			const told: unknown[] = [];
			await withClient(
				{
					authentication: { kind: 'basic', user, password: ACCOUNT.password },
					tls: { ca: authority.certificate },
				},
				async (client) => {
					const method = body === undefined ? 'GET' : 'POST';
					for (let number = 0; number < 2; number += 1)
						await client.request({ method, url, body }).then(
							({ status }) => told.push(status),
							({ code }: { code: string }) => told.push(code),
						);
				},
			);
			expect(told).toEqual(expected);
			expect(seen.map(({ socket }) => socket)).toEqual(sockets);
		});

		test('that gets no verdict is not sent a third time, so that no account is locked; a token is', async () => {
			const sent = async (authentication: ClientOptions['authentication']) => {
				server = await startNtlmServer({ tls: good, offers: 'Basic realm="GP"', fault: () => 503 });
				const { url, seen } = server;
				const told: unknown[] = [];
				await withClient({ authentication, tls: { ca: authority.certificate } }, async (client) => {
					for (let number = 0; number < 3; number += 1)
						await client.request({ method: 'GET', url }).then(
							({ status }) => told.push(status),
							({ code }: { code: string }) => told.push(code),
						);
				});
				await server.close();
				return { told, sent: seen.length };
			};
			const user = `${ACCOUNT.domain}\\${ACCOUNT.user}`;
			expect(await sent({ kind: 'basic', user, password: ACCOUNT.password })).toEqual({
				...{ told: [503, 503, 'windows-login-interrupted'], sent: 2 },
			});
			expect(await sent({ kind: 'bearer', token: 'abc' })).toEqual({
				told: [503, 503, 503],
				sent: 3,
			});
		});

		test('no login at all goes to a server whose certificate is not checked', async () => {
			server = await startNtlmServer({ tls: good, open: () => true });
			const { url } = server;
			const options = {
				authentication: { kind: 'none' },
				tls: { rejectUnauthorized: false },
			} as const;
			const answer = await withClient(options, (client) => client.request({ method: 'GET', url }));
			expect(answer.status).toBe(200);
		});

		test('as the only login', async () => {
			const user = `${ACCOUNT.domain}\\${ACCOUNT.user}`;
			const statuses = await basicOnly({ kind: 'basic', user, password: ACCOUNT.password });
			expect(statuses).toEqual([200, 200]);
			expect(server!.seen.map((seen) => seen.leg)).toEqual(['basic', 'basic']);
		});
	});
});

describe('the hash of a certificate', () => {
	test('is never looked for outside the bytes', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(90), (bytes, position) => {
				const element = elementAt(Buffer.from(bytes), position);
				if (element) expect(element.end).toBeLessThanOrEqual(bytes.length);
				expect([undefined, 'sha224', 'sha256', 'sha384', 'sha512']).toContain(
					endPointHash(Buffer.from(bytes)),
				);
			}),
			{ numRuns: 1000 },
		);
	});
});

test('an element of DER may end where its length does', () => {
	expect(elementAt(Buffer.from([4, 0x81, 0]), 0)).toEqual({ tag: 4, start: 3, end: 3 });
	expect(elementAt(Buffer.from([4, 0x81, 1]), 0)).toBeUndefined();
	expect(elementAt(Buffer.from([4, 0x82, 0]), 0)).toBeUndefined();
});
