import { AccountBooks } from '../../lib/reconcile/account-books';
import { DifferenceNotes, fixRequests } from '../../lib/reconcile/differences';
import { GpDocuments } from '../../lib/reconcile/gp-documents';
import { headerChanges, NamedDifferences } from '../../lib/reconcile/project-records';
import type { ExpectedCost, StandingDirectCost } from '../../lib/reconcile/reconcile.types';
import { sentEvidence, type Wanted } from '../../lib/sync/standing/as-sent';
import { hashOfLines, hashOfState } from '../../lib/sync/kinds/direct-cost-state';
import { writeOriginData } from '../../lib/sync/origin-data';

/* Everything that is sent of a document beside its amounts, held against what Procore shows. */
type Header = ExpectedCost['header'];
const ORIGIN = 'GP:TWO:PM:1:417:P:1';
const HEADER: Header = {
	...{ direct_cost_type: 'invoice', invoice_number: '88', status: 'approved' },
	...{ direct_cost_date: '2026-02-27', received_date: '2026-03-01', terms: 'Net 30' },
	...{ description: 'Rebar', invoiceNumberSuffix: ' (417)' },
} as Header;
const cost = (header: Partial<Header> = {}, content = 'g1'): ExpectedCost => {
	const own: ExpectedCost = {
		originId: ORIGIN,
		projectId: '1',
		vendorId: 'V',
		voided: false,
		source: { key: '1;417', label: 'Invoice 88', content },
		header: { ...HEADER, ...header },
		lines: [{ originId: `${ORIGIN}:L:1`, costCode: '5110', costType: 'M', amount: '10.00' }],
	};
	return { ...own, hash: hashOfState({ ...own, total: '10.00' } as never) };
};
/** As `sent` stands in Procore, edited there. */
const standing = (
	sent: ExpectedCost,
	fields: Record<string, unknown> = {},
	more: Partial<StandingDirectCost> = {},
): StandingDirectCost => {
	const { invoiceNumberSuffix: _, ...header } = sent.header;
	return {
		...{ id: '7', projectId: '1', originId: ORIGIN, vendor: 'V', invoiceNumber: '88' },
		status: 'approved',
		date: '2026-02-27',
		total: '10.00',
		lines: sent.lines.map((line) => ({ ...line })),
		fields: { ...header, ...fields },
		originData: writeOriginData({
			...{ src: 'gp', h: sent.hash!, g: sent.source.content },
			...{ l: hashOfLines(sent.lines as never), t: '10.00' },
		}),
		...more,
	};
};

test('only a status is approved in Procore itself', () => {
	const own = cost({ status: 'pending' });
	const actual = standing(own, { status: 'approved', terms: 'approved' });
	expect(headerChanges(own, actual, 'V').map(({ field }) => field)).toEqual(['terms']);
});

test('a record without an origin id came from no document, whatever the names of those are', () => {
	const named = (documentOf?: (originId: string) => string | null) =>
		new NamedDifferences(new DifferenceNotes([]), new GpDocuments(), { by: [], documentOf });
	expect([named(() => '1;417').keyOf(''), named().keyOf('')]).toEqual([null, null]);
	expect([named(() => '1;417').keyOf('X'), named().keyOf('X')]).toEqual(['1;417', 'X']);
});

test.each<[string, string | null, string]>([
	['direct_cost_type', 'expense', 'invoice'],
	['invoice_number', '89', '88'],
	['status', 'pending', 'approved'],
	['direct_cost_date', '2026-02-03', '2026-02-27'],
	['received_date', null, '2026-03-01'],
	['terms', '', 'Net 30'],
	['description', 'Rebar, late', 'Rebar'],
])('%s that was edited in Procore to %j is seen, and named as that', (field, shown, wanted) => {
	const own = cost();
	const actual = standing(own, { [field]: shown });
	expect(headerChanges(own, actual, 'V')).toMatchObject([{ field, before: shown, after: wanted }]);
	expect(compared(own, actual)).toMatchObject([
		{ cause: 'editedInProcore', amount: '0', key: '1;417' },
	]);
});

test.each<[string, Partial<Header>]>([
	['invoice_number', { invoice_number: '90' }],
	['direct_cost_date', { direct_cost_date: '2026-02-28' }],
	['received_date', { received_date: '2026-03-02' }],
	['terms', { terms: 'Net 60' }],
	['description', { description: 'Rebar, July' }],
])(
	'%s that was changed in GP after it was sent is changedInGp, and mended by default',
	(_, header) => {
		const actual = standing(cost());
		const [difference, ...others] = compared(cost(header, 'g2'), actual);
		expect(others).toEqual([]);
		expect(difference).toMatchObject({ cause: 'changedInGp', amount: '0', procoreId: '7' });
		expect(difference!.message).toMatch(/: .* in Procore, ".*" in GP$/);
		// The same with the document as it was: only the mapping of it changed.
		expect(compared(cost(header), actual)).toMatchObject([{ cause: 'mappingChanged' }]);
		// Edited there, too: neither side is put over the other without asking.
		const both = standing(cost(), { terms: 'Cash' }, { total: '11.00' });
		both.lines[0]!.amount = '11.00';
		expect(compared(cost(header, 'g2'), both).map(({ cause }) => cause)).toEqual([
			'changedOnBothSides',
		]);
	},
);

test.each<[string, Record<string, unknown>, Partial<StandingDirectCost>]>([
	['blanks and case of blanks', { description: ' Rebar  ' }, {}],
	['the number with its suffix', { invoice_number: '88 (417)' }, {}],
	['a time behind a day', { direct_cost_date: '2026-02-27T00:00:00Z' }, {}],
	['a field Procore does not show', { terms: undefined }, {}],
	['a line without a cost type', {}, { lines: [{ ...cost().lines[0]!, costType: '' }] }],
	['a line that is not there', {}, { lines: [] }],
	['a cost type in another case', {}, { lines: [{ ...cost().lines[0]!, costType: 'm' }] }],
])('%s is no difference', (_, fields, more) => {
	const own = cost();
	expect(headerChanges(own, standing(own, fields, more), 'V')).toEqual([]);
});

test('a long text that Procore cut is no edit of anybody, and an approval is Procore’s own step', () => {
	const long = cost({ description: 'x'.repeat(300) });
	expect(headerChanges(long, standing(long, { description: 'x'.repeat(255) }), 'V')).toEqual([]);
	const pending = cost({ status: 'pending' });
	expect(headerChanges(pending, standing(pending, { status: 'approved' }), 'V')).toEqual([]);
});

test('vendor and cost type are compared where no amount tells them', () => {
	const own = cost();
	expect(headerChanges(own, standing(own, {}, { vendor: 'W' }), 'V')).toMatchObject([
		{ field: 'vendor', before: 'W', after: 'V' },
	]);
	const lines = [{ ...own.lines[0]!, costType: 'L' }];
	expect(headerChanges(own, standing(own, {}, { lines }), 'V')).toMatchObject([
		{ field: 'cost_type', before: 'L', after: 'M' },
	]);
});

test('of a subcontractor invoice number and date are compared', () => {
	const own = cost();
	const fields = { invoice_number: '77', billing_date: '2026-02-01', status: 'under_review' };
	const actual = standing(own, {}, { kind: 'requisition', fields });
	expect(headerChanges(own, actual, 'V').map(({ field }) => field)).toEqual([
		'invoice_number',
		'billing_date',
	]);
});

test('a subcontractor invoice is billed on the day of the document, else when it was received', () => {
	const billed = (header: Partial<Header>, billing_date: string) =>
		headerChanges(
			cost(header),
			standing(cost(header), {}, { kind: 'requisition', fields: { billing_date } }),
			'V',
		).map(({ field }) => field);
	expect(billed({}, '2026-02-27')).toEqual([]);
	expect(billed({}, '2026-03-01')).toEqual(['billing_date']);
	expect(billed({ direct_cost_date: undefined }, '2026-03-01')).toEqual([]);
});

test('what waits is no fault, and where nothing was shown nothing is claimed', () => {
	const actual = standing(cost(), { terms: 'Cash' });
	expect(compared(cost(), actual, { requested: new Set(['1;417']) })).toMatchObject([
		{ cause: 'waitingRequest' },
	]);
	expect(compared(cost(), { ...actual, originData: null })).toMatchObject([{ cause: 'differs' }]);
});

function compared(own: ExpectedCost, actual: StandingDirectCost, more = {}) {
	const books = new AccountBooks({
		by: [['projectId']],
		documentOf: () => '1;417',
		evidenceOf: (wanted, record) => sentEvidence(wanted as Wanted, record),
		...more,
	});
	const { key, label } = own.source;
	books.document({ key, label, amount: '10.00', vendor: 'V', month: '2026-02' });
	books.expect(own);
	books.project('1', [actual]);
	return books.finish().differences;
}

test('what is not posted any more and counts in Procore is named, also where the amounts agree', () => {
	const sent = cost();
	expect(headerChanges(cost({ status: 'draft' }), standing(sent), 'V')).toEqual([
		{ field: 'status', before: 'approved', after: 'draft' },
	]);
	const asDraft = standing(sent, {}, { status: 'draft' });
	expect(headerChanges(cost({ status: 'draft' }), asDraft, 'V')).toEqual([]);
});

test('an amount that Procore counts in another currency is no agreement', () => {
	const kept = { currency: 'EUR', base_currency: 'USD' };
	const [told, ...more] = compared(cost(), standing(cost(), kept));
	expect(told).toMatchObject({ cause: 'differs', amount: '0', procoreId: '7' });
	expect(told!.message).toContain('EUR');
	expect(more).toEqual([]);
	expect(compared(cost(), standing(cost()))).toEqual([]);
	// Sent again, it would stand in that currency as before.
	const asked = { company: 'TWO', now: '', requestedBy: 'test', drift: 'overwrite' as const };
	expect(fixRequests([told!], asked)).toEqual([]);
});
