import { ConnectorError } from '../../../lib/model/connector-error';
import type { Outcome } from '../../../lib/model/outcome';
import type { DesiredDirectCost } from '../../../lib/model/desired';
import { withNumber } from '../../../lib/model/keys';
import { syncPayables } from '../../../lib/sync/payables/sync-payables';
import type { SyncOptions } from '../../../lib/sync/sync-run';
import type { ProcoreTransport } from '../../../lib/procore/transport';
import type { ProcoreStandIn } from '../../../sandbox/procore/server';
import { clientOf, projectOf, startStandIn } from '../../procore/support/checked-stand-in';
import { directCost } from '../../procore/support/desired';
import { fakeClock } from '../../procore/support/fake-clock';
import { silence } from '../../procore/support/fake-procore';
import { fetchTransport } from '../../procore/support/fetch-transport';
import { expectHealthy } from '../../procore/support/healthy';

jest.setTimeout(60_000);

let standIn: ProcoreStandIn;
let transport: ProcoreTransport;
let effects: ReturnType<typeof fakeClock>;
/** Requests that still arrive; the one after the last takes effect without an answer. */
let left: number;
let projectId: string;
let vendorId: string;

beforeEach(async () => {
	effects = fakeClock();
	left = Infinity;
	standIn = await startStandIn(effects);
	const { url: loginUrl, clientId, clientSecret } = standIn;
	const wire = fetchTransport({ loginUrl, clientId, clientSecret });
	transport = async (request) => {
		if (--left < 0) throw silence('ECONNREFUSED');
		const answer = await wire(request);
		if (left === 0) throw silence('ECONNRESET');
		return answer;
	};
	projectId = projectOf(standIn);
	const [subcontract] = standIn.state.commitments.by('project', Number(projectId)) as any[];
	vendorId = String(subcontract.vendor_id);
});
afterEach(async () => {
	expectHealthy(standIn);
	await standIn.close();
});

type Then = NonNullable<DesiredDirectCost['commitment']>['then'];

/** An invoice of the subcontractor of SC-100-001, drywall. */
function invoice(
	key: string,
	amounts: string[],
	then: Then | undefined,
	more: Partial<DesiredDirectCost> & { number?: string } = {},
): DesiredDirectCost {
	const { number = 'SC-100-001', ...rest } = more;
	const cost = directCost(key, amounts, {
		projectId,
		costCode: '5210',
		vendorId,
		...rest,
		header: { ...rest.header },
	});
	cost.lines.forEach((line) => (line.costType = 'S'));
	return { ...cost, ...(then ? { commitment: { number, then } } : {}) };
}

const sync = (desired: DesiredDirectCost[], options: Partial<SyncOptions> = {}) =>
	syncPayables(
		// One app, one limiter.
		clientOf(standIn, effects, { transport, limiterKey: standIn.url }),
		desired,
		{ dryRun: false, ...options },
	);
const kinds = (outcomes: Outcome[]) =>
	outcomes.map(({ outcome, procore }) => `${outcome} ${procore?.type}`);
const costs = () => standIn.state.directCosts.all() as any[];
const requisitions = () => standIn.state.requisitions.all() as any[];
/** Where the document counts now: never twice. */
const counts = () => ({
	direct: costs().filter(({ status, origin_id }) => origin_id && status !== 'draft').length,
	billed: requisitions().filter(({ status, origin_id }) => origin_id && status !== 'draft').length,
});

test('an invoice that bills a commitment goes where policy says, others are direct costs; one outcome each, in order', async () => {
	const outcomes = await sync([
		invoice('1', ['100.00', '25.50'], 'requisition'),
		invoice('2', ['10.00'], undefined),
		invoice('3', ['10.00'], 'subcontractorInvoice'),
		invoice('4', ['10.00'], 'skip'),
		invoice('5', ['10.00'], 'requisition', { number: 'PO-9' }),
	]);
	expect(kinds(outcomes)).toEqual([
		'created requisition',
		'created directCost',
		'created directCost',
		'skipped directCost',
		'created directCost',
	]);
	expect(outcomes.map(({ source }) => source.key)).toEqual(['1;1', '1;2', '1;3', '1;4', '1;5']);
	expect(outcomes.map(({ amount }) => amount)).toEqual([
		'125.50',
		'10.00',
		'10.00',
		'0.00',
		'10.00',
	]);
	expect(outcomes[3].reason).toMatchObject({
		code: 'commitment-skipped',
		message: expect.stringContaining('SC-100-001'),
	});
	expect(requisitions()).toMatchObject([
		{ status: 'approved', invoice_number: 'INV-1', billing_date: '2026-09-30' },
	]);
	expect(requisitions()[0].items[0].work_completed_this_period).toBe('125.50');
	expect(costs().map(({ direct_cost_type }) => direct_cost_type)).toEqual([
		'invoice',
		'subcontractor_invoice',
		'invoice',
	]);
});

test('commitments are read once per run, and not at all where no document names one', async () => {
	const asked = () => standIn.log().filter(({ path }) => path.includes('order_contracts')).length;
	await sync([invoice('1', ['1.00'], undefined)]);
	expect(asked()).toBe(0);
	const options = { cacheKey: 'one run' };
	await sync([invoice('2', ['1.00'], 'subcontractorInvoice')], options);
	await sync([invoice('3', ['1.00'], 'subcontractorInvoice')], options);
	expect(asked()).toBe(2);
});

test('the same again writes nothing', async () => {
	const all = () => [
		invoice('1', ['100.00'], 'requisition'),
		invoice('3', ['10.00'], 'subcontractorInvoice'),
		invoice('4', ['10.00'], 'skip'),
	];
	await sync(all());
	const { writes } = standIn.counters();
	expect(kinds(await sync(all()))).toEqual([
		'unchanged requisition',
		'unchanged directCost',
		'skipped directCost',
	]);
	expect(standIn.counters().writes).toBe(writes);
});

test('another vendor with that PO number bills no order', async () => {
	const other = standIn.state.vendors.all().find(({ id }) => String(id) !== vendorId);
	const one = invoice('1', ['5.00'], 'requisition', { vendorId: String(other?.id) });
	expect(kinds(await sync([one]))).toEqual(['created directCost']);
});

test('a number that two orders of the vendor go by is a conflict, not a guess', async () => {
	const [first] = standIn.state.commitments.by('project', Number(projectId)) as any[];
	const { id: _, ...copy } = first;
	standIn.state.insert('commitments', { ...copy, number: 'sc-100-001 ' });
	expect(await sync([invoice('1', ['5.00'], 'requisition')])).toMatchObject([
		{ outcome: 'conflict', reason: { code: 'commitment-ambiguous' } },
	]);
});

test('an order that takes no invoices is a conflict with a remedy', async () => {
	const [first] = standIn.state.commitments.by('project', Number(projectId)) as any[];
	standIn.state.put('commitments', { ...first, requisitions_are_enabled: false });
	expect(await sync([invoice('1', ['5.00'], 'requisition')])).toMatchObject([
		{ outcome: 'conflict', reason: { code: 'requisitions-disabled' } },
	]);
});

test('where the account may not see the orders, such a document waits and the others go', async () => {
	standIn.faults.add({
		method: 'GET',
		path: 'work_order_contracts',
		times: 1,
		action: {
			kind: 'status',
			status: 403,
			body: { errors: ['You do not have sufficient access'] },
		},
	});
	expect(
		await sync([invoice('1', ['5.00'], 'requisition'), invoice('2', ['5.00'], undefined)]),
	).toMatchObject([
		{ outcome: 'failed', reason: { code: 'commitments-unreadable' } },
		{ outcome: 'created' },
	]);
});

test('one that was sent as an invoice makes no direct cost where invoices cannot be seen any more', async () => {
	const [{ procore }] = await sync([invoice('1', ['5.00'], 'requisition')]);
	const at = new Date(effects.now()).toISOString();
	const sentAs = { type: 'requisition' as const, id: String(procore?.id), at };
	const refused = { status: 403, body: { errors: ['You do not have sufficient access'] } };
	standIn.faults.add({
		method: 'GET',
		path: 'requisitions',
		action: { kind: 'status', ...refused },
	});
	// The policy is off by now, so that no order is looked for.
	expect(await sync([invoice('1', ['7.00'], undefined, { sentAs })])).toMatchObject([
		{ outcome: 'failed', reason: { code: 'commitments-unreadable' } },
	]);
	expect(counts()).toEqual({ direct: 0, billed: 1 });
});

describe('a document that stands the other way', () => {
	test.each([
		['direct cost, now a requisition', undefined, 'requisition', 'created requisition'],
		['requisition, now a direct cost', 'requisition', undefined, 'created directCost'],
		['requisition, now left out', 'requisition', 'skip', 'voided requisition'],
		['direct cost, now left out', undefined, 'skip', 'voided directCost'],
	] as const)('%s: it is taken out there and counts once', async (_name, before, after, told) => {
		await sync([invoice('1', ['100.00'], before)]);
		// Where the policy is off, the number still tells that it may bill an order.
		const now = invoice('1', ['100.00'], after ?? 'requisition', after ? {} : { number: 'gone' });
		expect(kinds(await sync([now], { dryRun: true }))).toEqual([told]);
		expect(kinds(await sync([now]))).toEqual([told]);
		const { direct, billed } = counts();
		expect(direct + billed).toBe(after === 'skip' ? 0 : 1);
		expect(told.endsWith('requisition') && after !== 'skip' ? billed : direct).toBe(
			after === 'skip' ? 0 : 1,
		);
		const { writes } = standIn.counters();
		expect((await sync([now]))[0].outcome).toMatch(/unchanged|skipped/);
		expect(standIn.counters().writes).toBe(writes);
		// And back again.
		await sync([
			invoice('1', ['100.00'], before ?? 'requisition', before ? {} : { number: 'gone' }),
		]);
		expect(counts()).toEqual(before ? { direct: 0, billed: 1 } : { direct: 1, billed: 0 });
	});

	test('is a conflict where it may not be taken out', async () => {
		await sync([invoice('1', ['1.00'], undefined), invoice('2', ['2.00'], 'requisition')]);
		standIn.switches.lockOnOriginId = true;
		expect(
			await sync([
				invoice('1', ['1.00'], 'requisition'),
				invoice('2', ['2.00'], 'requisition', { number: 'gone' }),
			]),
		).toMatchObject([
			{ outcome: 'conflict', reason: { code: 'already-direct-cost' } },
			{ outcome: 'conflict', reason: { code: 'already-requisition' } },
		]);
		expect(counts()).toEqual({ direct: 1, billed: 1 });
	});

	test('stays a direct cost while it cannot become a requisition', async () => {
		await sync([invoice('1', ['1.00'], undefined)]);
		const early = invoice('1', ['1.00'], 'requisition');
		early.header.direct_cost_date = '1999-01-01';
		expect(await sync([early])).toMatchObject([
			{ outcome: 'failed', reason: { code: 'billing-period-missing' } },
		]);
		expect(counts()).toEqual({ direct: 1, billed: 0 });
	});

	test('an invoice Procore has as another type is a conflict: the type never changes', async () => {
		await sync([invoice('1', ['1.00'], undefined)]);
		expect(await sync([invoice('1', ['1.00'], 'subcontractorInvoice')])).toMatchObject([
			{ outcome: 'conflict', reason: { code: 'type-fixed' } },
		]);
	});
});

test('a void takes out whichever stands, also when it is gone from GP and names no order any more', async () => {
	const both = () => [invoice('1', ['1.00'], undefined), invoice('2', ['2.00'], 'requisition')];
	await sync(both());
	expect(kinds(await sync(both().map((one) => ({ ...one, voided: true }))))).toEqual([
		'voided directCost',
		'voided requisition',
	]);
	expect(counts()).toEqual({ direct: 0, billed: 0 });
	await sync([invoice('3', ['3.00'], 'requisition')]);
	const gone = invoice('3', [], undefined, { voided: true, withdrawn: true });
	const [left] = await sync([gone]);
	expect([kinds([left]), left.reason?.code]).toEqual([['voided requisition'], 'withdrawn']);
	const [again] = await sync([gone]);
	expect([kinds([again]), again.reason]).toEqual([['unchanged requisition'], undefined]);
});

test.each([
	['a new requisition', undefined, 'requisition'],
	['a direct cost that becomes a requisition', 'direct', 'requisition'],
	['a requisition that becomes a direct cost', 'requisition', 'direct'],
] as const)(
	'%s: killed after any call and run again it counts once and has one event',
	async (_name, before, after) => {
		const as = (key: string, way: 'requisition' | 'direct') =>
			invoice(key, ['100.00'], 'requisition', way === 'direct' ? { number: 'gone' } : {});
		for (let calls = 1; calls <= 14; calls++) {
			const key = `K${calls}`;
			if (before) await sync([as(key, before)], { batchId: 'B0' });
			left = calls;
			try {
				await sync([as(key, after)], { batchId: 'B1' });
			} catch (error) {
				if (!(error instanceof ConnectorError) || error.scope !== 'transport') throw error;
			}
			left = Infinity;
			const twice = [...costs(), ...requisitions()].filter(
				({ origin_id, status }) => origin_id?.includes(`${key}:`) && status !== 'draft',
			);
			expect(twice.length).toBeLessThanOrEqual(1);
			const [outcome] = await sync([as(key, after)], { batchId: 'B2', unrecordedBatches: ['B1'] });
			expect([calls, outcome.outcome, outcome.unrecorded, outcome.amount]).toEqual([
				calls,
				'created',
				undefined,
				'100.00',
			]);
			const standing = [...costs(), ...requisitions()].filter(
				({ origin_id, status }) => origin_id?.includes(`${key}:`) && status !== 'draft',
			);
			expect(standing).toHaveLength(1);
			expect(await sync([as(key, after)], { batchId: 'B3' })).toMatchObject([
				{ outcome: 'unchanged' },
			]);
		}
	},
);

test('numbers match in any case and with any blanks; leading zeros only where nothing else fits', () => {
	const orders = ['SC-100-001', 'po 17', 'PO-0042', 'PO-42', '000900', 'PO-10'].map((number) => ({
		number,
	}));
	const found = (wanted: string) => withNumber(orders, wanted).map(({ number }) => number);
	expect(found(' sc-100-001 ')).toEqual(['SC-100-001']);
	expect(found('PO17')).toEqual(['po 17']);
	expect(found('PO-42')).toEqual(['PO-42']);
	expect(found('PO-042')).toEqual(['PO-0042', 'PO-42']);
	expect(found('900')).toEqual(['000900']);
	expect(found('SC-100-1')).toEqual(['SC-100-001']);
	expect(found('PO-1')).toEqual([]);
	expect(found('  ')).toEqual([]);
});
