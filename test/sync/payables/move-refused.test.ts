import { syncPayables } from '../../../lib/sync/payables/sync-payables';
import { clientOf, directCost, PROJECT } from '../../procore/support/desired';
import { fakeClock } from '../../procore/support/fake-clock';
import { FakeProcore, reply } from '../../procore/support/fake-procore';

/** A document that stands as a direct cost, and is to become a subcontractor invoice that Procore refuses. */
let fake: FakeProcore;
let period: Record<string, unknown>;
let refusal = reply(422, { errors: { base: ['Commitment must be approved'] } });
const document = (more: object = {}) => directCost('1', ['5'], more);
const billing = document({ commitment: { number: 'SC-1', then: 'requisition' } });
const run = async (one = billing, more: object = {}) =>
	(await syncPayables(clientOf(fake.transport), [one], { dryRun: false, ...more }))[0];

beforeEach(async () => {
	refusal = reply(422, { errors: { base: ['Commitment must be approved'] } });
	fake = new FakeProcore();
	period = { id: 701, start_date: '2026-09-01', end_date: '2026-09-30' };
	fake.vendors = [{ id: 11, name: 'Acme', origin_id: 'GP:TWO:V:ACME' }];
	fake.codes = [{ id: 21, project_id: Number(PROJECT), code: '5110', name: 'Materials' }];
	await run(document(), { batchId: 'B1' });
	const lists: Array<[RegExp, object[]]> = [
		[/work_order_contracts$/, [{ id: 501, number: 'SC-1', vendor: { id: 11 }, status: 'Draft' }]],
		[/purchase_order_contracts$/, []],
		[/501\/line_items$/, [{ id: 601, amount: '9', cost_code: { full_code: '5110' } }]],
		[/billing_periods$/, [period]],
		[/requisitions$/, []],
	];
	fake.intercept = ({ method }, path) => {
		if (method === 'POST' && /requisitions$/.test(path)) return refusal;
		const rows = method === 'GET' && lists.find(([list]) => list.test(path))?.[1];
		return rows ? reply(200, rows, { total: String(rows.length) }) : undefined;
	};
});

test('it goes on counting as the direct cost it was, and nothing is told of a void', async () => {
	const before = { ...fake.costs[0] };
	for (const batchId of ['B2', 'B3']) {
		const outcome = await run(billing, { batchId });
		expect(outcome).toMatchObject({
			outcome: 'failed',
			reason: { code: 'commitment-not-approved' },
		});
		expect(outcome.also ?? []).toEqual([]);
		expect(outcome.changes ?? []).toEqual([]);
		expect(fake.costs).toEqual([{ ...before, origin_data: expect.any(String) }]);
	}
});

test('it is not taken out and put back on each run, but once a day or when something changed', async () => {
	const effects = fakeClock();
	const writesOf = async (one = billing) => {
		fake.requests = [];
		const client = clientOf(fake.transport, { effects });
		const [outcome] = await syncPayables(client, [one], { dryRun: false });
		expect(outcome).toMatchObject({
			outcome: 'failed',
			reason: { code: 'commitment-not-approved' },
		});
		return fake.writes.length;
	};
	expect([await writesOf(), await writesOf(), await writesOf()]).toEqual([3, 0, 0]);
	const changed = { ...billing, header: { ...billing.header, invoice_number: 'INV-9' } };
	expect([await writesOf(changed), await writesOf(changed)]).toEqual([3, 0]);
	period.status = 'open';
	expect([await writesOf(changed), await writesOf(changed)]).toEqual([0, 0]);
	period.status = 'closed';
	expect([await writesOf(changed), await writesOf(changed)]).toEqual([3, 0]);
	await effects.sleep(24 * 3_600_000);
	expect([await writesOf(changed), await writesOf(changed)]).toEqual([3, 0]);
	expect(fake.costs).toMatchObject([{ status: 'approved' }]);
	refusal = reply(201, { id: 901, status: 'approved', commitment_id: 501 });
	await effects.sleep(24 * 3_600_000);
	const client = clientOf(fake.transport, { effects });
	expect(await syncPayables(client, [changed], { dryRun: false })).toMatchObject([
		{ outcome: 'created' },
	]);
	expect(fake.costs).toMatchObject([{ status: 'draft' }]);
});

test('where it cannot be put back, its void is told', async () => {
	const { intercept } = fake;
	fake.intercept = (request, path, count) => {
		const rows = (request.body as { updates?: Array<{ status?: string }> } | undefined)?.updates;
		if (!/direct_costs\/sync$/.test(path) || rows?.[0].status !== 'approved')
			return intercept?.(request, path, count);
		return reply(200, { entities: [], errors: [{ ...rows[0], errors: { base: ['is locked'] } }] });
	};
	expect(await run()).toMatchObject({ outcome: 'failed', also: [{ outcome: 'voided' }] });
	expect(fake.costs).toMatchObject([{ status: 'draft' }]);
});

test('what would be deleted is put back as well: it goes only once the invoice stands', async () => {
	const before = { ...fake.costs[0] };
	expect(await run(billing, { voidPolicy: 'delete' })).toMatchObject({ outcome: 'failed' });
	expect(fake.costs).toEqual([{ ...before, origin_data: expect.any(String) }]);
});

test('an answer that was lost takes nothing back: the invoice may stand', async () => {
	refusal = reply(502, '');
	await expect(run()).rejects.toMatchObject({ code: 'procore-server-fault' });
	expect(fake.costs).toMatchObject([{ status: 'draft' }]);
});
