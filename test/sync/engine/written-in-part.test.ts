import type { AuditEventRow } from '../../../lib/audit/event-row';
import type { Outcome } from '../../../lib/model/outcome';
import { eventsOfBatch } from '../../../lib/run/events-of-batch';
import { syncCostCodes } from '../../../lib/sync/kinds/cost-code';
import { syncDirectCosts } from '../../../lib/sync/kinds/sync-direct-costs';
import { readOriginData } from '../../../lib/sync/origin-data';
import type { SyncOptions } from '../../../lib/sync/sync-run';
import { findUnrecordedWrites } from '../../../lib/sync/unrecorded-writes';
import { syncVendors } from '../../../lib/sync/kinds/vendor';
import { clientOf, costCode, directCost, vendor } from '../../procore/support/desired';
import { FakeProcore, type Interceptor, reply } from '../../procore/support/fake-procore';

let fake: FakeProcore;
beforeEach(() => {
	fake = new FakeProcore();
	fake.vendors.push({ id: 7, name: 'ACME', is_active: true, origin_id: 'GP:TWO:V:ACME' });
	fake.codes.push({ id: 900, project_id: 9001, code: '5110', name: 'Materials', parent_id: null });
});

const live = { dryRun: false, batchId: 'B1' };
const costs = (desired: ReturnType<typeof directCost>[], options: Partial<SyncOptions> = {}) =>
	syncDirectCosts(clientOf(fake.transport), desired, { ...live, ...options });

/** Refuses those rows of a sync action that fit, lets the others through. */
function refusing(path: string, fits: (row: any) => boolean, errors: object): Interceptor {
	return (request, at) => {
		const body = request.body as any;
		if (!at.endsWith(path) || !body.updates.some(fits)) return undefined;
		const refused = body.updates.filter(fits);
		body.updates = body.updates.filter((row: any) => !fits(row));
		const passed = fake.intercept;
		fake.intercept = undefined;
		const answer = (fake as any).route(request.method, new URL(request.url), body);
		fake.intercept = passed;
		return reply(200, {
			entities: answer.body.entities,
			errors: [...answer.body.errors, ...refused.map((row: any) => ({ ...row, errors }))],
		});
	};
}

const events = (outcomes: Outcome[], batchId = 'B1', found: Outcome[] = []) =>
	eventsOfBatch({
		outcomes,
		found,
		context: { runId: 'R1', executionId: '1', at: 'now', dryRun: false, batchId },
		recorded: [],
		parkedRows: [],
		requests: [],
	}).events;
const told = (rows: AuditEventRow[]) =>
	rows.map((row) => `${row.procore_type} ${row.outcome} by ${row.batch_id}`);

/** Every mark ever written has its event: none less, and of marked records none more. */
function expectEachMarkTold(rows: AuditEventRow[]): void {
	const marks = [...fake.written].flatMap(([originId, texts]) =>
		[...new Set(texts.map((text) => readOriginData(text)?.b))].map((b) => `${originId} by ${b}`),
	);
	const written = rows
		.filter(
			({ outcome, origin_id }) => !['failed', 'locked', 'conflict'].includes(outcome) && origin_id,
		)
		.map(({ origin_id, batch_id }) => `${origin_id} by ${batch_id}`);
	expect(written.sort()).toEqual(marks.sort());
}

const line = (end: string) => (row: any) => String(row.origin_id).endsWith(end);

test('a header that was created and whose lines were refused is told as created, then as failed', async () => {
	fake.intercept = refusing('line_items/sync', line(':L:1'), { cost_code: ['is not active'] });
	const outcomes = await costs([directCost('1', ['1', '2'])]);
	expect(outcomes).toMatchObject([
		{
			outcome: 'failed',
			also: [{ outcome: 'created', amount: '0.00', procore: { type: 'directCost' } }],
		},
	]);
	const rows = events(outcomes);
	expect(told(rows)).toEqual(['directCost created by B1', 'directCost failed by B1']);
	expect(rows[0]).toMatchObject({ reason_code: 'written-in-part', procore_amount: '0.00' });
	expectEachMarkTold(rows);

	fake.intercept = undefined;
	const next = await costs([directCost('1', ['1', '2'])], { batchId: 'B2' });
	expect(next).toMatchObject([{ outcome: 'updated', amount: '3.00' }]);
	expect(next[0].also).toBeUndefined();
	expectEachMarkTold([...rows, ...events(next, 'B2')]);
});

describe('a change of which Procore took some lines', () => {
	beforeEach(async () => {
		await costs([directCost('1', ['1', '2'])], { batchId: 'B0' });
		fake.written.clear();
	});
	const exchanged = () => directCost('1', ['2', '1']);

	test('is told as updated and as failed, once, and going back in GP is sent', async () => {
		fake.intercept = refusing('line_items/sync', line(':L:1'), { amount: ['is not a number'] });
		const outcomes = await costs([exchanged()]);
		expect(told(events(outcomes))).toEqual(['directCost updated by B1', 'directCost failed by B1']);
		expectEachMarkTold(events(outcomes));
		// The other line was taken.
		expect(fake.lines.map(({ amount }) => Number(amount))).toEqual([1, 1]);
		const headers = () => fake.writes.filter(({ path }) => path.endsWith('direct_costs/sync'));
		const before = headers().length;
		const again = await costs([exchanged()], { batchId: 'B2' });
		expect(again).toMatchObject([{ outcome: 'failed' }]);
		// It stands for neither state already.
		expect(headers()).toHaveLength(before);
		fake.intercept = undefined;
		expect(await costs([directCost('1', ['1', '2'])], { batchId: 'B3' })).toMatchObject([
			{ outcome: 'updated', amount: '3.00' },
		]);
		expect(fake.lines.map(({ amount }) => Number(amount))).toEqual([1, 2]);
	});

	test('and of which neither the rest nor the header was taken, is told without a mark', async () => {
		const lines = refusing('line_items/sync', line(':L:1'), { amount: ['is not a number'] });
		const headers = refusing('direct_costs/sync', () => true, { base: ['is odd'] });
		fake.intercept = (request, path, count) => {
			const either = lines(request, path, count) ?? headers(request, path, count);
			fake.intercept ??= both;
			return either;
		};
		const both = fake.intercept;
		const outcomes = await costs([exchanged()]);
		expect(outcomes).toMatchObject([{ outcome: 'failed', also: [{ unmarked: true }] }]);
		expect(fake.written.size).toBe(0);
	});

	test('and whose header was refused then is told, too', async () => {
		fake.intercept = refusing('direct_costs/sync', () => true, { base: ['is locked'] });
		const outcomes = await costs([exchanged()]);
		expect(outcomes).toMatchObject([{ outcome: 'locked', also: [{ unmarked: true }] }]);
		expect(told(events(outcomes))).toEqual(['directCost updated by B1', 'directCost locked by B1']);
	});
});

test('a total that does not come out is told with the write it came of', async () => {
	fake.intercept = (request, path) => {
		if (request.method === 'PATCH' && path.endsWith('line_items/sync'))
			for (const row of (request.body as any).updates) row.amount += 1;
		return undefined;
	};
	const outcomes = await costs([directCost('1', ['1', '2'])]);
	expect(outcomes).toMatchObject([{ outcome: 'failed', reason: { code: 'totals-differ' } }]);
	expectEachMarkTold(events(outcomes));
});

test('a deletion Procore refuses is told with the draft it left', async () => {
	await costs([directCost('1', ['1'])], { batchId: 'B0' });
	fake.written.clear();
	fake.intercept = ({ method }) =>
		method === 'DELETE' ? reply(422, { errors: ['is locked'] }) : undefined;
	const outcomes = await costs([directCost('1', ['1'], { voided: true })], {
		voidPolicy: 'delete',
	});
	expect(told(events(outcomes))).toEqual(['directCost voided by B1', 'directCost locked by B1']);
	expectEachMarkTold(events(outcomes));
});

test('where the draft is refused, nothing is deleted and nothing is told but that', async () => {
	await costs([directCost('1', ['1'])], { batchId: 'B0' });
	fake.intercept = refusing('direct_costs/sync', () => true, { base: ['is locked'] });
	const outcomes = await costs([directCost('1', ['1'], { voided: true })], {
		voidPolicy: 'delete',
	});
	expect(told(events(outcomes))).toEqual(['directCost locked by B1']);
	expect(fake.costs).toMatchObject([{ status: 'approved' }]);
	expect(fake.writes.filter(({ method }) => method === 'DELETE')).toEqual([]);
});

test('a vendor put into the directory of a project is told, whether or not the document went then', async () => {
	let member = false;
	fake.intercept = (request, path) => {
		if (path.endsWith('/vendors/7/actions/add')) {
			member = true;
			return reply(201, { id: 7 });
		}
		const missing = { vendor: ['is not in the directory of the project'] };
		if (!member) return refusing('direct_costs/sync', () => true, missing)(request, path, 0);
		return refusing('line_items/sync', () => true, { amount: ['is not a number'] })(
			request,
			path,
			0,
		);
	};
	const outcomes = await costs([directCost('1', ['1'])]);
	const rows = events(outcomes);
	expect(told(rows)).toEqual([
		'vendor updated by B1',
		'directCost created by B1',
		'directCost failed by B1',
	]);
	expect(rows[0]).toMatchObject({ procore_id: '7', procore_project_id: '9001' });
	expectEachMarkTold(rows);
});

test('a cost code made because a line needs it is told, division and code', async () => {
	fake.intercept = refusing('direct_costs/sync', () => true, { base: ['no'] });
	const outcomes = await costs([directCost('1', ['1'], { costCode: '03-300' })], {
		createMissingCostCodes: true,
	});
	expect(told(events(outcomes))).toEqual([
		'costCode created by B1',
		'costCode created by B1',
		'directCost failed by B1',
	]);
});

describe('a division made for a cost code', () => {
	const division = { code: '03', name: 'Concrete', originId: 'GP:TWO:D:03:P:9001' };
	const codes = () => [
		costCode('300', { parent: division }),
		costCode('310', { parent: division }),
	];
	const run = (options: Partial<SyncOptions> = {}) =>
		syncCostCodes(clientOf(fake.transport), codes(), { ...live, ...options });

	test('is told once, also where the code itself is refused', async () => {
		fake.intercept = refusing('cost_codes/sync', ({ code }) => code === '300', {
			name: ['is too long'],
		});
		const outcomes = await run();
		const rows = events(outcomes);
		expect(told(rows)).toEqual([
			'costCode created by B1',
			'costCode failed by B1',
			'costCode created by B1',
		]);
		expect(rows[0]).toMatchObject({ origin_id: division.originId });
		expectEachMarkTold(rows);
	});

	test('is found by its mark where the batch was cut off', async () => {
		await run();
		const options = { dryRun: false, unrecordedBatches: ['B1'], unrecordedPlaces: ['9001'] };
		const { writes } = await findUnrecordedWrites(clientOf(fake.transport), 'costCode', options);
		const outcomes = await run({ batchId: 'B2', unrecordedBatches: ['B1'] });
		expectEachMarkTold(events(outcomes, 'B2', writes));
	});
});

test('a vendor that was reactivated and then refused is told as both', async () => {
	fake.vendors.push({ id: 8, name: 'Bolt', is_active: false, origin_id: 'GP:TWO:V:BOLT' });
	let active = false;
	fake.intercept = (request, path) => {
		active ||= request.method === 'PATCH' && path.endsWith('/vendors/inactive/8');
		const errors = active ? { name: ['is odd'] } : { id: ['Entity with this ID not found'] };
		return refusing('vendors/sync', () => true, errors)(request, path, 0);
	};
	const outcomes = await syncVendors(clientOf(fake.transport), [vendor('BOLT')], live);
	expect(told(events(outcomes))).toEqual(['vendor reactivated by B1', 'vendor failed by B1']);
});

test('what was made in part is known: the same run completes it without asking what stands', async () => {
	const options = { cacheKey: 'made in part' };
	const client = clientOf(fake.transport);
	const sync = () =>
		syncDirectCosts(client, [directCost('1', ['1', '2'])], { ...live, ...options });
	fake.intercept = refusing('line_items/sync', line(':L:1'), { cost_code: ['is not active'] });
	expect(await sync()).toMatchObject([{ outcome: 'failed' }]);
	fake.intercept = undefined;
	fake.requests = [];
	expect(await sync()).toMatchObject([{ outcome: 'updated', amount: '3.00' }]);
	expect(fake.requests.filter(({ path }) => path.endsWith('/direct_costs'))).toEqual([]);
	expect(fake.costs).toMatchObject([{ status: 'approved' }]);
});
