import type { GpPayable } from '../../../lib/model/gp-records';
import { generateCompany, type Company } from '../../../sandbox/gp/company/company';
import { CompanyEdits } from '../../../sandbox/gp/company/edits';
import { documentKey, type CompanyDocument } from '../../../sandbox/gp/company/types';
import { postgresSource } from '../../../sandbox/gp/sql/postgres-source';
import { startGpDatabase, type GpDatabase } from '../../../sandbox/gp/sql/start-gp-database';
import { map, PROJECTS } from '../../mapping/samples';
import { fakeClock } from '../support/fake-clock';
import { FakeGp } from '../support/fake-gp';
import { clientFor, siteFor } from '../support/client';
import { rowsClient } from '../support/rows-client';

/* The day an invoice was paid, by what was applied to it: Procore shows it as "Paid Date". */
let company: Company;
let edits: CompanyEdits;
let database: GpDatabase | null;
let sql: Awaited<ReturnType<typeof postgresSource>> | null = null;
const now = Date.parse('2026-07-01T10:00:00Z');

beforeAll(async () => {
	company = generateCompany({ vendorCount: 12, documentCount: 40 });
	edits = new CompanyEdits(
		() => company,
		() => now,
	);
	database = await startGpDatabase(company);
	if (database) sql = await postgresSource(database.reader);
	else console.warn('SKIPPED: PostgreSQL is not installed.');
}, 120_000);
afterAll(async () => {
	await sql?.close();
	await database?.stop();
});

const there = (name: string, run: (database: GpDatabase) => Promise<void>) =>
	test(name, async () => {
		if (database) await run(database);
	});

const invoiceOf = (amount: string, more: { documentType?: 1 | 3 } = {}): CompanyDocument =>
	edits.addInvoice({ state: 'open', lines: [{ account: '300-5110-02', amount }], ...more });

async function read(document: CompanyDocument): Promise<GpPayable> {
	await database!.load(company);
	return await readAsIs(document);
}

async function readAsIs(document: CompanyDocument): Promise<GpPayable> {
	const { client } = rowsClient(sql!.source);
	const record = await client.get('payable', documentKey(document));
	return (await client.withPaidDates([record]))[0] as GpPayable;
}

function headerOf(record: GpPayable) {
	const [cost] = map([record]).desired;
	if (cost?.kind !== 'directCost') throw new Error('no direct cost');
	expect(cost.projectId).toBe(PROJECTS[0]!.id);
	return cost.header;
}

there('two payments: it is paid when the last of them is applied', async () => {
	const invoice = invoiceOf('100.00');
	expect(await read(invoice)).toMatchObject({ state: 'open', paidOn: null });
	edits.applyPayment(documentKey(invoice), '60.00', { at: '2026-07-03T15:00:00Z' });
	expect(await read(invoice)).toMatchObject({ state: 'open', paidOn: null });
	edits.payVoucher(documentKey(invoice), { at: '2026-07-09T23:30:00Z' });
	const paid = await read(invoice);
	expect(paid).toMatchObject({ state: 'history', paidOn: '2026-07-09' });
	expect(headerOf(paid)).toMatchObject({ payment_date: '2026-07-09' });
});

there('its payment is voided: it is open again, and the date goes', async () => {
	const invoice = invoiceOf('10.00');
	edits.payVoucher(documentKey(invoice));
	expect((await read(invoice)).paidOn).toBe('2026-07-01');
	edits.voidPayments(documentKey(invoice));
	const open = await read(invoice);
	expect(open).toMatchObject({ state: 'open', paidOn: null });
	expect(headerOf(open)).toMatchObject({ payment_date: '' });
});

there('settled by credits alone it was never paid; with a payment before them it was', async () => {
	const credited = invoiceOf('10.00');
	edits.applyCredit(documentKey(credited));
	expect(await read(credited)).toMatchObject({ state: 'history', paidOn: null });
	const both = invoiceOf('10.00', { documentType: 3 });
	edits.applyPayment(documentKey(both), '4.00', { at: '2026-07-03T15:00:00Z' });
	edits.applyCredit(documentKey(both), { at: '2026-07-05T15:00:00Z' });
	expect(await read(both)).toMatchObject({ paidOn: '2026-07-05' });
});

there(
	'what is not posted is not applied, and a pair in both tables counts once',
	async ({ owner }) => {
		const invoice = invoiceOf('10.00');
		edits.payVoucher(documentKey(invoice), { at: '2026-07-09T12:00:00Z' });
		await database!.load(company);
		await owner.query(
			`INSERT INTO PM10200 (APTVCHNM, APTODCTY, VCHRNMBR, DOCTYPE, DATE1, POSTED)
			VALUES ($1, 1, 'NOT POSTED', 6, '2026-08-01', 0)`,
			[invoice.voucher],
		);
		await owner.query(
			`INSERT INTO PM10200 (APTVCHNM, APTODCTY, VCHRNMBR, DOCTYPE, DATE1, POSTED)
			SELECT APTVCHNM, APTODCTY, VCHRNMBR, DOCTYPE, DATE1, 1 FROM PM30300 WHERE APTVCHNM = $1`,
			[invoice.voucher],
		);
		expect((await readAsIs(invoice)).paidOn).toBe('2026-07-09');
	},
);

there('applied to another type of the same number: not to this one', async ({ owner }) => {
	const invoice = invoiceOf('10.00');
	edits.payVoucher(documentKey(invoice), { at: '2026-07-09T12:00:00Z' });
	await database!.load(company);
	await owner.query('UPDATE PM30300 SET APTODCTY = 3 WHERE APTVCHNM = $1', [invoice.voucher]);
	expect(await readAsIs(invoice)).not.toHaveProperty('paidOn');
});

there(
	'history cleared of its applications, a row without a day: nothing is said',
	async ({ owner }) => {
		const [cleared, dateless] = [invoiceOf('10.00'), invoiceOf('20.00')];
		for (const invoice of [cleared, dateless]) edits.payVoucher(documentKey(invoice));
		await database!.load(company);
		await owner.query('DELETE FROM PM30300 WHERE APTVCHNM = $1', [cleared.voucher]);
		await owner.query("UPDATE PM30300 SET DATE1 = '1900-01-01' WHERE APTVCHNM = $1", [
			dateless.voucher,
		]);
		for (const invoice of [cleared, dateless]) {
			const record = await readAsIs(invoice);
			expect(record).not.toHaveProperty('paidOn');
			expect(headerOf(record)).not.toHaveProperty('payment_date');
		}
	},
);

there('credits, payments, voids and unposted documents are asked nothing of', async () => {
	await database!.load(company);
	const { client } = rowsClient(sql!.source);
	const records = (await client.list('payable')) as GpPayable[];
	const before = sql!.statements.length;
	const told = (await client.withPaidDates(records)) as GpPayable[];
	expect(sql!.statements.length - before).toBe(1);
	for (const { documentType, voided, state, paidOn } of told) {
		const owed = ['invoice', 'financeCharge', 'miscellaneousCharge'].includes(documentType);
		expect(paidOn !== undefined).toBe(owed && !voided && state !== 'unposted');
	}
	expect(told.some(({ paidOn }) => typeof paidOn === 'string')).toBe(true);
});

test.each(['sba', 'odata', 'soap'] as const)(
	'%s does not tell, and says so',
	async (profileName) => {
		const { client } = clientFor(new FakeGp(), {
			site: siteFor({}, { profileName }),
			clock: fakeClock(),
		});
		expect(client.door.capabilities).toMatchObject({
			applied: false,
			lacks: expect.arrayContaining([expect.stringContaining('which invoice a payment paid')]),
		});
		const record = { kind: 'payable', documentType: 'invoice', state: 'history' } as GpPayable;
		expect(await client.withPaidDates([record])).toEqual([record]);
	},
);
