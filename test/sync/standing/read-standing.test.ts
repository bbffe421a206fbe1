import {
	type StandingDirectCost,
	tryStandingCosts,
} from '../../../lib/sync/standing/read-standing';
import { clientOf } from '../../procore/support/desired';
import { FakeProcore, reply, silence } from '../../procore/support/fake-procore';

/** What the lists of project 9001 show, by the end of their paths. */
let lists: Record<string, unknown[] | number | Error>;
let asked: string[];
beforeEach(() => {
	lists = {};
	asked = [];
});
async function read(requisitions?: boolean) {
	const fake = new FakeProcore();
	fake.intercept = (_request, path) => {
		const name = path.split('/').at(-1)!;
		asked.push(name);
		const answer = lists[name] ?? [];
		if (answer instanceof Error) return answer;
		return typeof answer === 'number' ? reply(answer, { errors: ['no'] }) : reply(200, answer);
	};
	const client = clientOf(fake.transport);
	return await tryStandingCosts(client, '9001', requisitions === undefined ? {} : { requisitions });
}
const one = async (requisitions?: boolean) =>
	((await read(requisitions)) as StandingDirectCost[]).map((cost) => cost)[0];

const COST = {
	...{ id: 5, origin_id: 'X', origin_data: 'data', vendor_id: 7, invoice_number: 'INV-1' },
	...{ status: 'approved', direct_cost_type: 'invoice', grand_total: '30.00' },
	direct_cost_date: '2026-09-30T00:00:00Z',
};

test('a direct cost is read with its head and its lines', async () => {
	const line = { direct_cost_id: 5, holder: { id: 5 }, amount: '10.00' };
	lists = {
		direct_costs: [COST, { id: 6, deleted_at: '2026-01-01' }],
		line_items: [
			{
				...{ ...line, id: 1, origin_id: 'L1', description: 'Slab', tax_code: { id: 8 } },
				...{ cost_code: { id: 3, full_code: '03-300' }, line_item_type: { id: 4, code: 'M' } },
			},
			{ ...line, id: 2, cost_code: { id: 3, code: '300' }, description: '', tax_code_id: 9 },
			{ ...line, id: 3, cost_code: { id: 3 }, line_item_type: { id: 4 }, amount: null },
			{ ...line, id: 4, cost_code: null, line_item_type: null, tax_code: null },
			{ ...line, id: 5, holder: { id: 99 }, direct_cost_id: 99 },
			{ holder: { id: 5 } },
		],
	};
	expect(await one()).toEqual({
		...{ id: '5', projectId: '9001', originId: 'X', vendor: '7', invoiceNumber: 'INV-1' },
		...{ status: 'approved', date: '2026-09-30', total: '30.00', originData: 'data' },
		fields: expect.objectContaining({ direct_cost_type: 'invoice', status: 'approved' }),
		lines: [
			{
				...{ originId: 'L1', costCode: '03-300', costType: 'M', amount: '10.00' },
				...{ description: 'Slab', taxCodeId: '8' },
			},
			{ originId: null, costCode: '300', costType: '', amount: '10.00', taxCodeId: '9' },
			{ originId: null, costCode: '3', costType: '4', amount: '0' },
			{ originId: null, costCode: '', costType: '', amount: '10.00' },
		],
	});
	expect(new Set(asked)).toEqual(new Set(['direct_costs', 'line_items']));
});

test('where no direct cost stands no line is asked for; what is not told is blank', async () => {
	expect(await read()).toEqual([]);
	expect(asked).toEqual(['direct_costs']);
	for (const direct_cost_date of [null, '', 5, undefined]) {
		lists = { direct_costs: [{ id: 5, direct_cost_date }] };
		expect(await one()).toMatchObject({
			...{ originId: null, vendor: '', invoiceNumber: null, date: null, total: null, lines: [] },
		});
	}
});

test('subcontractor invoices are read where they are in use', async () => {
	const row = {
		...{ id: 6, origin_id: 'Y', origin_data: 'data', vendor_id: 7, invoice_number: 'APP-1' },
		...{ status: 'approved', billing_date: '2026-09-30', commitment_id: 77, payment_date: 'x' },
		items: [
			{ line_item_id: 8, cost_code: { full_code: '5210' }, work_completed_this_period: '3.00' },
			{ work_completed_this_period: '4.00' },
		],
	};
	lists = { requisitions: [row, { id: 7, deleted_at: '2026-01-01' }, { id: 8 }] };
	expect(await read(false)).toEqual([]);
	expect(asked).not.toContain('requisitions');
	const [first, second, ...more] = (await read(true)) as StandingDirectCost[];
	expect(first).toStrictEqual({
		...{ id: '6', kind: 'requisition', projectId: '9001', originId: 'Y', vendor: '7' },
		...{ invoiceNumber: 'APP-1', status: 'approved', date: '2026-09-30', originData: 'data' },
		commitmentId: '77',
		fields: { status: 'approved', invoice_number: 'APP-1', billing_date: '2026-09-30' },
		lines: [
			{ originId: null, billedLineId: '8', costCode: '5210', costType: '', amount: '3.00' },
			{ originId: null, costCode: '', costType: '', amount: '4.00' },
		],
	});
	expect(second).toMatchObject({ vendor: '', date: null, lines: [] });
	expect(second).not.toHaveProperty('commitmentId');
	expect(more).toEqual([]);
});

test('a project that refuses says why, anything worse is thrown', async () => {
	lists = { direct_costs: 403 };
	expect(await read()).toMatchObject({ code: 'project-blocked' });
	lists = { direct_costs: silence('ECONNREFUSED') };
	await expect(read()).rejects.toMatchObject({ scope: 'transport' });
});
