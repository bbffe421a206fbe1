import { type Caller, ids, start } from './client';

let caller: Caller;
beforeEach(async () => {
	caller = await start();
});
afterEach(async () => await caller.standIn.close());

test('a user may enter vendors, codes and direct costs without origin id, change and delete them', async () => {
	const { project } = await ids(caller);
	const vendor = (await caller.admin('POST', '/admin/vendors', { name: 'By <hand>' })).body;
	expect(vendor.origin_id).toBeNull();
	const code = { project: '100', code: '6100', name: 'Entered' };
	expect((await caller.admin('POST', '/admin/cost-codes', code)).status).toBe(200);
	const cost = await caller.admin('POST', '/admin/direct-costs', {
		project: '100',
		direct_cost_type: 'invoice',
		invoice_number: 'HAND-1',
		vendor_id: vendor.id,
		status: 'approved',
		lines: [
			{ cost_code: '6100', cost_type: 'M', amount: 1234.5, description: 'Bricks & <mortar>' },
			{ cost_code: '5110', cost_type: 'L', amount: 0.5 },
		],
	});
	expect(cost.body).toMatchObject({ grand_total: '1235.0', line_items_count: 2, origin_id: null });
	const shown = (await caller.admin('GET', '/admin/state/100')).body;
	const line = shown.directCosts[0].line_items[0];
	expect(line.wbs_code.flat_code).toBe('6100.M');
	await caller.admin('PATCH', `/admin/lines/${line.id}`, { amount: 1000 });
	await caller.admin('PATCH', `/admin/direct-costs/${cost.body.id}`, { description: 'Corrected' });
	const list = await caller.get(`/rest/v1.1/projects/${project}/direct_costs`);
	expect(list.body[0]).toMatchObject({ grand_total: '1000.5', description: 'Corrected' });
	await caller.admin('DELETE', `/admin/direct-costs/${cost.body.id}`);
	expect((await caller.get(`/rest/v1.1/projects/${project}/direct_costs`)).body).toEqual([]);
});

test('the page shows projects, and one project with its costs, escaped', async () => {
	const vendor = (await caller.admin('POST', '/admin/vendors', { name: 'By <hand>' })).body;
	await caller.admin('POST', '/admin/direct-costs', {
		project: '700',
		direct_cost_type: 'invoice',
		invoice_number: '<script>1</script>',
		vendor_id: vendor.id,
		lines: [],
	});
	const home = await caller.admin('GET', '/');
	expect(home.headers.get('content-type')).toContain('text/html');
	expect(home.body).toContain('Müller &amp; Sons Brewery');
	const project = (await caller.admin('GET', '/?project=700')).body;
	expect(project).toContain('By &lt;hand&gt;');
	expect(project).toContain('&lt;script&gt;1');
	expect(project).not.toContain('<script>');
});

test('switches are changed while running, and only those that exist', async () => {
	const answer = await caller.admin('PATCH', '/admin/switches', { toolDisabledProjects: ['300'] });
	expect(answer.body.toolDisabledProjects).toEqual(['300']);
	expect(caller.standIn.switches.toolDisabledProjects).toEqual(['300']);
	const wrong = await caller.admin('PATCH', '/admin/switches', { toolDisabled: 1 });
	expect(wrong.status).toBe(400);
	expect(wrong.body.error).toContain('toolDisabled');
});

test('a project can be opened for the job that has none', async () => {
	await caller.admin('POST', '/admin/projects', {
		name: 'Airport Terminal',
		project_number: '800',
	});
	const list = await caller.get(
		`/rest/v1.1/projects?company_id=${caller.standIn.companyId}&filters[project_number]=800`,
	);
	expect(list.body[0].name).toBe('Airport Terminal');
});

test('reset brings the seed back and keeps the caller logged in', async () => {
	const before = caller.standIn.state.vendors.all().length;
	await caller.admin('POST', '/admin/vendors', { name: 'Gone soon' });
	await caller.admin('POST', '/admin/reset', {});
	expect(caller.standIn.state.vendors.all()).toHaveLength(before);
	expect(caller.standIn.counters().requests).toBe(0);
	expect((await caller.get('/rest/v1.0/me')).status).toBe(200);
});

test('records kept earlier are put back as they were, and the caller stays logged in', async () => {
	const vendors = () => caller.standIn.state.vendors.all();
	const before = structuredClone(vendors());
	const kept = (await caller.admin('GET', '/admin/records')).body;
	await caller.admin('PATCH', `/admin/vendors/${before[0].id}`, { name: 'Renamed' });
	await caller.admin('POST', '/admin/vendors', { name: 'Gone soon' });
	await caller.admin('POST', '/admin/records', kept);
	expect(vendors()).toEqual(before);
	expect((await caller.get('/rest/v1.0/me')).status).toBe(200);
});

test('a form posted by a web page elsewhere changes nothing', async () => {
	const answer = await fetch(`${caller.standIn.adminUrl}/admin/reset`, {
		method: 'POST',
		body: new URLSearchParams({ a: '1' }),
	});
	expect(answer.status).toBe(415);
});
