import {
	billedBy,
	checkRequisition,
	type DesiredRequisition,
	hashOf,
	hashOfShown,
	onlyPaymentDiffers,
	readRequisition,
} from '../../../lib/sync/kinds/requisition-state';
import { source } from '../../procore/support/desired';

const invoice = (given: Partial<DesiredRequisition> = {}): DesiredRequisition => ({
	kind: 'requisition',
	originId: 'GP:TWO:PM:1:417:P:9001',
	source: source('payable', '1;417'),
	projectId: '9001',
	commitmentId: '77',
	commitmentKind: 'subcontract',
	voided: false,
	header: {
		invoice_number: 'INV-417',
		billing_date: '2026-03-31',
		requisition_start: '2026-03-01',
		requisition_end: '2026-03-31',
		status: 'approved',
	},
	lines: [
		{ commitmentLineId: '5', amount: '10.10' },
		{ commitmentLineId: '6', amount: '-0.10' },
	],
	total: '10.00',
	...given,
});
const withHeader = (header: Partial<DesiredRequisition['header']>) =>
	invoice({ header: { ...invoice().header, ...header } });

describe('a subcontractor invoice as Procore answers it', () => {
	const row = {
		...{ id: 12, origin_id: 'GP:1', origin_data: '{}', status: 'draft', invoice_number: 'A1' },
		...{ vendor_id: 7, commitment_id: 77, commitment_type: 'WorkOrderContract', deleted_at: null },
		...{ billing_date: '2026-03-31', final: false, other: 'x' },
	};

	test('is read with the fields GP decides, as far as it shows them', () => {
		expect(readRequisition(row)).toEqual({
			id: '12',
			originId: 'GP:1',
			originData: '{}',
			status: 'draft',
			invoiceNumber: 'A1',
			vendorId: '7',
			commitmentId: '77',
			commitmentKind: 'subcontract',
			fields: {
				...{ status: 'draft', invoice_number: 'A1', billing_date: '2026-03-31', final: false },
			},
		});
	});

	test('is none without an id, or when it was deleted', () => {
		for (const wire of [null, {}, { ...row, id: null }, { ...row, deleted_at: '2026-04-01' }])
			expect(readRequisition(wire)).toBeUndefined();
	});

	test('has its vendor by itself or in its own place, and a commitment of its kind', () => {
		const bare = { id: 12, vendor: { id: 8 }, commitment_type: 'PurchaseOrderContract' };
		expect(readRequisition(bare)).toEqual({
			...{ id: '12', originId: null, originData: null, status: '', invoiceNumber: null },
			...{ vendorId: '8', commitmentId: null, commitmentKind: 'purchaseOrder', fields: {} },
		});
		expect(readRequisition({ ...bare, vendor_id: 7 })?.vendorId).toBe('7');
		for (const vendor of [null, {}, undefined])
			expect(readRequisition({ ...bare, vendor })?.vendorId).toBeNull();
	});

	test('bills what its items say, where it lists them', () => {
		const items = [
			{
				...{ id: 1, line_item_id: 5, cost_code: { full_code: '03-300' } },
				work_completed_this_period: '10.10',
			},
			{ id: 2, line_item_id: null, cost_code: null, work_completed_this_period: null },
		];
		const read = readRequisition({ ...row, items })!;
		expect(read.items).toEqual([
			{ id: '1', lineId: '5', costCode: '03-300', amount: '10.10' },
			{ id: '2', lineId: undefined, costCode: '', amount: '0' },
		]);
		expect(billedBy(read)).toBe('10.10');
		expect(billedBy({ items: [] })).toBe('0.00');
		expect(billedBy(readRequisition(row)!)).toBeNull();
	});
});

describe('what Procore would store otherwise than meant is refused', () => {
	test.each([
		['nothing', invoice(), undefined],
		['no day of payment, which is none', withHeader({ payment_date: '' }), undefined],
		['a day of payment', withHeader({ payment_date: '2026-04-02' }), undefined],
		['a day that is none', withHeader({ payment_date: '2026-02-30' }), 'bad-date'],
		['a blank billing date', withHeader({ billing_date: '' }), 'bad-date'],
		['another form of a date', withHeader({ requisition_end: '31.03.2026' }), 'bad-date'],
		[
			'the same of one that is void',
			{ ...withHeader({ billing_date: 'x' }), voided: true },
			undefined,
		],
		['lines that do not add up', invoice({ total: '10.01' }), 'lines-do-not-add-up'],
		['the same of one that is void', invoice({ total: '10.01', voided: true }), undefined],
	])('%s', (_what, desired, code) => expect(checkRequisition(desired)?.code).toBe(code));
});

describe('the hash of what was sent', () => {
	test('changes with each thing GP decides', () => {
		const others = [
			withHeader({ status: 'draft' }),
			withHeader({ payment_date: '2026-04-02' }),
			invoice({ lines: invoice().lines.slice(1) }),
			invoice({ total: '11' }),
			invoice({ commitmentId: '78' }),
			invoice({ periodId: '3' }),
			invoice({ voided: true }),
		].map(hashOf);
		expect(new Set([hashOf(invoice()), ...others]).size).toBe(8);
	});

	test('is the same for the same amount, no day of payment, and all that is void', () => {
		expect(hashOf(invoice({ total: '10' }))).toBe(hashOf(invoice()));
		expect(hashOf(withHeader({ payment_date: '' }))).toBe(hashOf(invoice()));
		expect(hashOf(invoice({ voided: true, total: '5' }))).toBe(hashOf(invoice({ voided: true })));
	});

	test('tells that the day of payment is all that differs', () => {
		const paid = withHeader({ payment_date: '2026-04-02' });
		const sent = hashOf(withHeader({ payment_date: '2026-04-01' }));
		expect(onlyPaymentDiffers(paid, sent, '2026-04-01T00:00:00Z')).toBe(true);
		expect(onlyPaymentDiffers(paid, hashOf(invoice()), null)).toBe(true);
		expect(onlyPaymentDiffers(paid, sent, '2026-04-03')).toBe(false);
		expect(onlyPaymentDiffers(invoice({ ...paid, total: '11' }), sent, '2026-04-01')).toBe(false);
		const gone = { ...paid, voided: true };
		expect(onlyPaymentDiffers(gone, hashOf(gone), '')).toBe(false);
	});
});

describe('the hash of what is shown', () => {
	const shown = {
		...{ status: 'approved', invoice_number: 'A1', billing_date: '2026-03-31' },
		billed: [
			{ lineId: '5', amount: '1.00' },
			{ lineId: '6', amount: '2.00' },
		],
	};

	test('is that of the same things said otherwise', () => {
		const [one, other] = shown.billed;
		for (const same of [
			{ ...shown, billing_date: '2026-03-31T00:00:00Z' },
			{ ...shown, billed: [other, one] },
			{ ...shown, billed: [one, { ...other, amount: '2' }, { lineId: '7', amount: '0.00' }] },
		])
			expect(hashOfShown(same)).toBe(hashOfShown(shown));
		expect(hashOfShown({ ...shown, status: null })).toBe(hashOfShown({ ...shown, status: '' }));
	});

	test('changes with each of them', () => {
		const others = [
			{ ...shown, status: 'draft' },
			{ ...shown, invoice_number: 'A2' },
			{ ...shown, billing_date: '2026-04-01' },
			{ ...shown, billed: [] },
			{ ...shown, billed: [{ lineId: '5', amount: '3.00' }] },
		].map(hashOfShown);
		expect(new Set([hashOfShown(shown), ...others]).size).toBe(6);
	});
});
