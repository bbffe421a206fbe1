import { account, map, payable, vendor } from './samples';

const affectedKeysOf = (result: ReturnType<typeof map>) => [
	...result.desired.map(({ source }) => source.touches),
	...result.notSent.map(({ source }) => source.touches),
];

describe('what a record touches', () => {
	test('stands on a vendor and an account', () => {
		expect(affectedKeysOf(map([vendor({ vendorId: 'acme0001' })]))).toEqual(['|V:ACME0001|']);
		expect(affectedKeysOf(map([account('300-5110-02'), account('000-1100-00')]))).toEqual([
			'|J:300|A:300-5110-02|',
			'|A:000-1100-00|',
		]);
	});

	test('names every job and cost account of a document, of lines sent, left out and waiting', () => {
		const result = map([
			payable([
				['purchase', '300-5110-02', '1'],
				['purchase', '000-5110-02', '2', 'JOB 777'],
				['freight', '000-6150-00', '3'],
				['discountAvailable', '000-2150-00', '4'],
			]),
		]);
		expect(result.desired).toEqual([]);
		expect(affectedKeysOf(result)).toEqual([
			'|V:ACME0001|VOUCHER:00000000000000417|DOC:INV-88|J:300|J:777|A:300-5110-02|A:000-5110-02|A:000-6150-00|',
		]);
	});

	test('names the job a rule gives', () => {
		const rules = [
			{
				name: 'School',
				when: { account: { is: 'pattern' as const, pattern: '.' } },
				set: { job: '301' },
			},
		];
		const result = map([payable([['purchase', '300-5110-02', '1']])], { settings: { rules } });
		expect(affectedKeysOf(result)[0]).toContain('|J:300|J:301|');
	});

	test('is the same for each project and for what is left out', () => {
		const result = map([
			payable([
				['purchase', '300-5110-02', '1'],
				['purchase', '301-5110-02', '2'],
				['purchase', '000-6150-00', '3'],
			]),
		]);
		expect(result.desired).toHaveLength(2);
		expect(result.notSent).toHaveLength(1);
		expect(new Set(affectedKeysOf(result)).size).toBe(1);
	});

	test('stands on payments and on documents of a vendor to skip as well', () => {
		const row = { gp_company: 'TWO', gp_vendor_id: 'ACME0001', action: 'skip' };
		const result = map(
			[
				payable([['cash', '000-1100-00', '-5']], { documentType: 'payment' }),
				payable([['purchase', '300-5110-02', '1']], { voucher: '2' }),
			],
			{ crosswalk: { projects: [], accounts: [], vendors: [row] } },
		);
		expect(affectedKeysOf(result)).toEqual([
			'|V:ACME0001|VOUCHER:00000000000000417|DOC:INV-88|',
			'|V:ACME0001|VOUCHER:2|DOC:INV-88|J:300|A:300-5110-02|',
		]);
	});
});

describe('the version of a mapping', () => {
	const versionOf = (settings: Parameters<typeof map>[1]) =>
		map([vendor()], settings).desired[0].source.mappingVersion;

	test('is equal for equal settings and another for others', () => {
		const plain = versionOf({});
		expect(versionOf({ settings: { rules: [] } })).toBe(plain);
		expect(versionOf({ settings: { company: '' } })).toBe(plain);
		expect(versionOf({ settings: { freight: 'ownLine' } })).not.toBe(plain);
	});
});
