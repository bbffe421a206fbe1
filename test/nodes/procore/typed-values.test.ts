import type { NodeRun } from '../support/engine';
import { byId, useBench } from './support';

/* What expressions give: numbers, blanks, nothing at all, ids that were rounded. */

const bench = useBench();
const carryOn = { onError: 'continueRegularOutput' as const };
const text = (expression: string) => `={{ ${expression} }}`;

/** Ids of project 100. */
function parts() {
	const { costCodes, lineItemTypes, vendors } = bench.procore.state;
	const projectId = Number(bench.project());
	return {
		project: byId(projectId),
		costCode: byId(
			costCodes.all().find((one) => one.code === '5130' && one.project_id === projectId)!.id,
		),
		costType: byId(lineItemTypes.all()[0].id),
		vendor: byId(vendors.all()[0].id),
	};
}

const writes = () => bench.calls().filter((call) => !call.startsWith('GET'));

describe('what came to nothing is not written as the word for it', () => {
	test.each(['undefined', 'null', '" "'])('%s', async (nothing) => {
		const { project, vendor } = parts();
		const faults: Array<[NodeRun['parameters'], RegExp]> = [
			[
				{ resource: 'costCode', operation: 'create', project, code: text(nothing), name: 'X' },
				/'Code' is empty/,
			],
			[
				{ resource: 'costCode', operation: 'create', project, code: '9', name: text(nothing) },
				/'Name' is empty/,
			],
			[{ resource: 'vendor', operation: 'create', name: text(nothing) }, /'Name' is empty/],
			[
				{
					resource: 'directCost',
					operation: 'create',
					project,
					vendor,
					invoiceNumber: text(nothing),
				},
				/no number/,
			],
			[
				{
					resource: 'requisition',
					operation: 'upsert',
					project,
					commitment: byId(7),
					originId: text(nothing),
				},
				/no origin ID/,
			],
			[{ resource: 'apiRequest', operation: 'send', path: text(nothing) }, /does not begin with/],
		];
		for (const [parameters, said] of faults) {
			const { error } = await bench.run(parameters);
			expect(error?.message).toMatch(said);
			expect(error?.description).toBeTruthy();
		}
		expect(bench.calls()).toEqual([]);
	});
});

test('an id that was rounded on its way is refused: it would be another record', async () => {
	const rounded: Array<[NodeRun['parameters'], string]> = [
		[
			{
				resource: 'vendor',
				operation: 'deactivate',
				vendor: { __rl: true, mode: 'id', value: text('9007199254740993') },
			},
			'Vendor',
		],
		[
			{
				resource: 'directCost',
				operation: 'update',
				project: parts().project,
				directCost: byId(7),
				linesToDelete: text('[9007199254740993]'),
			},
			'Lines To Delete',
		],
	];
	for (const [parameters, title] of rounded) {
		const { error } = await bench.run(parameters);
		expect(error?.message).toContain(`The ${title} ID`);
		expect(error?.message).toMatch(/too long for a number/);
		expect(error?.description).toMatch(/text/);
	}
	expect(writes()).toEqual([]);
});

test('keys and texts are written without blanks around them, and numbers as text', async () => {
	const vendor = await bench.items({
		resource: 'vendor',
		operation: 'create',
		name: ' Acme Concrete ',
		additionalFields: { originId: text('" 417 "'), zip: text('58102'), notes: '  ' },
	});
	expect(bench.sent('POST').vendor).toEqual({
		name: 'Acme Concrete',
		origin_id: '417',
		zip: '58102',
	});
	const found = await bench.items({
		resource: 'vendor',
		operation: 'getAll',
		filters: { originId: text('417'), search: text('null') },
	});
	expect(found.map(({ id }) => id)).toEqual(vendor.map(({ id }) => id));

	const { project, costCode, costType, vendor: of } = parts();
	await bench.items({
		resource: 'directCost',
		operation: 'create',
		project,
		vendor: of,
		invoiceNumber: text('88'),
		additionalFields: { description: text('2026'), originId: text('417') },
		lines: {
			line: [{ costCode, costType, amount: '1', description: text('12'), originId: ' L-1 ' }],
		},
	});
	const cost = bench.sent('POST').direct_cost;
	expect(cost).toMatchObject({ invoice_number: '88', description: '2026', origin_id: '417' });
	expect(cost.line_items[0]).toMatchObject({ description: '12', origin_id: 'L-1' });
});

test('a field that holds an object is refused with its name', async () => {
	const { error } = await bench.run({
		resource: 'vendor',
		operation: 'create',
		name: 'Acme',
		additionalFields: { originId: text('{ a: 1 }') },
	});
	expect(error?.message).toContain("'Origin ID'");
	expect(bench.calls()).toEqual([]);
});

test.each(['undefined', '"many"', '-1', '2.5'])('a limit of %s is refused', async (limit) => {
	const { error } = await bench.run({
		resource: 'vendor',
		operation: 'getAll',
		limit: text(limit),
	});
	expect(error?.message).toMatch(/'Limit' is not a whole number/);
	expect(bench.calls()).toEqual([]);
});

test('API Request leaves out query parameters that came to nothing', async () => {
	await bench.items({
		resource: 'apiRequest',
		operation: 'send',
		path: `/rest/v1.0/companies/${bench.procore.companyId}/uoms`,
		query: {
			parameter: [
				{ name: 'per_page', value: text('2') },
				{ name: 'page', value: text('undefined') },
				{ name: text('null'), value: 'x' },
			],
		},
	});
	expect(JSON.stringify(bench.procore.log())).not.toContain('undefined');
});

test('an item that may not do something does not keep the others from it', async () => {
	bench.mayBeRefused();
	bench.procore.faults.add({
		method: 'GET',
		path: '/vendors$',
		times: 1,
		action: { kind: 'status', status: 403, body: { errors: 'Forbidden' } },
	});
	const { json } = await bench.run(
		{ resource: 'vendor', operation: 'getAll', limit: 1 },
		{ inputs: [[{}, {}]], ...carryOn },
	);
	expect(json().map((item) => 'error' in item)).toEqual([true, false]);
});

describe('Sync of cost types', () => {
	const sync = {
		resource: 'costType',
		operation: 'sync',
		code: text('$json.code'),
		name: text('$json.name'),
		originId: text('$json.key'),
	};
	const types = [
		{ code: 'Q1', name: 'First', key: 'X:1', dry: false },
		{ code: '', name: 'Without a code', key: 'X:2', dry: false },
		{ code: 'Q3', name: 'Third', key: 'X:3', dry: true },
	];

	test('one without code does not keep the others from being written', async () => {
		const { outputs } = await bench.run(sync, { inputs: [types], ...carryOn });
		expect(outputs[0].map(({ json }) => json.outcome ?? 'error')).toEqual([
			'created',
			'error',
			'created',
		]);
		expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(outputs[0][1].json).toMatchObject({
			key: 'X:2',
			error: expect.stringContaining('code'),
		});
	});

	test('items that differ in Dry Run are refused, as all go in one call', async () => {
		const { error } = await bench.run(
			{ ...sync, dryRun: text('$json.dry') },
			{ inputs: [[types[0], types[2]]] },
		);
		expect(error?.message).toMatch(/'Dry Run' is not the same for all items/);
		expect(bench.calls()).toEqual([]);
	});
});
