import type { ProcoreStandIn } from '../../sandbox/procore/server';
import type { ProcoreClient } from '../../lib/procore/procore-client';
import {
	getProject,
	listBillingPeriods,
	listCompanies,
	listProjects,
	listTaxCodes,
	listUnitsOfMeasure,
	readProject,
} from '../../lib/procore/resources/projects';
import {
	createCostCode,
	getCostCode,
	listCostCodes,
	updateCostCode,
} from '../../lib/procore/resources/cost-codes';
import {
	createDirectCost,
	deleteDirectCost,
	getDirectCost,
	listDirectCosts,
	updateDirectCost,
} from '../../lib/procore/resources/direct-costs';
import { listLines } from '../../lib/procore/resources/direct-cost-lines';
import {
	copyStandardCostCodesToProject,
	copyStandardListToProject,
	createStandardCostCode,
	listStandardCostCodes,
	updateStandardCostCode,
} from '../../lib/procore/resources/standard-cost-codes';
import {
	addVendorToProject,
	createVendor,
	deactivateVendor,
	getVendor,
	listVendors,
	updateVendor,
} from '../../lib/procore/resources/vendors';
import {
	bulkCreateWbsCodes,
	listSegments,
	listWbsCodes,
} from '../../lib/procore/resources/wbs-codes';
import {
	getRequisition,
	listCommitments,
	listRequisitions,
	upsertRequisition,
} from '../../lib/procore/resources/commitments';
import { syncCostCodes } from '../../lib/sync/kinds/cost-code';
import { type DesiredCostType, syncCostTypes } from '../../lib/sync/kinds/cost-type';
import { syncDirectCosts } from '../../lib/sync/kinds/sync-direct-costs';
import { syncVendors } from '../../lib/sync/kinds/vendor';
import { clientOf, projectOf, startStandIn } from './support/checked-stand-in';
import { costCode, directCost, source, vendor } from './support/desired';
import { fakeClock } from './support/fake-clock';

const live = { dryRun: false };
let standIn: ProcoreStandIn;
let client: ProcoreClient;
let projectId: string;

beforeEach(async () => {
	const effects = fakeClock();
	standIn = await startStandIn(effects);
	client = clientOf(standIn, effects);
	projectId = projectOf(standIn);
});
afterEach(async () => {
	const violations = standIn.violations();
	await standIn.close();
	expect(violations).toEqual([]);
});

test('every lookup reads what stands, within the specification', async () => {
	expect(await listCompanies(client)).toHaveLength(1);
	const projects = (await listProjects(client)).flatMap((row) => readProject(row) ?? []);
	expect(projects.find(({ id }) => id === projectId)).toMatchObject({
		projectNumber: '100',
		active: true,
	});
	expect(await listProjects(client, { projectNumber: '100' })).toHaveLength(1);
	expect(await getProject(client, projectId)).toMatchObject({ project_number: '100' });
	expect((await listTaxCodes(client)).length).toBeGreaterThan(0);
	expect(await listBillingPeriods(client, projectId, { status: 'open' })).toHaveLength(1);
	expect(await listCommitments(client, projectId, 'purchaseOrder')).toEqual(expect.any(Array));
});

test('a vendor is created, read, changed, put into a project and deactivated', async () => {
	const made = (await createVendor(client, {
		name: 'New Vendor',
		origin_id: 'X-1',
		city: 'Fargo',
	})) as any;
	expect(await updateVendor(client, String(made.id), { city: 'Duluth' })).toMatchObject({
		name: 'New Vendor',
		city: 'Duluth',
	});
	await addVendorToProject(client, projectId, String(made.id));
	expect(((await getVendor(client, String(made.id))) as any).project_ids.map(String)).toContain(
		projectId,
	);
	await deactivateVendor(client, String(made.id));
	expect(await listVendors(client, { originId: 'X-1' })).toEqual([]);
});

test.each(['loseResponse', 'status'] as const)(
	'a create whose answer fails (%s) makes exactly one vendor',
	async (kind) => {
		const action = kind === 'status' ? ({ kind, status: 502 } as const) : ({ kind } as const);
		standIn.faults.add({ method: 'POST', path: '/vendors$', times: 1, action });
		await createVendor(client, { name: 'New Vendor', origin_id: 'X-1' });
		expect(await listVendors(client, { originId: 'X-1' })).toHaveLength(1);
	},
);

test('a create without origin id is never repeated on its own', async () => {
	standIn.faults.add({
		method: 'POST',
		path: '/vendors$',
		times: 1,
		action: { kind: 'loseResponse' },
	});
	await expect(createVendor(client, { name: 'Nameless key' })).rejects.toMatchObject({
		code: 'procore-unreachable',
	});
	expect((await listVendors(client, { search: 'Nameless key' })).length).toBe(1);
});

test('cost codes are created, read and changed', async () => {
	const made = (await createCostCode(client, projectId, { code: '9990', name: 'Test' })) as any;
	await updateCostCode(client, projectId, String(made.id), { code: '9990', name: 'Renamed' });
	expect(await getCostCode(client, projectId, String(made.id))).toMatchObject({ name: 'Renamed' });
	expect((await listCostCodes(client, projectId)).length).toBeGreaterThan(1);
});

test('a direct cost with nested lines is created, changed and deleted', async () => {
	const [segments, codes] = [
		await listSegments(client, projectId),
		(await listCostCodes(client, projectId)) as any[],
	];
	const leaf = codes.find(({ code }) => code === '5110');
	const segmentOf = (type: string) => Number(segments.find((one) => one.type === type)?.id);
	const type = standIn.state.lineItemTypes.all().find(({ code }) => code === 'M') as any;
	await bulkCreateWbsCodes(client, projectId, [
		{
			segment_items: [
				{ segment_id: segmentOf('cost_code'), segment_item_id: leaf.id },
				{ segment_id: segmentOf('line_item_type'), segment_item_id: type.id },
			],
		},
	]);
	const [wbs] = (await listWbsCodes(client, projectId)) as any[];
	const vendorId = standIn.state.vendors.all()[0].id;
	const made = (await createDirectCost(client, projectId, {
		direct_cost_type: 'invoice',
		invoice_number: 'X-1',
		vendor_id: vendorId,
		status: 'draft',
		line_items: [{ wbs_code_id: wbs.id, manual_amount: 12.5 }],
	})) as any;
	await updateDirectCost(client, projectId, String(made.id), { description: 'Changed' });
	expect(await getDirectCost(client, projectId, String(made.id))).toMatchObject({
		description: 'Changed',
		grand_total: '12.5',
	});
	expect(await listLines(client, projectId, String(made.id))).toHaveLength(1);
	await deleteDirectCost(client, projectId, String(made.id));
	expect(await listDirectCosts(client, projectId, { invoiceNumber: 'X-1' })).toEqual([]);
	await expect(
		createDirectCost(client, projectId, { direct_cost_date: '09/30/2026' }),
	).rejects.toMatchObject({ code: 'procore-input' });
});

test('a requisition is created and then updated by its origin id', async () => {
	const [commitment] = (await listCommitments(client, projectId, 'subcontract')) as any[];
	const put = (invoice_number: string) =>
		upsertRequisition(client, projectId, String(commitment.id), {
			origin_id: 'REQ-1',
			invoice_number,
		});
	expect((await put('A')).created).toBe(true);
	expect((await put('B')).created).toBe(false);
	const [standing] = (await listRequisitions(client, projectId, { originId: 'REQ-1' })) as any[];
	expect(await getRequisition(client, projectId, String(standing.id))).toMatchObject({
		invoice_number: 'B',
	});
});

test('standard cost codes are synced, changed and copied to a project', async () => {
	const list = standIn.state.standardCostCodeLists.all()[0] as any;
	const listId = String(list.id);
	const desired = ['810', '820'].map((code) => {
		return costCode(code, {
			standardListId: listId,
			parent: { code: '97', name: 'Own works', originId: 'GP:TWO:D:97' },
		});
	});
	expect((await syncCostCodes(client, desired, live)).map(({ outcome }) => outcome)).toEqual([
		'created',
		'created',
	]);
	const { writes } = standIn.counters();
	const again = await syncCostCodes(client, desired, live);
	expect(again.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged']);
	expect(again[0].procore).not.toHaveProperty('projectId');
	expect(standIn.counters().writes).toBe(writes);
	const made = (await createStandardCostCode(client, listId, { code: '98', name: 'More' })) as any;
	await updateStandardCostCode(client, listId, String(made.id), { code: '98', name: 'More of it' });
	const rows = (await listStandardCostCodes(client, listId)) as any[];
	expect(rows.find(({ code }) => code === '98').name).toBe('More of it');
	await copyStandardCostCodesToProject(client, projectId, listId, [String(made.id)]);
	await copyStandardListToProject(client, projectId, listId);
	expect(
		((await listCostCodes(client, projectId)) as any[]).some(({ code }) => code === '98'),
	).toBe(true);
});

test('cost types are adopted by code, created, and left alone when nothing changed', async () => {
	const type = (code: string, name: string): DesiredCostType => ({
		kind: 'costType',
		originId: `GP:TWO:T:${code}`,
		source: source('account', code),
		code,
		name,
	});
	const desired = [type('M', 'Materials and more'), type('RENT', 'Rental'), type('rent', 'Twice')];
	expect((await syncCostTypes(client, desired, live)).map(({ outcome }) => outcome)).toEqual([
		'adopted',
		'created',
		'conflict',
	]);
	const { writes } = standIn.counters();
	expect(
		(await syncCostTypes(client, desired.slice(0, 2), live)).map(({ outcome }) => outcome),
	).toEqual(['unchanged', 'unchanged']);
	expect(standIn.counters().writes).toBe(writes);
});

test('a code GP made inactive leaves the pick lists when so wished, and comes back', async () => {
	const options = { ...live, inactiveCostCodes: 'deactivate' as const };
	const [{ procore }] = await syncCostCodes(client, [costCode('7777', { projectId })], options);
	const status = () => (standIn.state.costCodes.get(procore?.id) as any).active;
	await syncCostCodes(client, [costCode('7777', { projectId, active: false })], options);
	expect(status()).toBe(false);
	await syncCostCodes(client, [costCode('7777', { projectId })], options);
	expect(status()).toBe(true);
});

test('where Procore asks for it, the vendor is put into the project directory, once', async () => {
	standIn.switches.requireVendorInProject = true;
	await syncVendors(client, [vendor('ACME')], live);
	const costs = () => ['1', '2'].map((number) => directCost(number, ['10'], { projectId }));
	expect(
		(await syncDirectCosts(client, costs(), { ...live, addVendorsToProjects: false })).map(
			({ outcome }) => outcome,
		),
	).toEqual(['failed', 'failed']);
	expect((await syncDirectCosts(client, costs(), live)).map(({ outcome }) => outcome)).toEqual([
		'created',
		'created',
	]);
	expect(standIn.counters().byRoute['POST /rest/v1.1/projects/{id}/vendors/{id}/actions/add']).toBe(
		1,
	);
});

test('a record Procore locks is reported as locked and keeps its state', async () => {
	await syncVendors(client, [vendor('ACME')], live);
	await syncDirectCosts(client, [directCost('1', ['10'], { projectId })], live);
	standIn.switches.lockOnOriginId = true;
	expect(
		await syncDirectCosts(client, [directCost('1', ['12'], { projectId })], live),
	).toMatchObject([{ outcome: 'locked', reason: { code: 'locked' } }]);
});

test('the seeded company with one disabled project: that project fails, the rest goes on', async () => {
	standIn.switches.toolDisabledProjects = ['100'];
	await syncVendors(client, [vendor('ACME')], live);
	const other = String(standIn.state.projects.all().find(({ id }) => String(id) !== projectId)?.id);
	await syncCostCodes(client, [costCode('5110', { projectId: other })], live);
	const outcomes = await syncDirectCosts(
		client,
		[directCost('1', ['10'], { projectId }), directCost('1', ['10'], { projectId: other })],
		live,
	);
	expect(outcomes).toMatchObject([
		{ outcome: 'failed', reason: { code: 'project-blocked' } },
		{ outcome: 'created' },
	]);
});

test('units of measure are read', async () => {
	await expect(listUnitsOfMeasure(client)).resolves.toEqual(expect.any(Array));
});
