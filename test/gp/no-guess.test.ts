import { createNormaliser } from '../../lib/gp/normalise/normaliser';
import { resolveProfile } from '../../lib/gp/site';
import type { GpAccount, GpPayable, GpVendor } from '../../lib/model/gp-records';

/* What a site writes that this package does not know is refused by its name, or called unknown. */
const normaliser = (entity: 'vendor' | 'account' | 'payable') =>
	createNormaliser(entity, resolveProfile({}), { companyId: 'TWO' });
const payable = (more: object) =>
	normaliser('payable').record({
		VCHRNMBR: '417',
		DOCTYPE: 1,
		VENDORID: 'A',
		DOCAMNT: 1,
		DCSTATUS: 2,
		VOIDED: 0,
		...more,
	}) as GpPayable;
const account = (more: object) =>
	normaliser('account').record({ ACTNUMST: '300-5110-02', ...more }) as GpAccount;
const vendor = (more: object) =>
	normaliser('vendor').record({ VENDORID: 'A', VENDNAME: 'ACME', ...more }) as GpVendor;
const refused = (field: string) =>
	expect.objectContaining({
		code: 'GP_RECORD_MALFORMED',
		details: expect.objectContaining({ field }),
	});

test.each<[string, () => unknown, string]>([
	['an account type', () => account({ ACCTTYPE: 9 }), 'the account type'],
	['a posting type', () => account({ PSTNGTYP: 'Memo' }), 'the posting type'],
	['an active flag', () => account({ ACTIVE: 'perhaps' }), 'the active flag'],
	['a document type', () => payable({ DOCTYPE: 'Scheduled' }), 'the document type'],
	['a state', () => payable({ TransactionState: 'Reserved', DCSTATUS: '' }), 'the state'],
	[
		'a state under a name that may be an address',
		() => payable({ State: 'IL', DCSTATUS: '' }),
		'the state',
	],
	['a void flag', () => payable({ VOIDED: 'since June' }), 'the voided flag'],
	['an amount', () => payable({ TAXAMNT: 'none' }), 'the tax amount'],
	['a hold', () => vendor({ HOLD: 'sometimes' }), 'the hold flag'],
	['an active flag of a vendor', () => vendor({ IsActive: 'unclear' }), 'the active flag'],
	['a status of a vendor', () => vendor({ VENDSTTS: 4 }), 'the status'],
])('%s that nobody knows is refused', (_, read, field) => {
	expect(read).toThrow(refused(field));
});

test('what a site does not tell is unknown', () => {
	expect(account({})).toMatchObject({ type: 'unknown', postingType: 'unknown' });
	expect(account({ ACCTTYPE: 1, PSTNGTYP: 0 })).toMatchObject({
		type: 'posting',
		postingType: 'balanceSheet',
	});
});

test('a name counts only with a value of its kind', () => {
	expect(payable({ State: 'IL', DCSTATUS: 3 })).toMatchObject({
		state: 'history',
		extra: expect.objectContaining({ State: 'IL' }),
	});
	expect(payable({ State: 'IL', DCSTATUS: undefined, POSTEDDT: '2026-03-01' }).state).toBe('open');
	expect(payable({ State: 'Open' }).state).toBe('open');
	expect(payable({ Tax: 'TAXABLE', TAXAMNT: '1.50' }).amounts.tax).toBe('1.5');
	expect(payable({ Type: 'Subcontract', DOCTYPE: 5 }).documentType).toBe('creditMemo');
	expect(account({ Type: 'Expense', ACCTTYPE: 2 }).type).toBe('unit');
	expect(vendor({ Status: 'Approved', VENDSTTS: 2 }).status).toBe('inactive');
});

test('an amount without a column is unknown, in an empty column it is zero', () => {
	expect(payable({}).amounts).toEqual({
		document: '1',
		purchases: null,
		tradeDiscount: null,
		freight: null,
		miscellaneous: null,
		tax: null,
		retainage: null,
	});
	expect(payable({ FRTAMNT: '', TRDISAMT: null, TAXAMNT: 0 }).amounts).toMatchObject({
		freight: '0',
		tradeDiscount: '0',
		tax: '0',
		purchases: null,
	});
	expect(() => payable({ DOCAMNT: '' })).toThrow(refused('the document amount'));
});

test('retainage is unknown where no column tells it', () => {
	expect(payable({})).toMatchObject({ retainageUnknown: true });
	expect(payable({ RETNAGAM: '0.00000' })).not.toHaveProperty('retainageUnknown');
});

test('a tax line without an amount is refused', () => {
	expect(() => payable({ Taxes: [{ TAXDTLID: 'CA-SALES' }] })).toThrow(refused('tax 1'));
});

test('states by number count from 1, or from 0 as .NET writes an enumeration: the posted date tells', () => {
	const state = (TransactionState: unknown, POSTEDDT: string, more: object = {}) =>
		payable({ DCSTATUS: undefined, TransactionState, POSTEDDT, ...more }).state;
	expect([0, 1, 2].map((number) => state(number, number ? '2026-03-01' : '1900-01-01'))).toEqual([
		'unposted',
		'open',
		'open',
	]);
	expect([1, 2, 3].map((number) => state(number, number > 1 ? '2026-03-01' : ''))).toEqual([
		'unposted',
		'open',
		'history',
	]);
	// A list row without the date is not left out for it: the record itself tells.
	const row = { VCHRNMBR: '417', DOCTYPE: 1, VENDORID: 'A', DOCAMNT: 1, TransactionState: 1 };
	expect(normaliser('payable').record(row, 'summary')).toMatchObject({ state: 'open' });
	expect(normaliser('payable').record({ ...row, POSTEDDT: '' }, 'summary')).toMatchObject({
		state: 'unposted',
	});
	// A column of GP's own counts from 1, and a word is a word.
	expect(payable({ DCSTATUS: 1, POSTEDDT: '2026-03-01' }).state).toBe('unposted');
	expect(state('Work', '2026-03-01')).toBe('unposted');
	expect(() => state(0, '2026-03-01')).toThrow(refused('the state'));
	expect(() => payable({ DCSTATUS: undefined, TransactionState: 0 })).toThrow(refused('the state'));
});

test('a document that tells neither its state nor whether it was posted is refused, a summary waits for its record', () => {
	const whole = { DCSTATUS: undefined, Distributions: [] };
	expect(() => payable(whole)).toThrow(refused('the state'));
	expect(payable({ ...whole, POSTEDDT: '1900-01-01' }).state).toBe('unposted');
	expect(payable({ ...whole, POSTEDDT: '2026-03-01' }).state).toBe('open');
	// A summary is not left out as unposted before its record has told.
	const summary = { VCHRNMBR: '417', DOCTYPE: 1, VENDORID: 'A', DOCAMNT: 1 };
	expect(normaliser('payable').record(summary, 'summary')).toMatchObject({ state: 'open' });
	expect(() => normaliser('payable').record(summary)).toThrow(refused('the state'));
});
