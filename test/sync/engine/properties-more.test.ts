import fc from 'fast-check';
import { add, toFixed } from '../../../lib/model/money';
import type { DesiredRequisition } from '../../../lib/sync/kinds/requisition-state';
import { type DesiredCostType, syncCostTypes } from '../../../lib/sync/kinds/cost-type';
import { syncPayables } from '../../../lib/sync/payables/sync-payables';
import type { ProcoreTransport } from '../../../lib/procore/transport';
import { clientOf, PROJECT, source } from '../../procore/support/desired';
import { FakeProcore, reply, silence } from '../../procore/support/fake-procore';

const RUNS = { numRuns: 150 };
const DONE = ['created', 'updated', 'unchanged', 'adopted'];
const live = { dryRun: false };
const foreign = (rows: Array<Record<string, unknown>>) =>
	JSON.stringify(rows.filter(({ origin_id }) => String(origin_id ?? '').startsWith('SAGE')));

test('cost types: the desired state is reached, again writes nothing, foreign ones stay', async () => {
	const code = fc.constantFrom('L', 'M', 'X', 'Y');
	const name = fc.constantFrom('Labor', 'Materials', 'Other');
	await fc.assert(
		fc.asyncProperty(
			fc.uniqueArray(fc.record({ code, name, owner: fc.constantFrom(null, 'SAGE', 'GP:TWO:T') }), {
				selector: (one) => one.code,
			}),
			fc.uniqueArray(fc.record({ code, name }), { selector: (one) => one.code }),
			async (standing, wanted) => {
				const fake = new FakeProcore();
				fake.types = standing.map(({ owner, ...row }) => ({
					id: fake.id(),
					...row,
					...(owner ? { origin_id: `${owner}:${row.code}` } : {}),
				}));
				const before = foreign(fake.types);
				const desired = wanted.map(
					(one): DesiredCostType => ({
						kind: 'costType',
						originId: `GP:TWO:T:${one.code}`,
						source: source('account', one.code),
						...one,
					}),
				);
				const outcomes = await syncCostTypes(clientOf(fake.transport), desired, live);
				outcomes.forEach(({ outcome }, index) => {
					const rows = fake.types.filter((row) => row.origin_id === desired[index].originId);
					if (!DONE.includes(outcome)) expect([outcome, rows]).toEqual(['conflict', []]);
					else expect(rows).toMatchObject([wanted[index]]);
				});
				expect(foreign(fake.types)).toBe(before);
				const writes = fake.writes.length;
				await syncCostTypes(clientOf(fake.transport), desired, live);
				expect(fake.writes).toHaveLength(writes);
			},
		),
		RUNS,
	);
});

const LINES = [
	{ id: 11, amount: '100.0', cost_code: { full_code: '5210' }, line_item_type: { code: 'S' } },
	{ id: 12, amount: '50.0', cost_code: { full_code: '5210' }, line_item_type: { code: 'S' } },
	{ id: 13, amount: '10.0', cost_code: { full_code: '5310' }, line_item_type: { code: 'M' } },
];

/** The few routes a requisition needs; an answer may be lost after it took effect. */
function invoicing(rows: Array<Record<string, any>>, lost: { left: number }): ProcoreTransport {
	const write = (row: Record<string, any>, { items, ...fields }: Record<string, any>) => {
		Object.assign(row, fields);
		for (const { id, ...change } of items ?? [])
			Object.assign(
				row.items.find((one: any) => one.id === (id ?? change.line_item_id)),
				change,
			);
		if (lost.left-- > 0) throw silence('ECONNRESET');
		return row;
	};
	return async ({ method, url, body: sent }) => {
		const { pathname, searchParams } = new URL(url);
		const body = sent as { requisition: Record<string, any> };
		const answer = (value: unknown) => reply(200, JSON.parse(JSON.stringify(value)));
		if (pathname.endsWith('/line_items')) return answer(LINES);
		if (pathname.endsWith('/billing_periods'))
			return answer([{ id: 5, start_date: '2026-01-01', end_date: '2026-12-31' }]);
		if (pathname.endsWith('/direct_costs')) return answer([]);
		if (method === 'GET') {
			const wanted = searchParams.get('filters[origin_id]');
			return answer(rows.filter((row) => !wanted || row.origin_id === wanted));
		}
		if (method === 'PATCH') {
			const row = rows.find(({ id }) => pathname.endsWith(`/${id}`)) as Record<string, any>;
			return answer(write(row, body.requisition));
		}
		const items = LINES.map(({ id }) => ({
			id,
			line_item_id: id,
			work_completed_this_period: '0.0',
		}));
		const row = { id: 100 + rows.length, commitment_id: 1, items };
		rows.push(row);
		return answer(write(row, body.requisition));
	};
}

test('requisitions: whatever changes from run to run, what is billed is what GP has, once, and again writes nothing', async () => {
	const line = fc.record({
		costCode: fc.constantFrom('5210', '5310'),
		amount: fc.integer({ min: -9_000, max: 20_000 }).map((value) => toFixed(`${value}e-2`)),
	});
	const state = fc.record({
		key: fc.constantFrom('1', '2', '3', '4', '5'),
		lines: fc.array(line, { maxLength: 4 }),
		voided: fc.boolean(),
	});
	const batch = fc.uniqueArray(state, { selector: ({ key }) => key, maxLength: 5 });
	await fc.assert(
		fc.asyncProperty(
			fc.array(batch, { minLength: 1, maxLength: 3 }),
			fc.nat(2),
			async (runs, lost) => {
				const rows: Array<Record<string, any>> = [
					{ id: 90, origin_id: 'SAGE-1', status: 'approved', commitment_id: 1, items: [] },
				];
				const before = foreign(rows);
				for (const states of runs) {
					const transport = invoicing(rows, { left: lost });
					const desired = states.map(
						({ key, lines, voided }): DesiredRequisition => ({
							kind: 'requisition',
							originId: `GP:TWO:PM:1:${key}`,
							source: source('payable', `1;${key}`),
							projectId: PROJECT,
							commitmentId: '1',
							commitmentKind: 'subcontract',
							voided,
							header: { billing_date: '2026-09-30', status: 'approved' },
							lines,
							total: toFixed(add('0', ...lines.map(({ amount }) => amount))),
						}),
					);
					const outcomes = await syncPayables(clientOf(transport), desired, live);
					outcomes.forEach(({ outcome, reason }, index) => {
						const { originId, voided, total } = desired[index];
						const own = rows.filter((row) => row.origin_id === originId);
						if (outcome === 'skipped') return expect([voided, own]).toEqual([true, []]);
						expect([outcome, reason]).toEqual([
							expect.stringMatching(/^(created|updated|unchanged|voided)$/),
							undefined,
						]);
						expect(own).toHaveLength(1);
						if (voided) return expect(own[0].status).toBe('draft');
						const billed = own[0].items.map((item: any) => item.work_completed_this_period);
						expect([toFixed(add('0', ...billed)), own[0].status]).toEqual([total, 'approved']);
					});
					const stands = JSON.stringify(rows);
					const again = await syncPayables(clientOf(transport), desired, live);
					expect(again.every(({ outcome }) => ['unchanged', 'skipped'].includes(outcome))).toBe(
						true,
					);
					expect(JSON.stringify(rows)).toBe(stands);
				}
				expect(foreign(rows)).toBe(before);
			},
		),
		RUNS,
	);
});
