import {
	createWindowsHttpClient,
	type WindowsHttpClient,
} from '../../../lib/ntlm/windows-http-client';
import { SANDBOX_ACCOUNT } from '../../../sandbox/gp/ntlm/directory';
import {
	startGpServer,
	type GpStandIn,
	type GpServerOptions,
} from '../../../sandbox/gp/server/start-gp-server';
import { CONTEXT } from './request';
import { selfSigned } from './self-signed';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- ships no types
const httpntlm = require('httpntlm');

let gp: GpStandIn;
let client: WindowsHttpClient | undefined;

afterEach(async () => {
	client?.close();
	client = undefined;
	await gp.close();
});

async function start(options: GpServerOptions = {}): Promise<void> {
	gp = await startGpServer({ company: { vendorCount: 10, documentCount: 5 }, ...options });
}

async function vendors(
	login: { user?: string; password?: string } = {},
	ca?: string,
): Promise<number> {
	client ??= createWindowsHttpClient({
		authentication: {
			kind: 'windows',
			user: login.user ?? `${SANDBOX_ACCOUNT.domain}\\${SANDBOX_ACCOUNT.user}`,
			password: login.password ?? SANDBOX_ACCOUNT.password,
		},
		tls: ca ? { ca } : undefined,
	});
	return (
		await client.request({ method: 'GET', url: `${gp.url}${CONTEXT}/Purchasing/Vendors.json` })
	).status;
}

describe("the product's own Windows client at the stand-in", () => {
	it.each(['perRequest', 'perConnection', 'negotiateOnly'] as const)(
		'gets in under strict rules in %s mode, again and again',
		async (authMode) => {
			await start({ switches: { authMode, ntlm: { strict: true, requireMic: true } } });
			for (let n = 0; n < 5; n++) expect(await vendors()).toBe(200);
			expect(gp.counters.rejectedLogins).toBe(0);
			expect(gp.counters.connections).toBe(1);
			expect(gp.counters.loginsWithMic).toBe(authMode === 'perConnection' ? 1 : 5);
		},
	);

	it('gets in as user@domain', async () => {
		await start({ switches: { ntlm: { strict: true } } });
		expect(await vendors({ user: 'gpsvc@contoso.local' })).toBe(200);
	});

	it('tries a wrong password once, however often it is asked', async () => {
		await start();
		for (let n = 0; n < 3; n++) await expect(vendors({ password: 'wrong' })).rejects.toThrow();
		expect(gp.directory.counters['CONTOSO\\gpsvc']).toMatchObject({ attempts: 1, rejected: 1 });
	});

	it.each(['sha256', 'sha384'] as const)(
		'binds itself to a certificate signed with %s where that is required',
		async (digest) => {
			const tls = selfSigned(digest);
			await start({ tls, switches: { ntlm: { strict: true, requireChannelBinding: true } } });
			expect(await vendors({}, tls.cert)).toBe(200);
			expect(gp.counters.channelBoundLogins).toBe(1);
		},
	);
});

describe('a client without channel binding', () => {
	it('is refused where it is required and let in where not', async () => {
		const tls = selfSigned();
		await start({ tls, switches: { ntlm: { requireChannelBinding: true } } });
		const get = () =>
			new Promise<number>((resolve, reject) =>
				httpntlm.get(
					{
						url: `${gp.url}${CONTEXT}/Purchasing/Vendors.json`,
						username: SANDBOX_ACCOUNT.user,
						password: SANDBOX_ACCOUNT.password,
						domain: SANDBOX_ACCOUNT.domain,
						workstation: '',
						rejectUnauthorized: false,
					},
					(error: Error | null, response: { statusCode: number }) =>
						error ? reject(error) : resolve(response.statusCode),
				),
			);
		expect(await get()).toBe(401);
		expect(gp.log.at(-1)!.login).toContain('no channel binding');
		gp.set({ ntlm: { requireChannelBinding: false } });
		expect(await get()).toBe(200);
	});
});
