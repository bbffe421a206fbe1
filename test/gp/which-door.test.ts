import { candidatesFor, surveySite } from '../../lib/gp/discovery/survey-site';
import { createGpClient } from '../../lib/gp/gp-client';
import type { GpHttp, GpSite } from '../../lib/gp/site';
import { startGpServer, type GpStandIn } from '../../sandbox/gp/server/start-gp-server';
import type { SwitchChange } from '../../sandbox/gp/server/switches';
import { createWindowsHttpClient, type Authentication } from '../../lib/ntlm/windows-http-client';
import { SANDBOX_ACCOUNT } from '../../sandbox/gp/ntlm/directory';
import { siteFor } from './support/client';

/* Which door do I have? The same GP behind one address, with one, several or no way in. */
let server: GpStandIn;
beforeAll(async () => {
	server = await startGpServer({ company: { vendorCount: 12, documentCount: 30 } });
});
afterAll(async () => await server.close());

const { domain, user: name, password } = SANDBOX_ACCOUNT;
const WINDOWS: Extract<Authentication, { kind: 'windows' }> = {
	kind: 'windows',
	domain,
	user: name,
	password,
};
const NOTHING = { vendors: false, accounts: false, payables: false, companies: false };
const site = (more: Partial<GpSite> = {}) => siteFor({}, { serviceAddress: server.url, ...more });

async function survey(switches: SwitchChange, more: Partial<GpSite> = {}, user = WINDOWS) {
	server.reset();
	server.set(switches);
	const http = createWindowsHttpClient({ authentication: user, maxSockets: 1 });
	try {
		return await surveySite({
			site: site(more),
			open: (at, onTrial) =>
				createGpClient({
					site: at,
					http,
					effects: { now: Date.now, sleep: async () => undefined, random: () => 0 },
					throttle: { gapMs: 0, ...(onTrial ? { retries: 0, timeoutMs: 5_000 } : {}) },
				}),
			otherPort: false,
		});
	} finally {
		http.close();
	}
}

const states = (doors: Awaited<ReturnType<typeof survey>>['doors']) =>
	Object.fromEntries(doors!.map(({ door, state }) => [door, state]));

test('all doors open: the one that is set stays, the others are told with what they lack', async () => {
	const { doors, proposal, advice } = await survey({});
	expect(states(doors)).toEqual({ sba: 'open', odata: 'open', soap: 'open' });
	expect(proposal).toMatchObject({ door: 'sba', serviceAddress: server.url });
	const lacks = Object.fromEntries(doors!.map((one) => [one.door, one.lacks.join('; ')]));
	expect(lacks.sba).toMatch(/purchase orders and receipts.*total/);
	expect(lacks.soap).toMatch(/retainage.*which invoice a payment paid/);
	expect(advice.join('\n')).toMatch(/Web Services \(SOAP\) at .* is open too/);
});

test.each<[string, SwitchChange, 'odata' | 'soap']>([
	['OData alone', { offers: { ...NOTHING, odata: true, soap: false } }, 'odata'],
	['Web Services alone', { offers: { ...NOTHING, odata: false, soap: true } }, 'soap'],
])('%s: the door is found and its settings are named', async (_, switches, door) => {
	const { doors, proposal, advice } = await survey(switches);
	expect(states(doors)).toMatchObject({ sba: 'absent', [door]: 'open' });
	expect(proposal).toMatchObject({ door });
	expect(advice.join('\n')).toContain(
		`set Door to "${door === 'soap' ? 'Web Services (SOAP)' : 'OData Service'}"`,
	);
	// What is proposed works.
	const set = await survey(switches, {
		profileName: door,
		serviceAddress: proposal!.serviceAddress,
	});
	expect(Object.values(set.entities).every(({ readable }) => readable)).toBe(true);
	expect(set.proposal).toMatchObject({ door });
});

test.each(['/Dynamics/GPService', '/Dynamics/GPService?wsdl', '/DynamicsGPWebServices'])(
	'%s pasted into the credential of SBA: the right address is found and opens',
	async (path) => {
		const { proposal, doors } = await survey(
			{ offers: { ...NOTHING, odata: false, soap: true } },
			{ serviceAddress: `${server.url}${path}` },
		);
		expect(proposal).toMatchObject({
			door: 'soap',
			serviceAddress: `${server.url}/DynamicsGPWebServices/DynamicsGPService.asmx`,
		});
		expect(doors![0]).toMatchObject({
			door: 'sba',
			state: 'absent',
			why: expect.stringMatching(/GP Web Services/),
		});
	},
);

test('a user GP does not know: each door is there and closed, and none is proposed', async () => {
	const { doors, proposal } = await survey({}, {}, { ...WINDOWS, user: 'nogp' });
	expect(states(doors)).toEqual({ sba: 'closed', odata: 'closed', soap: 'closed' });
	expect(proposal).toBeNull();
});

test('a refused login is tried once, at no further door', async () => {
	await expect(survey({}, {}, { ...WINDOWS, password: 'wr0ng-one' })).rejects.toMatchObject({
		code: expect.stringMatching(/login/i),
	});
	expect(server.counters.rejectedLogins).toBeLessThanOrEqual(1);
});

test('a server without any door: none is proposed, and SQL is named', async () => {
	const { doors, proposal, advice } = await survey({
		offers: { ...NOTHING, odata: false, soap: false },
	});
	expect(states(doors)).toEqual({ sba: 'absent', odata: 'absent', soap: 'absent' });
	expect(proposal).toBeNull();
	expect(advice.join('\n')).toMatch(/Every GP has its SQL Server/);
});

test('another port is asked only where the login gives nothing away, and never by plain HTTP instead of HTTPS', () => {
	const addresses = (serviceAddress: string, otherPort: boolean) =>
		candidatesFor({ site: site({ serviceAddress }), otherPort }).map((one) => one.serviceAddress);
	const elsewhere = 'http://gp.example.com:48620/DynamicsGPWebServices/DynamicsGPService.asmx';
	expect(addresses('http://gp.example.com', true)).toContain(elsewhere);
	expect(addresses('http://gp.example.com', false)).not.toContain(elsewhere);
	expect(
		addresses('https://gp.example.com', true).every(
			(one) => one.startsWith('https://gp.example.com/') || one === 'https://gp.example.com',
		),
	).toBe(true);
	expect(addresses('http://gp.example.com:48620/Dynamics/GPService', true)).toEqual([
		'http://gp.example.com:48620',
		'http://gp.example.com:48620',
		elsewhere,
	]);
	expect(addresses('no address', true)).toEqual([]);
});

test('a door that answers nothing is no fault of the survey', async () => {
	const silent: GpHttp = {
		request: async ({ url }) => {
			throw Object.assign(new Error(`no answer from ${url}`), { code: 'ECONNREFUSED' });
		},
	};
	await expect(
		surveySite({
			site: site({ serviceAddress: 'https://silent.example.com' }),
			open: (at) =>
				createGpClient({
					site: at,
					http: silent,
					effects: { now: () => 0, sleep: async () => undefined, random: () => 0 },
					throttle: { gapMs: 0, retries: 0 },
				}),
			otherPort: true,
		}),
	).rejects.toMatchObject({ code: 'GP_UNREACHABLE' });
});
