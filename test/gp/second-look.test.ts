import { plainHttp } from './support/stand-in';
import { createGpClient, type GpClient } from '../../lib/gp/gp-client';
import { startGpServer, type GpStandIn } from '../../sandbox/gp/server/start-gp-server';
import { fakeClock } from '../procore/support/fake-clock';
import { siteFor } from './support/client';

let gp: GpStandIn;
let http: ReturnType<typeof plainHttp>;
let client: GpClient;

beforeEach(async () => {
	gp = await startGpServer({
		switches: { authMode: 'none' },
		company: { vendorCount: 10, documentCount: 200 },
	});
	http = plainHttp();
	const { displayName, databaseId } = gp.company.options;
	client = createGpClient({
		site: {
			serviceAddress: gp.url,
			tenant: 'DefaultTenant',
			company: displayName,
			companyId: databaseId,
			profileName: 'sba',
		},
		http,
		effects: fakeClock(),
		throttle: { gapMs: 0 },
	});
});

afterEach(async () => {
	http.close();
	await gp.close();
});

test('finds every key of the stand-in by its own way', async () => {
	const { keys, failed } = await client.secondLook('payable');
	expect([...keys].sort()).toEqual([...gp.company.documents.keys()].sort());
	expect(failed).toBeNull();
});

test('a fault on the way is told, with what came until then and without a count', async () => {
	gp.faults.set([{ kind: 'errorBody', match: '$skip=' }]);
	const { keys, counted, failed } = await client.secondLook('payable');
	expect(keys.size).toBe(73);
	expect(counted).toBeNull();
	expect(failed).toMatch(/^While reading the payables documents .*[^.]$/);
});

test.each([401, 403])('a refused user (status %d) throws', async (status) => {
	gp.faults.set([{ kind: 'status', status, match: '$skip=' }]);
	await expect(client.secondLook('payable')).rejects.toThrow(
		status === 401 ? /refused the Windows login/ : /did not allow this user/,
	);
});

test.each([
	['a descending order', ' desc', 'odata', 'vendor'],
	['any order', '$orderby', 'odata', 'vendor'],
	['a descending order', ' desc', 'sba', 'payable'],
] as const)(
	'a site that refuses %s (%s, %s) is looked at in another way',
	async (_, match, door, entity) => {
		gp.faults.set([{ kind: 'status', status: 400, match }]);
		const { displayName, databaseId } = gp.company.options;
		const { keys, failed } = await createGpClient({
			site: {
				serviceAddress: gp.url,
				tenant: 'DefaultTenant',
				company: displayName,
				companyId: databaseId,
				profileName: door,
			},
			http,
			effects: fakeClock(),
			throttle: { gapMs: 0 },
		}).secondLook(entity);
		expect(failed).toBeNull();
		const { vendors, documents } = gp.company;
		expect(keys.size).toBe(entity === 'vendor' ? vendors.size : documents.size);
	},
);

describe('over OData', () => {
	const overOdata = () =>
		createGpClient({
			site: siteFor({}, { serviceAddress: gp.url, profileName: 'odata' }),
			http,
			effects: fakeClock(),
			throttle: { gapMs: 0 },
		});

	test('the register names what the tables of documents do not show', async () => {
		// The table of open documents is not given: their keys stand in the register alone.
		const all = [...gp.company.documents.keys()].sort();
		gp.faults.set([{ kind: 'status', status: 404, match: '/PM20000' }]);
		const { keys, failed, counted } = await overOdata().secondLook('payable');
		expect([...keys].sort()).toEqual(all);
		expect(failed).toMatch(/PM20000/);
		expect(counted).toBeNull();
	});

	test('where this user may not read it nothing is said of it', async () => {
		gp.faults.set([{ kind: 'status', status: 403, match: '/PM00400' }]);
		const { keys, failed } = await overOdata().secondLook('payable');
		expect(keys.size).toBe(gp.company.documents.size);
		expect(failed).toBeNull();
	});

	test('where it is not published nothing is said of it', async () => {
		gp.set({ publishedTables: gp.switches.publishedTables.filter((name) => name !== 'PM00400') });
		const { keys, failed, counted } = await overOdata().secondLook('payable');
		expect(keys.size).toBe(gp.company.documents.size);
		expect(failed).toBeNull();
		expect(counted).toBe(gp.company.documents.size);
	});
});
