import { createNormaliser } from '../../lib/gp/normalise/normaliser';
import { SHIPPED_PROFILES } from '../../lib/gp/profiles/shipped-profiles';
import { controlRows, registerKey } from '../../lib/gp/reading/second-look';
import type { GpPayable } from '../../lib/model/gp-records';

const read = controlRows(SHIPPED_PROFILES.odata);
const row = (change: object = {}) =>
	read({
		...{ VCHRNMBR: '00417', DOCTYPE: 1, VENDORID: ' acme0001 ', DOCDATE: '2026-03-31T00:00:00' },
		...{ DOCAMNT: '125.50', VOIDED: 0, DCSTATUS: 2, DEX_ROW_TS: '2026-04-01T08:00:00' },
		...change,
	});

test('a row of the list as control totals need it', () => {
	expect(row()).toEqual({
		key: '1;00417',
		vendor: 'ACME0001',
		month: '2026-03',
		amount: '125.5',
		voided: false,
		state: 'open',
		modified: expect.stringContaining('2026-04-01T08:00:00'),
	});
});

test.each([
	[1, '125.5'],
	[2, '125.5'],
	[3, '125.5'],
	[4, '-125.5'],
	[5, '-125.5'],
	[6, '-125.5'],
])('type %i counts %s: returns, credit memos and payments reduce', (DOCTYPE, amount) => {
	expect(row({ DOCTYPE })).toMatchObject({ key: `${DOCTYPE};00417`, amount });
});

test('what cannot be read is nothing, never a fault', () => {
	expect(row({ DOCAMNT: 'many', DOCDATE: 'soon', DEX_ROW_TS: null })).toMatchObject({
		amount: null,
		month: '',
		modified: null,
	});
	expect(row({ DOCTYPE: 5, DOCAMNT: 'many' })).toMatchObject({ amount: null });
	expect(row({ VENDORID: null })).toMatchObject({ vendor: '' });
	expect([row({ VCHRNMBR: ' ' }), row({ DOCTYPE: 9 }), row({ DOCTYPE: null })]).toEqual([
		...[null, null, null],
	]);
});

test('an amount with the tail of a float is the one the document itself has', () => {
	const DOCAMNT = 19.990000000000002;
	const document = createNormaliser('payable', SHIPPED_PROFILES.odata, { companyId: 'TWO' });
	const record = document.record(
		{ VCHRNMBR: '417', DOCTYPE: 1, VENDORID: 'ACME', DOCAMNT, VOIDED: 0, DCSTATUS: 2 },
		'summary',
	) as GpPayable;
	expect(row({ DOCAMNT })).toMatchObject({ amount: record.amounts.document });
});

describe('whether a document is posted', () => {
	test.each([
		['by its state', { DCSTATUS: 1, POSTEDDT: '2026-03-31T00:00:00' }, 'unposted'],
		['by its state, paid', { DCSTATUS: 3 }, 'history'],
		[
			'by the day it was posted, where it tells no state',
			{ DCSTATUS: null, POSTEDDT: '2026-03-31T00:00:00' },
			'open',
		],
		['not, where that day is none', { DCSTATUS: null, POSTEDDT: null }, 'unposted'],
		['taken for posted, where it tells neither', { DCSTATUS: null }, 'open'],
		[
			'by that day, where a number may count from 0',
			{ DCSTATUS: undefined, TransactionState: 1, POSTEDDT: '2026-03-31T00:00:00' },
			'open',
		],
		[
			'not, where that day is none beside such a number',
			{ DCSTATUS: undefined, TransactionState: 1, POSTEDDT: '1900-01-01T00:00:00' },
			'unposted',
		],
	])('%s', (_how, change, state) => expect(row(change)).toMatchObject({ state }));
});

describe('a row of the register of payables', () => {
	const key = (
		change: object = {},
		states: Parameters<typeof registerKey>[1] = ['open', 'history'],
	) => registerKey({ DOCTYPE: 1, CNTRLNUM: 'a417 ', DCSTATUS: 2, ...change }, states);

	test('names its document', () => {
		expect([key(), key({ DOCTYPE: 6, DCSTATUS: 3 })]).toEqual(['1;A417', '6;A417']);
	});

	test('whatever letters the service writes names of columns in', () => {
		const states = ['open'] as const;
		expect(registerKey({ doctype: 4, cntrlnum: 'a417', dcstatus: 2 }, [...states])).toBe('4;A417');
		expect(registerKey({ Doctype: 4, Cntrl_Num: 'a417', DcStatus: 1 }, [...states])).toBeNull();
	});

	test.each([
		['of no type of document', { DOCTYPE: 7 }],
		['of a type with more behind it', { DOCTYPE: '1x' }],
		['of a type with more before it', { DOCTYPE: '21' }],
		['without a type', { DOCTYPE: null }],
		['without a number', { CNTRLNUM: '  ' }],
		['that is reserved only', { DCSTATUS: 0 }],
		['that is not posted', { DCSTATUS: 1 }],
	])('%s names none', (_what, change) => expect(key(change)).toBeNull());

	test('that is not posted names its document where such are read', () => {
		expect(key({ DCSTATUS: 1 }, ['unposted'])).toBe('1;A417');
	});
});
