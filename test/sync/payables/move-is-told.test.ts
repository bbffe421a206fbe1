import type { DesiredDirectCost } from '../../../lib/model/desired';
import { syncPayables } from '../../../lib/sync/payables/sync-payables';
import type { SyncOptions } from '../../../lib/sync/sync-run';
import type { ProcoreStandIn } from '../../../sandbox/procore/server';
import { clientOf, projectOf, startStandIn } from '../../procore/support/checked-stand-in';
import { directCost, source } from '../../procore/support/desired';
import { fakeClock } from '../../procore/support/fake-clock';
import { expectHealthy } from '../../procore/support/healthy';

let standIn: ProcoreStandIn;
let effects: ReturnType<typeof fakeClock>;
let notFound404: number;
beforeEach(async () => {
	effects = fakeClock();
	notFound404 = 0;
	standIn = await startStandIn(effects);
});
afterEach(async () => {
	await standIn.close();
	expectHealthy(standIn, { notFound404 });
});

/** An invoice of the subcontractor of SC-100-001, as a bill of that order or as one that names another. */
function invoice(way: 'requisition' | 'directCost', more: Partial<DesiredDirectCost> = {}) {
	const projectId = projectOf(standIn);
	const [order] = standIn.state.commitments.by('project', Number(projectId)) as any[];
	const { header: _, ...rest } = more;
	const cost = directCost('1', ['100.00'], {
		...{ projectId, costCode: '5210', vendorId: String(order.vendor_id) },
		...rest,
	});
	cost.lines.forEach((line) => (line.costType = 'S'));
	const number = way === 'requisition' ? 'SC-100-001' : 'gone';
	return { ...cost, commitment: { number, then: 'requisition' as const } };
}
const sync = async (
	one: DesiredDirectCost,
	options: Partial<SyncOptions> = {},
	client = clientOf(standIn, effects),
) => (await syncPayables(client, [one], { dryRun: false, ...options }))[0];

test('a direct cost that a list shows as taken out before it came back is taken out again', async () => {
	const { procore } = await sync(invoice('directCost'));
	await sync(invoice('directCost', { voided: true }));
	const client = clientOf(standIn, effects);
	const ofCosts = (path: string) => path.endsWith('/direct_costs');
	const path = `/rest/v1.0/projects/${projectOf(standIn)}/direct_costs`;
	const listed = await client.list({ path, what: 'list direct costs' });
	expect(listed).toMatchObject([{ status: 'draft' }]);
	await sync(invoice('directCost'));
	const late = {
		...client,
		eachPage: (async (call, take) =>
			ofCosts(call.path)
				? void take(listed)
				: await client.eachPage(call, take)) as typeof client.eachPage,
		list: (async (call) =>
			ofCosts(call.path) ? listed : await client.list(call)) as typeof client.list,
	};
	const sentAs = { id: String(procore!.id), at: new Date(effects.now()).toISOString() };
	expect(await sync(invoice('requisition', { sentAs }), {}, late)).toMatchObject({
		outcome: 'created',
		procore: { type: 'requisition' },
	});
	expect(standIn.state.directCosts.all()).toMatchObject([{ status: 'draft' }]);
});

describe.each([
	['requisition', 'directCost', 'subcontractor invoice'],
	['directCost', 'requisition', 'direct cost'],
] as const)('a %s that becomes a %s', (before, after, as) => {
	test('says which record was taken out for it, by its id', async () => {
		const { procore } = await sync(invoice(before));
		const moved = await sync(invoice(after));
		expect(moved).toMatchObject({ outcome: 'created', procore: { type: after } });
		expect(moved.also).toHaveLength(1);
		expect(moved.also![0]).toMatchObject({
			...{ outcome: 'voided', originId: moved.originId, amount: '0.00' },
			procore: { type: before, id: procore!.id },
			reason: {
				code: 'along-the-way',
				message: expect.stringContaining(`Taken out as a ${as}`),
			},
		});
		expect((await sync(invoice(after))).also).toBeUndefined();
	});

	test('says nothing of a write that a dry run does not make', async () => {
		await sync(invoice(before));
		const planned = await sync(invoice(after), { dryRun: true });
		expect(planned).toMatchObject({ outcome: 'created', procore: { type: after } });
		expect(planned.also).toBeUndefined();
		if (after === 'requisition')
			expect(planned.changes).toContainEqual({
				...{ field: 'direct cost', before: '100.00', after: '0.00' },
			});
	});

	test('tells the write of a batch that was cut off, of the record it was of', async () => {
		const { procore } = await sync(invoice(before), { batchId: 'B1' });
		const options = { batchId: 'B2', unrecordedBatches: ['B1'] };
		const moved = await sync(invoice(after), options);
		expect(moved).toMatchObject({
			outcome: 'created',
			unrecorded: { batchId: 'B1', outcome: 'created', procore: { type: before, id: procore!.id } },
			also: [{ outcome: 'voided', procore: { type: before } }],
		});
	});
});

test('a direct cost no list shows yet is waited for: as an invoice it would count twice', async () => {
	const { procore } = await sync(invoice('directCost'));
	const sentAs = { id: procore!.id!, at: new Date(effects.now()).toISOString() };
	standIn.switches.lagging = { above: Number(procore!.id) - 1, shown: false };
	notFound404 = 1;
	const waits = await sync(invoice('requisition', { sentAs }));
	expect(waits).toMatchObject({ outcome: 'conflict', reason: { code: 'not-listed-yet' } });
	expect(standIn.state.requisitions.all()).toEqual([]);
	standIn.switches.lagging.shown = true;
	expect(await sync(invoice('requisition', { sentAs }))).toMatchObject({
		...{ outcome: 'created', also: [{ outcome: 'voided', procore: { type: 'directCost' } }] },
	});
});

describe('a subcontractor invoice that is newer in Procore than what is at hand', () => {
	const at = (modified: string) =>
		({ source: source('payable', '1;1', { modified, stored: true }) }) as const;
	const newer = () => invoice('requisition', at('2026-09-30T10:00:00.000Z'));
	const older = () => invoice('directCost', at('2026-09-30T09:00:00.000Z'));

	test('stays, and nothing is taken out', async () => {
		await sync(newer(), { batchId: 'B1' });
		const left = await sync(older(), { batchId: 'B2' });
		expect(left).toMatchObject({ outcome: 'unchanged', procore: { type: 'requisition' } });
		expect(left.also).toBeUndefined();
		expect(standIn.state.directCosts.all()).toEqual([]);
	});

	test('also where the batch that wrote it was cut off: its write is told, and it stays', async () => {
		await sync(newer(), { batchId: 'B1' });
		const options = { batchId: 'B2', unrecordedBatches: ['B1'] };
		expect(await sync(older(), options)).toMatchObject({
			...{ outcome: 'created', recovered: { batchId: 'B1' }, procore: { type: 'requisition' } },
		});
		expect(standIn.state.directCosts.all()).toEqual([]);
	});

	test('nor where that batch took it out and somebody put it back since', async () => {
		await sync(newer());
		const gone = { ...newer(), voided: true };
		expect(await sync(gone, { batchId: 'B1' })).toMatchObject({ outcome: 'voided' });
		const [row] = standIn.state.requisitions.all() as any[];
		standIn.state.put('requisitions', { ...row, status: 'approved' });
		const options = { batchId: 'B2', unrecordedBatches: ['B1'] };
		const left = await sync(older(), options);
		expect(left).toMatchObject({
			...{ outcome: 'voided', recovered: { batchId: 'B1' }, procore: { type: 'requisition' } },
		});
		expect(left.also).toBeUndefined();
		expect(standIn.state.directCosts.all()).toEqual([]);
	});
});
