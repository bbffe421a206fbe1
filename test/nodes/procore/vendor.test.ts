import { byId, useBench } from './support';

const bench = useBench();
const create = async (name: string, additionalFields = {}) =>
	(
		await bench.items({
			resource: 'vendor',
			operation: 'create',
			name,
			additionalFields,
		})
	)[0];
const getMany = async (filters = {}, more = {}) =>
	await bench.items({
		resource: 'vendor',
		operation: 'getAll',
		returnAll: true,
		filters,
		...more,
	});

test('a vendor is created with what was typed, codes in capitals, empty fields left out', async () => {
	const made = await create('New Vendor', {
		city: 'Fargo',
		stateCode: 'nd',
		countryCode: 'us',
		zip: '',
		originId: 'X-1',
		originCode: 'NEW01',
		emailAddress: 'office@example.com',
	});
	expect(bench.sent('POST').vendor).toEqual({
		name: 'New Vendor',
		city: 'Fargo',
		state_code: 'ND',
		country_code: 'US',
		origin_id: 'X-1',
		origin_code: 'NEW01',
		email_address: 'office@example.com',
	});
	expect(made).toMatchObject({ name: 'New Vendor', origin_id: 'X-1', is_active: true });
});

test('a lost answer to Create makes one vendor when it has an origin id', async () => {
	bench.procore.faults.add({
		method: 'POST',
		path: '/vendors$',
		times: 1,
		action: { kind: 'loseResponse' },
	});
	expect(await create('Once', { originId: 'X-2' })).toMatchObject({ name: 'Once' });
	expect(await getMany({ originId: 'X-2' })).toHaveLength(1);
});

test('Get reads one vendor; Simplify leaves what people look for', async () => {
	const { id } = await create('New Vendor', { city: 'Fargo' });
	const get = { resource: 'vendor', operation: 'get', vendor: byId(Number(id)) };
	const [simple] = await bench.items(get);
	const [raw] = await bench.items({ ...get, simplify: false });
	expect(simple).toMatchObject({ id, name: 'New Vendor', city: 'Fargo' });
	expect(simple).not.toHaveProperty('attachments');
	expect(raw).toHaveProperty('attachments');
});

test('Update changes what was added and nothing else', async () => {
	const { id } = await create('New Vendor', { city: 'Fargo', originCode: 'NEW01' });
	const parent = await create('Holding');
	const [changed] = await bench.items({
		resource: 'vendor',
		operation: 'update',
		vendor: byId(Number(id)),
		updateFields: { city: 'Duluth', parent: byId(Number(parent.id)) },
	});
	expect(bench.sent('PATCH').vendor).toEqual({
		name: 'New Vendor',
		city: 'Duluth',
		parent_id: parent.id,
	});
	expect(changed).toMatchObject({ name: 'New Vendor', city: 'Duluth', origin_code: 'NEW01' });
});

test('Deactivate moves a vendor to the inactive companies, Reactivate brings it back', async () => {
	const { id } = await create('New Vendor', { originId: 'X-3' });
	const on = { resource: 'vendor', vendor: byId(Number(id)) };
	await bench.items({ ...on, operation: 'deactivate' });
	expect(await getMany({ originId: 'X-3' })).toEqual([]);
	expect(await getMany({ originId: 'X-3', status: 'inactive' })).toMatchObject([{ id }]);
	expect(await getMany({ search: 'new vendor', status: 'all' })).toMatchObject([{ id }]);
	await bench.items({ ...on, operation: 'reactivate' });
	expect(await getMany({ originId: 'X-3' })).toMatchObject([{ id, is_active: true }]);
});

test('Add to Project puts a vendor into a directory, and Get Many can list that directory', async () => {
	const { id } = await create('New Vendor');
	const project = byId(bench.project());
	const add = { resource: 'vendor', operation: 'addToProject', project, vendor: byId(Number(id)) };
	await bench.items(add);
	await bench.items(add);
	expect((await getMany({ project })).map((row) => row.id)).toEqual([id]);
	expect(await getMany({ project, updatedSince: '2999-01-01' })).toEqual([]);
	expect(await getMany({ project, originId: 'X-9' })).toEqual([]);
});

test('Get Many narrows down by text, origin id and time of change', async () => {
	await create('Zebra Crossing Painters', { originId: 'X-4' });
	expect(await getMany({ search: 'zebra' })).toHaveLength(1);
	expect(await getMany({ originId: 'X-4' })).toHaveLength(1);
	expect(await getMany({ updatedSince: '2999-01-01T00:00:00' })).toEqual([]);
	expect((await getMany({ updatedSince: '2020-01-01' })).length).toBeGreaterThan(1);
	expect(await getMany({}, { returnAll: false, limit: 2 })).toHaveLength(2);
});

test.each([
	['a date nobody can read', { updatedSince: '01/02/2026' }, 'Updated Since'],
	['a project that is not a number', { project: byId('harbor') }, 'not a number'],
])('Get Many refuses %s before asking', async (_what, filters, said) => {
	const { error } = await bench.run({ resource: 'vendor', operation: 'getAll', filters });
	expect(error?.message).toContain(said);
	expect(error?.description).toBeTruthy();
	expect(bench.calls()).toEqual([]);
});

test('an abbreviated name that is too long is refused with what to do', async () => {
	const { error } = await bench.run({
		resource: 'vendor',
		operation: 'create',
		name: 'Long',
		additionalFields: { abbreviatedName: 'ELEVENCHARS' },
	});
	expect(error?.description).toContain('10 characters');
	expect(bench.calls()).toEqual([]);
});

test('with Continue On Fail each item stands for itself', async () => {
	bench.mayBeRefused();
	const { id } = await create('New Vendor');
	const { json, outputs } = await bench.run(
		{
			resource: 'vendor',
			operation: 'get',
			vendor: { __rl: true, mode: 'id', value: '={{ $json.vendor }}' },
		},
		{ inputs: [[{ vendor: 999 }, { vendor: id }]], onError: 'continueRegularOutput' },
	);
	expect(json()[0]).toMatchObject({ vendor: 999, error: expect.stringContaining('vendor 999') });
	expect(json()[0].details).toBeTruthy();
	expect(json()[1]).toMatchObject({ id, name: 'New Vendor' });
	expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
});

test('a tax id stays in Procore, in the raw answer as well', async () => {
	const [vendor] = bench.procore.state.vendors.all();
	bench.procore.state.put('vendors', {
		...vendor,
		business_register: { id: 1, type: 'ein', identifier: '987654321' },
	});
	bench.procore.state.commit();
	const { run, json } = await bench.run({
		resource: 'vendor',
		operation: 'getAll',
		returnAll: true,
		simplify: false,
	});
	expect(json().find(({ id }) => id === vendor.id)?.business_register).toMatchObject({
		type: 'ein',
	});
	expect(JSON.stringify(run)).not.toContain('987654321');
});

test('the company may be another one than that of the credential', async () => {
	bench.mayBeRefused();
	const { error } = await bench.run({
		resource: 'vendor',
		operation: 'getAll',
		company: byId(7),
	});
	expect(error?.description).toContain('company id');
	expect(
		await bench.items({
			resource: 'vendor',
			operation: 'getAll',
			company: byId(bench.procore.companyId),
		}),
	).not.toEqual([]);
});
