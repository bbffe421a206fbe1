import { contentHash } from '../../lib/model/json-text';
import { taxIdMatch } from '../../lib/model/same-firm';
import { createNormaliser } from '../../lib/gp/normalise/normaliser';
import { type GpSite, resolveProfile } from '../../lib/gp/site';
import type { GpAccount, GpPayable, GpVendor } from '../../lib/model/gp-records';
import { findRows } from '../../lib/gp/response/find-rows';

const normaliser = (
	entity: 'vendor' | 'account' | 'payable',
	profile: GpSite['profile'] = {},
	includeRaw = false,
) => createNormaliser(entity, resolveProfile({ profile }), { companyId: 'TWO' }, includeRaw);

const nested = {
	Key: { Id: 'ACME0001       ' },
	Name: 'ACME Concrete & Söhne ',
	ClassKey: { Id: 'SUB ' },
	IsActive: true,
	IsOneTime: true,
	IsOnHold: 'true',
	PaymentTermsKey: { Id: 'Net 30' },
	DefaultAddressKey: { Id: 'PRIMARY' },
	TaxIdentificationNumber: '98-7654321',
	UserDefined1: 'kept',
	Addresses: [
		{ Key: { VendorKey: { Id: 'ACME0001' }, Id: 'REMIT' }, Line1: 'PO Box 1', City: 'Boston' },
		{
			Key: { VendorKey: { Id: 'ACME0001' }, Id: 'PRIMARY' },
			Line1: '1 Main',
			City: 'Chicago',
			PostalCode: '60601',
			Phone1: { Value: '20355501210000' },
			Fax: { Value: '00000000000000' },
			InternetAddresses: {
				EmailToAddress: 'ap@acme.example',
				InternetField1: 'www.acme.example',
				InternetField6: 'topsecret',
			},
		},
	],
	ModifiedDate: '2026-05-31T14:30:00',
	ModifiedBy: 'sa',
};

test.each([
	['a key object of GP, which names it by ISO code', { CurrencyKey: { ISOCode: 'NZD' } }],
	['a key with an id', { CurrencyKey: { Id: 'NZD ' } }],
	['a column', { CURNCYID: 'NZD            ' }],
])('the currency is read from %s', (_, currency) => {
	expect(normaliser('vendor').record({ ...nested, ...currency })).toMatchObject({
		currencyId: 'NZD',
	});
	const document = {
		Key: 'V1',
		Type: 1,
		VendorKey: 'ACME0001',
		DocumentAmount: 1,
		PostedDate: null,
	};
	expect(normaliser('payable').record({ ...document, ...currency })).toMatchObject({
		currencyId: 'NZD',
	});
});

test('a vendor: nested keys, one-time status, primary address first, no tax id', () => {
	const vendor = normaliser('vendor').record(nested) as GpVendor;
	expect(vendor).toMatchObject({
		kind: 'vendor',
		key: 'ACME0001',
		name: 'ACME Concrete & Söhne',
		classId: 'SUB',
		status: 'temporary',
		onHold: true,
		hasTaxId: true,
		paymentTermsId: 'Net 30',
		email: 'ap@acme.example',
		website: 'www.acme.example',
		modified: '2026-05-31T14:30:00.000Z',
		extra: { UserDefined1: 'kept' },
	});
	expect(
		vendor.addresses.map(({ id, city, phone1, fax, zip }) => [id, city, phone1, fax, zip]),
	).toEqual([
		['PRIMARY', 'Chicago', '2035550121', null, '60601'],
		['REMIT', 'Boston', null, null, null],
	]);
	expect(vendor.extra).toEqual({ UserDefined1: 'kept' });
	expect(JSON.stringify(vendor)).not.toMatch(/98-7654321|topsecret/);
});

test('with a key a vendor carries what stands for its tax id, without one it is as before', () => {
	const read = (taxIdKey?: string, raw: object = nested) =>
		createNormaliser('vendor', resolveProfile({}), { companyId: 'TWO', taxIdKey }).record(
			raw as never,
		) as GpVendor;
	const key = 'correct horse battery staple';
	const plain = read();
	const keyed = read(key);
	expect(plain).not.toHaveProperty('taxIdMatch');
	expect(keyed.taxIdMatch).toBe(taxIdMatch('987654321', key));
	expect(JSON.stringify(keyed)).not.toMatch(/98-?7654321/);
	expect(read(key, { ...nested, TaxIdentificationNumber: '' }).hash).toBe(
		read(undefined, { ...nested, TaxIdentificationNumber: '' }).hash,
	);
});

test('the same vendor flat, in SQL names and other case, is the same record', () => {
	const flat = {
		vendorid: 'ACME0001',
		VENDNAME: 'ACME Concrete & Söhne',
		VNDCLSID: 'SUB',
		VENDSTTS: 3,
		HOLD: 1,
		PYMTRMID: 'Net 30',
		VADDCDPR: 'PRIMARY',
		TXIDNMBR: '98-7654321',
		UserDefined1: 'kept',
		ADDRESS1: '1 Main',
		CITY: 'Chicago',
		ZIPCODE: '60601',
		PHNUMBR1: '20355501210000',
		FAXNUMBR: '00000000000000',
		INET1: 'ap@acme.example',
		INET2: 'www.acme.example',
		DEX_ROW_TS: '2026-05-31T14:30:00',
		MODIFDT: '2026-05-31T00:00:00',
		DEX_ROW_ID: 7,
	};
	const { addresses, hash: _hash, ...rest } = normaliser('vendor').record(flat) as GpVendor;
	const {
		addresses: listed,
		hash: _other,
		...expected
	} = normaliser('vendor').record(nested) as GpVendor;
	expect(rest).toEqual(expected);
	expect(addresses).toEqual([listed[0]]);
});

test('the raw record is handed on when asked for, secrets taken out at any depth', () => {
	const vendor = normaliser('vendor', { secretFields: ['UserDefined1'] }, true).record(nested);
	expect(vendor.raw).toMatchObject({
		Name: 'ACME Concrete & Söhne ',
		Addresses: [{ Line1: 'PO Box 1' }, { Line1: '1 Main' }],
	});
	expect(JSON.stringify(vendor)).not.toMatch(/98-7654321|kept|topsecret/);
	expect(normaliser('vendor').record(nested)).not.toHaveProperty('raw');
});

test('the hash covers the content, not the stamp, the row number or the raw record', () => {
	const hash = (raw: Record<string, unknown>, includeRaw = false) =>
		normaliser('vendor', {}, includeRaw).record(raw).hash;
	expect(
		hash({ ...nested, ModifiedDate: '2026-06-01T00:00:00', ModifiedBy: 'other', DEX_ROW_ID: 9 }),
	).toBe(hash(nested));
	expect(hash(nested, true)).toBe(hash(nested));
	expect(hash({ ...nested, Name: 'ACME' })).not.toBe(hash(nested));
	expect(hash({ ...nested, UserDefined1: 'other' })).not.toBe(hash(nested));
	expect(hash({ ...nested, TaxIdentificationNumber: '11-1111111' })).toBe(hash(nested));
	const {
		modified: _modified,
		hash: own,
		raw: _raw,
		...content
	} = normaliser('vendor', {}, true).record(nested);
	expect(own).toBe(contentHash(content));
});

test('an account: string, segments, names of type and posting type', () => {
	const account = normaliser('account').record({
		Key: { Id: '300-5110-02', IsEncrypted: false },
		Description: 'Concrete ',
		AccountType: 'Unit Account',
		PostingType: 'Balance Sheet',
		IsActive: 0,
	}) as GpAccount;
	expect(account).toMatchObject({
		key: '300-5110-02',
		segments: ['300', '5110', '02'],
		description: 'Concrete',
		type: 'unit',
		postingType: 'balanceSheet',
		active: false,
		modified: null,
	});
});

test('an account without its string is put together from the segment columns', () => {
	const raw = {
		ACTNUMBR_1: '300 ',
		ACTNUMBR_2: '5110',
		ACTNUMBR_3: '02',
		ACTNUMBR_4: '   ',
		ACCTTYPE: 1,
		PSTNGTYP: 1,
	};
	expect(
		normaliser('account', { entities: { account: { accountSeparator: '.' } } }).record(raw),
	).toMatchObject({ key: '300.5110.02', segments: ['300', '5110', '02'] });
});

test('a field of the site can be named, and comes before the usual names', () => {
	const { entities } = { entities: { payable: { fields: { documentNumber: ['UserDefined2'] } } } };
	const payable = normaliser('payable', { entities }).record({
		VCHRNMBR: '417',
		DOCTYPE: 1,
		VENDORID: 'A',
		DOCAMNT: 1,
		DCSTATUS: 1,
		DOCNUMBR: 'plain',
		UserDefined2: 'special',
	}) as GpPayable;
	expect(payable.documentNumber).toBe('special');
	expect(payable.extra).toEqual({ DOCNUMBR: 'plain' });
});

test('distributions come in the order of their sequence, whatever the order of the answer', () => {
	const line = (DSTSQNUM: number, DISTTYPE: number) => ({
		DSTSQNUM,
		DISTTYPE,
		ACTNUMST: '1-1',
		DEBITAMT: '1',
		CRDTAMNT: '0',
	});
	const record = (lines: unknown) =>
		normaliser('payable').record({
			VCHRNMBR: '417',
			DOCTYPE: '5',
			DCSTATUS: 2,
			VOIDED: 0,
			VENDORID: 'A',
			DOCAMNT: '1',
			Distributions: lines,
		}) as GpPayable;
	const one = record([line(32768, 2), line(16384, 6)]);
	const other = record({ PayablesDistribution: [line(16384, 6), line(32768, 2)] });
	expect(one.distributions.map(({ sequence, type }) => [sequence, type])).toEqual([
		[16384, 'purchase'],
		[32768, 'payable'],
	]);
	expect(other.hash).toBe(one.hash);
	expect(record({ PayablesDistribution: line(16384, 6) }).distributions).toHaveLength(1);
});

test.each([
	['no voucher', { VCHRNMBR: ' ' }, 'the voucher number'],
	['an unknown type', { DOCTYPE: 7 }, 'the document type'],
	['no vendor', { VENDORID: '' }, 'the vendor id'],
	['no amount', { DOCAMNT: undefined }, 'the document amount'],
	['an amount with commas', { DOCAMNT: '1,000.00' }, 'the document amount'],
	[
		'a distribution without account',
		{ Distributions: [{ DISTTYPE: 6, DEBITAMT: 1 }] },
		'distribution 1',
	],
	[
		'a distribution of unknown type',
		{ Distributions: [{ DISTTYPE: 99, ACTNUMST: '1', DEBITAMT: 1 }] },
		'distribution 1',
	],
	['a stamp that is not a date', { DEX_ROW_TS: 'yesterday' }, 'the change stamp'],
])('a payables document with %s is refused, not guessed at', (_what, change, field) => {
	const raw = { VCHRNMBR: '417', DOCTYPE: 1, DCSTATUS: 1, VENDORID: 'A', DOCAMNT: 1, ...change };
	expect(() => normaliser('payable').record(raw)).toThrow(
		expect.objectContaining({
			code: 'GP_RECORD_MALFORMED',
			details: expect.objectContaining({ field }),
		}),
	);
});

describe('records are found in an answer', () => {
	const vendor = { VendorId: 'A', Name: 'x' };
	const find = (body: unknown, path: string | null = null) =>
		findRows(body, normaliser('vendor'), path, () => ({ entity: 'vendor' }));

	test.each<[string, unknown, string]>([
		['a bare list', [vendor], ''],
		['a bare record', vendor, ''],
		['Payload', { TraceId: '1', Payload: [vendor] }, 'Payload'],
		['Payload.Vendors', { Payload: { Vendors: [vendor] } }, 'Payload.Vendors'],
		[
			'one record in Payload, beside fields that look like one',
			{ Id: 'trace-1', Name: 'answer', Payload: vendor },
			'Payload',
		],
		['XML of several', { Vendors: { Vendor: [vendor] } }, 'Vendors.Vendor'],
		['XML of one', { Vendor: vendor }, 'Vendor'],
		['OData v4', { '@odata.context': 'x', value: [vendor] }, 'value'],
		['OData v3', { d: { results: [vendor], __next: 'https://x/y' } }, 'd.results'],
		[
			'a name nobody thought of',
			{ Antwort: { Liste: { Eintraege: [vendor] } } },
			'Antwort.Liste.Eintraege',
		],
	])('%s', (_what, body, path) => {
		expect(find(body)).toMatchObject({ rows: [vendor], path });
	});

	test('what stands beside one inherits nothing from the answer', () => {
		const body: unknown = JSON.parse(
			'{"__proto__":{"Class":"SUB"},"Payload":[{"VendorId":"A","Name":"x"}]}',
		);
		const { beside } = find(body);
		expect(Object.getPrototypeOf(beside)).toBe(Object.prototype);
		expect(beside.Class).toBeUndefined();
	});

	test.each<[string, unknown]>([
		['a bare list', []],
		['Payload', { Payload: [] }],
		['Payload.Vendors', { Payload: { Vendors: [] } }],
		['null', { Payload: null }],
		['OData', { '@odata.context': 'x', value: [] }],
		['no errors and no rows', { Success: true, Errors: [], Payload: { Vendors: [] } }],
	])('none in %s', (_what, body) => {
		expect(find(body).rows).toEqual([]);
	});

	test.each<[string, unknown]>([
		['an error', { value: [], error: { message: 'The server is busy' } }],
		['errors', { Payload: [], Errors: ['The server is busy'] }],
		['no success', { Success: false, Message: 'The server is busy', Payload: [] }],
		['a status', { Status: 'Error', Message: 'The server is busy', Payload: { Vendors: [] } }],
	])('an empty list beside %s proves nothing', (_what, body) => {
		expect(() => find(body)).toThrow(expect.objectContaining({ code: 'GP_ERROR_IN_SUCCESS' }));
		expect(() => find(body, 'Payload')).toThrow(/The server is busy/);
	});

	test('an empty list beside empty errors is empty', () => {
		expect(find({ Payload: [], Error: {}, Errors: [], Exception: null }).rows).toEqual([]);
	});

	test('an override says where they are', () => {
		const body = { Other: [vendor, vendor], Mine: { Rows: [{ VendorId: 'B', Name: 'y' }] } };
		expect(find(body, 'mine.rows').rows).toEqual([{ VendorId: 'B', Name: 'y' }]);
	});

	test('links to further pages are seen in every version', () => {
		expect(
			[
				{ value: [vendor], '@odata.nextLink': 'a' },
				{ value: [vendor], 'odata.nextLink': 'a' },
				{ d: { results: [vendor], __next: 'a' } },
			].map((body) => find(body).next),
		).toEqual(['a', 'a', 'a']);
	});
});

test('a profile that cannot work is refused with words', () => {
	expect(() => resolveProfile({ profile: { query: { pageSize: 0 } } })).toThrow(/pageSize/);
	expect(() => resolveProfile({ profile: { entities: { vendor: { lists: [] } } } })).toThrow(
		/entities\.vendor\.lists/,
	);
	expect(() => resolveProfile({ profileName: 'dde' as never })).toThrow(/dde/);
	const hostile = JSON.parse(
		'{"__proto__":{"polluted":true},"entities":{"constructor":{"prototype":{"polluted":true}}}}',
	) as never;
	resolveProfile({ profile: hostile });
	expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});
