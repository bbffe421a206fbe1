import { type Caller, ids, start } from './client';

let caller: Caller;
let company: number;
let project: number;

beforeEach(async () => {
	caller = await start();
	({ company, project } = await ids(caller));
});
afterEach(async () => await caller.standIn.close());

const vendors = (updates: unknown[]) =>
	caller.patch('/rest/v1.0/vendors/sync', { company_id: company, updates });
const codes = (updates: unknown[]) =>
	caller.patch(`/rest/v1.0/cost_codes/sync?project_id=${project}`, { updates });
const fieldsOf = (answer: { body: { errors: Array<{ errors: object }> } }) =>
	answer.body.errors.map((one) => Object.keys(one.errors).join());

test('the company is above 32 bits and seven jobs have a project', async () => {
	expect(company).toBeGreaterThan(2 ** 32);
	expect(project).toBeGreaterThan(2 ** 32);
	const list = await caller.get(`/rest/v1.1/projects?company_id=${company}`);
	const numbers = list.body.map((one: { project_number: string }) => one.project_number);
	expect(numbers).toEqual(['100', '200', '300', '400', '500', '600', '700']);
});

test('vendors: names may repeat, other rules are told row by row', async () => {
	const answer = await vendors([
		{ origin_id: 'a', name: 'Twin' },
		{ origin_id: 'b', name: 'Twin' },
		{ origin_id: 'c', name: ' ' },
		{ origin_id: 'd', name: 'Long', abbreviated_name: '12345678901' },
		{ origin_id: 'e', name: 'Elsewhere', state_code: 'ON', country_code: 'US' },
		{ origin_id: 'f', name: 'Lower', state_code: 'nd', country_code: 'US' },
		{ origin_id: 'g', name: 'Nowhere', country_code: 'XX1' },
		{ origin_id: 'h', name: 'Orphan', parent_id: 1 },
		{ origin_id: 'i', name: 'Canadian', state_code: 'ON', country_code: 'CA' },
	]);
	expect(answer.body.entities.map((one: { name: string }) => one.name)).toEqual([
		'Twin',
		'Twin',
		'Canadian',
	]);
	expect(fieldsOf(answer)).toEqual([
		'name',
		'abbreviated_name',
		'state_code',
		'state_code',
		'country_code',
		'parent_id',
	]);
});

test('half a business register refuses the whole request', async () => {
	const row = { name: 'A', business_register_attributes: { type: 'ein' } };
	expect((await vendors([row])).status).toBe(400);
});

test('a vendor is found by origin id, code, name and tax number', async () => {
	await vendors([
		{
			origin_id: 'GP:TWO:V:ACME',
			origin_code: 'ACME0001',
			name: 'Acme Steel',
			business_register_attributes: { type: 'ein', identifier: '98-765 4321' },
		},
	]);
	const found = async (filter: string) =>
		(await caller.get(`/rest/v1.0/vendors?company_id=${company}&${filter}`)).body.length;
	expect(await found('filters[origin_id]=GP:TWO:V:ACME')).toBe(1);
	expect(await found('filters[search]=acme0001')).toBe(1);
	expect(await found('filters[search]=987654321')).toBe(1);
	expect(await found('filters[search]=nobody')).toBe(0);
	const all = await caller.get(`/rest/v1.0/vendors?company_id=${company}&view=compact`);
	expect(Object.keys(all.body[0])).toEqual(['id', 'name']);
});

test('a deactivated vendor moves to the inactive list and comes back by sync when the switch says so', async () => {
	const [made] = (await vendors([{ origin_id: 'v', name: 'Sleepy' }])).body.entities;
	await vendors([{ origin_id: 'v', is_active: false }]);
	const active = `/rest/v1.0/vendors?company_id=${company}&filters[origin_id]=v`;
	const inactive = `/rest/v1.0/companies/${company}/vendors/inactive`;
	expect((await caller.get(active)).body).toEqual([]);
	expect((await caller.get(inactive)).body[0].id).toBe(made.id);
	caller.standIn.switches.syncMatchesInactiveVendor = false;
	expect(fieldsOf(await vendors([{ origin_id: 'v', is_active: true }]))).toEqual(['origin_id']);
	caller.standIn.switches.syncMatchesInactiveVendor = true;
	expect((await vendors([{ origin_id: 'v', is_active: true }])).body.entities[0].id).toBe(made.id);
	expect((await caller.get(active)).body).toHaveLength(1);
	await vendors([{ id: made.id, is_active: false }]);
	expect((await caller.send('PATCH', `${inactive}/${made.id}`)).body.is_active).toBe(true);
});

test('a vendor cannot be deleted', async () => {
	const [made] = (await vendors([{ origin_id: 'v', name: 'Staying' }])).body.entities;
	expect((await caller.delete(`/rest/v1.0/vendors/${made.id}?company_id=${company}`)).status).toBe(
		404,
	);
});

test('a vendor added to a project shows there, and direct costs may require it', async () => {
	const [vendor] = (await vendors([{ origin_id: 'v', name: 'Local' }])).body.entities;
	caller.standIn.switches.requireVendorInProject = true;
	const header = {
		origin_id: 'd',
		direct_cost_type: 'invoice',
		invoice_number: '1',
		vendor_id: vendor.id,
	};
	const write = () =>
		caller.patch(`/rest/v1.0/projects/${project}/direct_costs/sync`, { updates: [header] });
	expect(fieldsOf(await write())).toEqual(['vendor']);
	const add = `/rest/v1.1/projects/${project}/vendors/${vendor.id}/actions/add`;
	expect((await caller.send('POST', add)).status).toBe(201);
	expect((await write()).body.errors).toEqual([]);
	const again = await vendors([{ id: vendor.id, name: 'Local' }]);
	expect(again.body.entities[0].project_ids).toEqual([project]);
});

test('cost codes: own segment in, full code out, one code per parent', async () => {
	const first = await codes([{ origin_id: 'p', code: '02', name: 'Site work' }]);
	const parent = first.body.entities[0].id;
	const answer = await codes([
		{ origin_id: 'c', code: '300', name: 'Paving', parent_id: parent },
		{ origin_id: 'd', code: '300', name: 'Again', parent_id: parent },
		{ origin_id: 'e', code: '', name: '' },
		{ origin_id: 'f', code: '9', name: 'Lost', parent_id: 5 },
	]);
	expect(answer.body.entities[0]).toMatchObject({ full_code: '02-300', parent: { id: parent } });
	expect(fieldsOf(answer)).toEqual(['code', 'code,name', 'parent']);
});

test('a code typed in by hand collides until it is adopted by its id', async () => {
	const row = { origin_id: 'GP:5110', code: '5110', name: 'General conditions' };
	expect(fieldsOf(await codes([row]))).toEqual(['code']);
	const list = await caller.get(`/rest/v1.0/cost_codes?project_id=${project}`);
	const id = list.body.find((one: { code: string }) => one.code === '5110').id;
	expect((await codes([{ id, ...row }])).body.entities[0]).toMatchObject({
		id,
		origin_id: 'GP:5110',
	});
});

test('a parent of the same batch is found only when the switch says so', async () => {
	const rows = [
		{ origin_id: 'p', code: '03', name: 'Concrete' },
		{ origin_id: 'c', code: '1', name: 'Walls', parent_origin_id: 'p' },
	];
	expect(fieldsOf(await codes(rows))).toEqual(['parent']);
	expect((await codes([rows[1]])).body.entities[0].full_code).toBe('03-1');
	caller.standIn.switches.parentOriginIdSameBatch = true;
	const other = rows.map((row) => ({
		...row,
		origin_id: `${row.origin_id}2`,
		code: `9${row.code}`,
	}));
	expect((await codes([other[0], { ...other[1], parent_origin_id: 'p2' }])).body.errors).toEqual(
		[],
	);
});

test('cost code sync wants the project in the query', async () => {
	const body = { project_id: project, updates: [] };
	expect((await caller.patch('/rest/v1.0/cost_codes/sync', body)).status).toBe(400);
});

test('codes with codes below them, inactive codes and root codes carry no cost when told so', async () => {
	const { materials, vendor } = await ids(caller);
	const made = await codes([{ origin_id: 'p', code: '04', name: 'Masonry' }]);
	const parent = made.body.entities[0].id;
	await codes([{ origin_id: 'c', code: '1', name: 'Brick', parent_id: parent }]);
	const header = await caller.patch(`/rest/v1.0/projects/${project}/direct_costs/sync`, {
		updates: [{ origin_id: 'd', direct_cost_type: 'expense', vendor_id: vendor }],
	});
	const cost = async (costCode: number) => {
		const line = {
			direct_cost_id: header.body.entities[0].id,
			cost_code_id: costCode,
			line_item_type_id: materials,
			amount: 1,
		};
		const path = `/rest/v1.0/projects/${project}/direct_costs/line_items/sync`;
		return fieldsOf(await caller.patch(path, { updates: [line] }));
	};
	expect(await cost(parent)).toEqual(['cost_code']);
	const { concrete } = await ids(caller);
	expect(await cost(concrete)).toEqual([]);
	caller.standIn.switches.rootCodesSelectable = false;
	expect(await cost(concrete)).toEqual(['cost_code']);
	caller.standIn.switches.rootCodesSelectable = true;
	const base = `/rest/v1.0/projects/${project}/work_breakdown_structure/segments`;
	const [segment] = (await caller.get(base)).body;
	const change = { ids: [concrete], attributes: { status: 'inactive' } };
	const answer = await caller.patch(`${base}/${segment.id}/segment_items/update_all`, change);
	expect(answer.status).toBe(204);
	expect(await cost(concrete)).toEqual(['cost_code']);
});

test('a standard code list is copied into a project once', async () => {
	const lists = await caller.get(`/rest/v1.0/standard_cost_code_lists?company_id=${company}`);
	const body = { project_id: project, standard_cost_code_list_id: lists.body[0].id };
	const first = await caller.post('/rest/v1.0/cost_codes/copy_from_standard_list', body);
	expect(first.status).toBe(201);
	expect(first.body.map((one: { full_code: string }) => one.full_code)).toContain('03-300');
	const second = await caller.post('/rest/v1.0/cost_codes/copy_from_standard_list', body);
	expect(second.body).toEqual([]);
	const path = `/rest/v1.0/standard_cost_codes?company_id=${company}&standard_cost_code_list_id=${lists.body[0].id}`;
	const plain = await caller.get(path);
	expect(Object.keys(plain.body[0])).toEqual(['id', 'standard_cost_code_list_id']);
	const extended = await caller.get(`${path}&view=extended`);
	const child = extended.body.find((one: { code: string }) => one.code === '300');
	const subset = await caller.post('/rest/v1.0/cost_codes/copy_subset_from_standard_list', {
		...body,
		standard_cost_code_ids: [child.id],
	});
	expect(subset.status).toBe(207);
	expect(subset.body.failures).toHaveLength(1);
});

test('a requisition claims against the lines of its commitment, in text, one at a time', async () => {
	const [contract] = (await caller.get(`/rest/v1.0/work_order_contracts?project_id=${project}`))
		.body;
	expect(contract.grand_total).toBe('120500.0');
	const lines = await caller.get(
		`/rest/v1.0/work_order_contracts/${contract.id}/line_items?project_id=${project}`,
	);
	const body = (work: unknown) => ({
		project_id: project,
		commitment_id: contract.id,
		requisition: {
			origin_id: `r${String(work)}`,
			items: [
				{
					line_item_id: lines.body[0].id,
					item_type: 'contract_item',
					work_completed_this_period: work,
				},
			],
		},
	});
	expect((await caller.post('/rest/v1.1/requisitions', body(100))).status).toBe(422);
	const made = await caller.post('/rest/v1.1/requisitions', body('100.25'));
	expect(made.body).toMatchObject({ number: 1, status: 'draft', total_claimed_amount: '100.25' });
	expect((await caller.post('/rest/v1.1/requisitions', body('100.25'))).status).toBe(422);
	const next = await caller.post('/rest/v1.1/requisitions', body('7.00'));
	expect(next.body.number).toBe(2);
	const change = { project_id: project, commitment_id: contract.id, requisition: { final: true } };
	expect((await caller.patch(`/rest/v1.1/requisitions/${made.body.id}`, change)).status).toBe(422);
	expect((await caller.patch(`/rest/v1.1/requisitions/${next.body.id}`, change)).body.final).toBe(
		true,
	);
});
