import { stampToEpoch } from '../company/calendar';
import { EditRefused, type NewInvoice } from '../company/edits';
import type { MatchedInvoice } from '../company/purchase-edits';
import { truthOf } from '../company/truth';
import type { Fault } from '../server/faults';
import type { GpStandIn } from '../server/start-gp-server';
import type { SwitchChange } from '../server/switches';

type Body = Record<string, unknown>;

export interface AdminRoute {
	/** "POST /vouchers/post" */
	name: string;
	does: string;
	/** Example body, shown on the index page. */
	example?: Body;
	run(gp: GpStandIn, body: Body): unknown;
}

/** Keys travel in the body, since they hold a semicolon. */
function key(body: Body): string {
	if (typeof body.key !== 'string')
		throw new EditRefused('"key" is missing: write "{type};{voucher}"');
	return body.key;
}

function text(body: Body, name: string): string {
	const value = body[name];
	if (typeof value !== 'string' && typeof value !== 'number')
		throw new EditRefused(`"${name}" is missing`);
	return String(value);
}

function object(body: Body, name: string): Body {
	const value = body[name];
	if (typeof value !== 'object' || value === null)
		throw new EditRefused(`"${name}" is missing: an object`);
	return value as Body;
}

/** Stands for a document key in the examples; the index page puts a real one there. */
export const KEY = '{type};{voucher}';

/** Everything a test or a person may do to the company while it runs. */
export const ADMIN_ROUTES: readonly AdminRoute[] = [
	{
		name: 'GET /truth',
		does: 'counts, and cost by state, job, account, type and document',
		run: (gp) => truthOf(gp.company),
	},
	{
		name: 'GET /documents',
		does: 'all payables documents',
		run: (gp) => [...gp.company.documents.values()],
	},
	{ name: 'GET /vendors', does: 'all vendors', run: (gp) => [...gp.company.vendors.values()] },
	{
		name: 'GET /accounts',
		does: 'all GL accounts',
		run: (gp) => [...gp.company.accounts.values()],
	},
	{ name: 'GET /jobs', does: 'job numbers and names', run: (gp) => gp.company.jobs },
	{ name: 'GET /company', does: 'name, database, seed and sizes', run: (gp) => gp.company.options },
	{
		name: 'GET /counters',
		does: 'requests, logins, reads and rows since the last reset',
		run: (gp) => ({ ...gp.counters, logins: gp.directory.counters }),
	},
	{ name: 'GET /log', does: 'the last requests', run: (gp) => gp.log },
	{ name: 'GET /switches', does: 'how the site behaves', run: (gp) => gp.switches },
	{ name: 'GET /faults', does: 'faults in force', run: (gp) => gp.faults.get() },
	{
		name: 'GET /clock',
		does: 'sandbox time',
		run: (gp) => ({ now: new Date(gp.now()).toISOString() }),
	},
	{
		name: 'POST /invoices/add',
		does: 'enters an invoice; everything may be left out',
		example: {
			state: 'open',
			lines: [{ account: '300-5130-03', amount: '1250.00', reference: 'slab on grade' }],
			charges: { freight: '40.00' },
		},
		run: (gp, body) => gp.edits.addInvoice(body as NewInvoice),
	},
	{
		name: 'POST /invoices/matched',
		does: 'enters an order, its receipt and the invoice that pays it, which debits the accrual account',
		example: {
			vendorId: 'CONTOSOL0001',
			accrualAccount: '000-2100-00',
			lines: [{ account: '300-5130-03', quantity: '4', unitCost: '25.50', job: '300' }],
		},
		run: (gp, body) => gp.edits.addMatchedInvoice(body as unknown as MatchedInvoice),
	},
	{
		name: 'POST /invoices/amount',
		does: 'changes the purchases of an unposted document ("posted": true forces it on a posted one)',
		example: { key: KEY, purchases: '999.00' },
		run: (gp, body) => gp.edits.changeInvoiceAmount(key(body), text(body, 'purchases'), body),
	},
	{
		name: 'POST /distributions/change',
		does: 'edits one distribution; the document keeps its stamp',
		example: { key: KEY, sequence: 16384, account: '300-5140-03' },
		run: (gp, body) => gp.edits.changeDistribution(key(body), Number(text(body, 'sequence')), body),
	},
	{
		name: 'POST /vouchers/post',
		does: 'unposted → open',
		example: { key: KEY },
		run: (gp, body) => gp.edits.postVoucher(key(body), body),
	},
	{
		name: 'POST /vouchers/pay',
		does: 'open → history',
		example: { key: KEY },
		run: (gp, body) => gp.edits.payVoucher(key(body), body),
	},
	{
		name: 'POST /vouchers/apply',
		does: 'pays a part; the row gets a new stamp',
		example: { key: KEY, amount: '10.00' },
		run: (gp, body) => gp.edits.applyPayment(key(body), text(body, 'amount'), body),
	},
	{
		name: 'POST /vouchers/void-payments',
		does: 'history → open: what was applied to it is voided',
		example: { key: KEY },
		run: (gp, body) => gp.edits.voidPayments(key(body), body),
	},
	{
		name: 'POST /vouchers/void',
		does: 'voids a posted document; without history it vanishes',
		example: { key: KEY, keepHistory: true },
		run: (gp, body) => gp.edits.voidVoucher(key(body), body),
	},
	{
		name: 'POST /vouchers/delete',
		does: 'deletes an unposted document',
		example: { key: KEY },
		run: (gp, body) => gp.edits.deleteVoucher(key(body)),
	},
	{
		name: 'POST /vendors/change',
		does: 'changes fields of a vendor',
		example: { vendorId: 'CONTOSOL0001', change: { name: 'Contoso Holdings, Ltd.' } },
		run: (gp, body) => gp.edits.changeVendor(text(body, 'vendorId'), object(body, 'change'), body),
	},
	{
		name: 'POST /vendors/add',
		does: 'adds a vendor',
		example: { vendor: { vendorId: 'NEWVEND0001', name: 'New Vendor, LLC' } },
		run: (gp, body) => gp.edits.addVendor(object(body, 'vendor') as { vendorId: string }, body),
	},
	{
		name: 'POST /accounts/add',
		does: 'adds a GL account',
		example: { account: { account: '300-5180-02', description: 'Glazing - Materials' } },
		run: (gp, body) => gp.edits.addAccount(object(body, 'account') as { account: string }, body),
	},
	{
		name: 'POST /accounts/change',
		does: 'changes fields of a GL account',
		example: { account: '300-5130-02', change: { description: 'Concrete & rebar - Materials' } },
		run: (gp, body) => gp.edits.changeAccount(text(body, 'account'), object(body, 'change'), body),
	},
	{
		name: 'POST /switches',
		does: 'changes how the site behaves',
		example: { dialect: 'none', envelope: 'nested', listDetail: 'summary' },
		run: (gp, body) => gp.set(body as SwitchChange),
	},
	{
		name: 'POST /faults',
		does: 'replaces the faults in force; an empty list ends them',
		example: { faults: [{ kind: 'status', status: 503, times: 2, match: 'vendors' }] },
		run: (gp, body) => {
			gp.faults.set((body.faults ?? []) as Fault[]);
			return gp.faults.get();
		},
	},
	{
		name: 'POST /clock',
		does: 'sets the sandbox clock, which stamps the edits',
		example: { now: '2026-07-15T09:00:00Z' },
		run: (gp, body) => {
			const epoch = stampToEpoch(text(body, 'now'));
			if (Number.isNaN(epoch)) throw new EditRefused('"now" is not an instant');
			gp.setClock(epoch);
			return { now: new Date(gp.now()).toISOString() };
		},
	},
	{
		name: 'POST /reset',
		does: 'company, switches, faults and counters as at the start',
		run: (gp) => (gp.reset(), { reset: true }),
	},
	{
		name: 'POST /counters/reset',
		does: 'empties log and counters',
		run: (gp) => (gp.resetJournal(), { reset: true }),
	},
];
