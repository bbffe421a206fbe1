import { DEFAULT_MAPPING_SETTINGS } from '../../lib/mapping/types';
import { mapRecords } from '../../lib/mapping/map-records';
import type { DeletedRecord } from '../../lib/mapping/types';
import { account, costCodes, directCosts, map, payable, vendor } from './samples';

describe('records that GP has no more', () => {
	const gone = (entity: DeletedRecord['entity'], key: string, company = 'TWO'): DeletedRecord => ({
		...{ company, entity, key },
	});
	const KEY = '1;ab12';

	test('are taken out of the budget as a draft without lines', () => {
		const result = map([], {
			deleted: [gone('payable', KEY)],
			earlierProjects: { [KEY]: ['9001', '', '9002'] },
		});
		expect(result.notSent).toEqual([]);
		expect(directCosts(result)[0]).toEqual({
			kind: 'directCost',
			originId: 'GP:TWO:PM:1:AB12:P:9001',
			formerOriginIds: ['GP:TWO:PM:1:ab12:P:9001'],
			source: {
				...{ company: 'TWO', entity: 'payable', key: '1;AB12', hash: 'deleted', amount: '0.00' },
				...{ label: 'Document 1;AB12, deleted in GP', rule: 'deleted in GP' },
				touches: '|VOUCHER:AB12|',
				mappingVersion: expect.stringMatching(/^[0-9a-f]{12}$/),
			},
			...{ projectId: '9001', voided: true, withdrawn: true, lines: [], total: '0.00' },
			header: { direct_cost_type: 'invoice', status: 'draft' },
		});
		expect(directCosts(result).map(({ projectId }) => projectId)).toEqual(['9001', '9002']);
	});

	test.each<[DeletedRecord['entity'], string, string, string]>([
		['vendor', 'acme', '|V:ACME|', 'Vendor ACME is no longer in GP and stays in Procore as it is'],
		['account', '300-1', '|A:300-1|', 'GL account 300-1 is no longer in GP and stays'],
		['payable', KEY, '|VOUCHER:AB12|', 'Document 1;AB12 is no longer in GP, and no project'],
	])('and stay where they are say so: %s', (entity, key, touches, message) => {
		const [left] = map([], { deleted: [gone(entity, key)] }).notSent;
		expect(left).toMatchObject({ outcome: 'skipped', source: { touches } });
		expect(left!.reason!.message).toContain(message);
	});

	test('of another company than the mapping is for are passed over', () => {
		const other = map([], {
			deleted: [gone('payable', KEY, 'THREE')],
			earlierProjects: { [KEY]: ['9001'] },
		});
		expect(other).toMatchObject({ desired: [], notSent: [] });
	});
});

describe('a batch of records', () => {
	test('keeps their order, and each company its own rows', () => {
		const result = map(
			[
				vendor(),
				account('300-5110-02'),
				account('300-5110-02', { company: 'THREE' }),
				payable([['purchase', '300-5110-02', '1']]),
				vendor({ company: 'three ', vendorId: 'B' }),
			],
			{ settings: { company: ' ' } },
		);
		expect(result.desired.map(({ originId }) => originId)).toEqual([
			'GP:TWO:V:ACME0001',
			'GP:TWO:CC:5110:P:9001',
			'GP:THREE:CC:5110:P:9001',
			'GP:TWO:PM:1:00000000000000417:P:9001',
			'GP:THREE:V:B',
		]);
		expect(result.newAccounts.map(({ gp_company }) => gp_company).sort()).toEqual(['THREE', 'TWO']);
	});

	test('with one of another company has that one wait, accounts too', () => {
		const { desired, notSent } = map([account('300-5110-02', { company: 'THREE' }), vendor()]);
		expect(desired).toHaveLength(1);
		expect(notSent).toMatchObject([
			{
				outcome: 'parked',
				reason: { code: 'wrong-company', message: expect.stringContaining('THREE') },
			},
		]);
	});

	test('with an account that cannot be read maps the others of the chart one by one', () => {
		const broken = { ...account('300-5120-02'), account: undefined as never };
		const result = map([account('300-5110-02'), broken, account('301-5110-02')]);
		expect(costCodes(result).map(({ source }) => source.key)).toEqual([
			'300-5110-02',
			'301-5110-02',
		]);
		expect(result.notSent).toMatchObject([
			{ outcome: 'parked', reason: { code: 'record-unreadable' } },
		]);
		const document = { ...payable([]), distributions: null as never };
		const [left] = map([document]).notSent;
		expect(left!.reason!.message).toMatch(/^The record could not be read: ./);
	});

	test('that is empty still has its settings checked', () => {
		const settings = { ...DEFAULT_MAPPING_SETTINGS, costAccountPattern: '(' };
		const crosswalk = { projects: [], accounts: [], vendors: [] };
		expect(() => mapRecords({ records: [], crosswalk, projects: [], settings })).toThrow(
			/costAccountPattern/,
		);
		expect(map([])).toEqual({ desired: [], notSent: [], newJobs: [], newAccounts: [] });
	});
});

describe('the label of a record', () => {
	const label = (record: Parameters<typeof map>[0][number]) => {
		const { desired, notSent } = map([record]);
		return (desired[0] ?? notSent[0]!).source.label;
	};
	test('is what people know it by', () => {
		expect(label(vendor())).toBe('ACME CONCRETE');
		expect(label(vendor({ name: ' ' }))).toBe('ACME0001');
		expect(label(account('300-5110-02', { description: 'Concrete' }))).toBe('300-5110-02 Concrete');
		expect(label(account('300-5110-02'))).toBe('300-5110-02');
		expect(label(payable([], { documentNumber: '' }))).toBe(
			'Invoice of ACME0001, voucher 00000000000000417',
		);
		const odd = { ...payable([]), documentType: 'parcel' as never };
		expect(label(odd)).toMatch(/^parcel INV-88 of/);
	});

	test('goes with the state of a document, the name of its vendor and its change stamp', () => {
		const source = (record: Parameters<typeof map>[0][number]) => map([record]).notSent[0]!.source;
		expect(source(payable([], { vendorName: ' ' }))).not.toHaveProperty('vendorName');
		expect(source(payable([]))).toMatchObject({ vendorName: 'ACME CONCRETE', state: 'open' });
		expect(source(account('000-1', { modified: null }))).not.toHaveProperty('modified');
		expect(source(account('000-1'))).not.toHaveProperty('state');
	});
});
