import { createNormaliser } from '../../lib/gp/normalise/normaliser';
import { type GpSite, resolveProfile } from '../../lib/gp/site';

const read = (
	entity: 'vendor' | 'account' | 'payable',
	raw: Record<string, unknown>,
	profile: GpSite['profile'] = {},
) => createNormaliser(entity, resolveProfile({ profile }), { companyId: 'TWO' }, true).record(raw);

/* Real columns of PM00200 and its neighbours, and names a site may think of. */
const SECRETS = {
	TXIDNMBR: '98-7654321',
	TXRGNNUM: 'DE811907980',
	GOVCRPID: 'CANARY-GOVCRPID',
	GOVINDID: 'CANARY-GOVINDID',
	BRTHDATE: '1970-01-02T00:00:00',
	BANKNAME: 'CANARY-BANK',
	EFTBankAcct: 'CANARY-EFT',
	Passport: 'CANARY-PASSPORT',
	SocialInsurance: { Number: { Value: 'CANARY-SIN' } },
	ACNMVNDR: 'CANARY-ACCOUNT-WITH-VENDOR',
	Whatever: 'CANARY-WHATEVER',
	CARDNAME: 'CANARY-CARD',
	USERDEF2: 'SSN 123-45-6789',
	COMMENT2: 'acct 0012 3456 7890',
};
const HARMLESS = { VNDCHKNM: 'ACME Check', USERDEF1: 'Gold', COMMENT1: 'pays late', KGLDSTHS: 1 };
const RECORDS = {
	vendor: { VENDORID: 'ACME', VENDNAME: 'ACME' },
	account: { ACTNUMST: '300-5110-02' },
	payable: {
		VCHRNMBR: '417',
		DOCTYPE: 1,
		VENDORID: 'ACME',
		DOCAMNT: 1,
		POSTEDDT: '2026-05-31T00:00:00',
		VOIDED: 0,
	},
} as const;

test.each(['vendor', 'account', 'payable'] as const)(
	'of a %s only what is known to be harmless leaves GP, raw and nested too',
	(entity) => {
		const record = read(entity, {
			...RECORDS[entity],
			...SECRETS,
			Addresses: [{ ADRSCODE: 'PRIMARY', ADDRESS1: '1 Main', ...SECRETS }],
			Distributions: [
				{ DSTSQNUM: 1, DISTTYPE: 6, ACTNUMST: '1', DEBITAMT: 1, CRDTAMNT: 1, ...SECRETS },
			],
		});
		const { hash: _, ...content } = record;
		expect(JSON.stringify(content)).not.toMatch(/CANARY|7654321|811907980|1970|45-6789|3456 7890/);
	},
);

test('harmless fields come along, and a site may name more', () => {
	const raw = { ...RECORDS.vendor, ...HARMLESS, ...SECRETS };
	expect(read('vendor', raw).extra).toEqual(HARMLESS);
	expect(read('vendor', raw, { extraFields: ['Whatever'] }).extra).toEqual({
		...HARMLESS,
		Whatever: 'CANARY-WHATEVER',
	});
	// A name that is secret stays so.
	expect(read('vendor', raw, { extraFields: ['GOVINDID', 'TXIDNMBR'] }).extra).toEqual(HARMLESS);
});

test.each([
	['secretFields', '{"secretFields": "VATNUMBER"}'],
	['query', '{"query": null}'],
	['entities', '{"entities": []}'],
	['entities.vendor.fields.name', '{"entities": {"vendor": {"fields": {"name": "VENDNAME"}}}}'],
])('%s of a profile in another shape than it has is told by name', (setting, written) => {
	const profile = JSON.parse(written) as GpSite['profile'];
	expect(() => resolveProfile({ profile })).toThrow(
		expect.objectContaining({
			code: 'GP_SETTING_INVALID',
			details: expect.objectContaining({ setting }),
		}),
	);
});
