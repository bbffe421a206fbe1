import type { ProcoreStandIn } from '../../../sandbox/procore/server';
import { add, toFixed } from '../../../lib/model/money';
import type { DesiredRequisition } from '../../../lib/sync/kinds/requisition-state';
import type { ProcoreClient } from '../../../lib/procore/procore-client';
import { listCommitmentLines, listCommitments } from '../../../lib/procore/resources/commitments';
import { allocateToContract } from '../../../lib/sync/payables/commitments';
import { syncPayables } from '../../../lib/sync/payables/sync-payables';
import { syncDirectCosts } from '../../../lib/sync/kinds/sync-direct-costs';
import { readOriginData } from '../../../lib/sync/origin-data';
import {
	clientOf,
	projectOf,
	specificationIsThere,
	startStandIn,
} from '../../procore/support/checked-stand-in';
import { directCost, source } from '../../procore/support/desired';
import { fetchTransport } from '../../procore/support/fetch-transport';
import { fakeClock } from '../../procore/support/fake-clock';
import { expectHealthy } from '../../procore/support/healthy';

const live = { dryRun: false };
let standIn: ProcoreStandIn;
let client: ProcoreClient;
let projectId: string;
let commitment: { id: string; vendorId: string };
let lineIds: string[];

beforeEach(async () => {
	const effects = fakeClock();
	standIn = await startStandIn(effects);
	client = clientOf(standIn, effects);
	projectId = projectOf(standIn);
	const [row] = (await listCommitments(client, projectId, 'subcontract')) as any[];
	commitment = { id: String(row.id), vendorId: String(row.vendor.id) };
	lineIds = (
		(await listCommitmentLines(client, projectId, 'subcontract', commitment.id)) as any[]
	).map(({ id }) => String(id));
});
afterEach(async () => {
	const { lagging } = standIn.switches;
	expectHealthy(
		standIn,
		lagging?.shown === false ? { notFound404: expect.any(Number) as never } : {},
	);
	await standIn.close();
});

function requisition(
	key: string,
	lines: DesiredRequisition['lines'],
	more: Partial<DesiredRequisition> = {},
): DesiredRequisition {
	return {
		kind: 'requisition',
		originId: `GP:TWO:PM:1:${key}:P:${projectId}`,
		source: source('payable', `1;${key}`),
		projectId,
		commitmentId: commitment.id,
		commitmentKind: 'subcontract',
		voided: false,
		header: { invoice_number: `APP-${key}`, billing_date: '2026-09-30', status: 'under_review' },
		lines,
		total: toFixed(add('0', ...lines.map(({ amount }) => amount))),
		...more,
	};
}
const standing = () => standIn.state.requisitions.all() as any[];

test('is created once with its amounts as text on the commitment lines, in the period of its date', async () => {
	const one = () =>
		requisition('1', [{ commitmentLineId: lineIds[1], amount: '1250.50', retainage: '125.05' }]);
	expect(await syncPayables(client, [one()], live)).toMatchObject([
		{
			outcome: 'created',
			amount: '1250.50',
			procore: {
				type: 'requisition',
				id: String(standing()[0].id),
				projectId,
				contract: `work_order_contracts/${commitment.id}`,
			},
		},
	]);
	expect(standing()[0].items[1]).toMatchObject({
		work_completed_this_period: '1250.50',
		work_completed_retainage_retained_this_period: '125.05',
	});
	const period = standIn.state.billingPeriods.get(standing()[0].period_id) as any;
	expect(period.start_date <= '2026-09-30' && '2026-09-30' <= period.end_date).toBe(true);
	// Under no origin id it may stand as a direct cost: none is looked for.
	expect(standIn.log().filter(({ path }) => path.includes('direct_costs'))).toEqual([]);
	const { writes } = standIn.counters();
	expect(await syncPayables(client, [one()], live)).toMatchObject([{ outcome: 'unchanged' }]);
	expect(standIn.counters().writes).toBe(writes);
});

test('a change moves the amount and takes the old line back to zero', async () => {
	await syncPayables(
		client,
		[requisition('1', [{ commitmentLineId: lineIds[0], amount: '100.00' }])],
		live,
	);
	expect(
		await syncPayables(
			client,
			[requisition('1', [{ commitmentLineId: lineIds[1], amount: '70.00' }])],
			live,
		),
	).toMatchObject([{ outcome: 'updated', amount: '70.00' }]);
	expect(standing()).toHaveLength(1);
	expect(standing()[0].items.map((item: any) => item.work_completed_this_period)).toEqual([
		'0.00',
		'70.00',
	]);
});

test('an answer lost after it took effect creates no second one', async () => {
	standIn.faults.add({
		method: 'POST',
		path: 'requisitions',
		times: 1,
		action: { kind: 'loseResponse' },
	});
	expect(
		await syncPayables(
			client,
			[requisition('1', [{ commitmentLineId: lineIds[0], amount: '100.00' }])],
			live,
		),
	).toMatchObject([{ outcome: 'created' }]);
	expect(standing()).toHaveLength(1);
});

test('a document that counts as a direct cost is taken out there first, and is refused where that may not be', async () => {
	const cost = directCost('1', ['100'], {
		projectId,
		vendorId: commitment.vendorId,
		costCode: '5210',
	});
	cost.lines[0].costType = 'S';
	expect(await syncDirectCosts(client, [cost], live)).toMatchObject([{ outcome: 'created' }]);
	const bill = () =>
		requisition('1', [{ commitmentLineId: lineIds[0], amount: '100.00' }], {
			originId: 'GP:TWO:REQ:1',
			directCostOriginId: cost.originId,
		});
	standIn.switches.lockOnOriginId = true;
	expect(await syncPayables(client, [bill()], live)).toMatchObject([
		{ outcome: 'conflict', reason: { code: 'already-direct-cost' } },
	]);
	expect(standing()).toHaveLength(0);
	standIn.switches.lockOnOriginId = false;
	expect(await syncPayables(client, [bill()], live)).toMatchObject([
		{
			outcome: 'created',
			changes: expect.arrayContaining([{ field: 'direct cost', before: '100.00', after: '0.00' }]),
		},
	]);
	expect(standIn.state.directCosts.all()).toMatchObject([{ status: 'draft' }]);
});

test('only the latest can be changed: an earlier one is reported as locked', async () => {
	await syncPayables(
		client,
		[
			requisition('1', [{ commitmentLineId: lineIds[0], amount: '1.00' }]),
			requisition('2', [{ commitmentLineId: lineIds[0], amount: '2.00' }]),
		],
		live,
	);
	expect(
		await syncPayables(
			client,
			[requisition('1', [{ commitmentLineId: lineIds[0], amount: '3.00' }])],
			live,
		),
	).toMatchObject([{ outcome: 'locked' }]);
});

test('one that bills another commitment by now is not moved there', async () => {
	const one = (more = {}) =>
		requisition('1', [{ commitmentLineId: lineIds[0], amount: '1.00' }], more);
	await syncPayables(client, [one()], live);
	const { id: _, ...row } = standIn.state.commitments.get(Number(commitment.id)) as any;
	const other = standIn.state.insert('commitments', { ...row, number: 'SC-OTHER' });
	const moved = one({
		commitmentId: String(other.id),
		lines: [{ costCode: '5210', amount: '1.00' }],
	});
	standIn.state.insert('commitmentLines', {
		...(standIn.state.commitmentLines.get(Number(lineIds[0])) as any),
		id: undefined,
		commitment_id: other.id,
	} as never);
	expect(await syncPayables(client, [moved], live)).toMatchObject([
		{ outcome: 'conflict', reason: { code: 'commitment-fixed' } },
	]);
	expect(standing()).toMatchObject([
		{ commitment_id: Number(commitment.id), status: 'under_review' },
	]);
	expect(await syncPayables(client, [{ ...moved, voided: true }], live)).toMatchObject([
		{ outcome: 'voided' },
	]);
});

test('a dry run writes nothing, a void becomes a draft, a void never sent is skipped', async () => {
	const one = requisition('1', [{ commitmentLineId: lineIds[0], amount: '1.00' }]);
	expect(await syncPayables(client, [one], { dryRun: true })).toMatchObject([
		{ outcome: 'created', dryRun: true },
	]);
	expect(await syncPayables(client, [{ ...one, voided: true }], live)).toMatchObject([
		{ outcome: 'skipped' },
	]);
	expect(standing()).toHaveLength(0);
	await syncPayables(client, [one], live);
	expect(await syncPayables(client, [{ ...one, voided: true }], live)).toMatchObject([
		{ outcome: 'voided', amount: '0.00' },
	]);
	expect(standing()).toMatchObject([{ status: 'draft' }]);
	expect(await syncPayables(client, [{ ...one, voided: true }], live)).toMatchObject([
		{ outcome: 'unchanged' },
	]);
});

test.each([
	[
		'a code the commitment lacks',
		{ lines: [{ costCode: '99', amount: '1.00' }], total: '1.00' },
		'contract-line-missing',
	],
	[
		'a date in no billing period',
		{ header: { billing_date: '1999-01-01' } },
		'billing-period-missing',
	],
	['a date that is none', { header: { billing_date: '30/09/2026' } }, 'bad-date'],
	['lines that do not add up', { total: '9.00' }, 'lines-do-not-add-up'],
])('%s fails that record with a reason', async (_name, more, code) => {
	const bad = { ...requisition('1', [{ commitmentLineId: lineIds[0], amount: '1.00' }]), ...more };
	expect(await syncPayables(client, [bad], live)).toMatchObject([
		{ outcome: 'failed', reason: { code, remedy: expect.any(String) } },
	]);
	expect(standing()).toHaveLength(0);
});

test('lines that share a cost code are filled up in order and the shares add up', () => {
	const contract = [
		{ id: '1', fullCode: '5210', costType: 'S', amount: '100.00' },
		{ id: '2', fullCode: '5210', costType: 'S', amount: '50.00' },
		{ id: '3', fullCode: '5210', costType: 'M', amount: '10.00' },
	];
	const lines = [
		{ costCode: '5210', costType: 'S', amount: '120.00' },
		{ costCode: '5210', costType: 'S', amount: '60.00' },
		{ costCode: '5210', costType: 'M', amount: '5.00' },
	];
	const billed = allocateToContract(requisition('1', lines), contract);
	expect(billed).toMatchObject([
		{ lineId: '1', amount: '100.00' },
		{ lineId: '2', amount: '80.00' },
		{ lineId: '3', amount: '5.00' },
	]);
});

test('the day it was paid is written alone, and goes when its payment is voided', async () => {
	const one = (payment_date?: string) => {
		const it = requisition('1', [{ commitmentLineId: lineIds[1], amount: '1250.50' }]);
		return {
			...it,
			header: { ...it.header, ...(payment_date === undefined ? {} : { payment_date }) },
		};
	};
	const { url: loginUrl, clientId, clientSecret } = standIn;
	const transport = fetchTransport({ loginUrl, clientId, clientSecret });
	const sent: unknown[] = [];
	const asked: string[] = [];
	const watched = clientOf(standIn, fakeClock(), {
		transport: async (request) => {
			asked.push(request.url);
			if (request.method === 'PATCH') sent.push(request.body);
			return await transport(request);
		},
	});
	const run = async (payment_date?: string) =>
		await syncPayables(watched, [one(payment_date)], live);
	expect(await run('')).toMatchObject([{ outcome: 'created' }]);
	expect(await run()).toMatchObject([{ outcome: 'unchanged' }]);
	const before = structuredClone(standing()[0]);
	// Closed since: nothing but the date may be asked for.
	asked.length = 0;
	expect(await run('2026-07-09')).toMatchObject([
		{ outcome: 'updated', changes: [{ field: 'payment_date', after: '2026-07-09' }] },
	]);
	expect(standing()[0]).toMatchObject({
		payment_date: '2026-07-09',
		items: before.items,
		status: before.status,
	});
	expect(asked.filter((url) => /billing_periods|contracts/.test(url))).toEqual([]);
	// What was sent of the rest is still known.
	const kept = ({ origin_data }: { origin_data: string }) => {
		const { l, t } = readOriginData(origin_data)!;
		return { l, t };
	};
	expect(kept(standing()[0])).toEqual(kept(before));
	expect(kept(before)).toEqual({ l: expect.any(String), t: '1250.50' });
	const written = (sent.at(-1) as { requisition: object }).requisition;
	expect(Object.keys(written).sort()).toEqual(['origin_data', 'origin_id', 'payment_date']);
	expect(await run('2026-07-09')).toMatchObject([{ outcome: 'unchanged' }]);
	expect(standIn.violations()).toEqual([]);
	expect(await run('')).toMatchObject([
		{ outcome: 'updated', changes: [{ field: 'payment_date', before: '2026-07-09', after: '' }] },
	]);
	// The description has no way to take a date away; what is no date, Procore stores as none.
	if (specificationIsThere)
		expect(standIn.violations()).toEqual([
			'PATCH /rest/v1.1/requisitions/{id} request: /requisition/payment_date must match format "date"',
		]);
	standIn.clearTraffic();
	expect(standing()[0]).toMatchObject({ payment_date: null, items: before.items });
	expect(await run('')).toMatchObject([{ outcome: 'unchanged' }]);
});

describe('what Procore refuses is told with what an accountant can do about it, and goes once that is done', () => {
	const bill = (key: string, amount: string, date = '2026-09-30') => {
		const one = requisition(key, [{ commitmentLineId: lineIds[0], amount }]);
		return { ...one, header: { ...one.header, billing_date: date } };
	};
	const send = async (one: DesiredRequisition) => (await syncPayables(client, [one], live))[0];
	const row = () => standIn.state.commitments.get(Number(commitment.id)) as any;
	const periods = () => standIn.state.billingPeriods.by('project', Number(projectId)) as any[];
	const periodOf = (day: string) =>
		periods().find(({ start_date, end_date }) => start_date <= day && day <= end_date);
	beforeEach(() => {
		standIn.switches.strictInvoicing = true;
		standIn.state.put('commitments', { ...row(), status: 'Approved' });
		standIn.state.put('billingPeriods', { ...periodOf('2026-09-30'), status: 'open' });
	});

	test.each([
		[
			'a closed period',
			'billing-period-closed',
			() => standIn.state.put('billingPeriods', { ...periodOf('2026-09-30'), status: 'closed' }),
			() => standIn.state.put('billingPeriods', { ...periodOf('2026-09-30'), status: 'open' }),
		],
		[
			'a commitment that is not approved',
			'commitment-not-approved',
			() => standIn.state.put('commitments', { ...row(), status: 'Out For Signature' }),
			() => standIn.state.put('commitments', { ...row(), status: 'Approved' }),
		],
	])('%s', async (_name, code, before, remedy) => {
		before();
		const refused = await send(bill('1', '10.00'));
		expect(refused).toMatchObject({ outcome: 'failed', reason: { code } });
		expect(refused.reason?.remedy).toMatch(/tried again on each run.*"Commitments"/);
		remedy();
		expect(await send(bill('1', '10.00'))).toMatchObject({ outcome: 'created' });
	});

	test('a second invoice in the month, where the period holds one', async () => {
		await send(bill('1', '10.00'));
		expect(await send(bill('2', '20.00'))).toMatchObject({
			outcome: 'failed',
			reason: { code: 'billing-period-taken' },
		});
		expect(standing()).toHaveLength(1);
	});

	test('a credit', async () => {
		expect(await send(bill('1', '-10.00'))).toMatchObject({
			outcome: 'failed',
			reason: { code: 'credit-refused' },
		});
	});

	test('of two periods that hold the day the open one is taken', async () => {
		const { id: _, ...closed } = periodOf('2026-09-30');
		standIn.state.put('billingPeriods', { ...periodOf('2026-09-30'), status: 'closed' });
		const open = standIn.state.insert('billingPeriods', { ...closed, status: 'open' });
		expect(await send(bill('1', '10.00'))).toMatchObject({ outcome: 'created' });
		expect(standing()[0].period_id).toBe(open.id);
	});
});

describe('a list that does not show yet what was sent', () => {
	const one = (more: Partial<DesiredRequisition> = {}) =>
		requisition('1', [{ commitmentLineId: lineIds[0], amount: '5.00' }], more);
	const cost = (more = {}) => ({
		...directCost('1', ['5.00'], { projectId, vendorId: commitment.vendorId, costCode: '5210' }),
		originId: one().originId,
		...more,
	});
	let sentAs: { type: 'requisition'; id: string; at: string };
	beforeEach(async () => {
		const [{ procore }] = await syncPayables(client, [one()], live);
		const at = new Date(client.effects.now()).toISOString();
		sentAs = { type: 'requisition', id: String(procore?.id), at };
		standIn.switches.lagging = { above: Number(procore?.id) - 1, shown: true };
	});

	test('a void takes out the one it has the id of, also where the policy was changed since', async () => {
		const gone = cost({ voided: true, lines: [], total: '0.00', sentAs });
		expect(await syncPayables(client, [gone], live)).toMatchObject([{ outcome: 'voided' }]);
		expect(standing()).toMatchObject([{ status: 'draft' }]);
	});

	test('a void waits where not even its id gives it, for a day', async () => {
		standIn.switches.lagging!.shown = false;
		const gone = cost({ voided: true, lines: [], total: '0.00', sentAs });
		expect(await syncPayables(client, [gone], live)).toMatchObject([
			{ outcome: 'parked', reason: { code: 'not-listed-yet' } },
		]);
		const longAgo = new Date(Date.parse(sentAs.at) - 25 * 3_600_000).toISOString();
		const late = { ...gone, sentAs: { ...sentAs, at: longAgo } };
		expect(await syncPayables(client, [late], live)).toMatchObject([{ outcome: 'skipped' }]);
	});

	test.each([true, false])('a change makes no second one (shown by its id: %s)', async (shown) => {
		standIn.switches.lagging!.shown = shown;
		const [row] = standIn.state.commitments.by('project', Number(projectId)) as any[];
		const changed = cost({ sentAs, commitment: { number: row.number, then: 'requisition' } });
		changed.lines.forEach((line: any) => Object.assign(line, { costType: 'S', amount: '7.00' }));
		changed.total = '7.00';
		expect(await syncPayables(client, [changed], live)).toMatchObject([
			shown ? { outcome: 'updated' } : { outcome: 'parked', reason: { code: 'not-listed-yet' } },
		]);
		expect(standing()).toHaveLength(1);
		expect(standIn.state.directCosts.all()).toHaveLength(0);
	});
});

test('lines of one code are filled up over all invoices of the commitment, in one batch or several', async () => {
	const [first, second] = lineIds.map((id) => standIn.state.commitmentLines.get(Number(id)) as any);
	const same = { cost_code_id: first.cost_code_id, line_item_type_id: first.line_item_type_id };
	standIn.state.put('commitmentLines', { ...first, amount: '100.0' });
	standIn.state.put('commitmentLines', { ...second, ...same, amount: '50.0' });
	const bill = (key: string, amount: string) =>
		requisition(key, [{ costCode: '5210', costType: 'S', amount }]);
	await syncPayables(client, [bill('1', '60.00'), bill('2', '50.00')], live);
	await syncPayables(client, [bill('3', '40.00')], live);
	const billed = standing().map(({ items }) =>
		items.map((item: any) => Number(item.work_completed_this_period)),
	);
	expect(billed).toEqual([
		[60, 0],
		[40, 10],
		[0, 40],
	]);
});
