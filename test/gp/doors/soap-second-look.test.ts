import { createGpClient, type GpClient } from '../../../lib/gp/gp-client';
import {
	createWindowsHttpClient,
	type WindowsHttpClient,
} from '../../../lib/ntlm/windows-http-client';
import { documentKey } from '../../../sandbox/gp/company/types';
import { SANDBOX_ACCOUNT } from '../../../sandbox/gp/ntlm/directory';
import { startGpServer, type GpStandIn } from '../../../sandbox/gp/server/start-gp-server';
import { siteFor } from '../support/client';

jest.setTimeout(60_000);

let server: GpStandIn;
let http: WindowsHttpClient;
let client: GpClient;

beforeAll(async () => {
	server = await startGpServer({ company: { vendorCount: 24, documentCount: 150 } });
});
beforeEach(() => {
	server.reset();
	http = createWindowsHttpClient({
		authentication: { kind: 'windows', ...SANDBOX_ACCOUNT },
		maxSockets: 5,
	});
	client = createGpClient({
		site: siteFor({}, { serviceAddress: server.url, profileName: 'soap' }),
		http,
		effects: { now: () => server.now(), sleep: async () => undefined, random: () => 0.5 },
		throttle: { gapMs: 0, concurrency: 5, retries: 0 },
	});
});
afterEach(() => http.close());
afterAll(async () => await server.close());

const documents = () =>
	[...server.company.documents.values()].filter(({ documentType }) => documentType !== 6);
const keys = (entity: 'vendor' | 'payable') =>
	entity === 'vendor'
		? [...server.company.vendors.keys()].sort()
		: documents().map(documentKey).sort();

test.each(['vendor', 'payable'] as const)(
	'%ss are all found by their change stamps',
	async (entity) => {
		const look = await client.secondLook(entity);
		expect([...look.keys].sort()).toEqual(keys(entity));
		expect(look.failed).toBeNull();
		expect(client.counters.requests).toBeLessThan(30);
	},
);

test.each([7, 20])('also where an answer ends at %d rows without a word', async (rowCap) => {
	server.set({ soap: { rowCap } });
	const look = await client.secondLook('payable');
	expect([...look.keys].sort()).toEqual(keys('payable'));
	expect(look.failed).toBeNull();
});

test('and where the list comes in no order, which the reader by keys cannot prove complete', async () => {
	server.set({ soap: { rowCap: 20, order: 'none' } });
	const look = await client.secondLook('payable');
	expect([...look.keys].sort()).toEqual(keys('payable'));
	const listed = await client.listKeys('payable');
	expect(listed.completeness.proven).toBe(false);
	// What the reader missed is what the comparison will name.
	expect(listed.keys.every((key) => look.keys.has(key))).toBe(true);
});

test('a server whose clock shifts the bounds loses none', async () => {
	server.set({ soap: { rowCap: 20, boundOffsetHours: 5 } });
	expect([...(await client.secondLook('payable')).keys].sort()).toEqual(keys('payable'));
});

test('the rows tell vendor, month and amount for control totals', async () => {
	const { rows } = await client.secondLook('payable');
	for (const document of documents()) {
		const row = rows.get(documentKey(document))!;
		expect(row.vendor).toBe(document.vendorId);
		expect(row.month).toBe(document.documentDate!.slice(0, 7));
		expect(Math.abs(Number(row.amount))).toBe(Number(document.amounts.document));
		expect(Number(row.amount) < 0).toBe(document.documentType >= 4 && Number(row.amount) !== 0);
	}
});

test('a fault on the way is told, with what came until then', async () => {
	let asked = 0;
	const failing = createGpClient({
		site: siteFor({}, { serviceAddress: server.url, profileName: 'soap' }),
		http: {
			...http,
			request: async (...given: Parameters<WindowsHttpClient['request']>) => {
				if (++asked === 4) server.faults.set([{ kind: 'status', status: 500 }]);
				return await http.request(...given);
			},
		} as never,
		effects: { now: () => server.now(), sleep: async () => undefined, random: () => 0.5 },
		throttle: { gapMs: 0, retries: 0 },
	});
	const look = await failing.secondLook('payable');
	server.faults.set([]);
	expect(look.failed).toMatch(/not as the GP Web Services/);
	expect(look.keys.size).toBeGreaterThan(0);
});
