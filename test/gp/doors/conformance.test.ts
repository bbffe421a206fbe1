import type { Entity } from '../../../lib/model/source';
import { EMPTY_WATERMARK, type Watermark } from '../../../lib/model/gp-changes.types';
import { createGpClient, type GpClient } from '../../../lib/gp/gp-client';
import type { ProfileName } from '../../../lib/gp/profiles/site-profile';
import type { GpRecord } from '../../../lib/model/gp-records';
import {
	createWindowsHttpClient,
	type WindowsHttpClient,
} from '../../../lib/ntlm/windows-http-client';
import { documentKey } from '../../../sandbox/gp/company/types';
import { SANDBOX_ACCOUNT } from '../../../sandbox/gp/ntlm/directory';
import { startGpServer, type GpStandIn } from '../../../sandbox/gp/server/start-gp-server';
import { postgresSource } from '../../../sandbox/gp/sql/postgres-source';
import { startGpDatabase, type GpDatabase } from '../../../sandbox/gp/sql/start-gp-database';
import { readRun } from '../support/read-run';

/*
 * One suite over all doors: the same company, the same edits, the same records. What a door does not
 * carry is named here field by field, and in its capabilities; everything else must be equal.
 */
const DOORS: Array<'sba' | 'odata' | 'soap' | 'rows'> = ['sba', 'odata', 'soap'];
type Door = (typeof DOORS)[number];
const ENTITIES = ['vendor', 'account', 'payable'] as const;

let server: GpStandIn;
let database: GpDatabase | null = null;
let sql: Awaited<ReturnType<typeof postgresSource>> | null = null;
const open: WindowsHttpClient[] = [];
beforeAll(async () => {
	server = await startGpServer({ company: { vendorCount: 24, documentCount: 60 } });
	database = await startGpDatabase(server.company);
	if (database) {
		DOORS.push('rows');
		sql = await postgresSource(database.reader);
	} else console.warn('SKIPPED at the SQL door: PostgreSQL is not installed.');
}, 120_000);
afterEach(() => {
	for (const http of open.splice(0)) http.close();
});
afterAll(async () => {
	await sql?.close();
	await database?.stop();
	await server.close();
});

/** What people do in GP stands in its tables at once. */
async function edited(): Promise<void> {
	await database?.load(server.company);
}

function client(door: ProfileName): GpClient {
	const http = createWindowsHttpClient({
		authentication: { kind: 'windows', ...SANDBOX_ACCOUNT },
		maxSockets: 5,
	});
	open.push(http);
	return createGpClient({
		site: {
			serviceAddress: server.url,
			tenant: 'DefaultTenant',
			company: 'Fabrikam, Inc.',
			companyId: 'TWO',
			profileName: door,
		},
		http,
		...(sql ? { rows: sql.source } : {}),
		effects: { now: () => server.now(), sleep: async () => undefined, random: () => 0.5 },
		politeness: { gapMs: 0, concurrency: 5 },
	});
}

/** What each door does not carry, emptied on both sides before they are compared. */
const ABSENT: Record<Door, (record: GpRecord) => object> = {
	sba: () => ({}),
	// No vendor names on documents; of a vendor the primary address, and no internet addresses.
	odata: (record) => {
		if (record.kind === 'payable') return { vendorName: null };
		if (record.kind === 'account') return {};
		return { email: null, website: null, addresses: record.addresses.slice(0, 1) };
	},
	// Nothing: all of it stands in the tables.
	rows: () => ({}),
	soap: (record) => {
		if (record.kind === 'vendor') return { currencyId: null };
		if (record.kind === 'account')
			return record.type === 'posting' ? {} : { category: null, postingType: null };
		const hasTerms = ['invoice', 'miscellaneousCharge'].includes(record.documentType);
		return {
			currencyId: null,
			retainageUnknown: undefined,
			amounts: { ...record.amounts, retainage: null },
			...(hasTerms ? {} : { paymentTermsId: null }),
		};
	},
};

function comparable(record: GpRecord, door: Door): object {
	const { hash: _hash, extra: _extra, ...rest } = record;
	return { ...rest, ...ABSENT[door](record) };
}

/** Payments are no documents of the SOAP contract. */
function shared(records: GpRecord[]): GpRecord[] {
	return [...records]
		.filter((record) => record.kind !== 'payable' || record.documentType !== 'payment')
		.sort((left, right) => (left.key < right.key ? -1 : 1));
}

async function everything(door: ProfileName): Promise<Record<Entity, GpRecord[]>> {
	const reader = client(door);
	const read = {} as Record<Entity, GpRecord[]>;
	for (const entity of ENTITIES) {
		const records = await reader.list(entity);
		expect(new Set(records.map(({ key }) => key)).size).toBe(records.length);
		read[entity] = shared(records);
	}
	return read;
}

test('the connection test passes at every door', async () => {
	for (const door of DOORS)
		await expect(client(door).probe()).resolves.toMatchObject({ company: expect.any(String) });
});

test('vendors, accounts and documents are equal at every door', async () => {
	const sba = await everything('sba');
	expect(sba.payable.length).toBeGreaterThan(40);
	for (const door of DOORS.slice(1)) {
		const read = await everything(door);
		for (const entity of ENTITIES)
			expect(read[entity].map((one) => comparable(one, door))).toEqual(
				sba[entity].map((one) => comparable(one, door)),
			);
	}
});

test('one record by its key is the record of the list, at every door', async () => {
	for (const door of DOORS) {
		const reader = client(door);
		for (const entity of ENTITIES)
			for (const record of (await reader.list(entity)).slice(0, 8))
				expect(await reader.get(entity, record.key)).toEqual(record);
	}
});

test('after the same edits every door gives the same changes and then nothing', async () => {
	const { company, edits } = server;
	const readers = DOORS.map((door) => ({ door, reader: client(door) }));
	const marks = new Map<string, Watermark>();
	for (const { door, reader } of readers)
		for (const entity of ENTITIES) {
			const { watermark, faults } = await readRun(reader, entity, EMPTY_WATERMARK, { limit: 25 });
			expect(faults).toEqual([]);
			marks.set(`${door} ${entity}`, watermark);
		}
	const busy = new Set([...company.documents.values()].map(({ vendorId }) => vendorId));
	const vendor = [...company.vendors.values()].find(({ vendorId }) => !busy.has(vendorId))!;
	edits.changeVendor(vendor.vendorId, { name: 'Renamed Concrete & Söhne' });
	const account = [...company.accounts.values()].find(({ type }) => type === 1)!;
	edits.changeAccount(account.account, { description: 'Renamed account' });
	const added = edits.addInvoice({ state: 'open', charges: { tax: '12.34' } });
	const work = [...company.documents.values()].find(({ state }) => state === 'work')!;
	edits.postVoucher(documentKey(work));
	const voided = [...company.documents.values()].find(
		({ state, voided, documentType }) => state === 'open' && !voided && documentType === 1,
	)!;
	edits.voidVoucher(documentKey(voided));
	await edited();

	const expected: Record<Entity, string[]> = {
		vendor: [vendor.vendorId],
		account: [account.account],
		payable: [added, work, voided].map(documentKey).sort(),
	};
	const first = {} as Record<Entity, GpRecord[]>;
	for (const { door, reader } of readers)
		for (const entity of ENTITIES) {
			const changes = await readRun(reader, entity, marks.get(`${door} ${entity}`)!);
			const records = shared(changes.records);
			expect(records.map(({ key }) => key)).toEqual(expected[entity]);
			first[entity] ??= records;
			expect(records.map((one) => comparable(one, door))).toEqual(
				first[entity].map((one) => comparable(one, door)),
			);
			expect((await readRun(reader, entity, changes.watermark)).records).toEqual([]);
		}
});

test('a document that was deleted is gone at every door, a payment is no deleted one over SOAP', async () => {
	const { company, edits } = server;
	const victim = edits.addInvoice({ state: 'work' });
	const payment = [...company.documents.values()].find(({ documentType }) => documentType === 6)!;
	edits.deleteVoucher(documentKey(victim));
	await edited();
	for (const door of DOORS) {
		const reader = client(door);
		expect((await reader.listKeys('payable')).keys).not.toContain(documentKey(victim));
		const read = await reader.readByKeys('payable', [documentKey(victim), documentKey(payment)]);
		expect(read.gone).toEqual([documentKey(victim)]);
		if (door === 'soap') {
			expect(read.faults).toMatchObject([{ error: { code: 'GP_NOT_THROUGH_THIS_DOOR' } }]);
			expect(reader.door.knows('payable', documentKey(payment))).toBe(false);
		} else expect(read.records.map(({ key }) => key)).toEqual([documentKey(payment)]);
	}
});
