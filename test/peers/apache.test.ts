import { createWindowsHttpClient } from '../../lib/ntlm/windows-http-client';
import { LoginRejectedError } from '../../lib/ntlm/errors/login-errors';
import { startApache } from './helpers/apache-peer';
import { makeCertificate, type Certificate } from './helpers/certificates';
import { validType3 } from './helpers/crafted-type3';
import { ntlm2SessionResponse, ntlmV1Response, type3Of } from './helpers/ntlm-v1';
import { describeWithPeer } from './helpers/peer-programs';
import { rawHandshake } from './helpers/raw-handshake';
import { ACCOUNT, temporaryFolder, type RunningPeer } from './helpers/running-peer';

const windows = (change: Partial<typeof ACCOUNT> = {}) =>
	({ kind: 'windows', ...ACCOUNT, ...change }) as const;

describeWithPeer(
	'Apache with mod_auth_gssapi and gss-ntlmssp',
	['apache2', 'mod_auth_gssapi', 'gss-ntlmssp', 'openssl'],
	() => {
		let peer: RunningPeer;
		beforeAll(async () => {
			peer = await startApache({ keepAliveSeconds: 2 });
		});
		afterAll(() => peer.stop());
		const url = () => `${peer.url}/gp/ping.json`;

		const withClient = async <T>(
			authentication: Parameters<typeof createWindowsHttpClient>[0]['authentication'],
			use: (client: ReturnType<typeof createWindowsHttpClient>) => Promise<T>,
		): Promise<T> => {
			const client = createWindowsHttpClient({ authentication, maxSockets: 12 });
			try {
				return await use(client);
			} finally {
				client.close();
			}
		};

		test('a good password gets 200, and the connection stays logged in', async () => {
			await withClient(windows(), async (client) => {
				for (let index = 0; index < 20; index += 1) {
					const answer = await client.request({ method: 'GET', url: url() });
					expect(answer.status).toBe(200);
					expect(JSON.parse(answer.body.toString())).toEqual({ ok: true });
				}
				expect(client.counters).toEqual({ requests: 22, handshakes: 1, rejectedLogins: 0 });
			});
		});

		test('DOMAIN\\user works as well as user and domain apart', async () => {
			const authentication = {
				kind: 'windows',
				user: 'CONTOSO\\gpsvc',
				password: ACCOUNT.password,
			} as const;
			await withClient(authentication, async (client) => {
				expect((await client.request({ method: 'GET', url: url() })).status).toBe(200);
			});
		});

		test.each([
			['bad password', { password: 'P@ssw0rd-2' }],
			['unknown user', { user: 'nobody-here' }],
			['wrong domain', { domain: 'FABRIKAM' }],
		])('a %s is refused once and not tried again', async (_, change) => {
			await withClient(windows(change), async (client) => {
				const results = await Promise.allSettled(
					Array.from({ length: 5 }, () => client.request({ method: 'GET', url: url() })),
				);
				for (const result of results) {
					expect(result).toMatchObject({
						status: 'rejected',
						reason: expect.any(LoginRejectedError),
					});
				}
				expect(client.counters).toMatchObject({ handshakes: 1, rejectedLogins: 1 });
			});
		});

		test('control: the peer itself refuses NTLMv1, with and without extended session security', async () => {
			const clientChallenge = Buffer.from('0123456789abcdef', 'hex');
			const plain = await rawHandshake(url(), undefined, (_, type2) => {
				const response = ntlmV1Response(ACCOUNT.password, type2.subarray(24, 32));
				return type3Of(ACCOUNT, response, response, false);
			});
			const session = await rawHandshake(url(), undefined, (_, type2) => {
				const { lm, nt } = ntlm2SessionResponse(
					ACCOUNT.password,
					type2.subarray(24, 32),
					clientChallenge,
				);
				return type3Of(ACCOUNT, lm, nt, true);
			});
			expect({ plain, session }).toEqual({ plain: 401, session: 401 });
			expect(peer.log().match(/NTLM version 1 not allowed/g)).toHaveLength(2);
		});

		test('control: the NTLMv1 message is a good one, a peer at level 0 takes it', async () => {
			const lax = await startApache({ lmCompatLevel: 0 });
			try {
				const status = await rawHandshake(`${lax.url}/gp/ping.json`, undefined, (_, type2) => {
					const response = ntlmV1Response(ACCOUNT.password, type2.subarray(24, 32));
					return type3Of(ACCOUNT, response, response, false);
				});
				expect(status).toBe(200);
			} finally {
				await lax.stop();
			}
		});

		test('a corrupted message integrity code is refused, the intact one accepted', async () => {
			const intact = await rawHandshake(url(), undefined, (type1, type2) =>
				validType3(ACCOUNT, type1, type2),
			);
			const corrupted = await rawHandshake(url(), undefined, (type1, type2) => {
				const message = validType3(ACCOUNT, type1, type2);
				message[72] ^= 1;
				return message;
			});
			expect({ intact, corrupted }).toEqual({ intact: 200, corrupted: 401 });
		});

		test('twelve callers at once: 500 GETs, all answered 200', async () => {
			await withClient(windows(), async (client) => {
				const statuses = await Promise.all(
					Array.from({ length: 500 }, async () => {
						const answer = await client.request({ method: 'GET', url: url() });
						return answer.status;
					}),
				);
				expect(statuses.filter((status) => status === 200)).toHaveLength(500);
				expect(client.counters.handshakes).toBeLessThanOrEqual(12);
				expect(client.counters.requests).toBeLessThanOrEqual(500 + 2 * 12);
			});
		});

		test('a connection the peer closed in a pause is replaced without the caller noticing', async () => {
			await withClient(windows(), async (client) => {
				await client.request({ method: 'GET', url: url() });
				await new Promise((resolve) => setTimeout(resolve, 3000));
				expect((await client.request({ method: 'GET', url: url() })).status).toBe(200);
				expect(client.counters.handshakes).toBe(2);
			});
		});

		test('what needs no login is served without one', async () => {
			await withClient(windows(), async (client) => {
				const answer = await client.request({ method: 'GET', url: `${peer.url}/open/ping.json` });
				expect(answer.status).toBe(200);
				expect(client.counters).toMatchObject({ requests: 1, handshakes: 0 });
			});
		});

		test('over TLS with a private authority', async () => {
			const { folder, remove } = temporaryFolder();
			const certificate: Certificate = makeCertificate(folder, 'apache');
			const secure = await startApache({ tls: certificate });
			const client = createWindowsHttpClient({
				authentication: windows(),
				tls: { ca: certificate.pem },
			});
			try {
				const answer = await client.request({ method: 'GET', url: `${secure.url}/gp/ping.json` });
				expect(answer.status).toBe(200);
			} finally {
				client.close();
				await secure.stop();
				remove();
			}
		});
	},
);
