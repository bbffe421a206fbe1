import type { NodeRun } from '../support/engine';
import { byId, useBench } from './support';

const bench = useBench();

/** Ids a direct cost of project 100 needs. */
function parts() {
	const { costCodes, lineItemTypes, vendors, taxCodes } = bench.procore.state;
	const projectId = Number(bench.project());
	const code = (wanted: string) =>
		costCodes.all().find((one) => one.code === wanted && one.project_id === projectId)!.id;
	return {
		project: byId(projectId),
		concrete: byId(code('5130')),
		drywall: byId(code('5210')),
		materials: byId(lineItemTypes.all().find((one) => one.code === 'M')!.id),
		vendor: byId(vendors.all()[0].id),
		otherVendor: byId(vendors.all()[1].id),
		taxCode: byId(taxCodes.all()[0].id),
	};
}

async function create(more: Record<string, unknown> = {}) {
	const { project, vendor, concrete, materials } = parts();
	const parameters = {
		resource: 'directCost',
		operation: 'create',
		project,
		vendor,
		invoiceNumber: 'INV-88',
		lines: { line: [{ costCode: concrete, costType: materials, amount: '1250.10' }] },
		...more,
	} as NodeRun['parameters'];
	return await bench.run(parameters);
}
const created = async (more = {}) => {
	const { error, json } = await create(more);
	if (error) throw new Error(`${error.message} ${error.description}`);
	return json()[0];
};

test('an invoice with lines is made whole in one write, budget codes looked up for all lines at once', async () => {
	const { concrete, drywall, materials, taxCode } = parts();
	const made = await created({
		status: 'approved',
		lines: {
			line: [
				{ costCode: concrete, costType: materials, amount: '1250.10', description: 'Slab' },
				{ costCode: drywall, costType: materials, amount: '-0.35', taxCode },
				{ costCode: concrete, costType: materials, quantity: '3', unitCost: '10.5', uom: 'ea' },
			],
		},
		additionalFields: {
			directCostDate: '2026-09-30T00:00:00',
			receivedDate: '2026-10-01',
			terms: 'Net 30',
			originId: 'X-1',
		},
	});
	expect(made).toMatchObject({ invoice_number: 'INV-88', status: 'approved', line_items_count: 3 });
	expect(made.direct_cost_date).toBe('2026-09-30');
	expect(made.grand_total).toBe('1281.25');
	expect(bench.calls().map((call) => call.replace(/\d{6,}/g, '{id}'))).toEqual([
		'GET /rest/v1.0/projects/{id}/work_breakdown_structure/segments',
		'PATCH /rest/v1.0/projects/{id}/work_breakdown_structure/wbs_codes/bulk_create',
		'POST /rest/v1.1/projects/{id}/direct_costs',
	]);
	expect(bench.sent('PATCH').bulk).toHaveLength(2);
});

test('lines with WBS codes need no look-up', async () => {
	const first = await created();
	const [{ wbs_code }] = first.line_items as Array<{ wbs_code: { id: number } }>;
	bench.procore.clearTraffic();
	await created({
		invoiceNumber: 'INV-89',
		lines: { line: [{ wbsCode: String(wbs_code.id), amount: '5' }] },
	});
	expect(bench.calls()).toHaveLength(1);
});

test('an expense needs neither vendor nor number', async () => {
	const made = await created({
		directCostType: 'expense',
		vendor: undefined,
		invoiceNumber: undefined,
		additionalFields: { description: 'Permit fee' },
	});
	expect(made).toMatchObject({ direct_cost_type: 'expense', vendor_id: null });
});

test.each<[string, Record<string, unknown>, string]>([
	['an amount with a comma', { amount: '1,250.10' }, 'no amount'],
	['more decimals than cents', { amount: '1.005' }, '2 decimals'],
	['an amount no JSON number holds', { amount: '12345678901234567.89' }, 'more digits'],
	['no amount at all', { amount: '' }, 'has no amount'],
	['a cost code without cost type', { costType: undefined }, 'no cost type'],
	['no place to book it', { costCode: undefined, costType: undefined }, 'where the cost belongs'],
])('%s is refused before anything is sent', async (_what, change, said) => {
	const { concrete, materials } = parts();
	const line = { costCode: concrete, costType: materials, amount: '1', ...change };
	const { error } = await create({ lines: { line: [line] } });
	expect(error?.message).toContain(said);
	expect(error?.message).toContain('Line 1');
	expect(error?.description).toBeTruthy();
	expect(bench.calls()).toEqual([]);
});

test('a date Procore would silently drop is refused', async () => {
	const { error } = await create({ additionalFields: { receivedDate: '30.09.2026' } });
	expect(error?.message).toContain('Received On');
	expect(bench.calls()).toEqual([]);
});

test('an invoice number the vendor already has in the project is told', async () => {
	await created();
	const { error } = await create();
	expect(error?.httpCode).toBe('422');
	expect(error?.message).toContain('invoice_number');
});

test('Get brings the lines, amounts as text', async () => {
	const { id } = await created();
	const [cost] = await bench.items({
		resource: 'directCost',
		operation: 'get',
		project: parts().project,
		directCost: byId(Number(id)),
	});
	expect(cost).toMatchObject({ id, grand_total: '1250.1' });
	expect(cost.line_items).toMatchObject([{ amount: '1250.1' }]);
	expect(cost).not.toHaveProperty('tax_breakdown');
});

test('Update changes header and lines, and adds a line', async () => {
	const { id, line_items } = await created();
	const { project, drywall, materials, otherVendor } = parts();
	const [line] = line_items as Array<{ id: number }>;
	const [changed] = await bench.items({
		resource: 'directCost',
		operation: 'update',
		project,
		directCost: byId(Number(id)),
		updateFields: { status: 'approved', vendor: otherVendor, paymentDate: '2026-11-02' },
		lines: {
			line: [
				{ id: String(line.id), amount: '1000.00' },
				{ costCode: drywall, costType: materials, amount: '0.10' },
			],
		},
	});
	expect(changed).toMatchObject({
		status: 'approved',
		grand_total: '1000.1',
		line_items_count: 2,
		vendor_id: Number(otherVendor.value),
		payment_date: '2026-11-02',
	});
	expect(bench.sent('PATCH').direct_cost).not.toHaveProperty('invoice_number');
});

test('Update takes lines off, and the total follows', async () => {
	const { project, concrete, materials } = parts();
	const place = { costCode: concrete, costType: materials };
	const { id, line_items } = await created({
		lines: {
			line: [
				{ ...place, amount: '10.00' },
				{ ...place, amount: '2.50' },
			],
		},
	});
	const [first] = line_items as Array<{ id: number }>;
	bench.procore.clearTraffic();
	const [changed] = await bench.items({
		resource: 'directCost',
		operation: 'update',
		project,
		directCost: byId(Number(id)),
		linesToDelete: String(first.id),
	});
	expect(changed).toMatchObject({ grand_total: '2.5', line_items_count: 1 });
	// A write that says nothing may be refused, after the lines are gone.
	expect(bench.calls().map((call) => call.split(' ')[0])).toEqual(['DELETE', 'GET']);
});

test('Delete removes it; a second time says it is not there', async () => {
	bench.mayBeRefused();
	const { id } = await created();
	const remove = {
		resource: 'directCost',
		operation: 'delete',
		project: parts().project,
		directCost: byId(Number(id)),
	};
	expect(await bench.items(remove)).toEqual([{ deleted: true }]);
	const { error } = await bench.run(remove);
	expect(error?.httpCode).toBe('404');
	expect(error?.message).toContain(`direct cost ${id}`);
});

test('Get Many narrows down by what Procore filters and by what it does not', async () => {
	await created({ additionalFields: { originId: 'X-1' } });
	await created({ invoiceNumber: 'INV-90', status: 'approved', vendor: parts().otherVendor });
	const many = async (filters = {}, more = {}) =>
		(
			await bench.items({
				resource: 'directCost',
				operation: 'getAll',
				project: parts().project,
				returnAll: true,
				filters,
				...more,
			})
		).map(({ invoice_number }) => invoice_number);
	expect(await many({ invoiceNumber: 'INV-88' })).toEqual(['INV-88']);
	expect(await many({ originId: 'X-1' })).toEqual(['INV-88']);
	expect(await many({ vendor: parts().otherVendor })).toEqual(['INV-90']);
	expect(await many({ status: 'approved', vendor: parts().otherVendor })).toEqual(['INV-90']);
	expect(await many({ updatedSince: '2999-01-01' })).toEqual([]);
	expect(await many({ status: 'draft' }, { returnAll: false, limit: 1 })).toHaveLength(1);
});

test('Include Lines adds the lines: one call each for a few, one for all of many', async () => {
	const withLines = {
		resource: 'directCost',
		operation: 'getAll',
		project: parts().project,
		returnAll: true,
		includeLines: true,
	};
	await created();
	const [few] = await bench.items({ ...withLines, filters: { invoiceNumber: 'INV-88' } });
	expect(few.line_items).toMatchObject([{ amount: '1250.1' }]);
	for (const number of ['A', 'B', 'C', 'D']) await created({ invoiceNumber: number });
	bench.procore.clearTraffic();
	const many = await bench.items(withLines);
	expect(many.every(({ line_items }) => (line_items as unknown[]).length > 0)).toBe(true);
	expect(bench.calls()).toHaveLength(2);
});

test('a project whose Direct Costs tool is off says so', async () => {
	bench.mayBeRefused();
	bench.procore.switches.toolDisabledProjects = ['100'];
	const { error } = await create({ lines: {} });
	expect(error?.httpCode).toBe('403');
	expect(error?.description).toContain('tool');
});
