import { type Caller, ids, start } from './client';

let caller: Caller;
beforeEach(async () => {
	caller = await start();
});
afterEach(async () => await caller.standIn.close());

const fault = (rule: object) => caller.admin('POST', '/admin/faults', rule);
const me = () => caller.get('/rest/v1.0/me');
const vendorSync = (updates: unknown[]) =>
	caller.patch('/rest/v1.0/vendors/sync', { company_id: caller.standIn.companyId, updates });
const countVendors = () => caller.standIn.state.vendors.all().length;

test('the next matching requests get a status and a body of any shape, then all is well', async () => {
	await fault({
		path: '/me$',
		times: 2,
		action: { kind: 'status', status: 503, headers: { 'Retry-After': '3' } },
	});
	expect((await me()).headers.get('retry-after')).toBe('3');
	expect((await me()).status).toBe(503);
	expect((await me()).status).toBe(200);
	await fault({
		path: '/me$',
		times: 1,
		action: { kind: 'status', status: 502, body: '<h1>Bad</h1>' },
	});
	const page = await me();
	expect(page.headers.get('content-type')).toContain('text/html');
	expect(page.body).toBe('<h1>Bad</h1>');
});

test('a fault may wait for some requests to pass and hit one method only', async () => {
	await fault({
		method: 'GET',
		path: '/me$',
		skip: 1,
		times: 1,
		action: { kind: 'status', status: 500 },
	});
	expect([(await me()).status, (await me()).status, (await me()).status]).toEqual([200, 500, 200]);
});

test('a lost answer has been carried out, a dropped request has not', async () => {
	const before = countVendors();
	await fault({ path: 'vendors/sync', times: 1, action: { kind: 'drop' } });
	await expect(vendorSync([{ origin_id: 'a', name: 'A' }])).rejects.toThrow();
	expect(countVendors()).toBe(before);
	await caller.admin('DELETE', '/admin/faults');
	await fault({ path: 'vendors/sync', times: 1, action: { kind: 'loseResponse' } });
	await expect(vendorSync([{ origin_id: 'a', name: 'A' }])).rejects.toThrow();
	expect(countVendors()).toBe(before + 1);
	await vendorSync([{ origin_id: 'a', name: 'A' }]);
	expect(countVendors()).toBe(before + 1);
});

test('a hanging request is never answered', async () => {
	await fault({ path: '/me$', times: 1, action: { kind: 'hang' } });
	const call = fetch(`${caller.standIn.url}/rest/v1.0/me`, { signal: AbortSignal.timeout(80) });
	await expect(call).rejects.toThrow(/timeout/i);
	expect((await me()).status).toBe(200);
});

test('half an answer breaks off', async () => {
	await fault({ path: '/me$', times: 1, action: { kind: 'truncate' } });
	await expect(me()).rejects.toThrow();
});

test('a poison row spoils each batch it is in', async () => {
	await fault({
		path: 'vendors/sync',
		bodyIncludes: '"poison"',
		action: { kind: 'status', status: 500 },
	});
	const good = { origin_id: 'good', name: 'Good' };
	expect((await vendorSync([good, { origin_id: 'poison', name: 'Bad' }])).status).toBe(500);
	expect((await vendorSync([good])).status).toBe(200);
	expect((await vendorSync([{ origin_id: 'poison', name: 'Bad' }])).status).toBe(500);
});

test('large batches run into the timeout the switch names', async () => {
	caller.standIn.switches.slowBatch = { moreRowsThan: 2, status: 408 };
	const rows = (count: number) =>
		Array.from({ length: count }, (_, index) => ({ origin_id: `v${index}`, name: `V ${index}` }));
	expect((await vendorSync(rows(3))).status).toBe(408);
	expect((await vendorSync(rows(2))).status).toBe(200);
});

test('sync answers may come in another order', async () => {
	caller.standIn.switches.entityOrder = 'reversed';
	const answer = await vendorSync([
		{ origin_id: 'a', name: 'A' },
		{ origin_id: 'b', name: 'B' },
	]);
	expect(answer.body.entities.map((one: { name: string }) => one.name)).toEqual(['B', 'A']);
});

test('a body that is no JSON and a path that is no route get plain answers', async () => {
	expect((await caller.post('/rest/v1.0/vendors', '{"company_id":')).status).toBe(400);
	expect((await caller.get('/rest/v9/vendors')).status).toBe(404);
});

test('log and counters tell what was asked, without tokens', async () => {
	const { project } = await ids(caller);
	await caller.admin('POST', '/admin/clear-traffic', {});
	await vendorSync([{ origin_id: 'a', name: 'A' }]);
	await caller.get(`/rest/v1.1/projects/${project}/direct_costs`);
	const log = (await caller.admin('GET', '/admin/log')).body;
	expect(log[0]).toMatchObject({
		method: 'PATCH',
		path: '/rest/v1.0/vendors/sync',
		status: 200,
		rows: 1,
	});
	expect(JSON.stringify(log)).not.toContain(caller.token);
	expect((await caller.admin('GET', '/admin/counters')).body).toMatchObject({
		requests: 2,
		reads: 1,
		writes: 1,
		rows: 1,
		tokens: 0,
		byStatus: { 200: 2 },
		byRoute: {
			'PATCH /rest/v1.0/vendors/sync': 1,
			'GET /rest/v1.1/projects/{id}/direct_costs': 1,
		},
	});
	const later = await caller.admin('GET', `/admin/log?since=${log[0].number}`);
	expect(later.body).toHaveLength(1);
});
