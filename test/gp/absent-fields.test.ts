import type { GpError } from '../../lib/gp/errors/gp-error';
import { createGpClient, type GpClient } from '../../lib/gp/gp-client';
import * as maps from '../../lib/gp/profiles/field-maps';
import { ABSENT_FIELDS } from '../../lib/gp/profiles/field-maps';
import { createNormaliser } from '../../lib/gp/normalise/normaliser';
import { type GpSite, resolveProfile } from '../../lib/gp/site';
import { SHIPPED_PROFILES } from '../../lib/gp/profiles/shipped-profiles';
import { EMPTY_WATERMARK } from '../../lib/model/gp-changes';
import type { GpAccount, GpPayable, GpRecord, GpVendor } from '../../lib/model/gp-records';
import { startGpServer, type GpStandIn } from '../../sandbox/gp/server/start-gp-server';
import type { SwitchChange } from '../../sandbox/gp/server/switches';
import { fakeClock } from '../procore/support/fake-clock';
import { plainHttp } from './support/stand-in';

/* A column that a site does not have is never taken for the likeliest value of it. */
type Kind = 'vendor' | 'account' | 'payable';
const FIELDS = {
	vendor: maps.VENDOR_FIELDS,
	account: maps.ACCOUNT_FIELDS,
	payable: maps.PAYABLE_FIELDS,
	addresses: maps.ADDRESS_FIELDS,
	distributions: maps.DISTRIBUTION_FIELDS,
	taxes: maps.TAX_FIELDS,
};

test.each(Object.keys(FIELDS) as Array<keyof typeof FIELDS>)(
	'of each field of %s it is decided what its absence means',
	(kind) => {
		expect(Object.keys(ABSENT_FIELDS[kind]).sort()).toEqual(Object.keys(FIELDS[kind]).sort());
	},
);

test('each door reads the fields that are decided about, and declares no more than its contract says', () => {
	for (const { name, entities } of Object.values(SHIPPED_PROFILES)) {
		for (const [entity, { fields, absentMeans }] of Object.entries(entities)) {
			expect(Object.keys(ABSENT_FIELDS[entity as Kind])).toEqual(
				expect.arrayContaining(Object.keys(fields)),
			);
			expect([name, entity, absentMeans]).toEqual([
				name,
				entity,
				name === 'soap' && entity === 'payable'
					? { purchaseOrderNumber: 'none', currencyId: 'none' }
					: {},
			]);
		}
	}
});

const LINE = { DSTSQNUM: 1, DISTTYPE: 6, ACTNUMST: '1-1', DEBITAMT: '1', CRDTAMNT: '1' };
const WHOLE: Record<Kind, Record<string, unknown>> = {
	vendor: {
		...{ VENDORID: 'A', VENDNAME: 'ACME', VENDSHNM: 'A', VNDCLSID: 'C', VENDSTTS: 1, HOLD: 0 },
		...{ IsActive: true, IsOneTime: false, PYMTRMID: 'N30', CURNCYID: 'USD', TXIDNMBR: '12' },
		...{ Email: 'a@example.com', Website: 'w', INET1: '', INET2: '', VADDCDPR: 'P' },
		...{ Addresses: [], DEX_ROW_TS: '2026-05-01T00:00:01' },
	},
	account: {
		...{ ACTNUMST: '1-1', Segments: ['1', '1'], ACTDESCR: 'D', ACTALIAS: 'a', ACCATDSC: 'c' },
		...{ ACCTTYPE: 1, PSTNGTYP: 1, ACTIVE: 1, DEX_ROW_TS: '2026-05-01T00:00:01' },
	},
	payable: {
		...{ VCHRNMBR: '417', DOCTYPE: 1, DOCNUMBR: 'I', VENDORID: 'A', VENDNAME: 'ACME' },
		...{ DCSTATUS: 2, VOIDED: 0, DOCDATE: '2026-05-01', PSTGDATE: '2026-05-01' },
		...{ DUEDATE: '2026-06-01', POSTEDDT: '2026-05-02', TRXDSCRN: 't', PORDNMBR: 'P' },
		...{
			BACHNUMB: 'B',
			PYMTRMID: 'N',
			CURNCYID: 'USD',
			DOCAMNT: '1',
			PRCHAMNT: '1',
			TRDISAMT: '0',
		},
		...{ FRTAMNT: '0', MSCCHAMT: '0', TAXAMNT: '0', RETNAGAM: '0', ICTRX: 0, ICDISTS: 0 },
		...{ 'Key.CompanyKey': 1, Distributions: [LINE], Taxes: [], DEX_ROW_TS: '2026-05-01T00:00:01' },
	},
};
const readWithout = (entity: Kind, field: string): GpRecord => {
	const profile = resolveProfile({});
	// Named by no column of the record.
	profile.entities[entity].fields = { ...profile.entities[entity].fields, [field]: ['NoSuch'] };
	return createNormaliser(entity, profile, { companyId: 'TWO' }).record(WHOLE[entity]);
};

describe.each(['vendor', 'account', 'payable'] as const)('of a %s', (entity) => {
	const refuses = ['refused', 'declared'];
	test.each(Object.entries(ABSENT_FIELDS[entity]))('%s: %s', (field, absence) => {
		if (refuses.includes(absence)) {
			expect(() => readWithout(entity, field)).toThrow(
				expect.objectContaining({ code: 'GP_RECORD_MALFORMED' }),
			);
			return;
		}
		const record = readWithout(entity, field);
		expect((record as GpPayable).untold).toEqual(absence === 'asked' ? [field] : undefined);
		const flat = { ...record, ...(record as GpPayable).amounts } as unknown as Record<
			string,
			unknown
		>;
		if (absence === 'unknown' && !(field in { status: 1, isActive: 1 }))
			expect([null, 'unknown']).toContain(flat[field]);
	});
});

test('flags that nobody tells are unknown, one of the two for active is enough', () => {
	const vendor = (raw: object) =>
		createNormaliser('vendor', resolveProfile({}), { companyId: 'TWO' }).record({
			VENDORID: 'A',
			VENDNAME: 'ACME',
			...raw,
		}) as GpVendor;
	expect(vendor({})).toMatchObject({ status: 'unknown', onHold: null });
	expect(vendor({ IsActive: true })).toMatchObject({ status: 'active' });
	expect(vendor({ IsActive: false })).toMatchObject({ status: 'inactive' });
	expect(vendor({ VENDSTTS: 3 })).toMatchObject({ status: 'temporary' });
	expect(vendor({ VENDSTTS: 1, HOLD: null })).toMatchObject({ status: 'active', onHold: null });
	expect((readWithout('account', 'active') as GpAccount).active).toBeNull();
});

describe('a document that does not tell whether it is voided', () => {
	const payable = (raw: object, profile: GpSite['profile'] = {}) =>
		createNormaliser('payable', resolveProfile({ profile }), { companyId: 'TWO' }).record({
			...WHOLE.payable,
			VOIDED: undefined,
			...raw,
		}) as GpPayable;

	test.each([
		['no column', {}],
		['a blank one', { VOIDED: '' }],
		['null', { VOIDED: null }],
	])('is refused once posted: %s', (_, raw) => {
		for (const DCSTATUS of [2, 3])
			expect(() => payable({ DCSTATUS, ...raw })).toThrow(
				expect.objectContaining({
					details: expect.objectContaining({ field: 'the voided flag', absent: true }),
					remedy: expect.stringContaining(
						'{"entities":{"payable":{"absentMeans":{"voided":"no"}}}}',
					),
				}),
			);
	});

	test('is not voided as long as it is not posted, for GP voids nothing else', () => {
		expect(payable({ DCSTATUS: 1 })).toMatchObject({ state: 'unposted', voided: false });
	});

	test('is not voided where the profile says so', () => {
		const profile = { entities: { payable: { absentMeans: { voided: 'no' } } } };
		expect(payable({}, profile).voided).toBe(false);
		expect(payable({ VOIDED: 1 }, profile).voided).toBe(true);
	});
});

test.each([
	['payable', { voided: 'yes' }],
	['payable', { documentAmount: 'none' }],
	['vendor', { onHold: 'no' }],
])('a profile cannot declare of a %s: %j', (entity, absentMeans) => {
	expect(() => resolveProfile({ profile: { entities: { [entity]: { absentMeans } } } })).toThrow(
		expect.objectContaining({ code: 'GP_SETTING_INVALID' }),
	);
});

test('lines by which companies owe each other show another company where no column tells', () => {
	const normaliser = createNormaliser('payable', resolveProfile({}), { companyId: 'TWO' });
	const { ICTRX: _, ICDISTS: __, 'Key.CompanyKey': ___, ...header } = WHOLE.payable;
	const read = (type: number, more = {}) =>
		normaliser.record({ ...header, ...more, Distributions: [LINE, { ...LINE, DISTTYPE: type }] });
	expect(read(20)).toMatchObject({ intercompany: 'linesUnknown' });
	expect(read(19)).toMatchObject({ intercompany: 'linesUnknown' });
	expect(read(7)).not.toHaveProperty('intercompany');
	expect(read(20, { ICTRX: 0 })).not.toHaveProperty('intercompany');
});

describe('over the wire', () => {
	let gp: GpStandIn;
	let http: ReturnType<typeof plainHttp>;
	afterEach(async () => {
		http.close();
		await gp.close();
	});

	async function start(
		switches: SwitchChange,
		profile: GpSite['profile'] = {},
		profileName: 'sba' | 'odata' | 'soap' = 'sba',
	): Promise<{ client: GpClient; bad: GpError[] }> {
		gp = await startGpServer({
			switches: { ...(profileName === 'soap' ? {} : { authMode: 'none' }), ...switches },
			company: { vendorCount: 4, documentCount: 12 },
		});
		http = plainHttp();
		const bad: GpError[] = [];
		const { displayName, databaseId } = gp.company.options;
		const client = createGpClient({
			site: {
				...{ serviceAddress: gp.url, tenant: 'DefaultTenant', company: displayName },
				...{ companyId: databaseId, profileName, profile },
			},
			http,
			effects: fakeClock(),
			throttle: { gapMs: 0 },
			onBadRecord: (fault) => bad.push(fault),
		});
		return { client, bad };
	}
	const voidOne = () => {
		const open = [...gp.company.documents.values()].find(
			({ state, documentType }) => state === 'open' && documentType === 1,
		)!;
		gp.edits.voidVoucher(`${open.documentType};${open.voucher}`);
		return `${open.documentType};${open.voucher}`;
	};
	const all = async (client: GpClient) => {
		const { records, faults } = await client.readChanges('payable', {
			...{ watermark: EMPTY_WATERMARK, limit: 500, cursor: null },
		});
		return { records: records as GpPayable[], faults: faults ?? [] };
	};
	const states = () => {
		const documents = [...gp.company.documents.values()];
		const unposted = documents.filter(({ state }) => state === 'work').length;
		return { unposted, posted: documents.length - unposted };
	};

	test.each(['full', 'summary'] as const)(
		'SBA, %s lists without the flag: the record tells, and only that matters',
		async (listDetail) => {
			const { client } = await start({ listDetail, leftOut: { lists: ['IsVoided'] } });
			const key = voidOne();
			const { records, faults } = await all(client);
			expect(faults).toEqual([]);
			expect(records.filter(({ voided }) => voided).map((one) => one.key)).toContain(key);
			expect(records).toHaveLength(gp.company.documents.size);
		},
	);

	test.each(['full', 'summary'] as const)(
		'SBA, %s lists, neither tells: posted documents are faults, unposted ones come',
		async (listDetail) => {
			const leftOut = { lists: ['IsVoided'], records: ['IsVoided'] };
			const { client } = await start({ listDetail, leftOut });
			const { records, faults } = await all(client);
			expect({ unposted: records.length, posted: faults.length }).toEqual(states());
			expect(faults[0]?.error).toMatchObject({ details: { field: 'the voided flag' } });
		},
	);

	test('SBA, the list alone tells: by key the list row is looked up', async () => {
		const { client } = await start({ leftOut: { records: ['IsVoided'] } });
		const key = voidOne();
		expect(await client.get('payable', key)).toMatchObject({ key, voided: true });
		const { records, faults, gone } = await client.readByKeys('payable', [key, '1;NOSUCH']);
		expect(records).toMatchObject([{ key, voided: true }]);
		expect([faults, gone]).toEqual([[], ['1;NOSUCH']]);
		expect((await all(client)).faults).toEqual([]);
	});

	test('SBA, no flag, declared: what is not there is not voided', async () => {
		const leftOut = { lists: ['IsVoided'], records: ['IsVoided'] };
		const profile = { entities: { payable: { absentMeans: { voided: 'no' } } } };
		const { client } = await start({ leftOut }, profile);
		const { records, faults } = await all(client);
		expect(faults).toEqual([]);
		expect(records.every(({ voided }) => !voided)).toBe(true);
	});

	test('OData: a table of posted documents without VOIDED is refused row by row, work needs none', async () => {
		const { client } = await start({ leftOut: { lists: ['VOIDED'] } }, {}, 'odata');
		const { records, faults } = await all(client);
		expect({ unposted: records.length, posted: faults.length }).toEqual(states());
	});

	test('Survey says what neither list nor record tells, and how to declare it', async () => {
		const names = ['IsVoided', 'PONumber', 'IsActive', 'GeneralLedgerPostingDate'];
		const { client } = await start({ leftOut: { lists: names, records: names } });
		const { entities, advice, findings } = await client.survey();
		expect(entities.payable.untold).toEqual(['voided', 'postingDate', 'purchaseOrderNumber']);
		expect(entities.account.untold).toEqual(['active']);
		expect(entities.vendor.untold).toEqual(['status', 'isActive']);
		expect(findings.join('\n')).toMatch(/does not tell voided, postingDate, purchaseOrderNumber/);
		expect(advice.join('\n')).toMatch(
			/does not tell whether a document is voided: posted ones are refused.*"absentMeans":\{"voided":"no"\}/,
		);
		expect(advice.join('\n')).toMatch(/does not tell active: it is unknown, and Procore keeps/);
	});

	test('Survey proposes to read each record where only that tells', async () => {
		const { client } = await start({ leftOut: { lists: ['IsActive'] } });
		const { suggestedProfile, advice } = await client.survey();
		expect(suggestedProfile.entities).toMatchObject({
			vendor: { details: 'always' },
			account: { details: 'always' },
		});
		expect(advice.join('\n')).toMatch(/only the record itself tells active/);
	});
});
