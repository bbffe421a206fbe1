import { createGpClient } from '../../lib/gp/gp-client';
import { EMPTY_WATERMARK } from '../../lib/model/gp-changes.types';
import {
	createWindowsHttpClient,
	type WindowsHttpClient,
} from '../../lib/ntlm/windows-http-client';
import { SANDBOX_ACCOUNT } from '../../sandbox/gp/ntlm/directory';
import type { Fault } from '../../sandbox/gp/server/faults';
import { startGpServer, type GpStandIn } from '../../sandbox/gp/server/start-gp-server';
import { readRun } from './support/read-run';

/* The reader over the package's own Windows login, on real sockets. */
let server: GpStandIn;
const open: WindowsHttpClient[] = [];
beforeEach(async () => {
	server = await startGpServer({ company: { vendorCount: 40, documentCount: 60 } });
});
afterEach(async () => {
	await Promise.all(open.splice(0).map(async (http) => await http.close()));
	await server.close();
});

function clientAs(
	account: { user: string; password: string },
	politeness: { concurrency?: number; timeoutMs?: number } = {},
) {
	const http = createWindowsHttpClient({
		authentication: { kind: 'windows', domain: SANDBOX_ACCOUNT.domain, ...account },
		maxSockets: politeness.concurrency ?? 1,
	});
	open.push(http);
	return createGpClient({
		site: {
			serviceAddress: server.url,
			tenant: 'DefaultTenant',
			company: 'Fabrikam, Inc.',
			companyId: 'TWO',
		},
		http,
		effects: { now: Date.now, sleep: async () => undefined, random: () => 0 },
		politeness: { gapMs: 0, ...politeness },
	});
}

test.each([1, 5])(
	'all payables come with their distributions, %i at once, each request logged in',
	async (concurrency) => {
		server.set({ listDetail: 'summary' });
		const client = clientAs(SANDBOX_ACCOUNT, { concurrency });
		await expect(client.probe()).resolves.toEqual({
			companies: ['Fabrikam, Inc.'],
			company: 'Fabrikam, Inc.',
		});
		const { records } = await readRun(client, 'payable', EMPTY_WATERMARK, { limit: 25 });
		expect(records.map(({ key }) => key).sort()).toEqual(
			[...server.company.documents.keys()].sort(),
		);
		expect(
			records.every((record) => record.kind === 'payable' && record.distributions.length > 0),
		).toBe(true);
		expect(server.counters.mostAtOnce).toBeLessThanOrEqual(concurrency);
	},
);

test('a wrong password is sent once and named', async () => {
	const client = clientAs({ ...SANDBOX_ACCOUNT, password: 'wrong' });
	await expect(client.list('vendor')).rejects.toMatchObject({
		code: 'windows-login-rejected',
		scope: 'configuration',
	});
	expect(server.counters).toMatchObject({ rejectedLogins: 1, dataRequests: 0 });
});

test('a Windows user GP does not know is told from a wrong password', async () => {
	await expect(
		clientAs({ user: 'nogp', password: SANDBOX_ACCOUNT.password }).probe(),
	).rejects.toMatchObject({ code: 'GP_USER_NOT_ALLOWED' });
});

test.each<[Fault, string]>([
	[{ kind: 'htmlPage' }, 'GP_HTML_PAGE'],
	[{ kind: 'truncatedJson' }, 'GP_INVALID_BODY'],
	[{ kind: 'errorBody' }, 'GP_ERROR_IN_SUCCESS'],
	[{ kind: 'wrongContentType' }, 'GP_WRONG_CONTENT_TYPE'],
	[{ kind: 'emptyBody' }, 'GP_WRONG_CONTENT_TYPE'],
	[{ kind: 'unavailable' }, 'GP_SERVICE_UNAVAILABLE'],
	[{ kind: 'hang' }, 'GP_TIMEOUT'],
])('%j gives %s', async (fault, code) => {
	server.faults.set([fault]);
	await expect(
		clientAs(SANDBOX_ACCOUNT, { timeoutMs: 1_000 }).list('vendor'),
	).rejects.toMatchObject({
		code,
		details: { entity: 'vendor', address: expect.stringContaining('/Purchasing/Vendors.json') },
	});
});

test.each<Fault>([
	{ kind: 'unavailable', times: 2 },
	{ kind: 'reset', times: 1 },
	{ kind: 'status', status: 503, times: 1, retryAfter: 1 },
])('%j passes, and the reading with it', async (fault) => {
	server.faults.set([fault]);
	await expect(clientAs(SANDBOX_ACCOUNT).list('vendor')).resolves.toHaveLength(
		server.company.vendors.size,
	);
});

/* An answer of 503 to a login may have been counted as a bad one by the domain. */
test('a login that got 503 twice before it was ever accepted is not sent a third time', async () => {
	server.faults.set([{ kind: 'status', status: 503, times: 2, retryAfter: 1 }]);
	const client = clientAs(SANDBOX_ACCOUNT);
	for (let round = 0; round < 2; round += 1)
		await expect(client.list('vendor')).rejects.toMatchObject({
			code: 'windows-login-interrupted',
			retryable: false,
			message: expect.stringContaining('503'),
		});
	expect(server.counters).toMatchObject({ acceptedLogins: 2, dataRequests: 2 });
});

test('503 twice passes once the login has been accepted', async () => {
	const client = clientAs(SANDBOX_ACCOUNT);
	await client.probe();
	server.faults.set([{ kind: 'status', status: 503, times: 2, retryAfter: 1 }]);
	await expect(client.list('vendor')).resolves.toHaveLength(server.company.vendors.size);
});
