import {
	checkDirectCost,
	invoiceKey,
	totalsAgree,
	totalsDiffer,
	vendorMissing,
} from '../../../lib/sync/kinds/direct-cost-state';
import { isNewerInProcore, type OriginData } from '../../../lib/sync/origin-data';
import { directCost } from '../../procore/support/desired';

const cost = (given: Parameters<typeof directCost>[2] = {}, amounts = ['10.00', '-2.50']) =>
	directCost('1', amounts, given);
const withHeader = (header: object) => cost({ header });

describe('what Procore would refuse, or store otherwise than meant, is told before anything is sent', () => {
	test.each([
		['nothing', cost(), undefined],
		['a day that is none', withHeader({ direct_cost_date: '2026-02-30' }), 'bad-date'],
		['another form of a day', withHeader({ received_date: '31.03.2026' }), 'bad-date'],
		['a blank day', withHeader({ direct_cost_date: '' }), 'bad-date'],
		['no day of payment', withHeader({ payment_date: '' }), undefined],
		['a day of payment that is none', withHeader({ payment_date: 'soon' }), 'bad-date'],
		['an invoice without a number', withHeader({ invoice_number: ' ' }), 'invoice-number-missing'],
		['an invoice with none', withHeader({ invoice_number: undefined }), 'invoice-number-missing'],
		['an invoice without a vendor', cost({ vendorOriginId: undefined }), 'vendor-missing'],
		['one whose vendor has an id', cost({ vendorOriginId: undefined, vendorId: '7' }), undefined],
		[
			'an expense without number and vendor',
			cost({
				vendorOriginId: undefined,
				header: { direct_cost_type: 'expense', invoice_number: undefined },
			}),
			undefined,
		],
		['lines that do not add up', cost({ total: '7.51' }), 'lines-do-not-add-up'],
		['an amount that cannot be sent exactly', cost({}, ['12345678901234567.89']), 'bad-amount'],
		['the same of one that is void', cost({ voided: true, total: '7.51' }), undefined],
	])('%s', (_what, desired, code) => expect(checkDirectCost(desired)?.code).toBe(code));

	test('two lines under one origin id', () => {
		const twice = cost();
		twice.lines[1].originId = twice.lines[0].originId;
		expect(checkDirectCost(twice)?.code).toBe('lines-not-distinct');
	});
});

test('vendor and invoice number are one key, in any case; without both there is none', () => {
	expect(invoiceKey('7', ' Inv-1 ')).toBe(invoiceKey('7', 'INV-1'));
	expect(invoiceKey('8', 'INV-1')).not.toBe(invoiceKey('7', 'INV-1'));
	expect(invoiceKey('7', 'INV-1')).toEqual(expect.any(String));
	for (const number of [null, undefined, '', ' ']) expect(invoiceKey('7', number)).toBeUndefined();
	expect([invoiceKey(null, 'INV-1'), invoiceKey('', 'INV-1')]).toEqual([undefined, undefined]);
});

test('totals agree where the amount is the same, and nobody knows where Procore told none', () => {
	expect([totalsAgree('7.5', '7.50'), totalsAgree('7.51', '7.50')]).toEqual([true, false]);
	expect([totalsAgree(null, '7.50'), totalsAgree(undefined, '7.50')]).toEqual([
		...[undefined, undefined],
	]);
	expect(totalsDiffer(cost(), '9.00').message).toMatch(/9\.00 .*7\.50/);
});

test('a vendor that is not there is the cause, by its id in GP', () => {
	expect(vendorMissing(cost()).causeKey).toBe('V:ACME');
	expect(vendorMissing(cost({ vendorOriginId: undefined })).causeKey).not.toContain('ACME');
});

test.each([
	['2026-03-02', '2026-03-01', true],
	['2026-03-01', '2026-03-01', false],
	['2026-03-01', '2026-03-02', false],
	['2026-03-01T09:00:00Z', '2026-03-01T08:00:00Z', true],
	['2026-03-01T08:00:00Z', '2026-03-01T09:00:00Z', false],
	// A bare day is the whole day.
	['2026-03-01T09:00:00Z', '2026-03-01', false],
	['2026-03-01', '2026-03-01T09:00:00Z', false],
	['2026-03-02', '2026-03-01T09:00:00Z', true],
	['2026-03-02T09:00:00Z', '2026-03-01', true],
	[undefined, '2026-03-01', false],
	['2026-03-01', undefined, false],
])('stored with stamp %s, at hand %s: newer in Procore: %p', (m, modified, expected) => {
	expect(isNewerInProcore({ src: 'gp', h: 'h', m } as OriginData, modified)).toBe(expected);
	expect(isNewerInProcore(null, modified)).toBe(false);
});

test('a stamp of after the day after tomorrow is of a clock that was wrong, and keeps nothing out', () => {
	const now = Date.parse('2026-03-01T00:00:00Z');
	const stored = (m: string) => ({ src: 'gp', h: 'h', m }) as OriginData;
	expect(isNewerInProcore(stored('2026-03-03'), '2026-03-01', now)).toBe(true);
	expect(isNewerInProcore(stored('2026-03-04'), '2026-03-01', now)).toBe(false);
});
