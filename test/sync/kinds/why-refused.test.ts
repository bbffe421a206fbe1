import type { BilledWhere } from '../../../lib/sync/kinds/requisition-state';
import { whyRefused } from '../../../lib/sync/kinds/project-requisitions';
import type { RowFault } from '../../../lib/sync/outcomes';

const fault = (said: string, code = 'procore-request-refused'): RowFault => ({
	outcome: 'failed',
	reason: { code, message: `Procore refused the request: ${said}`, remedy: 'As told before.' },
});
const where = (given: Partial<BilledWhere> = {}): BilledWhere => ({
	commitment: { number: 'SC-1', status: 'Approved' },
	period: { from: '2026-09-01', to: '2026-09-30', closed: false },
	billed: [{ amount: '10.00' }],
	...given,
});
const why = (said: string, given: Partial<BilledWhere> = {}) =>
	whyRefused(fault(said), where(given)).reason;

describe('why Procore refused a subcontractor invoice, by its own words', () => {
	test.each([
		['billing period has already been taken', 'billing-period-taken'],
		['there is another invoice in this period', 'billing-period-taken'],
		['the period is closed', 'billing-period-closed'],
		['the contract must be approved', 'commitment-not-approved'],
		['amount exceeds the scheduled value', 'commitment-overbilled'],
		['must be less than or equal to 5', 'commitment-overbilled'],
		['may not be negative', 'credit-refused'],
		['must be greater than or equal to 0', 'credit-refused'],
		['something else', 'procore-request-refused'],
	])('%s: %s', (said, code) => expect(why(said).code).toBe(code));
});

describe('where its words say nothing, by what is known of the place', () => {
	const closed = { from: '2026-09-01', to: '2026-09-30', closed: true };
	test.each<[string, Partial<BilledWhere>, string]>([
		['the period is closed', { period: closed }, 'billing-period-closed'],
		['no period is known', { period: undefined }, 'procore-request-refused'],
		[
			'the commitment is a draft',
			{ commitment: { number: 'SC-1', status: 'Draft' } },
			'commitment-not-approved',
		],
		[
			'the commitment is complete',
			{ commitment: { number: 'SC-1', status: 'Complete' } },
			'procore-request-refused',
		],
		[
			'its status is not told',
			{ commitment: { number: 'SC-1', status: '' } },
			'procore-request-refused',
		],
		['no commitment is known', { commitment: undefined }, 'procore-request-refused'],
		['a line is a credit', { billed: [{ amount: '5' }, { amount: '-0.01' }] }, 'credit-refused'],
		['a line is nought', { billed: [{ amount: '0.00' }] }, 'procore-request-refused'],
	])('%s: %s', (_what, given, code) => expect(why('something else', given).code).toBe(code));

	test('its words come first', () => {
		expect(why('amount exceeds the scheduled value', { period: closed }).code).toBe(
			'commitment-overbilled',
		);
	});
});

test('the place is told as far as it is known', () => {
	expect(why('no').message).toMatch(
		/: no; commitment SC-1 \(Approved\), billing period 2026-09-01 to 2026-09-30$/,
	);
	const period = { from: '2026-09-01', to: '2026-09-30', closed: true };
	const commitment = { number: 'SC-1', status: '' };
	expect(why('no', { period, commitment }).message).toMatch(/; commitment SC-1, .*\(closed\)$/);
	expect(why('no', { period: undefined, commitment: undefined }).message).toMatch(/: no$/);
	expect(why('something else').remedy).toMatch(
		/^Mend what Procore names there\. It is tried again/,
	);
});

test('another fault, or one whose place is not known, stays as it was', () => {
	const other = fault('closed', 'vendor-missing');
	expect(whyRefused(other, where())).toBe(other);
	const plain = fault('closed');
	expect(whyRefused(plain, undefined)).toBe(plain);
});
