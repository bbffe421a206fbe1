import { type Caller, ids, start } from './client';

let caller: Caller;
let time = Date.parse('2026-11-01T08:00:00.250Z');

beforeEach(async () => {
	caller = await start({ now: () => time });
});
afterEach(async () => await caller.standIn.close());

test('the gates stand in their order: token, company header, connection, project', async () => {
	const { project } = await ids(caller);
	const path = `/rest/v1.1/projects/${project}/direct_costs`;
	const { switches } = caller.standIn;
	switches.appConnected = false;
	switches.toolDisabledProjects = ['100'];
	const noToken = { Authorization: 'Bearer nobody', 'Procore-Company-Id': '' };
	expect((await caller.get(path, noToken)).status).toBe(401);
	expect(await caller.get(path, { 'Procore-Company-Id': '' })).toMatchObject({
		status: 404,
		body: { message: 'Item not found' },
	});
	expect((await caller.get(path)).body).toEqual({
		errors: ['App is not connected to this company.'],
	});
	switches.appConnected = true;
	expect(await caller.get(path)).toMatchObject({
		status: 403,
		body: { errors: ['You do not have sufficient access to complete that action'] },
	});
	switches.toolDisabledProjects = [];
	expect((await caller.get(path)).status).toBe(200);
});

test('a missing company header can be answered in the other ways that were seen', async () => {
	const none = { 'Procore-Company-Id': '' };
	caller.standIn.switches.missingHeader = '400';
	expect(await caller.get('/rest/v1.0/me', none)).toMatchObject({
		status: 400,
		body: { errors: 'Missing Procore-Company-Id header!' },
	});
	caller.standIn.switches.missingHeader = 'allow';
	expect((await caller.get('/rest/v1.0/me', none)).status).toBe(200);
	expect((await caller.get('/rest/v1.0/me', { 'Procore-Company-Id': '5' })).status).toBe(404);
});

test('a project that is not permitted is hidden in the list and refused by itself', async () => {
	const { project, company } = await ids(caller);
	caller.standIn.switches.permittedProjects = ['200', '300'];
	const list = await caller.get(`/rest/v1.1/projects?company_id=${company}`);
	expect(list.body.map((one: { project_number: string }) => one.project_number)).toEqual([
		'200',
		'300',
	]);
	expect((await caller.get(`/rest/v1.0/cost_codes?project_id=${project}`)).status).toBe(403);
});

test('the tool list tells whether direct costs are switched on', async () => {
	const { project } = await ids(caller);
	const active = async () => {
		const tools = await caller.get(`/rest/v1.0/projects/${project}/tools`);
		return tools.body.find((one: { engine_name: string }) => one.engine_name === 'direct_costs')
			.is_active;
	};
	expect(await active()).toBe(true);
	caller.standIn.switches.toolDisabledProjects = [project];
	expect(await active()).toBe(false);
});

test('the ten-second window lets 25 calls pass and tells when it opens again', async () => {
	caller.standIn.switches.spikeLimit = { limit: 25, seconds: 10 };
	caller.standIn.switches.hourlyLimit = { limit: 3600, seconds: 3600 };
	const remaining: number[] = [];
	for (let n = 0; n < 25; n++) {
		const answer = await caller.get('/rest/v1.0/me');
		expect(answer.status).toBe(200);
		remaining.push(Number(answer.headers.get('x-rate-limit-remaining')));
	}
	expect(remaining[0]).toBe(24);
	expect(remaining[24]).toBe(0);
	const refused = await caller.get('/rest/v1.0/me');
	expect(refused.status).toBe(429);
	expect(refused.headers.get('retry-after')).toBeNull();
	expect(refused.headers.get('x-rate-limit-limit')).toBe('25');
	const reset = Number(refused.headers.get('x-rate-limit-reset')) * 1000;
	expect(reset).toBeGreaterThanOrEqual(time + 10_000);
	caller.standIn.switches.retryAfterOn429 = true;
	expect((await caller.get('/rest/v1.0/me')).headers.get('retry-after')).toBe('11');
	time = reset;
	expect((await caller.get('/rest/v1.0/me')).status).toBe(200);
});

test('the hourly window counts at the same time and failed calls count too', async () => {
	caller.standIn.switches.spikeLimit = { limit: 3, seconds: 10 };
	caller.standIn.switches.hourlyLimit = { limit: 4, seconds: 3600 };
	for (let n = 0; n < 3; n++) await caller.get('/rest/v1.0/cost_codes/1?project_id=1');
	time += 10_000;
	const fourth = await caller.get('/rest/v1.0/me');
	expect(fourth.headers.get('x-rate-limit-limit')).toBe('4');
	const fifth = await caller.get('/rest/v1.0/me');
	expect(fifth.status).toBe(429);
	expect(Number(fifth.headers.get('x-rate-limit-reset')) * 1000).toBeGreaterThan(time + 3_500_000);
});

test('each answer carries a request id, errors included', async () => {
	const good = await caller.get('/rest/v1.0/me');
	const bad = await caller.get('/rest/v1.0/me', { Authorization: 'Bearer x' });
	expect(good.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
	expect(bad.headers.get('x-request-id')).not.toBe(good.headers.get('x-request-id'));
});

test('lists come in pages with totals and links, within the cap of each list', async () => {
	const company = caller.standIn.companyId;
	const first = await caller.get(`/rest/v1.1/projects?company_id=${company}&per_page=3`);
	expect(first.body).toHaveLength(3);
	expect(first.headers.get('total')).toBe('7');
	expect(first.headers.get('per-page')).toBe('3');
	const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link')!)![1];
	expect(next).toContain(caller.standIn.url);
	const second = await caller.get(next.slice(caller.standIn.url.length));
	const last = await caller.get(`/rest/v1.1/projects?company_id=${company}&per_page=3&page=3`);
	expect(second.body).toHaveLength(3);
	expect(last.body).toHaveLength(1);
	expect(last.headers.get('link')).not.toContain('rel="next"');
	const capped = await caller.get(`/rest/v1.0/tax_codes?company_id=${company}&per_page=5000`);
	expect(capped.headers.get('per-page')).toBe('100');
});

test('the seven health signals come from the log, injected faults left out', async () => {
	const { company } = await ids(caller);
	expect(Object.values(caller.standIn.health())).toEqual([0, 0, 0, 0, 0, 0, 0]);
	caller.standIn.faults.add({ path: 'me$', times: 1, action: { kind: 'status', status: 403 } });
	await caller.get('/rest/v1.0/me');
	expect(Object.values(caller.standIn.health())).toEqual([0, 0, 0, 0, 0, 0, 0]);
	await caller.get('/rest/v1.0/me', { Authorization: 'Bearer x' });
	await caller.get('/rest/v1.0/me', { 'Procore-Company-Id': '' });
	await caller.get(`/rest/v1.0/standard_cost_code_lists?company_id=${company}`);
	await caller.get('/vapid/vendors');
	caller.standIn.switches.appConnected = false;
	await caller.get('/rest/v1.0/me');
	caller.standIn.switches.spikeLimit = { limit: 0, seconds: 10 };
	await caller.get('/rest/v1.0/me');
	expect((await caller.admin('GET', '/admin/health')).body).toEqual({
		unauthorized401: 1,
		forbidden403: 1,
		notFound404: 2,
		rateLimited429: 1,
		missingCompanyHeader: 1,
		deprecatedEndpoints: 1,
		privateEndpoints: 1,
	});
});
