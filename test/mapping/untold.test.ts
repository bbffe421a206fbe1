import type { GpPayable } from '../../lib/model/gp-records';
import type { MappingSettings } from '../../lib/mapping/types';
import { account, costCodes, directCosts, map, payable, vendor, vendors } from './samples';

/* Columns that a site does not have: what goes by them waits, what does not goes on. */
const cost = (untold: NonNullable<GpPayable['untold']>, more: Partial<GpPayable> = {}) =>
	payable([['purchase', '300-5110-02', '100']], { untold, ...more });

test.each<
	[NonNullable<GpPayable['untold']>[number], Partial<MappingSettings>, Partial<MappingSettings>]
>([
	['documentDate', {}, { costDate: 'posting' }],
	['documentDate', { costDate: 'posting', receivedDate: 'document' }, { costDate: 'posting' }],
	['postingDate', { costDate: 'posting' }, {}],
	['postingDate', { receivedDate: 'posting' }, { receivedDate: 'document' }],
	['purchaseOrderNumber', { commitments: 'requisition' }, { commitments: 'ignore' }],
	['purchaseOrderNumber', { commitments: 'skip' }, {}],
	[
		'currencyId',
		{ foreignCurrency: 'park', functionalCurrency: 'Z-US$' },
		{ functionalCurrency: 'Z-US$' },
	],
])('without %s a document waits where %j goes by it, and only there (%j)', (field, asks, not) => {
	const asked = map([cost([field])], { settings: asks });
	expect(directCosts(asked)).toEqual([]);
	expect(asked.notSent).toMatchObject([
		{
			outcome: 'parked',
			reason: {
				code: 'column-unknown',
				remedy: expect.stringContaining(`"absentMeans":{"${field}":"none"}`),
			},
		},
	]);
	expect(directCosts(map([cost([field])], { settings: not }))).toHaveLength(1);
	// Told, the same settings send it.
	expect(directCosts(map([cost([])], { settings: asks }))).toHaveLength(1);
});

test('an expense bills no order, so its order number is not asked for', () => {
	const expense = cost(['purchaseOrderNumber'], { documentType: 'miscellaneousCharge' });
	expect(directCosts(map([expense], { settings: { commitments: 'skip' } }))).toHaveLength(1);
});

test('a vendor of unknown status is made, and neither activated nor made inactive', () => {
	const [unknown] = vendors(map([vendor({ status: 'unknown' })]));
	expect(unknown.vendor).not.toHaveProperty('is_active');
	expect(vendors(map([vendor({ status: 'inactive' })]))[0].vendor.is_active).toBe(false);
});

test('an account that does not tell whether it is active keeps its code', () => {
	const record = account('300-5110-02', { active: null });
	for (const inactiveAccounts of ['send', 'leaveOut'] as const)
		expect(costCodes(map([record], { settings: { inactiveAccounts } }))).toMatchObject([
			{ active: true },
		]);
});
