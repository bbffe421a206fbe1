import type { DesiredDirectCost } from '../../../lib/model/desired';
import { syncCostCodes } from '../../../lib/sync/kinds/cost-code';
import { syncVendors } from '../../../lib/sync/kinds/vendor';
import { syncPayables } from '../../../lib/sync/payables/sync-payables';
import { clientOf, costCode, directCost, PROJECT, vendor } from '../../procore/support/desired';
import { FakeProcore, type Interceptor, reply } from '../../procore/support/fake-procore';

/** Reading, making, changing and deleting are rights of their own, and each tool of a project has its own. */
const NO = reply(403, { errors: ['You do not have sufficient access to complete that action'] });
const live = { dryRun: false } as const;
const REFUSED = { outcome: 'failed', reason: { code: 'procore-request-refused', httpStatus: 403 } };

let fake: FakeProcore;
const run = (desired: DesiredDirectCost[], more: object = {}) =>
	syncPayables(clientOf(fake.transport), desired, { ...live, ...more });
/** Refuses these requests, and says what the project has of orders. */
const refuse = (method: string, path: RegExp): Interceptor => {
	const lists: Array<[RegExp, object[]]> = [
		[
			/work_order_contracts$/,
			[{ id: 501, number: 'SC-1', vendor: { id: 11 }, status: 'Approved' }],
		],
		[/purchase_order_contracts$/, []],
		[/501\/line_items$/, [{ id: 601, amount: '9', cost_code: { full_code: '5110' } }]],
		[/billing_periods$/, [{ id: 701, start_date: '2026-09-01', end_date: '2026-09-30' }]],
		[/requisitions$/, []],
	];
	return (request, at) => {
		if (request.method === method && path.test(at)) return NO;
		const rows = request.method === 'GET' && lists.find(([list]) => list.test(at))?.[1];
		return rows ? reply(200, rows, { total: String(rows.length) }) : undefined;
	};
};
const billing = () =>
	directCost('1', ['5'], { commitment: { number: 'SC-1', then: 'requisition' } });

beforeEach(() => {
	fake = new FakeProcore();
	fake.vendors = [{ id: 11, name: 'Acme', origin_id: 'GP:TWO:V:ACME' }];
	fake.codes = [{ id: 21, project_id: Number(PROJECT), code: '5110', name: 'Materials' }];
});

test('who may not delete a direct cost still writes the others of its project', async () => {
	await run([directCost('1', ['5'])]);
	fake.intercept = refuse('DELETE', /direct_costs\/\d+$/);
	const voided = directCost('1', ['5'], { voided: true });
	expect(await run([voided, directCost('2', ['7'])], { voidPolicy: 'delete' })).toMatchObject([
		REFUSED,
		{ outcome: 'created', amount: '7.00' },
	]);
});

test('who may not delete a line is told so of that document, and of no other', async () => {
	await run([directCost('1', ['5', '6'])]);
	fake.intercept = refuse('DELETE', /line_items\/\d+$/);
	const outcomes = await run([directCost('1', ['5']), directCost('2', ['7'])]);
	expect(outcomes).toMatchObject([REFUSED, { outcome: 'created', amount: '7.00' }]);
	expect(outcomes[0].reason?.remedy).toMatch(/Admin of the Direct Costs tool/);
});

test('who may not write lines leaves no head that counts, and is told of it', async () => {
	fake.intercept = refuse('PATCH', /line_items\/sync$/);
	expect(await run([directCost('1', ['5'])])).toMatchObject([
		{
			outcome: 'failed',
			reason: { code: 'project-blocked', httpStatus: 403 },
			also: [{ outcome: 'created', amount: '0.00' }],
		},
	]);
	expect(fake.costs).toMatchObject([{ status: 'draft' }]);
	fake.intercept = undefined;
	expect(await run([directCost('1', ['5'])])).toMatchObject([
		{ outcome: 'updated', amount: '5.00' },
	]);
	expect(fake.costs).toMatchObject([{ status: 'approved' }]);
});

test('who may not make a cost code sends what needs none', async () => {
	fake.intercept = refuse('POST', /cost_codes$/);
	const lacking = directCost('1', ['5'], { costCode: '07-100' });
	expect(
		await run([lacking, directCost('2', ['7'])], { createMissingCostCodes: true }),
	).toMatchObject([REFUSED, { outcome: 'created' }]);
});

test('who may not make subcontractor invoices sends direct costs', async () => {
	fake.intercept = refuse('POST', /requisitions$/);
	const outcomes = await run([billing(), directCost('2', ['7'])]);
	expect(outcomes).toMatchObject([REFUSED, { outcome: 'created' }]);
	expect(outcomes[0].reason?.remedy).toMatch(/may not do this/);
});

test('who may not make them for one order is not asked for each of its invoices, nor are they moved', async () => {
	const billing = (number: string) =>
		directCost(number, ['1'], { commitment: { number: 'SC-1', then: 'requisition' } });
	await run([directCost('3', ['1'])]);
	fake.intercept = refuse('POST', /requisitions$/);
	fake.requests = [];
	const outcomes = await run(['1', '2', '3'].map(billing));
	expect(outcomes).toMatchObject([REFUSED, REFUSED, REFUSED]);
	expect(fake.writes).toHaveLength(1);
});

test('who may not read them keeps back only what bills an order', async () => {
	fake.intercept = refuse('GET', /requisitions$/);
	expect(await run([billing(), directCost('2', ['7'])])).toMatchObject([
		{ outcome: 'failed', reason: { code: 'commitments-unreadable' } },
		{ outcome: 'created' },
	]);
});

test('who may not write the cost codes of a project writes its direct costs in the same run', async () => {
	fake.intercept = refuse('PATCH', /cost_codes\/sync$/);
	const cacheKey = 'codes refused';
	const codes = [costCode('6000')];
	expect(await syncCostCodes(clientOf(fake.transport), codes, { ...live, cacheKey })).toMatchObject(
		[{ outcome: 'failed', reason: { code: 'project-blocked' } }],
	);
	expect(await run([directCost('2', ['7'])], { cacheKey })).toMatchObject([{ outcome: 'created' }]);
});

test('who may not reactivate a vendor goes on with the others', async () => {
	const OLD = 'GP:TWO:V:OLD';
	fake.vendors.push({ id: 12, name: 'Old', origin_id: OLD, origin_code: 'OLD', is_active: false });
	fake.intercept = (request, at) => {
		if (/inactive\/12$/.test(at)) return NO;
		const rows = (request.body as { updates?: Array<{ id?: number }> } | undefined)?.updates ?? [];
		if (!rows.some(({ id }) => id === 12)) return undefined;
		const absent = { id: ['Entity with this ID not found'] };
		return reply(200, {
			entities: rows.filter(({ id }) => id !== 12).map((row) => ({ id: 99, ...row })),
			errors: [{ id: 12, errors: absent }],
		});
	};
	const outcomes = await syncVendors(
		clientOf(fake.transport),
		[vendor('OLD'), vendor('NEW')],
		live,
	);
	expect(outcomes).toMatchObject([REFUSED, { outcome: 'created' }]);
});
