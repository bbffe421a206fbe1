import { type Caller, ids, start } from './client';

let caller: Caller;
let known: Awaited<ReturnType<typeof ids>>;

beforeEach(async () => {
	caller = await start();
	known = await ids(caller);
});
afterEach(async () => await caller.standIn.close());

const headers = (updates: unknown[]) =>
	caller.patch(`/rest/v1.0/projects/${known.project}/direct_costs/sync`, { updates });
const lines = (updates: unknown[]) =>
	caller.patch(`/rest/v1.0/projects/${known.project}/direct_costs/line_items/sync`, { updates });
const invoice = (extra: object = {}) => ({
	origin_id: 'GP:TWO:PM:1:0412:P:100',
	direct_cost_type: 'invoice',
	invoice_number: 'INV-88',
	vendor_id: known.vendor,
	status: 'approved',
	direct_cost_date: '2026-09-30',
	...extra,
});

test('a header and its lines become a direct cost with an exact total', async () => {
	const header = (await headers([invoice()])).body.entities[0];
	expect(header).toMatchObject({ grand_total: '0.0', line_items_count: 0, status: 'approved' });
	const common = { direct_cost_id: header.id, cost_code_id: known.concrete };
	const answer = await lines([
		{ ...common, line_item_type_id: known.materials, origin_id: 'a', amount: 1000.1 },
		{ ...common, line_item_type_id: known.materials, origin_id: 'b', amount: -0.2 },
	]);
	expect(answer.body.errors).toEqual([]);
	expect(answer.body.entities[0]).toMatchObject({
		amount: '1000.1',
		holder: { id: header.id, holder_type: 'DirectCost::Item' },
		wbs_code: { flat_code: '5110.M' },
	});
	const list = await caller.get(`/rest/v1.1/projects/${known.project}/direct_costs`);
	expect(list.body[0]).toMatchObject({
		amount: '999.9',
		grand_total: '999.9',
		line_items_count: 2,
	});
});

test('the same sync twice changes no count', async () => {
	const first = (await headers([invoice()])).body.entities[0];
	const second = (await headers([invoice({ status: 'draft' })])).body.entities[0];
	expect(second.id).toBe(first.id);
	expect(second.status).toBe('draft');
	const list = await caller.get(`/rest/v1.1/projects/${known.project}/direct_costs`);
	expect(list.headers.get('total')).toBe('1');
});

test('rows fail one by one and the others are saved', async () => {
	const answer = await headers([
		invoice({ origin_id: '1', vendor_id: undefined }),
		invoice({ origin_id: '2', invoice_number: undefined }),
		invoice({ origin_id: '3', direct_cost_type: 'bill' }),
		invoice({ origin_id: '4', status: 'paid' }),
		invoice({ origin_id: '5', id: 1 }),
		invoice({ origin_id: '6', direct_cost_type: undefined }),
		invoice({ origin_id: '7' }),
		invoice({ origin_id: '8' }),
		invoice({ origin_id: '9', invoice_number: 'INV-89' }),
	]);
	expect(answer.status).toBe(200);
	expect(answer.body.entities.map((one: { origin_id: string }) => one.origin_id)).toEqual([
		'7',
		'9',
	]);
	const errors = answer.body.errors.map((one: { errors: object }) => one.errors);
	expect(errors).toEqual([
		{ vendor: ["can't be blank"] },
		{ invoice_number: ["can't be blank"] },
		{ direct_cost_type: ['is not included in the list'] },
		{ status: ['is not included in the list'] },
		{ id: ['Entity with this ID not found'] },
		{ direct_cost_type: ["can't be blank"] },
		{ invoice_number: ['has already been taken'] },
	]);
	expect(answer.body.errors[0].invoice_number).toBe('INV-88');
});

test('an id wins over the origin id and takes it over', async () => {
	const made = (await headers([invoice({ origin_id: undefined })])).body.entities[0];
	const adopted = (await headers([{ id: made.id, origin_id: 'mine' }])).body.entities[0];
	expect(adopted).toMatchObject({ id: made.id, origin_id: 'mine', invoice_number: 'INV-88' });
});

test('an origin id belongs to one project of the company', async () => {
	await headers([invoice()]);
	const other = await ids(caller, '200');
	const answer = await caller.patch(`/rest/v1.0/projects/${other.project}/direct_costs/sync`, {
		updates: [invoice()],
	});
	expect(answer.body.errors[0].errors).toEqual({ origin_id: ['has already been taken'] });
	expect(answer.body.entities).toEqual([]);
});

test('the type of a direct cost cannot be changed', async () => {
	await headers([invoice()]);
	const answer = await headers([invoice({ direct_cost_type: 'expense' })]);
	expect(answer.body.errors[0].errors).toEqual({ direct_cost_type: ["can't be changed"] });
});

test('a badly written date is stored as null without an error', async () => {
	const answer = await headers([
		invoice({
			direct_cost_date: '09/30/2026',
			received_date: '2026-02-30',
			payment_date: '2026-10-01',
		}),
	]);
	expect(answer.body.errors).toEqual([]);
	expect(answer.body.entities[0]).toMatchObject({
		direct_cost_date: null,
		received_date: null,
		payment_date: '2026-10-01',
	});
});

test('more than 1,000 rows are refused', async () => {
	const rows = Array.from({ length: 1001 }, (_, index) => invoice({ origin_id: `row ${index}` }));
	expect((await headers(rows)).status).toBe(413);
	caller.standIn.switches.tooManyRowsStatus = 400;
	expect((await headers(rows)).status).toBe(400);
});

test('a draft stays out of the budget and a WBS code appears with its first line', async () => {
	const header = (await headers([invoice({ status: 'draft' })])).body.entities[0];
	const codes = `/rest/v1.0/projects/${known.project}/work_breakdown_structure/wbs_codes`;
	expect((await caller.get(codes)).body).toEqual([]);
	await lines([
		{
			direct_cost_id: header.id,
			cost_code_id: known.concrete,
			line_item_type_id: known.materials,
			amount: 50,
			origin_id: 'l',
		},
	]);
	expect((await caller.get(codes)).body[0].flat_code).toBe('5110.M');
	const draft = (await caller.admin('GET', '/admin/state/100')).body;
	expect(draft).toMatchObject({ total: '50.0', budgetTotal: '0.0' });
	expect(draft.budget[0]).toMatchObject({ flat_code: '5110.M', direct_costs: '0.0' });
	await headers([{ id: header.id, status: 'approved' }]);
	const approved = (await caller.admin('GET', '/admin/state/100')).body;
	expect(approved).toMatchObject({ total: '50.0', budgetTotal: '50.0' });
});

test('a line needs a header of this project, a code that can carry costs and a known unit', async () => {
	const header = (await headers([invoice()])).body.entities[0];
	const other = await ids(caller, '200');
	const good = {
		direct_cost_id: header.id,
		cost_code_id: known.concrete,
		line_item_type_id: known.materials,
		amount: 1,
	};
	const answer = await lines([
		{ ...good, direct_cost_id: undefined },
		{ ...good, direct_cost_id: 5 },
		{ ...good, cost_code_id: other.concrete },
		{ ...good, cost_code_id: undefined },
		{ ...good, line_item_type_id: undefined },
		{ ...good, uom: 'bushel' },
		{ ...good, amount: 'much' },
		{ ...good, wbs_code_id: 7 },
	]);
	expect(answer.body.entities).toEqual([]);
	expect(answer.body.errors.map((one: { errors: object }) => Object.keys(one.errors))).toEqual([
		['direct_cost_id'],
		['direct_cost_id'],
		['cost_code'],
		['cost_code'],
		['line_item_type'],
		['uom'],
		['amount'],
		['wbs_code_id'],
	]);
});

test('deleting a direct cost takes its lines along and frees its number and origin id', async () => {
	const header = (await headers([invoice()])).body.entities[0];
	await lines([
		{
			direct_cost_id: header.id,
			cost_code_id: known.concrete,
			line_item_type_id: known.materials,
			amount: 5,
			origin_id: 'l',
		},
	]);
	const path = `/rest/v1.1/projects/${known.project}/direct_costs`;
	expect((await caller.delete(`${path}/${header.id}`)).body).toEqual({ id: header.id });
	expect((await caller.get(path)).body).toEqual([]);
	expect((await caller.get(`${path}/${header.id}`)).status).toBe(404);
	const all = `/rest/v1.0/projects/${known.project}/direct_costs/line_items`;
	expect((await caller.get(all)).body).toEqual([]);
	caller.standIn.switches.syncOnSoftDeleted = 'error';
	expect(Object.keys((await headers([invoice()])).body.errors[0].errors)).toEqual(['origin_id']);
	caller.standIn.switches.syncOnSoftDeleted = 'create';
	expect((await headers([invoice()])).body.entities[0].id).not.toBe(header.id);
});

test('two writes to one direct cost at the same time: the second is a conflict', async () => {
	const header = (await headers([invoice()])).body.entities[0];
	caller.standIn.switches.directCostLockMs = 60;
	const line = {
		direct_cost_id: header.id,
		cost_code_id: known.concrete,
		line_item_type_id: known.materials,
		amount: 5,
	};
	const answers = await Promise.all([
		lines([{ ...line, origin_id: 'x' }]),
		headers([{ id: header.id, status: 'draft' }]),
		headers([invoice({ origin_id: 'another', invoice_number: 'INV-90' })]),
	]);
	expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 409]);
	expect((await lines([{ ...line, origin_id: 'x' }])).status).toBe(200);
});

test('lines can be removed singly and the total follows', async () => {
	const header = (await headers([invoice()])).body.entities[0];
	const common = {
		direct_cost_id: header.id,
		cost_code_id: known.concrete,
		line_item_type_id: known.materials,
	};
	const made = await lines([
		{ ...common, origin_id: 'a', amount: 10 },
		{
			...common,
			origin_id: 'b',
			quantity: 3,
			unit_cost: 1.25,
			extended_type: 'calculated',
			uom: 'ea',
		},
	]);
	const path = `/rest/v1.0/projects/${known.project}/direct_costs/${header.id}/line_items`;
	await caller.delete(`${path}/${made.body.entities[0].id}`);
	expect((await caller.get(path)).body.map((one: { amount: string }) => one.amount)).toEqual([
		'3.75',
	]);
	const shown = await caller.get(`/rest/v1.1/projects/${known.project}/direct_costs/${header.id}`);
	expect(shown.body).toMatchObject({ grand_total: '3.75', line_items_count: 1 });
});

test('a direct cost with lines is made and changed in one call, or not at all', async () => {
	const wbs = await caller.post(
		`/rest/v1.0/projects/${known.project}/work_breakdown_structure/wbs_codes`,
		await segmentItems(),
	);
	expect(wbs.status).toBe(201);
	const path = `/rest/v1.1/projects/${known.project}/direct_costs`;
	const line = { wbs_code_id: wbs.body.id, manual_amount: 12.5, ref: 'first' };
	const made = await caller.post(path, { direct_cost: invoice({ line_items: [line] }) });
	expect(made.status).toBe(201);
	expect(made.body).toMatchObject({ grand_total: '12.5', line_items: [{ ref: 'first' }] });
	const broken = invoice({
		origin_id: 'other',
		invoice_number: 'INV-2',
		line_items: [line, { manual_amount: 1 }],
	});
	expect((await caller.post(path, { direct_cost: broken })).status).toBe(422);
	const change = {
		terms: 'Net 30',
		line_items: [{ id: made.body.line_items[0].id, manual_amount: 'x' }],
	};
	expect((await caller.patch(`${path}/${made.body.id}`, { direct_cost: change })).status).toBe(422);
	const list = await caller.get(path);
	expect(list.body).toHaveLength(1);
	expect(list.body[0]).toMatchObject({ grand_total: '12.5', terms: null });
});

async function segmentItems() {
	const base = `/rest/v1.0/projects/${known.project}/work_breakdown_structure/segments`;
	const [code, type] = (await caller.get(base)).body;
	return {
		segment_items: [
			{ segment_id: code.id, segment_item_id: known.concrete },
			{ segment_id: type.id, segment_item_id: known.materials },
		],
	};
}

test('records with an origin id can be locked', async () => {
	const header = (await headers([invoice()])).body.entities[0];
	caller.standIn.switches.lockOnOriginId = true;
	expect(Object.keys((await headers([invoice()])).body.errors[0].errors)).toEqual(['base']);
	const path = `/rest/v1.1/projects/${known.project}/direct_costs/${header.id}`;
	expect((await caller.patch(path, { direct_cost: { terms: 'x' } })).status).toBe(422);
});

test('a filter takes its text as it is, commas and brackets included', async () => {
	await headers([invoice({ invoice_number: 'A,1 [x]' }), invoice({ origin_id: 'b' })]);
	const path = `/rest/v1.1/projects/${known.project}/direct_costs`;
	const number = encodeURIComponent('A,1 [x]');
	const found = await caller.get(`${path}?filters[invoice_number]=${number}`);
	expect(found.body.map((one: { invoice_number: string }) => one.invoice_number)).toEqual([
		'A,1 [x]',
	]);
	const all = (await caller.get(path)).body.map((one: { id: number }) => one.id);
	expect((await caller.get(`${path}?filters[id]=${all.join(',')}`)).body).toHaveLength(2);
	expect((await caller.get(`${path}?filters[id][]=${all[0]}`)).body).toHaveLength(1);
});

test('changes are found by the time of their last update', async () => {
	await headers([invoice()]);
	const path = `/rest/v1.1/projects/${known.project}/direct_costs`;
	const count = async (range: string) =>
		(await caller.get(`${path}?filters[updated_at]=${range}`)).body.length;
	const day = new Date().toISOString().slice(0, 10);
	expect(await count(`${day}...${day}`)).toBe(1);
	expect(await count('"2020-01-01T00:00:00Z...2020-12-31T00:00:00Z"')).toBe(0);
	expect(await count('2020-01-01T00:00:00Z...2099-12-31T00:00:00Z')).toBe(1);
});
