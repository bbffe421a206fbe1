import { type GpPayable, type GpVendor } from '../../lib/model/gp-records';
import { address, map, payable, vendor, type Entry } from './samples';

/* What of a record the mapping looks at: two states of it that map alike have one content. */
const contentOf = (record: GpPayable | GpVendor): string | undefined => {
	const { desired, notSent } = map([record]);
	return (desired[0] ?? notSent[0]).source.content;
};
const ENTRIES: Entry[] = [['purchase', '300-5110-02', '100', 'Rebar']];
const document = (given: Partial<GpPayable> = {}) => payable(ENTRIES, given);
const withLine = (given: Partial<GpPayable['distributions'][number]>, base = document()) => ({
	...base,
	distributions: base.distributions.map((line, index) =>
		index === 0 ? { ...line, ...given } : line,
	),
});

describe('the content of a document', () => {
	const plain = contentOf(document());
	test('is short, and the same for the same document', () => {
		expect(plain).toMatch(/^[0-9a-f]{12}$/);
		expect(contentOf(document())).toBe(plain);
	});

	test.each<[string, GpPayable]>([
		['its number', document({ documentNumber: 'INV-89' })],
		['its vendor', document({ vendorId: 'ACME0002' })],
		['the name of its vendor', document({ vendorName: 'ACME PAVING' })],
		['its date', document({ documentDate: '2026-02-26' })],
		['its posting date', document({ postingDate: '2026-02-27' })],
		['its due date', document({ dueDate: '2026-03-30' })],
		['the day it was posted', document({ postedDate: '2026-03-01' })],
		['its description', document({ description: 'Forms' })],
		['its order', document({ purchaseOrderNumber: 'PO-1' })],
		['its batch', document({ batch: 'AP0301' })],
		['its terms', document({ paymentTermsId: 'Net 10' })],
		['its currency', document({ currencyId: 'Z-EUR' })],
		['a void', document({ voided: true })],
		['the day it was paid', document({ paidOn: '2026-03-09' })],
		['amounts in another currency', document({ amountsAreForeign: true })],
		['that it is not posted', document({ state: 'unposted' })],
		['its tax details', document({ taxes: [{ taxDetailId: 'IL', account: null, amount: '0' }] })],
		['the retainage', { ...document(), amounts: { ...document().amounts, retainage: '5' } }],
		['the number of a line', withLine({ sequence: 5 })],
		['the type of a line', withLine({ type: 'other' })],
		['the account of a line', withLine({ account: '300-5120-02' })],
		['the debit of a line', withLine({ debit: '101' })],
		['the credit of a line', withLine({ credit: '1' })],
		['the reference of a line', withLine({ reference: 'Nails' })],
		['the job of a line', withLine({ job: '301' })],
	])('changes with %s', (_what, changed) => {
		expect(contentOf(changed)).not.toBe(plain);
	});

	test('with a job of a line is another for another cost code or type of it', () => {
		const of = (given: object) => contentOf(withLine({ job: '301', ...given }));
		const all = [of({}), of({ costCode: '03-100' }), of({ costType: 'M' })];
		expect(new Set(all).size).toBe(3);
		// Without a job nobody looks at them.
		expect(contentOf(withLine({ costCode: '03-100' }))).toBe(plain);
	});

	test.each<[string, GpPayable]>([
		['from open to history', document({ state: 'history' })],
		['in its change stamp', document({ modified: '2026-04-01T00:00:00.000Z' })],
		['in what was looked up of an account', withLine({ accountFacts: null })],
		['from a day of payment that is not known to none', document({ paidOn: null })],
		['from no list of taxes to an empty one', document({ taxes: undefined as never })],
		['from no retainage to none of it', { ...document(), amounts: undefined as never }],
	])('stays where it only goes %s', (_what, changed) => {
		expect(contentOf(changed)).toBe(plain);
	});

	test('of one that came without a list of lines is not that of one with none', () => {
		const without = contentOf(document({ distributions: undefined as never }));
		expect(without).toMatch(/^[0-9a-f]{12}$/);
		expect(without).not.toBe(contentOf(document({ distributions: [] })));
	});
});

describe('the content of a vendor', () => {
	const plain = contentOf(vendor({ addresses: [address({ city: 'Seattle' })] }));

	test.each<[string, Partial<GpVendor>]>([
		['id', { vendorId: 'ACME0002' }],
		['name', { name: 'ACME PAVING' }],
		['e-mail', { email: 'ap@acme.example' }],
		['website', { website: 'acme.example' }],
		['status', { status: 'inactive' }],
		['first address', { addresses: [address({ city: 'Tacoma' })] }],
		['having no address', { addresses: [] }],
	])('changes with its %s', (_what, given) => {
		const changed = vendor({ addresses: [address({ city: 'Seattle' })], ...given });
		expect(contentOf(changed)).not.toBe(plain);
	});

	test('stays with what does not go to Procore', () => {
		const addresses = [address({ city: 'Seattle' }), address({ id: 'REMIT' })];
		expect(contentOf(vendor({ addresses, classId: 'SUB', onHold: true }))).toBe(plain);
		const none = { ...vendor({ name: '' }), addresses: undefined as never };
		expect(contentOf(none)).toMatch(/^[0-9a-f]{12}$/);
	});
});
