import type { GpStandIn } from '../../sandbox/gp/server/start-gp-server';
import { runNode, searchList, type NodeRun } from './support/engine';
import { gpCredential, startSmallGp } from './support/stand-ins';

let gp: GpStandIn;
beforeAll(async () => {
	gp = await startSmallGp();
});
afterAll(async () => await gp.close());
beforeEach(() => gp.reset());

const quick = { pauseMs: 0 };
const read = async (
	parameters: NodeRun['parameters'],
	more: Partial<NodeRun> & { login?: Parameters<typeof gpCredential>[1] } = {},
) =>
	await runNode({
		node: 'dynamicsGp',
		parameters: { options: quick, ...parameters },
		credentials: { dynamicsGpApi: gpCredential(gp.url, more.login) },
		...more,
	});

test('Get Many gives up to 50 vendors without being told more', async () => {
	const { json, error } = await read({ resource: 'vendor', operation: 'getAll' });
	expect(error).toBeUndefined();
	expect(json().length).toBeGreaterThan(10);
	expect(json()[0]).toMatchObject({ kind: 'vendor', company: 'TWO', vendorId: expect.any(String) });
});

test('Get Many stops at the limit', async () => {
	const { json } = await read({ resource: 'payable', operation: 'getAll', limit: 3 });
	expect(json()).toHaveLength(3);
	expect(json()[0].distributions).not.toHaveLength(0);
});

const hintsOf = ({ run }: Awaited<ReturnType<typeof read>>) =>
	(run.data.resultData.runData.Tested?.at(-1)?.hints ?? []).map(({ message }) => message);

test('Get Many says on the node and in each item that a list is not proven complete', async () => {
	gp.set({ dialect: 'none', defaultPageSize: 10 });
	const cut = await read({ resource: 'vendor', operation: 'getAll', returnAll: true });
	expect(cut.json()).toHaveLength(10);
	for (const item of cut.json()) expect(item.notProven).toMatch(/^vendors: .*exactly 10 rows came/);
	expect(hintsOf(cut).join()).toMatch(/Not proven complete: vendors.*Survey/);
	// Nobody wanted more: nothing is said.
	const few = await read({ resource: 'vendor', operation: 'getAll', limit: 3 });
	expect(few.json()[0]).not.toHaveProperty('notProven');
	expect(hintsOf(few)).toEqual([]);
	gp.reset();
	const whole = await read({ resource: 'vendor', operation: 'getAll', returnAll: true });
	expect(whole.json()[0]).not.toHaveProperty('notProven');
	expect(hintsOf(whole)).toEqual([]);
});

test('Get Many says which records it leaves out because they cannot be understood', async () => {
	const [vendor] = [...gp.company.vendors.values()];
	const { name } = vendor;
	vendor.name = '';
	try {
		const result = await read({ resource: 'vendor', operation: 'getAll', returnAll: true });
		expect(result.error).toBeUndefined();
		expect(hintsOf(result).join()).toMatch(/1 record is left out: .*name/);
	} finally {
		vendor.name = name;
	}
});

test('Simplify leaves out site fields and keeps what the mapping needs', async () => {
	const simple = await read({ resource: 'vendor', operation: 'getAll', limit: 1 });
	const full = await read({ resource: 'vendor', operation: 'getAll', limit: 1, simplify: false });
	expect(simple.json()[0]).not.toHaveProperty('extra');
	expect(simple.json()[0]).toHaveProperty('hash');
	expect(full.json()[0]).toHaveProperty('extra');
});

test('Get finds one vendor by the key a list gave', async () => {
	const [vendor] = (await read({ resource: 'vendor', operation: 'getAll', limit: 1 })).json();
	const { json } = await read({
		resource: 'vendor',
		operation: 'get',
		vendor: { __rl: true, mode: 'id', value: vendor.key as string },
	});
	expect(json()).toEqual([expect.objectContaining({ key: vendor.key })]);
});

test('Get finds a document by type and voucher', async () => {
	const [payable] = (await read({ resource: 'payable', operation: 'getAll', limit: 1 })).json();
	const { json } = await read({
		resource: 'payable',
		operation: 'get',
		documentType: payable.documentType as string,
		voucher: payable.voucher as string,
	});
	expect(json()).toEqual([expect.objectContaining({ key: payable.key })]);
});

test('Get Changes goes on batch by batch until the checkpoint says that nothing waits', async () => {
	const keys: unknown[] = [];
	let cursor = '';
	let checkpoint;
	for (let batch = 0; batch < 20; batch++) {
		const { json, error } = await read({
			resource: 'vendor',
			operation: 'getChanges',
			watermark: '',
			batchSize: 60,
			cursor,
		});
		expect(error).toBeUndefined();
		checkpoint = json().at(-1)!;
		expect(checkpoint.kind).toBe('checkpoint');
		keys.push(
			...json()
				.slice(0, -1)
				.map(({ key }) => key),
		);
		if (!checkpoint.more) break;
		cursor = String(checkpoint.cursor);
	}
	expect(new Set(keys).size).toBe(keys.length);
	expect(keys).toHaveLength(gp.company.vendors.size);
	const again = await read({
		resource: 'vendor',
		operation: 'getChanges',
		watermark: JSON.stringify(checkpoint!.watermark),
	});
	expect(again.json()).toEqual([expect.objectContaining({ kind: 'checkpoint', more: false })]);
});

test('a watermark row as a table holds it, with its seen keys as text, is understood', async () => {
	const first = (await read({ resource: 'vendor', operation: 'getChanges' })).json().at(-1)!;
	const { since, seen } = first.watermark as { since: string; seen: object };
	const again = async (watermark: string) => {
		const { json } = await runNode({
			node: 'dynamicsGp',
			inputs: [[{ modified_since: since, seen: JSON.stringify(seen) }]],
			parameters: {
				...{ resource: 'vendor', operation: 'getChanges', watermark, options: quick },
			},
			credentials: { dynamicsGpApi: gpCredential(gp.url) },
		});
		expect(json()).toHaveLength(1);
		return (json()[0]!.watermark as { seen: unknown }).seen;
	};
	expect(await again('={{ { since: $json.modified_since, seen: $json.seen } }}')).toEqual(seen);
	// Given as the row of the table it stays one text, as the table wants it.
	expect(JSON.parse((await again('={{ $json }}')) as string)).toEqual(seen);
});

test('a wrong password is sent once, whatever the number of items, and the error names the credential', async () => {
	gp.resetJournal();
	const { json } = await read(
		{ resource: 'vendor', operation: 'getAll' },
		{
			login: { password: 'wrong' },
			inputs: [[{ no: 1 }, { no: 2 }, { no: 3 }]],
			onError: 'continueRegularOutput',
		},
	);
	expect(gp.counters.rejectedLogins).toBe(1);
	expect(json().map(({ no }) => no)).toEqual([1, 2, 3]);
	expect(JSON.stringify(json())).not.toContain('wrong"');

	gp.resetJournal();
	const { error, run } = await read(
		{ resource: 'vendor', operation: 'getAll' },
		{ login: { password: 'Secr3t!' } },
	);
	expect(gp.counters.rejectedLogins).toBe(1);
	expect(error?.description).toContain('Dynamics GP API');
	expect(JSON.stringify(run)).not.toContain('Secr3t!');
});

test.each([
	['continueRegularOutput' as const, 0],
	['continueErrorOutput' as const, 1],
])('one bad key fails its own item only, which keeps its fields (%s)', async (onError, output) => {
	const [vendor] = (await read({ resource: 'vendor', operation: 'getAll', limit: 1 })).json();
	const { json } = await read(
		{
			resource: 'vendor',
			operation: 'get',
			vendor: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
		},
		{ inputs: [[{ id: 'NOBODY' }, { id: vendor.key }]], onError },
	);
	expect(json(0)).toContainEqual(expect.objectContaining({ key: vendor.key }));
	expect(json(output)).toContainEqual({
		id: 'NOBODY',
		error: expect.stringContaining('NOBODY'),
		details: expect.any(String),
	});
});

test.each([
	['a date that is none', { filters: { modifiedSince: 'yesterday' } }, /yesterday/],
	['a profile that is no JSON', { options: { profileOverride: '{oops' } }, /profile override/],
])('%s is refused before GP is called', async (_what, change, message) => {
	gp.resetJournal();
	const { error } = await read({ resource: 'vendor', operation: 'getAll', ...change });
	expect(error?.message).toMatch(message);
	expect(error?.description).toBeTruthy();
	expect(gp.counters.requests).toBe(0);
});

test('Discover, Survey and Request describe the service', async () => {
	const discovery = await read({ resource: 'service', operation: 'discover' });
	expect(discovery.error).toBeUndefined();
	expect(discovery.json()).toHaveLength(1);
	const survey = await read({ resource: 'service', operation: 'survey' });
	expect(survey.error).toBeUndefined();
	const path = '/GPService/Tenants(DefaultTenant)/Companies.json';
	const request = await read({ resource: 'service', operation: 'request', path });
	expect(request.json()[0]).toHaveProperty('status');
});

test.each([
	['searchVendors', 'vendor'],
	['searchAccounts', 'account'],
])('%s offers what is there and narrows down by what is typed', async (method, resource) => {
	const credentials = { dynamicsGpApi: gpCredential(gp.url) };
	const open = async (filter?: string) =>
		(
			await searchList('dynamicsGp', method, {
				filter,
				credentials,
				parameters: { options: quick },
			})
		).results;
	const all = await open();
	expect(all.length).toBeGreaterThan(10);
	const some = await open(String(all[3].value));
	expect(some).toContainEqual(all[3]);
	expect(some.length).toBeLessThan(all.length);
	const get = await read({
		resource,
		operation: 'get',
		[resource]: { __rl: true, mode: 'list', value: all[3].value },
	});
	expect(get.json()).toEqual([expect.objectContaining({ key: all[3].value })]);
});

test('a list that cannot be loaded tells what to do', async () => {
	const credentials = { dynamicsGpApi: gpCredential(gp.url, { password: 'wrong' }) };
	await expect(searchList('dynamicsGp', 'searchVendors', { credentials })).rejects.toMatchObject({
		description: expect.stringContaining('Dynamics GP API'),
	});
});

test('Get Changes for another company than its credential opens reads nothing, and says so', async () => {
	const changes = { resource: 'vendor', operation: 'getChanges' };
	expect((await read({ ...changes, expectedCompany: 'TWO' })).error).toBeUndefined();
	const { error } = await read({ ...changes, expectedCompany: 'THREE' });
	expect(error?.message).toBe(
		'The credential of this node opens the GP company TWO, but the run is of THREE',
	);
	expect(error?.description).toContain('credential');
});

test('Find Deleted names the documents that vanished from GP without a change to read', async () => {
	const before = await read({ resource: 'payable', operation: 'getAll', returnAll: true });
	const knownKeys = before.json().map(({ key }) => String(key));
	const unposted = before.json().find(({ state }) => state === 'unposted')!;
	gp.edits.deleteVoucher(unposted.key as string);
	const { json, error } = await read({ resource: 'payable', operation: 'findDeleted', knownKeys });
	expect(error).toBeUndefined();
	expect(json()).toEqual([
		{ kind: 'deleted', entity: 'payable', company: 'TWO', key: unposted.key },
	]);
});

test('Find Deleted takes audit events as they are read, and leaves those of other companies out', async () => {
	const knownKeys = ['TWO', 'THREE'].map((gp_company) => ({ gp_company, gp_key: '1;no-such' }));
	const { json } = await read({
		resource: 'payable',
		operation: 'findDeleted',
		mostDeletedPercent: 100,
		knownKeys: [...knownKeys, { gp_company: null, gp_key: '' }],
	});
	expect(json()).toEqual([
		{ kind: 'deleted', entity: 'payable', company: 'TWO', key: '1;no-such' },
	]);
});

test('Find Deleted does not believe that half the company is gone', async () => {
	const knownKeys = Array.from({ length: 50 }, (_, index) => `1;no-such-voucher-${index}`);
	const { error } = await read({ resource: 'payable', operation: 'findDeleted', knownKeys });
	expect(error?.message).toMatch(/no longer stand in the list/);
});

test('Add Vendor Class gives each payable the class its vendor has, by every way of reading', async () => {
	const plain = (await read({ resource: 'payable', operation: 'getAll', limit: 3 })).json();
	expect(plain[0]).not.toHaveProperty('vendorClassId');
	const payables = (
		await read({ resource: 'payable', operation: 'getAll', limit: 3, addVendorClass: true })
	).json();
	for (const payable of payables) {
		const [vendor] = (
			await read({
				resource: 'vendor',
				operation: 'get',
				vendor: { __rl: true, mode: 'id', value: payable.vendorId as string },
			})
		).json();
		expect(vendor.classId).toBeTruthy();
		expect(payable.vendorClassId).toBe(vendor.classId);
	}
	const requested = JSON.stringify([{ gp_key: payables[0].key }]);
	for (const more of [{ requested }, { batchSize: 3 }]) {
		const { json } = await read({
			resource: 'payable',
			operation: 'getChanges',
			addVendorClass: true,
			...more,
		});
		expect(json()[0].vendorClassId).toEqual(expect.any(String));
	}
});
