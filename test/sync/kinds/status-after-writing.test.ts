import type { DesiredDirectCost } from '../../../lib/model/desired';
import { syncCostCodes } from '../../../lib/sync/kinds/cost-code';
import { syncDirectCosts } from '../../../lib/sync/kinds/sync-direct-costs';
import { syncPayables } from '../../../lib/sync/payables/sync-payables';
import { readDirectCost } from '../../../lib/procore/resources/direct-costs';
import { clientOf, costCode, directCost, PROJECT } from '../../procore/support/desired';
import { FakeProcore, type Interceptor, reply } from '../../procore/support/fake-procore';

type Row = Record<string, any>;

const live = { dryRun: false } as const;
const STAYS = { outcome: 'failed', reason: { code: 'status-refused' } };

let fake: FakeProcore;
let status: string | undefined;
const run = (desired: DesiredDirectCost[], more: object = {}) =>
	syncDirectCosts(clientOf(fake.transport), desired, { ...live, ...more });
/** A workflow of the project: whatever is sent, the direct cost has this status. */
const keepsStatus: Interceptor = (request, path) => {
	if (status && /direct_costs\/sync$/.test(path))
		for (const row of (request.body as { updates: Row[] }).updates) row.status = status;
	return undefined;
};

beforeEach(() => {
	fake = new FakeProcore();
	status = undefined;
	fake.intercept = keepsStatus;
	fake.vendors = [{ id: 11, name: 'Acme', origin_id: 'GP:TWO:V:ACME' }];
	fake.codes = [{ id: 21, project_id: Number(PROJECT), code: '5110', name: 'Materials' }];
});

test('a direct cost that stays a draft is not told as one that counts, and is written no more than twice', async () => {
	status = 'draft';
	expect(await run([directCost('1', ['5'])])).toMatchObject([
		{ ...STAYS, also: [{ outcome: 'created' }] },
	]);
	expect(await run([directCost('1', ['5'])])).toMatchObject([STAYS]);
	fake.requests = [];
	expect(await run([directCost('1', ['5'])])).toMatchObject([STAYS]);
	expect(await run([directCost('1', ['5'])], { dryRun: true })).toMatchObject([STAYS]);
	expect(fake.writes).toHaveLength(0);
	fake.costs[0].status = 'approved';
	expect(await run([directCost('1', ['5'])])).toMatchObject([{ outcome: 'unchanged' }]);
});

test('one edited by hand is set back, as before', async () => {
	await run([directCost('1', ['5'])]);
	fake.costs[0].status = 'draft';
	expect(await run([directCost('1', ['5'])])).toMatchObject([{ outcome: 'updated' }]);
	expect(fake.costs[0].status).toBe('approved');
});

test('a void that Procore leaves approved is no void', async () => {
	await run([directCost('1', ['5'])]);
	status = 'approved';
	fake.requests = [];
	for (let time = 0; time < 4; time++)
		expect(await run([directCost('1', ['5'], { voided: true })])).toMatchObject([
			{ ...STAYS, amount: '5.00' },
		]);
	// Waiting, it is tried on each run, and written no more than twice.
	expect(fake.writes).toHaveLength(2);
	fake.costs[0].status = 'draft';
	expect(await run([directCost('1', ['5'], { voided: true })])).toMatchObject([
		{ outcome: 'unchanged', amount: '0.00' },
	]);
});

test('what was sent as pending and approved in Procore stays approved', async () => {
	const pending = () => directCost('1', ['5'], { header: { status: 'pending' } });
	await run([pending()]);
	fake.costs[0].status = 'approved';
	expect(await run([pending()])).toMatchObject([{ outcome: 'unchanged' }]);
	expect(fake.costs[0].status).toBe('approved');
});

test('an answer that tells no status says nothing', async () => {
	fake.intercept = (request, path) =>
		/direct_costs\/sync$/.test(path)
			? reply(200, {
					entities: (request.body as { updates: Row[] }).updates.map(({ origin_id }) => ({
						id: 31,
						origin_id,
					})),
				})
			: /line_items\/sync$/.test(path)
				? reply(200, { entities: (request.body as { updates: Row[] }).updates })
				: undefined;
	expect(await run([directCost('1', ['5'])])).toMatchObject([{ outcome: 'created' }]);
});

test('a subcontractor invoice that does not get as far as it was sent is told so, further is fine', async () => {
	const standing: Row[] = [];
	let writes = 0;
	const lists: Array<[RegExp, Row[]]> = [
		[
			/work_order_contracts$/,
			[{ id: 501, number: 'SC-1', vendor: { id: 11 }, status: 'Approved' }],
		],
		[/purchase_order_contracts$/, []],
		[/501\/line_items$/, [{ id: 601, amount: '9', cost_code: { full_code: '5110' } }]],
		[/billing_periods$/, [{ id: 701, start_date: '2026-09-01', end_date: '2026-09-30' }]],
		[/requisitions$/, standing],
	];
	fake.intercept = ({ method, body }, path) => {
		if (method === 'GET') {
			const rows = lists.find(([list]) => list.test(path))?.[1];
			return rows && reply(200, rows, { total: String(rows.length) });
		}
		if (!/requisitions/.test(path)) return undefined;
		writes += 1;
		const { commitment_id, requisition } = body as { commitment_id: number; requisition: Row };
		const kept = { id: 900, commitment_id, status: 'under_review' };
		standing[0] = { ...standing[0], ...requisition, ...kept };
		return reply(200, standing[0]);
	};
	const document = (more: object = {}) =>
		directCost('1', ['5'], { commitment: { number: 'SC-1', then: 'requisition' }, ...more });
	const bill = async (more?: object) =>
		(await syncPayables(clientOf(fake.transport), [document(more)], live))[0];
	expect(await bill()).toMatchObject({ ...STAYS, also: [{ outcome: 'created' }] });
	expect(await bill()).toMatchObject(STAYS);
	expect(await bill()).toMatchObject(STAYS);
	expect(writes).toBe(2);
	standing[0].status = 'approved_as_noted';
	expect(await bill()).toMatchObject({ outcome: 'unchanged' });
	writes = 0;
	for (let time = 0; time < 4; time++)
		expect(await bill({ voided: true })).toMatchObject({ ...STAYS, amount: '5.00' });
	expect(writes).toBe(2);
});

describe('what was deleted in Procore keeps its origin id there', () => {
	test('a cost code found so is not made', async () => {
		fake.intercept = (request, path) =>
			/cost_codes\/sync$/.test(path)
				? reply(200, {
						entities: (request.body as { updates: Row[] }).updates.map((row) => ({
							...row,
							id: 77,
							deleted_at: '2026-09-01T00:00:00Z',
						})),
						errors: [],
					})
				: undefined;
		expect(await syncCostCodes(clientOf(fake.transport), [costCode('6000')], live)).toMatchObject([
			{ outcome: 'failed', reason: { code: 'deleted-in-procore' } },
		]);
	});

	test('lines found under the direct cost that was deleted are not those of the new one', async () => {
		await run([directCost('1', ['5', '6'])]);
		const [before, lines] = [fake.costs[0].id, fake.lines];
		fake.costs = [];
		fake.intercept = (request, path) =>
			/line_items\/sync$/.test(path)
				? reply(200, {
						entities: (request.body as { updates: Row[] }).updates.map((row) => ({
							...row,
							id: lines.find(({ origin_id }) => origin_id === row.origin_id)?.id,
							holder: { id: before },
						})),
						errors: [],
					})
				: undefined;
		expect(await run([directCost('1', ['5', '6'])])).toMatchObject([
			{ outcome: 'conflict', reason: { code: 'origin-conflict' } },
		]);
		expect(fake.costs).toMatchObject([{ status: 'draft' }]);
	});

	test('an answer without an id is none, and says nothing of a deletion', async () => {
		fake.intercept = (request, path) =>
			/direct_costs\/sync$/.test(path)
				? reply(200, {
						entities: (request.body as { updates: Row[] }).updates.map(({ origin_id }) => ({
							origin_id,
						})),
						errors: [],
					})
				: undefined;
		expect(await run([directCost('1', ['5'])])).toMatchObject([
			{ outcome: 'failed', reason: { code: 'not-acknowledged' } },
		]);
	});
});

test('a status is known as Procore writes it on its pages, too', async () => {
	await run([directCost('1', ['5'])]);
	fake.costs[0].status = 'Approved';
	expect(await run([directCost('1', ['5'])])).toMatchObject([{ outcome: 'unchanged' }]);
	const { status: read } = readDirectCost({ id: 1, status: ' Revise and Resubmit' })!;
	expect(read).toBe('revise_and_resubmit');
});
