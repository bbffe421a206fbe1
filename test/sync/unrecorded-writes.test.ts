import { syncCostCodes } from '../../lib/sync/kinds/cost-code';
import { syncDirectCosts } from '../../lib/sync/kinds/sync-direct-costs';
import { everyUnrecordedMark } from '../../lib/sync/origin-data';
import { placeOf } from '../../lib/model/keys';
import { findUnrecordedWrites } from '../../lib/sync/unrecorded-writes';
import { syncVendors } from '../../lib/sync/kinds/vendor';
import { clientOf, costCode, directCost, PROJECT, vendor } from '../procore/support/desired';
import { FakeProcore, reply } from '../procore/support/fake-procore';

const OTHER = '9002';

function company(): FakeProcore {
	const fake = new FakeProcore();
	fake.vendors.push({ id: 7, name: 'ACME', is_active: true, origin_id: 'GP:TWO:V:ACME' });
	for (const project_id of [9001, 9002])
		fake.codes.push({ id: project_id, project_id, code: '5110', name: 'M', parent_id: null });
	return fake;
}

const options = (batchId: string, ...unrecordedBatches: string[]) => ({
	dryRun: false,
	batchId,
	unrecordedBatches,
});

/** Two invoices in two projects, by batch B1. */
async function sentInvoices(fake: FakeProcore): Promise<void> {
	const costs = [directCost('1', ['10.10']), directCost('2', ['20'], { projectId: OTHER })];
	await syncDirectCosts(clientOf(fake.transport), costs, options('B1'));
}

const search = (
	fake: FakeProcore,
	kind: Parameters<typeof findUnrecordedWrites>[1],
	unrecordedBatches: string[],
	unrecordedPlaces?: string[],
) =>
	findUnrecordedWrites(clientOf(fake.transport), kind, {
		unrecordedBatches,
		...(unrecordedPlaces ? { unrecordedPlaces } : {}),
	});

test('each write of a batch that was cut off is found, with record, document and amount', async () => {
	const fake = company();
	await sentInvoices(fake);
	const { batches, writes } = await search(fake, 'directCost', ['B0', 'B1'], [PROJECT, OTHER]);
	expect(batches).toEqual(['B0', 'B1']);
	expect(writes).toMatchObject([
		{
			outcome: 'created',
			originId: `GP:TWO:PM:1:1:P:${PROJECT}`,
			source: { company: 'TWO', entity: 'payable', key: '1;1', touches: '|VOUCHER:1|DOC:INV-1|' },
			procore: { type: 'directCost', projectId: PROJECT, id: expect.any(String) },
			amount: '10.10',
			recovered: { batchId: 'B1' },
		},
		{ source: { key: '1;2' }, procore: { projectId: OTHER }, amount: '20.00' },
	]);
});

test('a vendor that both lists show, active and inactive, is found once', async () => {
	const fake = company();
	await syncVendors(clientOf(fake.transport), [vendor('NEW')], options('B1'));
	fake.intercept = (_request, path) =>
		/inactive/.test(path) ? reply(200, [...fake.vendors, { name: 'without an id' }]) : undefined;
	const { writes } = await search(fake, 'vendor', ['B1']);
	expect(writes.map(({ source }) => source.key)).toEqual(['NEW']);
});

test('vendors and cost codes are found by whose they are', async () => {
	const fake = company();
	const client = clientOf(fake.transport);
	await syncVendors(client, [vendor('NEW'), vendor('OLD')], options('B1'));
	fake.vendors.find(({ origin_id }) => origin_id === 'GP:TWO:V:OLD')!.is_active = false;
	await syncCostCodes(client, [costCode('300')], options('B2'));
	const vendors = await search(fake, 'vendor', ['B1']);
	expect(vendors.writes.map(({ source }) => [source.entity, source.key])).toEqual([
		['vendor', 'NEW'],
		['vendor', 'OLD'],
	]);
	const codes = await search(fake, 'costCode', ['B2'], [PROJECT]);
	expect(codes.writes).toMatchObject([{ source: { entity: 'account', key: '000-300-00' } }]);
	expect([vendors.writes[0], codes.writes[0]].map(({ source }) => source.touches)).toEqual([
		...['|V:NEW|', '|A:000-300-00|'],
	]);
});

describe('where a batch does not say where it wrote', () => {
	const mark = JSON.stringify({ src: 'gp', h: '1', a: '000-300-00', b: 'B2', w: 'c' });
	const lists = (status: number) => (_: unknown, path: string) => {
		if (/\/projects(\?|$)/.test(path)) return { status: 200, headers: {}, body: [] };
		const answers: Array<[RegExp, unknown]> = [
			[/\/segments\/4\/lists/, [{ id: 77, name: 'Main' }]],
			[/\/segments(\?|$)/, [{ id: 4, type: 'cost_code' }]],
			[
				/\/standard_cost_codes/,
				[{ id: 5, code: '300', name: 'X', origin_id: 'GP:TWO:SCC:300', origin_data: mark }],
			],
		];
		const body = answers.find(([pattern]) => pattern.test(path))?.[1];
		return body === undefined ? undefined : { status, headers: {}, body };
	};

	test('the standard lists are searched for cost codes, too', async () => {
		const fake = company();
		fake.intercept = lists(200);
		const { batches, writes } = await search(fake, 'costCode', ['B2']);
		expect(batches).toEqual(['B2']);
		expect(writes).toMatchObject([
			{ originId: 'GP:TWO:SCC:300', procore: { type: 'costCode', id: '5' } },
		]);
	});

	test('lists that are not ours to see hold nothing', async () => {
		const fake = company();
		fake.intercept = lists(403);
		expect(await search(fake, 'costCode', ['B2'])).toEqual({ batches: ['B2'], writes: [] });
	});
});

test('several cut off in a row are all found, the first first, however often the record was written since', async () => {
	const fake = company();
	const batches = ['B1', 'B2', 'B3', 'B4'];
	for (const [index, batchId] of batches.entries())
		await syncDirectCosts(
			clientOf(fake.transport),
			[directCost('1', [String(index + 1)])],
			options(batchId, ...batches.slice(0, index)),
		);
	const { writes } = await search(fake, 'directCost', batches, [PROJECT]);
	expect(writes.map(({ outcome, recovered }) => [recovered?.batchId, outcome])).toEqual([
		['B1', 'created'],
		['B2', 'updated'],
		['B3', 'updated'],
		['B4', 'updated'],
	]);
	const data = fake.costs[0].origin_data as string;
	expect(everyUnrecordedMark(data, { unrecordedBatches: ['B2'] })).toEqual([
		{ batchId: 'B2', outcome: 'updated' },
	]);
});

test('nothing is asked without such batches, nor in a dry run', async () => {
	const fake = company();
	expect(await search(fake, 'directCost', [], [PROJECT])).toEqual({ batches: [], writes: [] });
	const dry = { dryRun: true, unrecordedBatches: ['B1'], unrecordedPlaces: [PROJECT] };
	const client = clientOf(fake.transport);
	expect(await findUnrecordedWrites(client, 'directCost', dry)).toEqual({
		batches: [],
		writes: [],
	});
	expect(fake.requests).toEqual([]);
});

test('a project that may not be read settles nothing, one that is gone holds nothing', async () => {
	const fake = company();
	await sentInvoices(fake);
	fake.blockedProjects.add(OTHER);
	const blocked = await search(fake, 'directCost', ['B1'], [PROJECT, OTHER]);
	expect(blocked.batches).toEqual([]);
	expect(blocked.writes).toHaveLength(1);
	fake.intercept = (_, path) =>
		path.includes(OTHER) ? { status: 404, headers: {}, body: {} } : undefined;
	expect((await search(fake, 'directCost', ['B1'], [PROJECT, OTHER])).batches).toEqual(['B1']);
});

test('where a batch writes is told by its records', () => {
	expect(placeOf(directCost('1', ['1']))).toBe(PROJECT);
	expect(placeOf(costCode('300', { standardListId: '5' }))).toBe('list 5');
	expect(placeOf(vendor('NEW'))).toBeUndefined();
});
