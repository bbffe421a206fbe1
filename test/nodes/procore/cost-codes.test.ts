import type { DesiredCostCode } from '../../../lib/model/desired';
import { byId, useBench } from './support';

const bench = useBench();
const project = () => byId(bench.project());
const list = () => byId(bench.procore.state.standardCostCodeLists.all()[0].id);
const codesOf = async (filters = {}) =>
	await bench.items({
		resource: 'costCode',
		operation: 'getAll',
		project: project(),
		returnAll: true,
		filters,
	});
const standardCodes = async (filters = {}) =>
	await bench.items({
		resource: 'standardCostCode',
		operation: 'getAll',
		standardCostCodeList: list(),
		returnAll: true,
		filters,
	});

test('a cost code is created under its parent and shows the full number', async () => {
	const base = { resource: 'costCode', operation: 'create', project: project() };
	const [division] = await bench.items({ ...base, code: '09', name: 'Finishes' });
	const [code] = await bench.items({
		...base,
		code: '250',
		name: 'Gypsum',
		additionalFields: { parent: byId(Number(division.id)), originId: 'C-1' },
	});
	expect(code).toMatchObject({ full_code: '09-250', origin_id: 'C-1' });
	expect(await codesOf({ originId: 'C-1' })).toMatchObject([{ id: code.id }]);
	expect(await codesOf({ search: '09-250' })).toMatchObject([{ name: 'Gypsum' }]);
});

test('Update keeps the number when only the name changes, and the name when only the number does', async () => {
	const [code] = await codesOf({ search: 'Concrete' });
	const update = {
		resource: 'costCode',
		operation: 'update',
		project: project(),
		costCode: byId(Number(code.id)),
	};
	expect(await bench.items({ ...update, updateFields: { name: 'Cast Concrete' } })).toMatchObject([
		{ code: '5130', name: 'Cast Concrete' },
	]);
	expect(await bench.items({ ...update, updateFields: { code: '5131' } })).toMatchObject([
		{ code: '5131', name: 'Cast Concrete' },
	]);
});

test('a number that is taken is refused with the field that is wrong', async () => {
	const { error } = await bench.run({
		resource: 'costCode',
		operation: 'create',
		project: project(),
		code: '5130',
		name: 'Again',
	});
	expect(error?.httpCode).toBe('422');
	expect(error?.message).toContain('code: has already been taken');
});

test.each(['costCode', 'standardCostCode'])(
	'Copy to Project under %s copies the list, and copies nothing twice',
	async (resource) => {
		const copy = {
			resource,
			operation: 'copyToProject',
			project: project(),
			standardCostCodeList: list(),
		};
		const before = (await codesOf()).length;
		const copied = await bench.items(copy);
		expect(copied.length).toBeGreaterThan(0);
		expect((await codesOf()).length).toBe(before + copied.length);
		expect(await bench.items(copy)).toEqual([]);
	},
);

test('some codes of a standard list can be copied', async () => {
	const [first] = await standardCodes();
	const [answer] = await bench.items({
		resource: 'standardCostCode',
		operation: 'copyToProject',
		project: project(),
		standardCostCodeList: list(),
		standardCostCodes: String(first.id),
	});
	expect(answer).toMatchObject({ successes: [{ name: first.name }], failures: [] });
});

test('standard cost codes are created, found and changed', async () => {
	const [made] = await bench.items({
		resource: 'standardCostCode',
		operation: 'create',
		standardCostCodeList: list(),
		code: '98',
		name: 'More',
		additionalFields: { originId: 'S-1' },
	});
	await bench.items({
		resource: 'standardCostCode',
		operation: 'update',
		standardCostCodeList: list(),
		standardCostCode: byId(Number(made.id)),
		updateFields: { name: 'More of it' },
	});
	expect(await standardCodes({ originId: 'S-1' })).toMatchObject([{ name: 'More of it' }]);
	expect(await standardCodes({ search: 'more of' })).toHaveLength(1);
});

const desired = (code: string, more: Partial<DesiredCostCode> = {}): DesiredCostCode => ({
	kind: 'costCode',
	originId: `GP:TWO:A:${code}`,
	source: { company: 'TWO', entity: 'account', key: code, label: code, hash: `hash of ${code}` },
	projectId: '',
	code,
	name: `Account ${code}`,
	active: true,
	...more,
});

test('Sync of standard cost codes brings a list to the desired state, once', async () => {
	const sync = {
		resource: 'standardCostCode',
		operation: 'sync',
		standardCostCodeList: list(),
	};
	const inputs = [[desired('810'), desired('820')]];
	const outcomes = async () => (await bench.items(sync, { inputs })).map(({ outcome }) => outcome);
	expect(await outcomes()).toEqual(['created', 'created']);
	expect(await outcomes()).toEqual(['unchanged', 'unchanged']);
	expect(await standardCodes({ search: 'Account 8' })).toHaveLength(2);
});

test('Sync of cost codes sends each where it belongs: to its project or to the list it names', async () => {
	const projectId = bench.project();
	const outcomes = await bench.items(
		{ resource: 'costCode', operation: 'sync' },
		{
			inputs: [
				[
					desired('810', { standardListId: list().value }),
					desired('830', { projectId, originId: 'GP:TWO:A:830:P' }),
				],
			],
		},
	);
	expect(outcomes).toMatchObject([
		{ outcome: 'created', originId: 'GP:TWO:A:810' },
		{ outcome: 'created', originId: 'GP:TWO:A:830:P', procore: { projectId } },
	]);
	expect(await standardCodes({ search: '810' })).toHaveLength(1);
	expect(await codesOf({ search: '830' })).toHaveLength(1);
});

test('Sync of cost types adopts by code, creates, and leaves alone, all items in one call', async () => {
	const sync = {
		resource: 'costType',
		operation: 'sync',
		code: '={{ $json.code }}',
		name: '={{ $json.name }}',
		originId: '=T:{{ $json.code }}',
		baseType: 'other',
	};
	const inputs = [
		[
			{ code: 'M', name: 'Materials and more' },
			{ code: 'RENT', name: 'Rental' },
		],
	];
	const outcomes = async () => (await bench.items(sync, { inputs })).map(({ outcome }) => outcome);
	expect(await outcomes()).toEqual(['adopted', 'created']);
	expect(bench.calls()).toHaveLength(2);
	expect(await outcomes()).toEqual(['unchanged', 'unchanged']);
	expect(
		await bench.items({
			resource: 'costType',
			operation: 'getAll',
			filters: { originId: 'T:RENT' },
		}),
	).toMatchObject([{ code: 'RENT', name: 'Rental' }]);
});

test('a cost type without code says which item lacks it', async () => {
	const { error } = await bench.run(
		{
			resource: 'costType',
			operation: 'sync',
			code: '={{ $json.code }}',
			name: 'x',
			originId: 'y',
		},
		{ inputs: [[{ code: 'A' }, {}]] },
	);
	expect(error?.message).toContain('needs code');
	expect(error).toHaveProperty('context.itemIndex', 1);
	expect(bench.calls()).toEqual([]);
});

test('WBS codes are made in bulk out of cost codes and cost types; again is no new one', async () => {
	const type = bench.procore.state.lineItemTypes.all()[0];
	const [first, second] = await codesOf();
	const create = {
		resource: 'wbsCode',
		operation: 'bulkCreate',
		project: project(),
		codes: {
			code: [
				{ costCode: byId(Number(first.id)), costType: byId(type.id), description: 'Own words' },
				{ costCode: byId(Number(second.id)), costType: byId(type.id) },
			],
		},
	};
	const made = await bench.items(create);
	expect(made).toHaveLength(2);
	expect(made[0].description).toBe('Own words');
	await bench.items(create);
	const getAll = { resource: 'wbsCode', operation: 'getAll', project: project(), returnAll: true };
	expect(await bench.items(getAll)).toHaveLength(2);
	expect(await bench.items({ ...getAll, filters: { status: 'inactive' } })).toEqual([]);
	expect(await bench.items({ ...getAll, filters: { search: `${first.code}.` } })).toHaveLength(1);
});

test('a WBS code Procore refuses is told, with what to do', async () => {
	const type = bench.procore.state.lineItemTypes.all()[0];
	const { error } = await bench.run({
		resource: 'wbsCode',
		operation: 'bulkCreate',
		project: project(),
		codes: { code: [{ costCode: byId(7), costType: byId(type.id) }] },
	});
	expect(error?.message).toContain('refused 1 of 1');
	expect(error?.description).toContain('lowest tier');
});
