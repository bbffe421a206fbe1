import { EMPTY_WATERMARK } from '../../lib/model/gp-changes';
import { createGpClient, type GpClient } from '../../lib/gp/gp-client';
import type { GpPayable, GpVendor } from '../../lib/model/gp-records';
import { documentKey, type CompanyDocument } from '../../sandbox/gp/company/types';
import { startGpServer, type GpStandIn } from '../../sandbox/gp/server/start-gp-server';
import type { SwitchChange } from '../../sandbox/gp/server/switches';
import { fakeClock } from '../procore/support/fake-clock';
import { plainHttp } from './support/stand-in';

/* What sites differ in and no page settles, read over real HTTP in each position of its switch. */
let gp: GpStandIn;
let http: ReturnType<typeof plainHttp>;
let client: GpClient;
afterEach(async () => {
	http.close();
	await gp.close();
});

async function start(switches: SwitchChange): Promise<void> {
	gp = await startGpServer({
		switches: { authMode: 'none', ...switches },
		company: { vendorCount: 8, documentCount: 12 },
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
}

function intercompany(): CompanyDocument {
	const document = gp.edits.addInvoice({
		state: 'open',
		lines: [
			{ account: '300-5110-02', amount: '60.00' },
			{ account: '300-5130-02', amount: '40.00' },
		],
	});
	document.distributions.find(({ account }) => account === '300-5130-02')!.company = 'THREE';
	return document;
}

async function readAgain(document: CompanyDocument): Promise<GpPayable> {
	const { records } = await client.readByKeys('payable', [documentKey(document)]);
	return records[0] as GpPayable;
}

async function everything<Record>(entity: 'vendor' | 'payable'): Promise<Record[]> {
	const batch = await client.readChanges(entity, {
		watermark: EMPTY_WATERMARK,
		limit: 500,
		cursor: null,
	});
	return batch.records as Record[];
}

describe.each(['nested', 'flat'] as const)('fields %s', (fieldStyle) => {
	test('the company of an intercompany line is told, and lost in history', async () => {
		await start({ fieldStyle });
		const document = intercompany();
		const companies = ({ distributions }: GpPayable) =>
			distributions.flatMap(({ account, company }) => (company ? [[account, company]] : []));
		const open = await readAgain(document);
		expect(companies(open)).toEqual([['300-5130-02', 'THREE']]);
		expect(open).not.toHaveProperty('intercompany');
		gp.edits.payVoucher(documentKey(document));
		const history = await readAgain(document);
		expect(companies(history)).toEqual([]);
		expect(history).toMatchObject({ state: 'history', intercompany: 'linesUnknown' });
	});

	test('a site that never tells it says that the lines are unknown', async () => {
		await start({ fieldStyle, intercompanyLines: 'never' });
		expect(await readAgain(intercompany())).toMatchObject({ intercompany: 'linesUnknown' });
	});

	test('vendor ids in another case name the vendors read', async () => {
		await start({ fieldStyle, mixedCaseIds: true });
		const vendors = await everything<GpVendor>('vendor');
		const payables = await everything<GpPayable>('payable');
		const keys = new Set(vendors.map(({ key }) => key));
		expect(payables.length).toBeGreaterThan(10);
		expect(payables.some(({ vendorId }) => /[a-z]/.test(vendorId))).toBe(true);
		const canonical = payables.map(({ vendorId }) => vendorId.toUpperCase());
		expect(canonical.filter((id) => !keys.has(id))).toEqual([]);
	});

	test('what tells a person’s identity leaves GP nowhere', async () => {
		await start({ fieldStyle, vendorIdentityColumns: true });
		const vendors = await everything<GpVendor>('vendor');
		expect(vendors).toHaveLength(8);
		const told = JSON.stringify(vendors);
		for (const secret of ['GOVINDID', 'GOVCRPID', 'BRTHDATE', '000-00-0042', '1970-02-03'])
			expect(told).not.toContain(secret);
	});

	test('a column State that is an address is no state of a document', async () => {
		await start({ fieldStyle, documentAddressState: true });
		const states = new Map(
			[...gp.company.documents.values()].map((one) => [
				documentKey(one),
				one.state === 'work' ? 'unposted' : one.state,
			]),
		);
		const payables = await everything<GpPayable>('payable');
		expect(payables).toHaveLength(states.size);
		for (const { key, state } of payables) expect([key, state]).toEqual([key, states.get(key)]);
	});
});

test('a site that wants GP’s own dictionary in the path is told by that, not by its company', async () => {
	await start({ productSegment: 'required' });
	await expect(client.probe()).rejects.toMatchObject({
		code: 'GP_SETTING_INVALID',
		remedy: expect.stringContaining('{"productSegment": "Dynamics"}') as string,
	});
	const { suggestedProfile, entities } = await client.survey();
	expect(suggestedProfile).toMatchObject({ productSegment: 'Dynamics' });
	expect(entities.payable.readable).toBe(true);
});

test('a company that is not there is still the company', async () => {
	await start({});
	const other = createGpClient({
		site: {
			...{ serviceAddress: gp.url, tenant: 'DefaultTenant', companyId: 'TWO' },
			company: 'Nobody Ltd.',
		},
		http,
		effects: fakeClock(),
		throttle: { gapMs: 0 },
	});
	await expect(other.probe()).rejects.toMatchObject({ code: 'GP_COMPANY_UNKNOWN' });
	expect((await other.survey()).suggestedProfile).not.toHaveProperty('productSegment');
});
