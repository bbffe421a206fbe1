import { createGpClient, type GpClient } from '../../../lib/gp/gp-client';
import type { GpPayable } from '../../../lib/model/gp-records';
import type { ProfileName } from '../../../lib/gp/profiles/site-profile';
import {
	createWindowsHttpClient,
	type WindowsHttpClient,
} from '../../../lib/ntlm/windows-http-client';
import { documentKey, type CompanyDocument } from '../../../sandbox/gp/company/types';
import { SANDBOX_ACCOUNT } from '../../../sandbox/gp/ntlm/directory';
import { startGpServer, type GpStandIn } from '../../../sandbox/gp/server/start-gp-server';
import { postgresSource } from '../../../sandbox/gp/sql/postgres-source';
import {
	batchesOf,
	shippedSql,
	startGpDatabase,
	type GpDatabase,
} from '../../../sandbox/gp/sql/start-gp-database';
import { map, PROJECTS } from '../../mapping/samples';
import { rowsClient } from '../support/rows-client';
import { siteFor } from '../support/client';

/*
 * One company, one receipt-matched invoice, every door: where receipts can be read its cost comes to
 * its job, to the cent; where they cannot, it waits and says so.
 */
const ACCRUAL = '000-2100-00';

let server: GpStandIn;
let database: GpDatabase | null;
let sql: Awaited<ReturnType<typeof postgresSource>> | null = null;
let invoice: CompanyDocument;
const open: WindowsHttpClient[] = [];

beforeAll(async () => {
	server = await startGpServer({ company: { vendorCount: 24, documentCount: 60 } });
	invoice = server.edits.addMatchedInvoice({
		vendorId: [...server.company.vendors.keys()][0]!,
		accrualAccount: ACCRUAL,
		lines: [
			{
				account: '300-5130-03',
				quantity: '4',
				unitCost: '25.5',
				invoicedUnitCost: '26',
				job: '300',
				description: 'Forms',
			},
			{ account: '300-5140-03', quantity: '3', unitCost: '33.33', description: 'Rebar' },
		],
	});
	database = await startGpDatabase(server.company);
	if (database) sql = await postgresSource(database.reader);
	else console.warn('SKIPPED at the SQL door: PostgreSQL is not installed.');
}, 120_000);
afterAll(async () => {
	for (const http of open.splice(0)) http.close();
	await sql?.close();
	await database?.stop();
	await server.close();
});

function client(door: ProfileName): GpClient {
	if (door === 'rows') return rowsClient(sql!.source).client;
	const http = createWindowsHttpClient({
		authentication: { kind: 'windows', ...SANDBOX_ACCOUNT },
		maxSockets: 5,
	});
	open.push(http);
	return createGpClient({
		site: siteFor(
			{},
			{
				serviceAddress: server.url,
				profileName: door,
			},
		),
		http,
		effects: { now: () => server.now(), sleep: async () => undefined, random: () => 0.5 },
		throttle: { gapMs: 0, concurrency: 5 },
	});
}

async function read(reader: GpClient, key = documentKey(invoice)): Promise<GpPayable> {
	const [record] = await reader.withReceiptLines([await reader.get('payable', key)]);
	return record as GpPayable;
}

function mapped(record: GpPayable) {
	const { desired, notSent } = map([record], { settings: { accrualAccounts: [ACCRUAL] } });
	return {
		sent: desired.flatMap((one) =>
			one.kind === 'directCost'
				? one.lines.map(({ costCode, amount }) => [one.projectId, costCode, amount])
				: [],
		),
		waits: notSent.map(({ outcome, reason }) => [outcome, reason?.code]),
	};
}

const [HARBOR] = PROJECTS;
const COST = [
	[HARBOR!.id, '5130', '102.00'],
	[HARBOR!.id, '5130', '2.00'],
	[HARBOR!.id, '5140', '99.99'],
];

test.each(['soap', 'rows'] as const)('%s: the cost behind the accrual', async (door) => {
	if (door === 'rows' && !database) return;
	const record = await read(client(door));
	expect(record.receiptLines).toMatchObject([
		{ account: '300-5130-03', cost: '102', variance: '2', job: '300', description: 'Forms' },
		{ account: '300-5140-03', cost: '99.99', variance: '0', job: null },
	]);
	expect(mapped(record)).toEqual({ sent: COST, waits: [] });
});

test.each(['sba', 'odata'] as const)('%s: it waits, and says why', async (door) => {
	const record = await read(client(door));
	expect(record).not.toHaveProperty('receiptLines');
	expect(mapped(record)).toEqual({ sent: [], waits: [['parked', 'cost-on-receipt']] });
});

test('an invoice that pays no receipt has none, at either door', async () => {
	const other = [...server.company.documents.values()].find(
		({ documentType, voided, voucher }) =>
			documentType === 1 && !voided && voucher !== invoice.voucher,
	)!;
	for (const door of ['soap', 'rows'] as const) {
		if (door === 'rows' && !database) continue;
		expect((await read(client(door), documentKey(other))).receiptLines).toEqual([]);
	}
});

test('an account that may not read purchase documents still reads the invoices', async () => {
	server.set({ soap: { role: 'fault' } });
	try {
		const record = (await client('sba').get('payable', documentKey(invoice))) as GpPayable;
		const [told] = await client('soap').withReceiptLines([record]);
		expect(told).toMatchObject({ receiptsUnread: expect.stringContaining('not allow') });
	} finally {
		server.set({ soap: { role: 'granted' } });
	}
});

test('by SQL: a receipt line invoiced in part counts with that part', async () => {
	if (!database) return;
	await database.owner.query('UPDATE POP10600 SET QTYINVCD = 1');
	await database.owner.query(
		'UPDATE POP30310 SET EXTDCOST = 26 WHERE POPRCTNM IN (SELECT POPIVCNO FROM POP10600)',
	);
	const { receiptLines } = await read(client('rows'));
	expect(receiptLines!.map(({ cost }) => cost)).toEqual(['25.50', '33.33']);
	await database.load(server.company);
});

test('by SQL: a purchase invoice that was voided pays nothing', async () => {
	if (!database) return;
	await database.owner.query('UPDATE POP30300 SET VOIDSTTS = 1 WHERE VCHRNMBR = $1', [
		invoice.voucher,
	]);
	expect((await read(client('rows'))).receiptLines).toEqual([]);
	await database.load(server.company);
});

test('by SQL: quantities of another order do not double a receipt line', async () => {
	if (!database) return;
	await database.owner
		.query(`INSERT INTO POP10500 (POPRCTNM, RCPTLNNM, PONUMBER, POLNENUM, QTYSHPPD)
		SELECT POPRCTNM, RCPTLNNM, 'ANOTHER', POLNENUM, 1 FROM POP10500`);
	const { receiptLines } = await read(client('rows'));
	expect(receiptLines!.map(({ cost }) => cost)).toEqual(['102', '99.99']);
	await database.load(server.company);
});

test('by SQL: orders, receipts and purchase invoices by list and by key, as over SOAP', async () => {
	if (!database) return;
	const [one, other] = [client('rows').purchasing!, client('soap').purchasing!];
	for (const kind of ['order', 'receipt', 'purchaseInvoice'] as const) {
		const { rows, notProven } = await one.list(kind);
		expect(notProven).toBeNull();
		expect(rows.length).toBe(1);
		const { rows: same } = await other.list(kind);
		expect(rows).toEqual(same);
		const document = await one.get(kind, rows[0]!.key);
		expect(document).toMatchObject({ kind, lines: [{ line: 16384 }, { line: 32768 }] });
		expect(await one.list(kind, { since: '2999-01-01' })).toMatchObject({ rows: [] });
		expect(await one.list(kind, { vendorId: 'NOBODY' })).toMatchObject({ rows: [] });
	}
	await expect(one.get('receipt', 'NOBODY')).rejects.toMatchObject({
		code: 'GP_PURCHASE_NOT_FOUND',
	});
});

describe('jobs as job products keep them', () => {
	const PRODUCTS: Array<
		[script: string, tables: string, rows: (voucher: string, index: number) => string]
	> = [
		[
			'gp-jobs-signature.sql',
			`CREATE TABLE WS20001 (WS_Job_Number char(17) COLLATE gp_ci, Job_TRX_Number char(21) COLLATE gp_ci,
				APTVCHNM char(21) COLLATE gp_ci, LNSEQNBR numeric(19,5), CNTRLTYP smallint,
				Cost_Code_Number_1 char(7), Cost_Code_Number_2 char(7), Cost_Code_Number_3 char(7),
				Cost_Code_Number_4 char(7), Cost_Element smallint, ACTINDX int,
				DEX_ROW_ID int GENERATED ALWAYS AS IDENTITY)`,
			(voucher, index) =>
				`INSERT INTO WS20001 VALUES ('302', '${voucher}', '', 16384, 0, '310', '000', '', '', 2, ${index})`,
		],
		[
			'gp-jobs-mem.sql',
			'CREATE TABLE ME97705 (DOCNUMBR char(21) COLLATE gp_ci, ME_Job_ID char(31))',
			(voucher) => `INSERT INTO ME97705 VALUES ('${voucher}', '302')`,
		],
		[
			'gp-jobs-analytical.sql',
			`CREATE TABLE AAG20000 (aaSubLedgerHdrID int, SERIES smallint, DOCTYPE smallint,
				DOCNUMBR char(21) COLLATE gp_ci, Master_ID char(31));
			CREATE TABLE AAG20001 (aaSubLedgerHdrID int, aaSubLedgerDistID int, SEQNUMBR int, ACTINDX int);
			CREATE TABLE AAG20002 (aaSubLedgerHdrID int, aaSubLedgerDistID int, aaSubLedgerAssignID int,
				DEBITAMT numeric(19,5), CRDTAMNT numeric(19,5), DEX_ROW_ID int GENERATED ALWAYS AS IDENTITY);
			CREATE TABLE AAG20003 (aaSubLedgerHdrID int, aaSubLedgerDistID int, aaSubLedgerAssignID int,
				aaTrxDimID int, aaTrxCodeID int);
			CREATE TABLE AAG00400 (aaTrxDimID int, aaTrxDim char(31));
			CREATE TABLE AAG00401 (aaTrxDimID int, aaTrxDimCodeID int, aaTrxDimCode char(31));
			INSERT INTO AAG00400 VALUES (1, 'JOB'), (2, 'COST CODE');
			INSERT INTO AAG00401 VALUES (1, 1, '302'), (1, 2, '301'), (2, 1, '310-000')`,
			(voucher, index) =>
				`INSERT INTO AAG20000 VALUES (7, 4, 0, '${voucher}', ''), (8, 4, 1, '${voucher}', ''), (9, 12, 0, '${voucher}', '');
				INSERT INTO AAG20001 VALUES (7, 1, 16384, ${index});
				INSERT INTO AAG20002 VALUES (7, 1, 1, 60, 0), (7, 1, 2, 40, 0);
				INSERT INTO AAG20003 VALUES (7, 1, 1, 1, 1), (7, 1, 1, 2, 1), (7, 1, 2, 1, 2)`,
		],
	];
	const EXPECTED: Record<string, object[]> = {
		'gp-jobs-signature.sql': [{ debit: '100', job: '302', costCode: '310-000', costType: 'M' }],
		'gp-jobs-mem.sql': [{ debit: '100', job: '302' }],
		'gp-jobs-analytical.sql': [
			{ debit: '60', job: '302', costCode: '310-000' },
			{ debit: '40', job: '301' },
		],
	};

	test.each(PRODUCTS)('%s', async (script, tables, rows) => {
		if (!database) return;
		const { owner, load } = database;
		for (const state of ['open', 'history'] as const) {
			const document = server.edits.addInvoice({
				state,
				lines: [{ account: '000-5130-03', amount: '100' }],
			});
			await load(server.company);
			const found = await owner.query<{ dstindx: number; dstsqnum: number }>(
				`SELECT DSTINDX, DSTSQNUM FROM ${state === 'open' ? 'PM10100' : 'PM30600'} WHERE VCHRNMBR = $1 AND DISTTYPE = 6`,
				[document.voucher],
			);
			expect(found.rows).toMatchObject([{ dstsqnum: 16384 }]);
			for (const batch of [tables, rows(document.voucher, found.rows[0]!.dstindx)])
				await owner.query(batch);
			for (const batch of batchesOf(shippedSql(script))) await owner.query(batch);
			const record = (await client('rows').get('payable', documentKey(document))) as GpPayable;
			const cost = record.distributions.filter(({ type }) => type === 'purchase');
			expect(cost).toMatchObject(EXPECTED[script]!);
			expect(cost).toHaveLength(EXPECTED[script]!.length);
			if (script === 'gp-jobs-analytical.sql') {
				await owner.query('UPDATE AAG20002 SET DEBITAMT = 59 WHERE DEBITAMT = 60');
				await expect(client('rows').get('payable', documentKey(document))).rejects.toMatchObject({
					code: 'GP_RECORD_MALFORMED',
					message: expect.stringContaining('add up to 99.00, and the distribution is 100.00'),
				});
			}
			await owner.query('DROP VIEW gpp_distribution_job');
			for (const [name] of tables.matchAll(/(?<=CREATE TABLE )\w+/g))
				await owner.query(`DROP TABLE ${name}`);
		}
		for (const batch of batchesOf(shippedSql())) await owner.query(batch);
	});
});
