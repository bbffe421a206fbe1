import { readDirectCostOriginId } from '../../lib/model/keys';
import type { MappingInput } from '../../lib/mapping/types';
import { map, payable, vendor } from './samples';

/* GP takes "acme01", "ACME01" and "Acme01   " for one id, so the mapping does. */
const COST = ['purchase', '300-5110-02', '100.00'] as const;
const document = (spelled: { vendorId?: string; voucher?: string; account?: string }) =>
	payable([[COST[0], spelled.account ?? COST[1], COST[2]]], {
		...(spelled.vendorId ? { vendorId: spelled.vendorId } : {}),
		...(spelled.voucher ? { voucher: spelled.voucher } : {}),
	});

test('origin ids are canonical, and say how they were spelled before', () => {
	const [one] = map([document({ vendorId: 'Acme01', voucher: 'Ab12' })]).desired;
	expect(one).toMatchObject({
		originId: 'GP:TWO:PM:1:AB12:P:9001',
		formerOriginIds: ['GP:TWO:PM:1:Ab12:P:9001'],
		vendorOriginId: 'GP:TWO:V:ACME01',
		formerVendorOriginIds: ['GP:TWO:V:Acme01'],
		source: { key: '1;AB12' },
		lines: [{ originId: 'GP:TWO:PM:1:AB12:P:9001:L:16384' }],
	});
	const [firm] = map([vendor({ vendorId: 'Acme01 ' })]).desired;
	expect(firm).toMatchObject({
		originId: 'GP:TWO:V:ACME01',
		formerOriginIds: ['GP:TWO:V:Acme01'],
		source: { key: 'ACME01' },
	});
	const [plain] = map([document({})]).desired;
	expect(plain).not.toHaveProperty('formerOriginIds');
	expect(readDirectCostOriginId('GP:two:PM:1:ab12:P:9001')).toEqual({
		company: 'TWO',
		key: '1;AB12',
		projectId: '9001',
	});
});

test('crosswalk rows decide in any spelling, and new ones are written in one', () => {
	const crosswalk: MappingInput['crosswalk'] = {
		projects: [],
		accounts: [],
		vendors: [
			{
				gp_company: 'two',
				gp_vendor_id: ' acme01 ',
				procore_vendor_id: '77',
				action: 'send',
				note: '',
			},
		],
	};
	const { desired } = map([document({ vendorId: 'ACME01' })], { crosswalk });
	expect(desired).toEqual([expect.objectContaining({ vendorId: '77' })]);
	const { newAccounts, newJobs } = map(
		[document({ account: 'j1-51a0-02' }), document({ account: 'J1-51A0-02', voucher: '2' })],
		{ settings: { costAccountPattern: '^[jJ]1-51' } },
	);
	expect(newAccounts.map(({ gp_account }) => gp_account)).toEqual(['J1-51A0-02']);
	expect(newJobs.map(({ gp_job }) => gp_job)).toEqual(['J1']);
});

test('a document is taken out of the projects it was sent to under another spelling', () => {
	const moved = document({ voucher: 'ab12' });
	const earlierProjects = { '1;Ab12': ['9002'], '1;AB12': ['9002', '9003'] };
	const withdrawn = map([moved], { earlierProjects }).desired.filter(
		(one) => one.kind === 'directCost' && one.withdrawn,
	);
	expect(withdrawn.map((one) => one.originId)).toEqual([
		'GP:TWO:PM:1:AB12:P:9002',
		'GP:TWO:PM:1:AB12:P:9003',
	]);
	const gone = map([], {
		deleted: [{ entity: 'payable', company: 'TWO', key: '1;ab12' }],
		earlierProjects,
	});
	expect(gone.desired.map((one) => one.originId)).toEqual([
		'GP:TWO:PM:1:AB12:P:9002',
		'GP:TWO:PM:1:AB12:P:9003',
	]);
});
