import type { DesiredDirectCost } from '../../../lib/model/desired';
import type { ActualCommitment } from '../../../lib/procore/resources/projects';
import { requisitionOfCost } from '../../../lib/sync/payables/commitments';
import { routeDocument, wasRequisition } from '../../../lib/sync/payables/route-document';
import { directCost } from '../../procore/support/desired';

const ORDER: ActualCommitment = {
	...{ id: '5', kind: 'subcontract', number: 'PO-7', vendorId: '7', status: 'Approved' },
	takesRequisitions: true,
};
type Then = NonNullable<DesiredDirectCost['commitment']>['then'];
const cost = (more: Partial<DesiredDirectCost> = {}) => ({
	...directCost('1', ['10', '20']),
	...more,
});
const route = (then: Then | null, hits: ActualCommitment[], vendorId: string | undefined = '7') => {
	const desired = cost(then === null ? {} : { commitment: { number: 'PO-7', then } });
	const asked: unknown[] = [];
	const matching = (...given: unknown[]) => {
		asked.push(given);
		return hits;
	};
	return { ...routeDocument(desired, { matching }, vendorId), asked };
};

describe('a document that may bill an order', () => {
	test.each<[string, Then | null, ActualCommitment[], string | undefined, string]>([
		['names none', null, [ORDER], '7', 'directCost'],
		['names one that is not there', 'requisition', [], '7', 'directCost'],
		['has no vendor in Procore', 'requisition', [ORDER], '', 'directCost'],
		['names one', 'requisition', [ORDER], '7', 'requisition'],
		[
			'names one that takes no invoices',
			'requisition',
			[{ ...ORDER, takesRequisitions: false }],
			'7',
			'conflict',
		],
		['names two', 'requisition', [ORDER, ORDER], '7', 'conflict'],
		['names one whose documents are left out', 'skip', [ORDER], '7', 'nowhere'],
		[
			'names one, and is a direct cost of that type',
			'subcontractorInvoice',
			[ORDER],
			'7',
			'directCost',
		],
	])('%s: it goes to one place', (_what, then, hits, vendorId, to) => {
		expect(route(then, hits, vendorId).to).toBe(to);
	});

	test('is looked for by its number and vendor, and only where it names one', () => {
		expect(route('skip', [ORDER]).asked).toEqual([['PO-7', '7']]);
		expect(route(null, [ORDER]).asked).toEqual([]);
		expect(route('skip', [ORDER], '').asked).toEqual([]);
	});

	test('says why it goes nowhere or cannot be decided', () => {
		const reason = (...given: Parameters<typeof route>) =>
			(route(...given) as { reason?: object }).reason;
		expect(reason('skip', [ORDER])).toMatchObject({
			code: 'commitment-skipped',
			message: expect.stringContaining('PO-7'),
		});
		expect(reason('requisition', [{ ...ORDER, takesRequisitions: false }])).toMatchObject({
			code: 'requisitions-disabled',
		});
		expect(reason('requisition', [ORDER, { ...ORDER, id: '6', number: 'po-7' }])).toMatchObject({
			code: 'commitment-ambiguous',
			message: '2 commitments of this vendor go by number PO-7 (PO-7, id 5; po-7, id 6).',
		});
	});

	test('of the type keeps all else of its direct cost', () => {
		const routed = route('subcontractorInvoice', [ORDER]) as { desired?: DesiredDirectCost };
		const plain = cost({ commitment: { number: 'PO-7', then: 'subcontractorInvoice' } });
		expect(routed.desired).toEqual({
			...plain,
			header: { ...plain.header, direct_cost_type: 'subcontractor_invoice' },
		});
	});
});

describe('a payable as subcontractor invoice', () => {
	const header = (more: Partial<DesiredDirectCost['header']>) =>
		requisitionOfCost(
			cost({ header: { direct_cost_type: 'invoice', status: 'approved', ...more } }),
			ORDER,
		).header;

	test('has the status, number, date and day of payment, and no field that is not known', () => {
		expect(header({})).toStrictEqual({ status: 'approved' });
		expect(
			header({
				status: 'pending',
				invoice_number: '8',
				direct_cost_date: '2026-01-02',
				received_date: '2026-01-09',
				payment_date: '',
			}),
		).toEqual({
			...{
				status: 'under_review',
				invoice_number: '8',
				billing_date: '2026-01-02',
				payment_date: '',
			},
		});
		expect(header({ received_date: '2026-01-09' }).billing_date).toBe('2026-01-09');
		expect([
			header({ status: 'draft' }).status,
			header({ status: 'revise_and_resubmit' }).status,
		]).toEqual([...['draft', 'revise_and_resubmit']]);
	});

	test('keeps its ids, record and lines; what describes a line is a comment there', () => {
		const line = { originId: 'L', costCode: '5110', costType: 'M', amount: '10.00' };
		const given = cost({
			lines: [{ ...line, description: 'Slab' }, line],
			formerOriginIds: ['old'],
		});
		const made = requisitionOfCost(given, ORDER);
		expect(made).toMatchObject({
			...{ kind: 'requisition', originId: given.originId, directCostOriginId: given.originId },
			...{
				commitmentId: '5',
				commitmentKind: 'subcontract',
				formerOriginIds: ['old'],
				record: given.record,
			},
		});
		expect(made.lines).toStrictEqual([
			{ costCode: '5110', costType: 'M', amount: '10.00', comment: 'Slab' },
			{ costCode: '5110', costType: 'M', amount: '10.00' },
		]);
		const bare = requisitionOfCost(cost({ record: undefined }), ORDER);
		for (const field of ['record', 'formerOriginIds', 'sentAs'])
			expect(bare).not.toHaveProperty(field);
		const sentAs = { id: '9', at: '2026-01-01T00:00:00.000Z' };
		expect(requisitionOfCost(cost({ sentAs }), ORDER)).toMatchObject({ sentAs });
	});

	test('was one before where it is told so', () => {
		const at = '2026-01-01T00:00:00.000Z';
		expect(wasRequisition({ sentAs: { id: '9', at, type: 'requisition' } })).toBe(true);
		expect([wasRequisition({ sentAs: { id: '9', at } }), wasRequisition({})]).toEqual([
			false,
			false,
		]);
	});
});
