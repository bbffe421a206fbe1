import {
	createWindowsHttpClient,
	type WindowsHttpClient,
} from '../../lib/ntlm/windows-http-client';
import { LoginRejectedError } from '../../lib/ntlm/errors/login-errors';
import { channelBindingOf } from '../../lib/ntlm/messages/ntlmv2';
import { X509Certificate } from 'node:crypto';
import { makeCertificate, type Certificate } from './helpers/certificates';
import { validType3 } from './helpers/crafted-type3';
import { startGssapiPeer, type GssapiPeerOptions } from './helpers/gssapi-peer';
import { describeWithPeer } from './helpers/peer-programs';
import { rawHandshake } from './helpers/raw-handshake';
import { ACCOUNT, temporaryFolder, UMLAUT_ACCOUNT, type RunningPeer } from './helpers/running-peer';

describeWithPeer('the gssapi acceptor', ['gss-ntlmssp', 'python3-gssapi', 'openssl'], () => {
	let folder: ReturnType<typeof temporaryFolder>;
	let certificate: Certificate;
	const running: RunningPeer[] = [];
	const clients: WindowsHttpClient[] = [];

	beforeAll(() => {
		folder = temporaryFolder();
		certificate = makeCertificate(folder.folder, 'sha256');
	});
	afterEach(async () => {
		for (const client of clients.splice(0)) client.close();
		for (const peer of running.splice(0)) await peer.stop();
	});
	afterAll(() => folder.remove());

	const start = async (options: GssapiPeerOptions) => {
		const peer = await startGssapiPeer(options);
		running.push(peer);
		return peer;
	};
	const clientFor = (account: object, ca?: string, maxSockets?: number) => {
		const client = createWindowsHttpClient({
			authentication: { kind: 'windows', ...ACCOUNT, ...account },
			...(ca === undefined ? {} : { tls: { ca } }),
			maxSockets,
		});
		clients.push(client);
		return client;
	};

	describe('with channel binding required', () => {
		test('the client, which binds its login to the TLS connection, gets 200', async () => {
			const peer = await start({ tls: certificate, requireBinding: true });
			const answer = await clientFor({}, certificate.pem).request({
				method: 'GET',
				url: `${peer.url}/gp`,
			});
			expect(answer.status).toBe(200);
			expect(answer.headers['x-channel-bound']).toBe('true');
		});

		test('right binding 200, absent, zero and wrong ones 401', async () => {
			const peer = await start({ tls: certificate, requireBinding: true });
			const right = channelBindingOf(new X509Certificate(certificate.pem).raw);
			const other = channelBindingOf(
				new X509Certificate(makeCertificate(folder.folder, 'other').pem).raw,
			);
			const status = (binding?: Buffer) =>
				rawHandshake(`${peer.url}/gp`, certificate.pem, (type1, type2) =>
					validType3(ACCOUNT, type1, type2, binding),
				);
			expect({
				right: await status(right),
				absent: await status(undefined),
				wrong: await status(other),
				oneBit: await status(Buffer.concat([Buffer.from([right![0] ^ 1]), right!.subarray(1)])),
			}).toEqual({ right: 200, absent: 401, wrong: 401, oneBit: 401 });
		});

		test.each([
			['SHA-1, lifted to SHA-256', 'sha256', { signature: ['-sha1'] }],
			['SHA-384', 'sha384', { signature: ['-sha384'] }],
			['SHA-512', 'sha512', { signature: ['-sha512'] }],
			[
				'RSA-PSS with SHA-384',
				'sha384',
				{
					signature: [
						...['-sha384', '-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:48'],
					],
				},
			],
			[
				'ECDSA with SHA-384',
				'sha384',
				{ key: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384'], signature: ['-sha384'] },
			],
		])('a certificate signed with %s', async (name, bindingHash, algorithm) => {
			const special = makeCertificate(folder.folder, name.replace(/\W/g, ''), algorithm);
			const peer = await start({ tls: special, requireBinding: true, bindingHash });
			const client = clientFor({}, special.pem);
			expect((await client.request({ method: 'GET', url: `${peer.url}/gp` })).status).toBe(200);
		});
	});

	describe('with a login per request', () => {
		test('two requests per GET once that is learnt, on one connection', async () => {
			const peer = await start({ perRequest: true });
			const client = clientFor({});
			const get = async () =>
				(await client.request({ method: 'GET', url: `${peer.url}/gp` })).status;
			expect([await get(), await get()]).toEqual([200, 200]);
			const learnt = client.counters.requests;
			for (let index = 0; index < 50; index += 1) expect(await get()).toBe(200);
			expect(client.counters.requests - learnt).toBe(100);
		});

		test('twelve callers at once: 500 GETs, all answered 200', async () => {
			const peer = await start({ perRequest: true });
			const client = clientFor({}, undefined, 12);
			const statuses = await Promise.all(
				Array.from({ length: 500 }, async () => {
					const answer = await client.request({ method: 'GET', url: `${peer.url}/gp` });
					return answer.status;
				}),
			);
			expect(statuses.filter((status) => status === 200)).toHaveLength(500);
		});

		test('over TLS with channel binding required as well', async () => {
			const peer = await start({ perRequest: true, tls: certificate, requireBinding: true });
			const client = clientFor({}, certificate.pem);
			for (let index = 0; index < 5; index += 1) {
				const answer = await client.request({ method: 'GET', url: `${peer.url}/gp` });
				expect(answer.headers['x-channel-bound']).toBe('true');
			}
		});
	});

	test('a domain, user and password beyond ASCII', async () => {
		const peer = await start({});
		const answer = await clientFor(UMLAUT_ACCOUNT).request({
			method: 'GET',
			url: `${peer.url}/gp`,
		});
		expect(answer.status).toBe(200);
		expect(Buffer.from(answer.headers['x-remote-user'], 'latin1').toString()).toContain('jürgen');
	});

	test('NTLM inside Negotiate', async () => {
		const peer = await start({ scheme: 'Negotiate' });
		const client = clientFor({});
		expect((await client.request({ method: 'GET', url: `${peer.url}/gp` })).status).toBe(200);
		expect((await client.request({ method: 'GET', url: `${peer.url}/gp` })).status).toBe(200);
		expect(client.counters).toEqual({ requests: 4, handshakes: 1, rejectedLogins: 0 });
	});

	test('a body arrives whole and once', async () => {
		const peer = await start({});
		const body = Buffer.alloc(300_000, 'x');
		const client = clientFor({});
		for (let index = 0; index < 2; index += 1) {
			const answer = await client.request({ method: 'POST', url: `${peer.url}/gp`, body });
			expect(JSON.parse(answer.body.toString())).toEqual({ ok: true, bytes: body.length });
		}
	});

	test('a wrong password is refused', async () => {
		const peer = await start({});
		const client = clientFor({ password: 'wrong' });
		await expect(client.request({ method: 'GET', url: `${peer.url}/gp` })).rejects.toThrow(
			LoginRejectedError,
		);
	});
});
