import type { GpAddress, GpVendor } from '../../lib/model/gp-records';
import { address, map, vendor, vendors } from './samples';

const fields = (given: Partial<GpVendor>) => vendors(map([vendor(given)]))[0]!.vendor;
const at = (given: Partial<GpAddress>) => fields({ addresses: [address(given)] });

describe('the fields of a vendor in Procore', () => {
	test.each<[string, string | undefined]>([
		['20655501230000', '(206) 555-0123'],
		['2065550123', '(206) 555-0123'],
		[' 20655501991234 ', '(206) 555-0199 Ext. 1234'],
		['120655501230000', '120655501230000'],
		['206555012300001', '206555012300001'],
		['+49 30 1234', '+49 30 1234'],
		['  ', undefined],
	])('a phone kept as %s', (phone1, shown) => {
		expect(at({ phone1, phone2: phone1, fax: phone1 })).toEqual(
			expect.objectContaining({ origin_code: 'ACME0001' }),
		);
		expect(at({ phone1 }).business_phone).toBe(shown);
		expect(at({ phone2: phone1 }).mobile_phone).toBe(shown);
		expect(at({ fax: phone1 }).fax_number).toBe(shown);
	});

	test('are trimmed, and absent where they are blank', () => {
		expect(fields({ vendorId: ' acme ', website: ' acme.example ' })).toMatchObject({
			...{ origin_code: 'acme', website: 'acme.example' },
		});
		expect(at({ city: ' Seattle ', zip: ' ' })).toMatchObject({ city: 'Seattle' });
		expect(at({ zip: ' ' })).not.toHaveProperty('zip');
		expect(fields({})).not.toHaveProperty('email_address');
	});

	test.each<[string, Partial<GpAddress>, object]>([
		['a country alone', { country: ' u.s.a. ' }, { country_code: 'US' }],
		['a country in two words', { country: 'united   states' }, { country_code: 'US' }],
		[
			'a state in two words',
			{ state: 'new   york', country: 'US' },
			{ state_code: 'NY', country_code: 'US' },
		],
		[
			'a code that stands before words',
			{ countryCode: 'ca', country: 'USA', state: 'ON' },
			{ state_code: 'ON', country_code: 'CA' },
		],
		[
			'a postcode of nine digits',
			{ state: 'WA', zip: '98101-1234' },
			{ state_code: 'WA', country_code: 'US' },
		],
		[
			'words that are no country, trimmed',
			{ line1: '1 St', country: ' Ruritania ' },
			{ address: '1 St, Ruritania' },
		],
		[
			'words that are no state, trimmed',
			{ state: ' Bavaria ', country: 'DE' },
			{ address: 'Bavaria', country_code: 'DE' },
		],
		['a postcode of another country', { state: 'WA', zip: 'M5V 2T6' }, { address: 'WA' }],
		['a postcode with something before', { state: 'WA', zip: 'x98101' }, { address: 'WA' }],
		['a postcode with something behind', { state: 'WA', zip: '98101x' }, { address: 'WA' }],
	])('tell a place by %s', (_what, given, expected) => {
		const sent = at(given);
		expect({
			address: sent.address,
			state_code: sent.state_code,
			country_code: sent.country_code,
		}).toEqual({
			...{ address: undefined, state_code: undefined, country_code: undefined },
			...expected,
		});
	});
});

describe('a row of the vendors crosswalk', () => {
	const outcome = (given: object) => {
		const rows = [{ id: 3, gp_company: 'TWO', gp_vendor_id: 'ACME0001', ...given }];
		return map([vendor()], { crosswalk: { projects: [], accounts: [], vendors: rows } });
	};
	test('that names none decides nothing, and shares with nobody', () => {
		const [sent] = vendors(outcome({ procore_vendor_id: ' ' }));
		expect(sent!.source.rule).toBe('vendor id');
		expect(sent).not.toHaveProperty('procoreId');
		expect(sent).not.toHaveProperty('linkSharedWith');
		expect(vendors(outcome({ procore_vendor_id: '7' }))[0]).not.toHaveProperty('linkSharedWith');
	});

	test('with a word nobody knows has the vendor wait, one to skip says why', () => {
		expect(outcome({ action: 'x' }).notSent).toMatchObject([
			{ outcome: 'parked', reason: { code: 'crosswalk-action-unknown' } },
		]);
		const message = (note: string) => outcome({ action: 'skip', note }).notSent[0]!.reason!.message;
		expect(message(' gone ')).toBe(
			'Vendor ACME0001 is set to skip in vendors crosswalk row 3: gone',
		);
		expect(message('')).toBe('Vendor ACME0001 is set to skip in vendors crosswalk row 3');
	});
});
