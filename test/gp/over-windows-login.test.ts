import { createGpClient } from '../../lib/gp/gp-client';
import type { ProfileName } from '../../lib/gp/profiles/site-profile';
import { CIRCUIT_PAUSE_MS, CIRCUIT_THRESHOLD } from '../../lib/gp/transport/server-state';
import { EMPTY_WATERMARK } from '../../lib/model/gp-changes';
import {
	createWindowsHttpClient,
	type WindowsHttpClient,
} from '../../lib/ntlm/windows-http-client';
import { SANDBOX_ACCOUNT } from '../../sandbox/gp/ntlm/directory';
import type { Fault } from '../../sandbox/gp/server/faults';
import { startGpServer, type GpStandIn } from '../../sandbox/gp/server/start-gp-server';
import { SECRETS } from './support/logins';
import { readRun } from './support/read-run';

/*
 * The reader over the package's own Windows login, on real sockets: the same tests at every door that
 * calls a server. What a door does otherwise stands in a table below.
 */
const DOORS = ['sba', 'odata', 'soap'] as const;
type Door = (typeof DOORS)[number];

/** Where a list of vendors is asked for. */
const VENDORS: Record<Door, string> = {
	sba: '/Purchasing/Vendors.json',
	odata: 'PM00200',
	soap: 'DynamicsGPService.asmx',
};

let server: GpStandIn;
const open: WindowsHttpClient[] = [];

interface Throttle {
	concurrency?: number;
	timeoutMs?: number;
	gapMs?: number;
	retries?: number;
	maxBodyBytes?: number;
}

describe.each(DOORS)('%s', (door) => {
	beforeEach(async () => {
		server = await startGpServer({ company: { vendorCount: 40, documentCount: 60 } });
	});
	afterEach(async () => {
		await Promise.all(open.splice(0).map(async (http) => await http.close()));
		await server.close();
	});

	function clientAs(
		account: { user: string; password: string },
		throttle: Throttle = {},
		more: { signal?: AbortSignal } = {},
	) {
		const http = createWindowsHttpClient({
			authentication: { kind: 'windows', domain: SANDBOX_ACCOUNT.domain, ...account },
			maxSockets: throttle.concurrency ?? 1,
		});
		open.push(http);
		const slept: number[] = [];
		let passed = 0;
		const advance = (milliseconds: number) => (passed += milliseconds);
		const client = createGpClient({
			site: {
				serviceAddress: server.url,
				tenant: 'DefaultTenant',
				company: 'Fabrikam, Inc.',
				companyId: 'TWO',
				profileName: door satisfies ProfileName,
				// The company is named, so that the first question is that of the test.
				...(door === 'soap' ? { companyNumber: -1 } : {}),
			},
			http,
			effects: {
				now: () => Date.now() + passed,
				sleep: async (milliseconds) => {
					slept.push(milliseconds);
					advance(milliseconds);
				},
				random: () => 0,
			},
			throttle: { gapMs: 0, ...throttle },
			...(more.signal ? { signal: more.signal } : {}),
		});
		return Object.assign(client, { slept, advance });
	}

	/** Payments are no documents of the SOAP contract. */
	const documents = () =>
		[...server.company.documents.entries()]
			.filter(([, { documentType }]) => door !== 'soap' || documentType !== 6)
			.map(([key]) => key)
			.sort();

	test.each([1, 5])(
		'all payables come with their distributions, %i at once, each request logged in',
		async (concurrency) => {
			server.set({ listDetail: 'summary', latencyMs: 2 });
			const client = clientAs(SANDBOX_ACCOUNT, { concurrency });
			await expect(client.probe()).resolves.toMatchObject({ company: expect.any(String) });
			const { records } = await readRun(client, 'payable', EMPTY_WATERMARK, { limit: 25 });
			expect(records.map(({ key }) => key).sort()).toEqual(documents());
			expect(
				records.every((record) => record.kind === 'payable' && record.distributions.length > 0),
			).toBe(true);
			expect(server.counters.mostAtOnce).toBeLessThanOrEqual(concurrency);
			expect(server.counters).toMatchObject({ rejectedLogins: 0, malformedTokens: 0 });
		},
	);

	test.each(['perRequest', 'perConnection', 'negotiateOnly'] as const)('%s', async (authMode) => {
		server.set({ authMode });
		expect((await clientAs(SANDBOX_ACCOUNT).listKeys('vendor')).keys.sort()).toEqual(
			[...server.company.vendors.keys()].sort(),
		);
		expect(server.counters).toMatchObject({ rejectedLogins: 0, malformedTokens: 0 });
		if (authMode === 'perRequest')
			expect(server.counters.acceptedLogins).toBe(server.counters.dataRequests);
	});

	test('a wrong password is sent once and never again, whoever asks', async () => {
		const wrong = { ...SANDBOX_ACCOUNT, password: 'wrong' };
		const client = clientAs(wrong, { concurrency: 5 });
		const refused = { code: 'windows-login-rejected', scope: 'configuration' };
		const answers = await Promise.allSettled([
			client.list('vendor'),
			client.list('account'),
			client.get('payable', '1;00000000000000001'),
		]);
		for (const answer of answers)
			expect(answer).toMatchObject({ status: 'rejected', reason: refused });
		await expect(client.list('vendor')).rejects.toMatchObject(refused);
		expect(server.counters).toMatchObject({ rejectedLogins: 1, dataRequests: 0 });
		for (const { reason } of answers as PromiseRejectedResult[])
			for (const secret of [...SECRETS, 'wrong'])
				expect(JSON.stringify([reason.message, reason.details])).not.toContain(`"${secret}"`);
	});

	test('a Windows user GP does not know is told from a wrong password', async () => {
		const stranger = { user: 'nogp', password: SANDBOX_ACCOUNT.password };
		await expect(clientAs(stranger).list('vendor')).rejects.toMatchObject({
			code: door === 'soap' ? 'GP_WEB_SERVICE_ROLE_MISSING' : 'GP_USER_NOT_ALLOWED',
			scope: 'configuration',
		});
		expect(server.counters.rejectedLogins).toBe(0);
	});

	const CODES: Array<[Fault, string, Partial<Record<Door, string | null>>?]> = [
		[{ kind: 'htmlPage' }, 'GP_HTML_PAGE'],
		[{ kind: 'truncatedJson' }, 'GP_INVALID_BODY'],
		[{ kind: 'errorBody' }, 'GP_ERROR_IN_SUCCESS', { soap: 'GP_INVALID_BODY' }],
		// A whole envelope is an answer of the service, whatever it is labelled.
		[{ kind: 'wrongContentType' }, 'GP_WRONG_CONTENT_TYPE', { soap: null }],
		[{ kind: 'emptyBody' }, 'GP_WRONG_CONTENT_TYPE', { soap: 'GP_WEB_SERVICE_NOT_FOUND' }],
		[{ kind: 'unavailable' }, 'GP_SERVICE_UNAVAILABLE'],
		[{ kind: 'hang' }, 'GP_TIMEOUT'],
	];
	test.each(CODES)('%j gives %s', async (fault, code, others = {}) => {
		server.faults.set([fault]);
		const reading = clientAs(SANDBOX_ACCOUNT, { timeoutMs: 1_000 }).list('vendor');
		const expected = door in others ? others[door] : code;
		if (expected === null) await expect(reading).resolves.toHaveLength(server.company.vendors.size);
		else
			await expect(reading).rejects.toMatchObject({
				code: expected,
				details: { address: expect.stringContaining(VENDORS[door]) },
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

	test('a wait the service names is kept', async () => {
		const client = clientAs(SANDBOX_ACCOUNT);
		await client.probe();
		server.faults.set([{ kind: 'status', status: 503, times: 1, retryAfter: 17 }]);
		client.slept.length = 0;
		await client.list('vendor');
		expect(client.slept).toEqual([17_000]);
	});

	test('between two questions is the pause of the site', async () => {
		const client = clientAs(SANDBOX_ACCOUNT, { gapMs: 200 });
		await client.list('vendor');
		await client.list('account');
		expect(client.counters.requests).toBeGreaterThan(1);
		// What an answer took is part of it.
		const pauses = client.slept.filter((pause) => pause > 100 && pause <= 200);
		expect(pauses.length).toBeGreaterThanOrEqual(client.counters.requests - 1);
	});

	test('an answer larger than allowed is not read on', async () => {
		const client = clientAs(SANDBOX_ACCOUNT, { maxBodyBytes: 1_024 });
		await expect(client.list('vendor')).rejects.toMatchObject({
			code: expect.stringMatching(/^(response-too-large|GP_ANSWER_TOO_LARGE)$/),
		});
		expect(server.counters.rejectedLogins).toBe(0);
	});

	test('after ten failures in a row the server is left alone for a minute', async () => {
		const client = clientAs(SANDBOX_ACCOUNT, { retries: 0 });
		await client.probe();
		server.faults.set([{ kind: 'unavailable' }]);
		const asked = () => client.counters.requests;
		for (let failure = 0; failure < CIRCUIT_THRESHOLD; failure += 1)
			await expect(client.get('vendor', 'NOBODY')).rejects.toMatchObject({
				code: 'GP_SERVICE_UNAVAILABLE',
			});
		const before = server.log.length;
		await expect(client.list('vendor')).rejects.toMatchObject({ code: 'GP_CIRCUIT_OPEN' });
		expect(server.log).toHaveLength(before);
		server.faults.set([]);
		client.advance(CIRCUIT_PAUSE_MS);
		await expect(client.list('vendor')).resolves.toHaveLength(server.company.vendors.size);
		expect(asked()).toBeGreaterThan(CIRCUIT_THRESHOLD);
	});

	test('an abort ends reading at once and asks nothing more', async () => {
		server.set({ listDetail: 'summary', latencyMs: 5 });
		const controller = new AbortController();
		const client = clientAs(SANDBOX_ACCOUNT, { concurrency: 3 }, { signal: controller.signal });
		const reading = client.list('payable');
		while (server.counters.dataRequests < 2) await new Promise((go) => setTimeout(go, 2));
		controller.abort(new Error('stopped by the user'));
		await expect(reading).rejects.toThrow(/stopped/);
		await new Promise((go) => setTimeout(go, 50));
		const asked = client.counters.requests;
		await new Promise((go) => setTimeout(go, 50));
		expect(client.counters.requests).toBe(asked);
		expect(asked).toBeLessThan(10);
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
});
