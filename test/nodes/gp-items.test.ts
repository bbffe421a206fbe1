import type { GpStandIn } from '../../sandbox/gp/server/start-gp-server';
import { runNode, type NodeRun } from './support/engine';
import { gpCredential, startSmallGp } from './support/stand-ins';

/* What somebody meets who gives the Dynamics GP node items and expressions of their own. */

let gp: GpStandIn;
beforeAll(async () => {
	gp = await startSmallGp();
});
afterAll(async () => await gp.close());
beforeEach(() => gp.reset());

const quick = { pauseMs: 0 };
const read = async (parameters: NodeRun['parameters'], items: object[] = [{}], more = {}) =>
	await runNode({
		node: 'dynamicsGp',
		parameters: { options: quick, ...parameters },
		credentials: { dynamicsGpApi: gpCredential(gp.url) },
		inputs: [items],
		...more,
	});
const list = async (resource: string, limit: number) =>
	(await read({ resource, operation: 'getAll', limit })).json();
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const carryOn = { onError: 'continueRegularOutput' as const };

describe('Get Changes', () => {
	const changes = { resource: 'vendor', operation: 'getChanges' };

	test('reads the records each item asks for, and pairs them with it', async () => {
		const [first, second] = (await list('vendor', 2)).map(({ key }) => key);
		const { outputs, error } = await read({ ...changes, requested: '={{ $json.wanted }}' }, [
			{ wanted: [{ gp_key: first }] },
			{ wanted: [{ gp_key: second }] },
		]);
		expect(error).toBeUndefined();
		const records = outputs[0].filter(({ json }) => json.kind === 'vendor');
		expect(records.map(({ json }) => json.key)).toEqual([first, second]);
		expect(records.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	test.each([
		['texts', ['ACME0001'], /'Requested'.*no row/],
		['rows without a key', [{ vendor: 'ACME0001' }], /gp_key/],
	])('%s in place of rows are refused, not taken for no request', async (_what, wanted, said) => {
		gp.resetJournal();
		const { error } = await read({ ...changes, requested: JSON.stringify(wanted) });
		expect(error?.message).toMatch(said);
		expect(gp.counters.requests).toBe(0);
	});

	test('takes a date as an expression gives it', async () => {
		const since = await read({ ...changes, readFrom: '={{ new Date("2026-01-31") }}' });
		expect(since.error).toBeUndefined();
	});
});

describe('Get', () => {
	test('a voucher that comes as a number is looked for like any other', async () => {
		const { error } = await read(
			{ resource: 'payable', operation: 'get', voucher: '={{ $json.voucher }}' },
			[{ voucher: 417 }],
		);
		expect(error?.message).toMatch(/417/);
		expect(error?.message).not.toMatch(/not a function/);
	});

	test.each([
		['payable', { voucher: '={{ $json.voucher }}' }, "'Voucher Number' is empty"],
		['vendor', { vendor: byId('={{ $json.vendor }}') }, "'Vendor' is empty"],
		['account', { account: byId('={{ $json.account }}') }, "'GL Account' is empty"],
	])('a %s without a key is told before GP is asked', async (resource, key, said) => {
		gp.resetJournal();
		for (const item of [
			{},
			{ [resource]: null, voucher: null },
			{ [resource]: ' ', voucher: '' },
		]) {
			const { error } = await read({ resource, operation: 'get', ...key }, [item]);
			expect(error?.message).toContain(said);
		}
		expect(gp.counters.requests).toBe(0);
	});
});

describe('Get Many', () => {
	const many = { resource: 'vendor', operation: 'getAll' };

	test.each(['={{ new Date("2026-01-31T08:00:00Z") }}', '={{ $now.minus({ days: 1 }) }}'])(
		'takes a date as an expression gives it: %s',
		async (modifiedSince) => {
			expect((await read({ ...many, filters: { modifiedSince } })).error).toBeUndefined();
		},
	);

	test('looks for a number as for a text', async () => {
		const { error } = await read({ ...many, filters: { search: '={{ 300 }}' } });
		expect(error).toBeUndefined();
	});

	test.each(['={{ undefined }}', '={{ "many" }}', '={{ -1 }}', '={{ 2.5 }}', '={{ null }}'])(
		'a limit of %s is refused: it is neither all nor none',
		async (limit) => {
			const { error, json } = await read({ ...many, limit });
			expect(error?.message).toMatch(/'Limit' is not a whole number/);
			expect(json()).toEqual([]);
		},
	);

	test('a limit that comes as text counts', async () => {
		expect((await read({ ...many, limit: '={{ "3" }}' })).json()).toHaveLength(3);
	});
});

describe('Find Deleted', () => {
	const find = { resource: 'vendor', operation: 'findDeleted', mostDeletedPercent: 100 };

	test('blanks and nulls among the keys are no vendors that were deleted', async () => {
		const [{ key }] = await list('vendor', 1);
		const knownKeys = JSON.stringify([key, null, '', '  ', { gp_key: null }]);
		const { json, error } = await read({ ...find, knownKeys });
		expect(error).toBeUndefined();
		expect(json()).toEqual([]);
	});

	test('records as Get Many gives them are taken by their key', async () => {
		const [vendor] = await list('vendor', 1);
		const knownKeys = JSON.stringify([vendor, { ...vendor, key: 'GONE01' }]);
		expect((await read({ ...find, knownKeys })).json()).toEqual([
			{ kind: 'deleted', entity: 'vendor', company: 'TWO', key: 'GONE01' },
		]);
	});

	test('rows that hold no key are refused, not passed over', async () => {
		const { error } = await read({ ...find, knownKeys: JSON.stringify([{ vendor: 'ACME0001' }]) });
		expect(error?.message).toMatch(/'Known Keys'.*gp_key/);
	});

	test.each(['={{ undefined }}', '={{ "5%" }}', '={{ 101 }}'])(
		'a share of %s does not switch the guard off',
		async (mostDeletedPercent) => {
			const knownKeys = JSON.stringify(['GONE01', 'GONE02']);
			const { error, json } = await read({ ...find, knownKeys, mostDeletedPercent });
			expect(error?.message).toMatch(/'Most Deleted' is not a percentage/);
			expect(json()).toEqual([]);
		},
	);
});

describe('several items', () => {
	test('each is read with its own options; a bad one fails alone', async () => {
		const [{ key }] = await list('vendor', 1);
		const { json } = await read(
			{
				resource: 'vendor',
				operation: 'get',
				vendor: byId(key as string),
				options: {
					...quick,
					includeRaw: '={{ $json.raw }}',
					profileOverride: '={{ $json.profile }}',
				},
			},
			[
				{ raw: false, profile: '{}' },
				{ raw: true, profile: '{}' },
				{ raw: false, profile: '{oops' },
				{ raw: false, profile: '{}' },
			],
			carryOn,
		);
		expect(json()).toHaveLength(4);
		expect(json().map((item) => 'raw' in item && typeof item.raw === 'object')).toEqual([
			false,
			true,
			false,
			false,
		]);
		expect(json().map((item) => 'error' in item)).toEqual([false, false, true, false]);
	});

	test('a wrong password is sent once, though items have options of their own', async () => {
		gp.resetJournal();
		await runNode({
			node: 'dynamicsGp',
			parameters: {
				resource: 'vendor',
				operation: 'getAll',
				options: { ...quick, includeRaw: '={{ $json.raw }}' },
			},
			credentials: { dynamicsGpApi: gpCredential(gp.url, { password: 'wrong again' }) },
			inputs: [[{ raw: true }, { raw: false }]],
			...carryOn,
		});
		expect(gp.counters.rejectedLogins).toBe(1);
	});

	test('the error names the item, whatever is wrong with it', async () => {
		const faults: Array<[NodeRun['parameters'], object]> = [
			[{ operation: 'getChanges', requested: '={{ $json.bad }}' }, { bad: '[oops' }],
			[{ operation: 'findDeleted', knownKeys: '={{ $json.bad }}' }, { bad: '[oops' }],
			[{ operation: 'getAll', filters: { modifiedSince: '={{ $json.bad }}' } }, { bad: 'soon' }],
		];
		for (const [parameters, bad] of faults) {
			const { error } = await read({ resource: 'vendor', ...parameters }, [bad]);
			expect((error as unknown as { context: object }).context).toMatchObject({ itemIndex: 0 });
		}
	});
});

test('Request leaves out query parameters that came to nothing', async () => {
	const { json, error } = await read({
		resource: 'service',
		operation: 'request',
		path: '/GPService/Tenants(DefaultTenant)/Companies.json',
		query: {
			parameter: [
				{ name: 'a', value: '={{ undefined }}' },
				{ name: ' b ', value: '={{ 2 }}' },
				{ name: '', value: 'c' },
			],
		},
	});
	expect(error).toBeUndefined();
	expect(JSON.stringify(json())).not.toContain('undefined');
	expect(JSON.stringify(gp.log)).not.toContain('undefined');
});
