import { byId, useBench } from './support';

const bench = useBench();
const inProject = () => ({ project: byId(bench.project()) });

test.each([
	'searchCompanies',
	'searchProjects',
	'searchVendors',
	'searchCostTypes',
	'searchTaxCodes',
	'searchStandardCostCodeLists',
])('%s shows names with IDs behind them, without anything chosen first', async (method) => {
	const { names, values } = await bench.pick(method);
	expect(names.length).toBeGreaterThan(0);
	expect(names.every((name) => name !== '')).toBe(true);
	expect(values.every((value) => /^\d+$/.test(value))).toBe(true);
});

test.each(['searchCostCodes', 'searchCommitments', 'searchBillingPeriods'])(
	'%s lists what the chosen project has, and asks for the project first',
	async (method) => {
		expect((await bench.pick(method, inProject())).names.length).toBeGreaterThan(0);
		await expect(bench.pick(method)).rejects.toMatchObject({
			message: 'Choose the project first',
		});
	},
);

test('a direct cost is found by its number, and shown with vendor and date', async () => {
	const [{ id: vendorId, name }] = bench.procore.state.vendors.all();
	const [made] = await bench.items({
		resource: 'directCost',
		operation: 'create',
		...inProject(),
		vendor: byId(vendorId),
		invoiceNumber: 'INV-88',
		additionalFields: { directCostDate: '2026-09-30' },
	});
	expect(await bench.pick('searchDirectCosts', inProject(), 'inv-88')).toMatchObject({
		names: [`INV-88 · ${name} · 2026-09-30`],
		values: [String(made.id)],
	});
});

test('standard cost codes come from the chosen list', async () => {
	const [list] = (await bench.pick('searchStandardCostCodeLists')).values;
	const codes = await bench.pick('searchStandardCostCodes', { standardCostCodeList: byId(list) });
	expect(codes.names.length).toBeGreaterThan(0);
	await expect(bench.pick('searchStandardCostCodes')).rejects.toThrow('list first');
});

test('cost codes show number and name, and narrow down by either', async () => {
	expect((await bench.pick('searchCostCodes', inProject(), 'concrete')).names).toEqual([
		'5130 · Concrete',
	]);
	expect((await bench.pick('searchCostCodes', inProject(), '521')).names).toEqual([
		'5210 · Drywall and interiors',
	]);
});

test('commitments of both kinds are shown, or of the kind chosen', async () => {
	const both = await bench.pick('searchCommitments', inProject());
	const one = await bench.pick('searchCommitments', {
		...inProject(),
		commitmentKind: 'purchaseOrder',
	});
	expect(one.names.length).toBeLessThan(both.names.length);
});

/** More vendors and codes than a picker loads at once. */
function many() {
	const { state } = bench.procore;
	const [vendor] = state.vendors.all();
	const [code] = state.costCodes.all();
	for (let index = 0; index < 250; index++) {
		const number = String(index).padStart(4, '0');
		state.insert('vendors', { ...vendor, name: `Bulk ${number}` });
		state.insert('costCodes', {
			...code,
			project_id: Number(bench.project()),
			parent_id: null,
			code: `B${number}`,
			name: `Bulk ${number}`,
		});
	}
	state.commit();
}

test.each<[string, () => object]>([
	['searchVendors', () => ({})],
	['searchCostCodes', inProject],
])('%s loads page after page, each row once', async (method, parameters) => {
	many();
	const seen: string[] = [];
	let token: string | undefined;
	let pages = 0;
	do {
		const page = await bench.pick(method, parameters() as never, undefined, token);
		expect(page.values.length).toBeLessThanOrEqual(100);
		seen.push(...page.values);
		token = page.token;
		pages++;
	} while (token);
	expect(pages).toBe(3);
	expect(new Set(seen).size).toBe(seen.length);
	expect(seen.length).toBeGreaterThan(250);
});

test('a search finds what stands far down, in one answer', async () => {
	many();
	expect((await bench.pick('searchCostCodes', inProject(), 'bulk 0249')).names).toEqual([
		'B0249 · Bulk 0249',
	]);
	bench.procore.clearTraffic();
	expect((await bench.pick('searchVendors', {}, 'bulk 0249')).names).toEqual(['Bulk 0249']);
	expect(bench.calls()).toHaveLength(1);
});

test('a picker that cannot load says what is wrong', async () => {
	bench.mayBeRefused();
	bench.procore.switches.appConnected = false;
	await expect(bench.pick('searchVendors')).rejects.toMatchObject({
		description: expect.stringContaining('App Management'),
	});
});
