import { EMPTY_WATERMARK, type Watermark } from '../../lib/gp/changes.types';
import { createGpClient, type GpClient } from '../../lib/gp/gp-client';
import type { GpPayable, GpRecord } from '../../lib/gp/records';
import type { GpSite } from '../../lib/gp/site';
import { startGpServer, type GpStandIn } from '../../sandbox/gp/server/start-gp-server';
import type { SwitchChange } from '../../sandbox/gp/server/switches';
import { plainHttp } from './support/stand-in';
import { readRun } from './support/read-run';

/*
 * One suite for every shape a site may have, after Airbyte's connector acceptance tests: bad
 * configuration, two readings equal, the increment a strict subset, a far watermark gives nothing,
 * every record exactly once. The profile is the shipped one; only what a site's administrator would
 * have to say is overridden.
 */
const ENTITIES = ['vendor', 'account', 'payable'] as const;

interface Shape {
	switches: SwitchChange;
	profile?: GpSite['profile'];
	profileName?: 'sba' | 'odata';
}

const shapes: Array<[string, Shape]> = [];
for (const dialect of ['none', 'odata', 'simple'] as const)
	for (const envelope of ['bare', 'payload', 'nested', 'xml'] as const)
		for (const stampMode of ['dateOnly', 'utcDateTime', 'absent'] as const)
			for (const listDetail of ['full', 'summary'] as const)
				shapes.push([
					`${dialect} · ${envelope} · ${stampMode} · ${listDetail}`,
					{
						switches: { dialect, envelope, stampMode, listDetail, maxPageSize: 40 },
						profile:
							dialect === 'simple'
								? { query: { dialect: 'parameters', pageSize: 25 } }
								: { query: { pageSize: 25 } },
					},
				]);
shapes.push(
	[
		'SBA with flat names, WCF dates and money as objects',
		{
			switches: {
				fieldStyle: 'flat',
				dateFormat: 'wcf',
				moneyFormat: 'object',
				trailingBlanks: false,
			},
		},
	],
	[
		'SBA with money as text, a product segment and voucher first',
		{
			switches: {
				moneyFormat: 'text',
				productSegment: 'required',
				keyOrder: 'voucherType',
				keySeparator: ',',
				listDetail: 'summary',
				stampSuffix: 'Z',
			},
			profile: {
				productSegment: 'Dynamics',
				keySeparator: ',',
				entities: { payable: { keyParts: ['voucher', 'documentType'] } },
			},
		},
	],
	[
		'SBA that answers XML and is asked for it',
		{ switches: { envelope: 'xml' }, profile: { format: { kind: 'xml', by: 'accept' } } },
	],
	[
		'SBA with the database id in the address',
		{ switches: { companyKey: 'databaseId' }, profile: { companySegment: 'id' } },
	],
);
for (const odataVersion of ['v3', 'v4'] as const)
	for (const stampMode of ['dateOnly', 'utcDateTime', 'absent'] as const)
		shapes.push([
			`OData ${odataVersion} · ${stampMode}`,
			{
				switches: { odataVersion, stampMode, maxPageSize: 40 },
				profileName: 'odata',
				profile: {
					query: { dateLiteral: odataVersion === 'v3' ? 'odata3' : 'odata4' },
					...(stampMode === 'utcDateTime'
						? {}
						: {
								entities: Object.fromEntries(
									ENTITIES.map((entity) => [
										entity,
										{ stampField: stampMode === 'dateOnly' ? 'MODIFDT' : null },
									]),
								),
							}),
				},
			},
		]);

let server: GpStandIn;
const http = plainHttp();
const effects = {
	now: () => Date.parse('2026-07-01T06:00:00Z'),
	sleep: async () => undefined,
	random: () => 0.5,
};

beforeAll(async () => {
	server = await startGpServer({
		company: { vendorCount: 40, documentCount: 50 },
		switches: { authMode: 'none' },
	});
});
afterAll(async () => {
	http.close();
	await server.close();
});

function clientOf({ profile, profileName = 'sba' }: Shape, more: Partial<GpSite> = {}): GpClient {
	return createGpClient({
		site: {
			serviceAddress: server.url,
			tenant: 'DefaultTenant',
			company: 'Fabrikam, Inc.',
			companyId: 'TWO',
			profile,
			profileName,
			...more,
		},
		http,
		effects,
		politeness: { gapMs: 0, concurrency: 5 },
	});
}

const byKey = (records: GpRecord[]) => [...records].sort((a, b) => (a.key < b.key ? -1 : 1));
const withoutExtra = (records: GpRecord[]) =>
	byKey(records).map(({ extra: _extra, hash: _hash, modified: _modified, ...rest }) => rest);
const keysInGp = () => ({
	vendor: [...server.company.vendors.keys()].sort(),
	account: [...server.company.accounts.keys()].sort(),
	payable: [...server.company.documents.keys()].sort(),
});

/** Rows nothing refers to only cost time, beyond the few that show paging. */
function keepSmall(): void {
	const { accounts, documents } = server.company;
	const used = new Set(
		[...documents.values()].flatMap(({ distributions, taxes }) =>
			[...distributions, ...taxes].map(({ account }) => account),
		),
	);
	for (const account of accounts.keys())
		if (!used.has(account) && accounts.size > 45) accounts.delete(account);
}

function costAccount(): string {
	return [...server.company.documents.values()]
		.flatMap(({ distributions }) => distributions)
		.find(({ type }) => type === 6)!.account;
}

let reference: Record<string, ReturnType<typeof withoutExtra>> | null = null;

describe.each(shapes)('%s', (_name, shape) => {
	beforeAll(() => {
		server.reset();
		server.set({ authMode: 'none', ...shape.switches });
		keepSmall();
	});

	test('the connection test passes, and names the company that is wrong', async () => {
		await expect(clientOf(shape).probe()).resolves.toMatchObject({ company: expect.any(String) });
		await expect(
			clientOf(shape, { company: 'Contoso, Ltd.', companyId: 'OTHER' }).probe(),
		).rejects.toMatchObject({
			code: 'GP_COMPANY_UNKNOWN',
			scope: 'configuration',
		});
	});

	test('every record comes exactly once, the same from any shape, with no secret in it', async () => {
		const client = clientOf(shape);
		const read: Record<string, ReturnType<typeof withoutExtra>> = {};
		for (const entity of ENTITIES) {
			const records = await client.list(entity);
			expect(records.map(({ key }) => key).sort()).toEqual(keysInGp()[entity]);
			if (entity === 'payable')
				expect((await client.listKeys(entity)).sort()).toEqual(keysInGp().payable);
			read[entity] = withoutExtra(records);
		}
		for (const { taxId } of server.company.vendors.values())
			if (taxId) expect(JSON.stringify(read)).not.toContain(taxId);
		if (shape.profileName !== 'odata') {
			reference ??= read;
			expect(read).toEqual(reference);
		} else {
			// The OData tables lack vendor names on documents and further vendor addresses; all else agrees.
			const amounts = (records: unknown[]) =>
				(records as GpPayable[]).map(({ key, amounts, distributions, taxes, state, voided }) => ({
					key,
					amounts,
					distributions,
					taxes: taxes.length,
					state,
					voided,
				}));
			expect(amounts(read.payable!)).toEqual(amounts(reference!.payable!));
			expect(read.account).toEqual(reference!.account);
		}
	});

	test('one record comes as in the list', async () => {
		const client = clientOf(shape);
		for (const entity of ENTITIES) {
			const records = await client.list(entity, { limit: 3 });
			expect(records).toHaveLength(3);
			expect(await client.get(entity, records[2]!.key)).toEqual(records[2]);
		}
		await expect(client.get('vendor', 'NOBODY')).rejects.toMatchObject({
			code: 'GP_RECORD_NOT_FOUND',
		});
	});

	test('two readings are equal; the increment is what changed and nothing else; a far watermark gives nothing', async () => {
		const client = clientOf(shape);
		const marks = {} as Record<(typeof ENTITIES)[number], Watermark>;
		for (const entity of ENTITIES) {
			const first = await readRun(client, entity, EMPTY_WATERMARK, { limit: 64 });
			const second = await readRun(clientOf(shape), entity, EMPTY_WATERMARK, { limit: 1000 });
			expect(first.faults).toEqual([]);
			expect(first.records.map(({ key }) => key).sort()).toEqual(keysInGp()[entity]);
			expect(first.records.map(({ key, hash }) => [key, hash])).toEqual(
				second.records.map(({ key, hash }) => [key, hash]),
			);
			expect(first.watermark).toEqual(second.watermark);
			marks[entity] = first.watermark;
			expect((await readRun(client, entity, first.watermark)).records).toEqual([]);
			if (shape.switches.stampMode !== 'absent') {
				expect((await readRun(client, entity, { since: '2999-01-01', seen: {} })).records).toEqual(
					[],
				);
			}
		}
		const busy = new Set([...server.company.documents.values()].map(({ vendorId }) => vendorId));
		// A document shows its vendor's name, and so changes with it: take a vendor without any.
		const vendor = [...server.company.vendors.values()].find(
			({ vendorId }) => !busy.has(vendorId),
		)!;
		server.edits.changeVendor(vendor.vendorId, { name: 'Renamed Concrete' });
		const added = server.edits.addInvoice({
			lines: [{ account: costAccount(), amount: '1234.56' }],
			charges: {},
		});
		const work = [...server.company.documents.values()].find(({ state }) => state === 'work')!;
		server.edits.postVoucher(`${work.documentType};${work.voucher}`);
		const vendors = await readRun(client, 'vendor', marks.vendor);
		expect(vendors.records).toMatchObject([{ key: vendor.vendorId, name: 'Renamed Concrete' }]);
		const payables = await readRun(client, 'payable', marks.payable);
		expect(payables.records.map(({ key }) => key).sort()).toEqual(
			[`${work.documentType};${work.voucher}`, `${added.documentType};${added.voucher}`].sort(),
		);
		expect((await readRun(client, 'account', marks.account)).records).toEqual([]);
		expect((await readRun(client, 'payable', payables.watermark)).records).toEqual([]);
	});
});
