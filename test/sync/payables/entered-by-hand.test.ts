import { BillingProcore } from '../../procore/support/billing-procore';
import { directCost } from '../../procore/support/desired';

/** What people enter in Procore on an order, and what the sync makes of it. */
let procore: BillingProcore;
beforeEach(() => (procore = new BillingProcore()));

const commitment = { number: 'SC-1', then: 'requisition' as const };
const bill = (voucher: string, more?: Parameters<typeof directCost>[2], amounts = ['100.00']) =>
	directCost(voucher, amounts, { commitment, ...more });
const run = (...documents: Array<ReturnType<typeof bill>>) => procore.runAll(documents);
const keeping = (document: ReturnType<typeof bill>) =>
	procore.runAll([document], { drift: 'keep' });

describe('a subcontractor invoice under the number of the document', () => {
	test('is taken over where it bills the same, and counts once', async () => {
		const entered = procore.enter({ invoice_number: ' inv-1' }, '100.0');
		expect(await run(bill('1'))).toMatchObject([
			{ outcome: 'adopted', procore: { id: String(entered.id) } },
		]);
		expect(procore.requisitions).toMatchObject([{ origin_id: 'GP:TWO:PM:1:1:P:9001' }]);
		expect(procore.counted).toEqual(['100.00', '0.00']);
		expect(await run(bill('1'))).toMatchObject([{ outcome: 'unchanged' }]);
	});

	test.each<[string, () => void, RegExp]>([
		[
			'bills otherwise',
			() => procore.enter({ invoice_number: 'INV-1' }, '99.99'),
			/bills 99\.99; the document has 100\.00/,
		],
		[
			'is there twice',
			() => [1, 2].forEach(() => procore.enter({ invoice_number: 'INV-1' }, '100.00')),
			/bills 100\.00/,
		],
	])('waits where it %s: both would count', async (_what, enter, message) => {
		enter();
		const before = structuredClone(procore.requisitions);
		const [outcome] = await run(bill('1'));
		expect(outcome).toMatchObject({ outcome: 'conflict', reason: { code: 'already-requisition' } });
		expect(outcome.amount).toBe('0.00');
		expect(outcome.reason!.message).toMatch(message);
		expect(procore.requisitions).toEqual(before);
	});

	test('is taken over by one document alone', async () => {
		procore.enter({ invoice_number: 'INV-1' }, '100.00');
		const twin = bill('2', { header: { invoice_number: 'INV-1' } });
		expect(await run(bill('1'), twin)).toMatchObject([
			{ outcome: 'adopted' },
			{ outcome: 'created' },
		]);
	});

	test('is taken over by the document it agrees with, whichever comes first', async () => {
		procore.enter({ invoice_number: 'INV-1' }, '50.00');
		const twin = bill('2', { header: { invoice_number: 'INV-1' } }, ['50.00']);
		expect(await run(bill('1'), twin)).toMatchObject([
			{ outcome: 'conflict' },
			{ outcome: 'adopted' },
		]);
		expect(procore.counted).toEqual(['50.00', '0.00']);
		expect(await run(bill('1'), twin)).toMatchObject([
			{ outcome: 'created' },
			{ outcome: 'unchanged' },
		]);
	});

	test('does not count as a draft: it is taken over where it bills the same, else left alone', async () => {
		const draft = procore.enter({ invoice_number: 'INV-1', status: 'draft' }, '0.00');
		expect(await run(bill('1'))).toMatchObject([{ outcome: 'created' }]);
		procore.enter({ invoice_number: 'INV-2', status: 'draft' }, '20.00');
		expect(await run(bill('2', {}, ['20.00']))).toMatchObject([{ outcome: 'adopted' }]);
		expect(draft).toMatchObject({ status: 'draft', origin_id: null });
		expect(procore.counted).toEqual(['120.00', '0.00']);
	});

	test('takes no room from itself when it is taken over', async () => {
		const [line] = procore.scheduled;
		procore.scheduled = [601, 602].map((id) => ({ ...line, id, amount: '100.00' }));
		const { items } = procore.enter({ invoice_number: 'INV-1' }, '0.00');
		items[0].work_completed_this_period = '100.00';
		expect(await run(bill('1'))).toMatchObject([{ outcome: 'adopted' }]);
		expect(procore.requisitions[0].items).toMatchObject([
			{ line_item_id: 601, work_completed_this_period: '100.00' },
			{ line_item_id: 602, work_completed_this_period: '0.00' },
		]);
	});

	test('under another number, on another order or of another company of GP is none of it', async () => {
		procore.enter({ invoice_number: 'INV-2' }, '1.00');
		procore.enter({ invoice_number: 'INV-1', commitment_id: 502 }, '1.00');
		procore.enter({ invoice_number: 'INV-1', origin_id: 'GP:THREE:PM:1:1:P:9001' }, '1.00');
		expect(await run(bill('1'))).toMatchObject([{ outcome: 'created' }]);
	});

	test('of another integration waits, whatever it bills, and is never taken over', async () => {
		const theirs = procore.enter({ invoice_number: 'INV-1', origin_id: 'SAGE-1' }, '100.00');
		const [outcome] = await run(bill('1'));
		expect(outcome).toMatchObject({ outcome: 'conflict', reason: { code: 'already-requisition' } });
		expect(outcome.reason!.message).toContain('of another integration (SAGE-1)');
		expect(theirs).toMatchObject({ origin_id: 'SAGE-1' });
		theirs.status = 'draft';
		expect(await run(bill('1'))).toMatchObject([{ outcome: 'created' }]);
		expect(theirs).toMatchObject({ origin_id: 'SAGE-1' });
	});
});

test('a direct cost of its number waits for somebody, as both would count', async () => {
	const entered = { id: 5, project_id: 9001, direct_cost_type: 'invoice', vendor_id: 11 };
	procore.costs.push({ ...entered, invoice_number: 'INV-1', status: 'approved', origin_id: null });
	const [outcome] = await run(bill('1'));
	expect(outcome).toMatchObject({ outcome: 'conflict', reason: { code: 'already-direct-cost' } });
	expect(procore.requisitions).toEqual([]);
	procore.costs[0].origin_id = 'SAGE-1';
	expect(await run(bill('1'))).toMatchObject([{ outcome: 'conflict' }]);
	procore.costs[0].status = 'draft';
	expect(await run(bill('1'))).toMatchObject([{ outcome: 'created' }]);
	procore.costs[0].status = 'approved';
	expect(await run(bill('1', {}, ['90.00']))).toMatchObject([{ outcome: 'updated' }]);
});

describe('an invoice that stands', () => {
	test('stays in its billing period while that holds its day', async () => {
		await run(bill('1'));
		procore.periods[0].status = 'closed';
		procore.periods.push({ ...procore.periods[0], id: 702, status: 'open' });
		await run(bill('1', {}, ['90.00']));
		expect(procore.requisitions).toMatchObject([{ period_id: 701 }]);
		const later = { ...procore.periods[0], id: 703, start_date: '2026-10-01' };
		procore.periods.push({ ...later, end_date: '2026-10-31', status: 'open' });
		await run(bill('1', { header: { direct_cost_date: '2026-10-02' } }));
		expect(procore.requisitions).toMatchObject([{ period_id: 703 }]);
	});

	test('is changed by the item of the order, not by one of a change order on the same line', async () => {
		await run(bill('1'));
		const changeOrder = { id: 7, item_type: 'change_order_item', line_item_id: 601 };
		procore.requisitions[0].items.push({ ...changeOrder, work_completed_this_period: '0.0' });
		expect(await run(bill('1', {}, ['120.00']))).toMatchObject([{ outcome: 'updated' }]);
		expect(procore.requisitions[0].items).toMatchObject([
			{ work_completed_this_period: '120.00' },
			{ work_completed_this_period: '0.0' },
		]);
	});

	test('has what somebody billed of a change order set back, as the item it is', async () => {
		await run(bill('1'));
		const changeOrder = { id: 7, item_type: 'change_order_item', line_item_id: 900 };
		procore.requisitions[0].items.push({ ...changeOrder, work_completed_this_period: '50.0' });
		expect(await run(bill('1'))).toMatchObject([{ outcome: 'updated' }]);
		expect(procore.counted).toEqual(['100.00', '0.00']);
		expect(await run(bill('1'))).toMatchObject([{ outcome: 'unchanged' }]);
	});
});

test('an amount that somebody edited may stand where it is left as edited, until GP changes it', async () => {
	await run(bill('1'));
	procore.requisitions[0].items[0].work_completed_this_period = '90.00';
	expect(await keeping(bill('1'))).toMatchObject([{ outcome: 'unchanged' }]);
	expect(await keeping(bill('1', { header: { payment_date: '2026-10-05' } }))).toMatchObject([
		{ outcome: 'updated' },
	]);
	expect(procore.counted).toEqual(['90.00', '0.00']);
	expect(await keeping(bill('1', {}, ['80.00']))).toMatchObject([{ outcome: 'updated' }]);
	expect(procore.counted).toEqual(['80.00', '0.00']);
});

test('an order that was given up does not stand in the way of the one in its place', async () => {
	procore.orders[0].status = 'Void';
	procore.orders.push({ ...procore.orders[0], id: 502, status: 'Approved' });
	procore.scheduled.push({ ...procore.scheduled[0], id: 602, order: 502 });
	expect(await run(bill('1'))).toMatchObject([{ outcome: 'created' }]);
	expect(procore.requisitions).toMatchObject([{ commitment_id: 502 }]);
});

test('an invoice stays on the order it bills when that is given up for another of its number', async () => {
	await run(bill('1'));
	procore.orders[0].status = 'Terminated';
	procore.orders.push({ ...procore.orders[0], id: 502, status: 'Approved' });
	procore.scheduled.push({ ...procore.scheduled[0], id: 602, order: 502 });
	expect(await run(bill('1'))).toMatchObject([{ outcome: 'unchanged' }]);
	expect(await run(bill('1', { header: { payment_date: '2026-10-05' } }))).toMatchObject([
		{ outcome: 'updated' },
	]);
	expect(procore.requisitions).toMatchObject([{ commitment_id: 501, status: 'approved' }]);
});

test.each<[string, Parameters<typeof directCost>[2], string[]]>([
	['a void', { voided: true, lines: [], total: '0.00', commitment: undefined }, ['0.00', '104.00']],
	['one that bills an order', { commitment }, ['100.00', '104.00']],
])('a number that %s gives up may be had in the same batch', async (_what, more, counted) => {
	const numbered = { header: { invoice_number: 'X' } };
	const none = { commitment: { ...commitment, number: 'none' } };
	await run(bill('1', numbered), bill('2', { ...numbered, ...none }));
	const others = ['3', '4', '5', '6'].map((voucher) => bill(voucher, none, ['1.00']));
	const both = [bill('2', { ...numbered, ...more }), bill('1', { ...numbered, ...none })];
	const [, outcome] = await run(...both, ...others);
	expect(outcome).toMatchObject({ outcome: 'created' });
	expect(procore.counted).toEqual(counted);
});

test.each([
	['another integration', 'ERP-77'],
	['somebody', null],
])(
	'a credit %s entered as a direct cost under its number keeps no invoice out',
	async (_who, origin_id) => {
		await run(directCost('9', ['-40.00'], { header: { invoice_number: 'INV-1' } }));
		Object.assign(procore.costs[0], { origin_id, origin_data: null });
		expect(await run(bill('1'))).toMatchObject([
			{ outcome: 'created', procore: { type: 'requisition' } },
		]);
		expect(procore.counted).toEqual(['100.00', '-40.00']);
	},
);
