import { byId, useBench } from './support';

const bench = useBench();

test('a project is read by its id, and found by number, name and status', async () => {
	const id = bench.project('200');
	expect(
		await bench.items({ resource: 'project', operation: 'get', project: byId(id) }),
	).toMatchObject([{ project_number: '200', active: true }]);
	const numbers = async (filters: object) =>
		(
			await bench.items({
				resource: 'project',
				operation: 'getAll',
				returnAll: true,
				filters: filters as never,
			})
		).map(({ project_number }) => project_number);
	expect(await numbers({ projectNumber: '300' })).toEqual(['300']);
	expect(await numbers({ name: 'Lakeside Elementary School' })).toEqual(['200']);
	expect(await numbers({ status: 'Inactive' })).toEqual([]);
	expect(await numbers({ updatedSince: '2999-01-01' })).toEqual([]);
});

test('a project nobody may see says where to look', async () => {
	bench.mayBeRefused();
	const { error } = await bench.run({ resource: 'project', operation: 'get', project: byId(7) });
	expect(error?.httpCode).toBe('404');
	expect(error?.message).toContain('project 7');
	expect(error?.description).toBeTruthy();
});

test('closed billing periods are left out when asked', async () => {
	const many = async (filters = {}) =>
		await bench.items({
			resource: 'billingPeriod',
			operation: 'getAll',
			project: byId(bench.project()),
			returnAll: true,
			filters,
		});
	expect((await many({ status: 'open' })).every(({ status }) => status === 'open')).toBe(true);
	expect(await many({ status: 'closed' })).toEqual(
		(await many()).filter(({ status }) => status === 'closed'),
	);
});

const send = (more: object) => ({ resource: 'apiRequest', operation: 'send', ...more });

test('API Request reads any route with its query, amounts exact', async () => {
	const rows = await bench.items(
		send({
			path: '/rest/v1.0/vendors',
			query: {
				parameter: [
					{ name: 'company_id', value: bench.procore.companyId },
					{ name: 'filters[search]', value: 'drywall' },
				],
			},
		}),
	);
	expect(rows).toHaveLength(1);
});

test('API Request follows the pages of a list, of version 2 as well', async () => {
	const list = async (path: string, more = {}) => {
		bench.procore.clearTraffic();
		return await bench.items(send({ path, paginate: true, returnAll: true, ...more }));
	};
	const company = bench.procore.companyId;
	const query = { parameter: [{ name: 'company_id', value: company }] };
	expect(await list('/rest/v1.0/projects', { query })).toHaveLength(7);
	const two = await list('/rest/v1.0/projects', { query, returnAll: false, limit: 2 });
	expect(two).toHaveLength(2);
	const commitments = `/rest/v2.0/companies/${company}/projects/${bench.project()}/commitment_contracts`;
	expect((await list(commitments)).length).toBeGreaterThan(0);
});

test('API Request writes with a JSON body', async () => {
	const [made] = await bench.items(
		send({
			method: 'POST',
			path: '/rest/v1.0/vendors',
			body: JSON.stringify({ company_id: bench.procore.companyId, vendor: { name: 'By hand' } }),
		}),
	);
	expect(made).toMatchObject({ name: 'By hand' });
});

test('a write whose answer was lost is not sent again', async () => {
	bench.procore.faults.add({
		method: 'POST',
		path: '/vendors$',
		times: 1,
		action: { kind: 'loseResponse' },
	});
	const { error } = await bench.run(
		send({
			method: 'POST',
			path: '/rest/v1.0/vendors',
			body: JSON.stringify({ company_id: bench.procore.companyId, vendor: { name: 'Once' } }),
		}),
	);
	expect(error).toBeDefined();
	expect(bench.calls()).toHaveLength(1);
});

test.each([
	'https://example.com/rest/v1.0/me',
	'//example.com/rest/v1.0/me',
	'/oauth/token',
	'rest/v1.0/me',
	'/rest/../oauth/token',
	'/rest/%2e%2e/oauth/token',
	'/rest/v1.0/../../oauth/token',
	'/rest/v1.0/..\\..\\oauth/token',
	'/rest//example.com/v1.0/me',
	'/rest/v1.0/me?company_id=1',
	'/rest/v1.0/me#here',
	'/rest/v1.0/me\n@example.com',
	'@example.com/rest/v1.0/me',
	'.example.com/rest/v1.0/me',
	'',
])('API Request never calls %j', async (path) => {
	const { error } = await bench.run(send({ path })).catch((caught: Error) => ({ error: caught }));
	expect(error).toBeDefined();
	expect(bench.procore.log()).toEqual([]);
});
