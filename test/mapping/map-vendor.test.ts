import { address, map, vendor, vendors } from './samples';

describe('a vendor', () => {
	test('hands on what stands for its tax id', () => {
		const taxIdMatch = 'J2p0hZ4yq8aW1mQe7RkTbg';
		expect(vendors(map([vendor({ taxIdMatch })]))).toMatchObject([{ taxIdMatch }]);
	});

	test('becomes a company vendor with its address, phones and GP id', () => {
		const record = vendor({
			name: '  Söhne & Ñandú, "Inc." (West) ',
			email: 'ap@example.com',
			addresses: [
				address({
					line1: '12 Harbor St ',
					line2: 'Suite 4',
					city: 'Seattle',
					state: 'WA',
					zip: '98101',
					country: 'USA',
					phone1: '20655501230000',
					phone2: '20655501991234',
					fax: '+49 30 1234',
				}),
				address({ line1: 'Remit here' }),
			],
		});
		expect(vendors(map([record]))).toEqual([
			{
				kind: 'vendor',
				originId: 'GP:TWO:V:ACME0001',
				source: expect.objectContaining({ entity: 'vendor', key: 'ACME0001', rule: 'vendor id' }),
				record,
				vendor: {
					name: 'Söhne & Ñandú, "Inc." (West)',
					address: '12 Harbor St, Suite 4',
					city: 'Seattle',
					state_code: 'WA',
					zip: '98101',
					country_code: 'US',
					business_phone: '(206) 555-0123',
					mobile_phone: '(206) 555-0199 Ext. 1234',
					fax_number: '+49 30 1234',
					email_address: 'ap@example.com',
					is_active: true,
					origin_code: 'ACME0001',
				},
			},
		]);
	});

	test.each([
		['ap@acme.example; office@acme.example', 'ap@acme.example'],
		['Accounts <ap@acme.example>', 'ap@acme.example'],
		['by fax only', undefined],
		['ap@acme', undefined],
		['ap@acme@acme.example', undefined],
		['ap@acme.example@', undefined],
		['ap@acme.example.', undefined],
	])('e-mail %s: Procore takes one address or none', (email, sent) => {
		expect(vendors(map([vendor({ email })]))[0].vendor.email_address).toBe(sent);
	});

	test.each([
		['active', true],
		['temporary', true],
		['inactive', false],
	] as const)('that is %s in GP is active in Procore: %s', (status, active) => {
		expect(vendors(map([vendor({ status })]))[0].vendor.is_active).toBe(active);
	});

	test.each([
		[
			'state and country agree',
			{ state: 'TX', country: 'United States' },
			{ state_code: 'TX', country_code: 'US' },
		],
		[
			'the state is written out',
			{ state: 'new york', countryCode: 'US' },
			{ state_code: 'NY', country_code: 'US' },
		],
		[
			'the country is blank but the postcode fits',
			{ state: 'ON', zip: 'M5V 2T6' },
			{ state_code: 'ON', country_code: 'CA', zip: 'M5V 2T6' },
		],
		['the country is blank and nothing tells it', { state: 'WA' }, { address: 'WA' }],
		[
			'the state is of no known country',
			{ state: 'Bavaria', country: 'Germany' },
			{ address: 'Bavaria', country_code: 'DE' },
		],
		[
			'the country is unknown',
			{ city: 'X', country: 'Ruritania' },
			{ address: 'Ruritania', city: 'X' },
		],
		[
			'the country is unknown although state and postcode look American',
			{ state: 'TX', zip: '75001', country: 'Ruritania' },
			{ address: 'TX, Ruritania', zip: '75001' },
		],
		[
			'the state does not belong to the country',
			{ state: 'TX', countryCode: 'CA' },
			{ address: 'TX', country_code: 'CA' },
		],
		['there is nothing', {}, {}],
	])('has codes only where they are certain: %s', (_, given, expected) => {
		const { name, is_active, origin_code, ...fields } = vendors(
			map([vendor({ addresses: [address(given)] })]),
		)[0].vendor;
		expect(fields).toEqual(expected);
		expect([name, is_active, origin_code]).toEqual(['ACME CONCRETE', true, 'ACME0001']);
	});

	test('without a name waits', () => {
		expect(map([vendor({ name: ' ' })]).notSent[0]).toMatchObject({
			outcome: 'parked',
			reason: { code: 'name-missing', remedy: expect.stringContaining('ACME0001') },
		});
	});

	test('goes to the Procore vendor its crosswalk row names, or nowhere', () => {
		const row = { id: 8, gp_company: 'TWO', gp_vendor_id: 'acme0001' };
		const link = map([vendor()], {
			crosswalk: { projects: [], accounts: [], vendors: [{ ...row, procore_vendor_id: '55' }] },
		});
		expect(vendors(link)[0]).toMatchObject({
			procoreId: '55',
			source: { rule: 'vendors crosswalk row 8' },
		});
		const two = [
			{ ...row, procore_vendor_id: '55' },
			{ ...row, id: 9, gp_vendor_id: 'BETA', procore_vendor_id: 55 as unknown as string },
			{ ...row, id: 10, gp_vendor_id: 'GAMMA', procore_vendor_id: '55', action: 'skip' },
		];
		const shared = map([vendor()], { crosswalk: { projects: [], accounts: [], vendors: two } });
		expect(vendors(shared)[0]).toMatchObject({ procoreId: '55', linkSharedWith: ['BETA'] });
		const skip = map([vendor()], {
			crosswalk: { projects: [], accounts: [], vendors: [{ ...row, action: 'skip' }] },
		});
		expect(skip.desired).toEqual([]);
		expect(skip.notSent[0]).toMatchObject({
			outcome: 'skipped',
			reason: { code: 'skipped-by-crosswalk' },
		});
	});
});
