import type { ProcoreClient } from '../../../lib/procore/procore-client';
import * as apiRequest from '../../../lib/procore/resources/api-request';
import {
	callRecord,
	changeRecord,
	containing,
	createOnce,
	deleteRecord,
	listWhere,
} from '../../../lib/procore/resources/api-request';
import * as billingPeriods from '../../../lib/procore/resources/projects';
import * as companies from '../../../lib/procore/resources/projects';
import * as projects from '../../../lib/procore/resources/projects';
import * as taxCodes from '../../../lib/procore/resources/projects';
import * as units from '../../../lib/procore/resources/projects';
import * as commitments from '../../../lib/procore/resources/commitments';
import * as requisitions from '../../../lib/procore/resources/commitments';
import * as costCodes from '../../../lib/procore/resources/cost-codes';
import * as costTypes from '../../../lib/procore/resources/cost-codes';
import * as lines from '../../../lib/procore/resources/direct-cost-lines';
import { listDirectCostsWithLines } from '../../../lib/procore/resources/direct-cost-lines';
import * as directCosts from '../../../lib/procore/resources/direct-costs';
import * as standard from '../../../lib/procore/resources/standard-cost-codes';
import * as vendorLists from '../../../lib/procore/resources/vendors';
import * as vendors from '../../../lib/procore/resources/vendors';
import * as wbs from '../../../lib/procore/resources/wbs-codes';
import * as wbsOfLines from '../../../lib/procore/resources/wbs-codes';
import type { ProcoreStandIn } from '../../../sandbox/procore/server';

export interface Ids {
	project: string;
	vendor: string;
	costCode: string;
	/** A cost code to put others under: it can then carry no costs. */
	division: string;
	costType: string;
	taxCode: string;
	list: string;
	subcontract: string;
	subcontractLine: string;
	period: string;
}

export function idsOf({ state }: ProcoreStandIn): Ids {
	const project = state.projects.all().find(({ project_number }) => project_number === '100')!;
	const contract = state.commitments
		.all()
		.find((one) => one.project_id === project.id && one.kind === 'work_order_contract')!;
	const code = (wanted: string) =>
		state.costCodes.all().find((one) => one.project_id === project.id && one.code === wanted);
	const text = (record: { id: number } | undefined) => String(record?.id);
	return {
		project: text(project),
		vendor: text(state.vendors.all()[0]),
		costCode: text(code('5110')),
		division: text(code('5210')),
		costType: text(state.lineItemTypes.all().find(({ code }) => code === 'M')),
		taxCode: text(state.taxCodes.all()[0]),
		list: text(state.standardCostCodeLists.all()[0]),
		subcontract: text(contract),
		subcontractLine: text(state.commitmentLines.by('commitment', contract.id)[0]),
		period: text(state.billingPeriods.by('project', project.id)[0]),
	};
}

const RANGE = '2020-01-01T00:00:00Z...2099-01-01T00:00:00Z';
const idOf = (record: unknown) => String((record as { id: unknown }).id);

type Exercise = (client: ProcoreClient, ids: Ids) => Promise<unknown>;

/** Each function that sends a request, called with every filter and field it knows. */
export const EXERCISES: Record<string, Exercise> = {
	'api-request.ts apiRequest': async (client) =>
		await apiRequest.apiRequest(client, { method: 'GET', path: '/rest/v1.0/companies' }),
	'api-request.ts apiList': async (client) =>
		await apiRequest.apiList(client, { path: '/rest/v1.0/companies' }),
	'projects.ts listBillingPeriods': async (client, { project }) =>
		await billingPeriods.listBillingPeriods(client, project, { status: 'open' }),
	'commitments.ts listCommitments': async (client, { project, subcontract, vendor }) => {
		const filter = {
			originId: 'o',
			ids: [subcontract],
			updatedAt: RANGE,
			number: 'n',
			search: 's',
		};
		await commitments.listCommitments(client, project, 'subcontract', {
			...filter,
			status: 'Approved',
			vendorId: vendor,
		});
		await commitments.listCommitments(client, project, 'purchaseOrder', {
			...filter,
			status: 'Approved',
		});
	},
	'commitments.ts listCommitmentLines': async (client, { project, subcontract }) => {
		await commitments.listCommitmentLines(client, project, 'subcontract', subcontract);
		// There is no such order: the request is what counts.
		await commitments
			.listCommitmentLines(client, project, 'purchaseOrder', subcontract)
			.catch(() => undefined);
	},
	'projects.ts listCompanies': async (client) => await companies.listCompanies(client),
	'cost-codes.ts listCostCodes': async (client, { project }) =>
		await costCodes.listCostCodes(client, project, { originId: 'o', search: 's' }),
	'cost-codes.ts syncCostCodeRows': async (client, { project, division }) =>
		await costCodes.syncCostCodeRows(client, project, [
			{ origin_id: 'c1', code: '701', name: 'One', origin_data: '{}', parent_id: Number(division) },
		]),
	'cost-codes.ts createCostCode': async (client, { project, division }) =>
		await costCodes.createCostCode(client, project, {
			code: '702',
			name: 'Two',
			parent_id: Number(division),
			origin_id: 'c2',
			origin_data: '{}',
			position: 7,
		}),
	'cost-codes.ts updateCostCode': async (client, { project, costCode }) =>
		await costCodes.updateCostCode(client, project, costCode, { name: 'Renamed' }),
	'cost-codes.ts getCostCode': async (client, { project, costCode }) =>
		await costCodes.getCostCode(client, project, costCode),
	'cost-codes.ts listCostTypes': async (client) =>
		await costTypes.listCostTypes(client, { originId: 'o' }),
	'cost-codes.ts syncCostTypeRows': async (client) =>
		await costTypes.syncCostTypeRows(client, [
			{
				origin_id: 't',
				csv_import_code: 'RENT',
				name: 'Rental',
				base_type: 'other',
				origin_data: '{}',
			},
		]),
	'api-request.ts callRecord': async (client, { vendor }) =>
		await callRecord(client, {
			method: 'GET',
			path: `/rest/v1.0/vendors/${vendor}`,
			query: { company_id: client.companyId },
			what: 'get a vendor',
		}),
	'api-request.ts changeRecord': async (client, { project }) => {
		const id = idOf(await costCodes.createCostCode(client, project, { code: '987', name: 'A' }));
		await changeRecord(
			client,
			{
				path: `/rest/v1.0/cost_codes/${id}`,
				body: { project_id: Number(project), cost_code: { code: '987', name: 'B' } },
				what: 'change a cost code',
			},
			() => Promise.resolve(undefined),
			{},
		);
	},
	'api-request.ts createOnce': async (client) =>
		await createOnce(
			client,
			{
				method: 'POST',
				path: '/rest/v1.0/vendors',
				body: { company_id: Number(client.companyId), vendor: { name: 'Once' } },
				what: 'create a vendor',
			},
			undefined,
			async () => undefined,
		),
	'api-request.ts deleteRecord': async (client, ids) => {
		const { costId } = await aCost(client, ids, 'to be deleted as a record');
		const path = `/rest/v1.1/projects/${ids.project}/direct_costs/${costId}`;
		await deleteRecord(client, { path, what: 'delete a direct cost' });
	},
	'direct-cost-lines.ts listLines': async (client, { project }) => {
		await lines.listLines(client, project);
		await lines.listLines(client, project, '7');
	},
	'direct-cost-lines.ts syncLineRows': async (client, ids) => {
		await aCost(client, ids, 'for lines');
	},
	'direct-cost-lines.ts deleteLine': async (client, ids) => {
		const { costId, lineId } = await aCost(client, ids, 'to lose a line');
		await lines.deleteLine(client, ids.project, costId, lineId);
	},
	'direct-cost-lines.ts listDirectCostsWithLines': async (client, { project }) =>
		await listDirectCostsWithLines(client, project),
	'direct-costs.ts listDirectCosts': async (client, { project, vendor }) =>
		await directCosts.listDirectCosts(client, project, {
			originId: 'o',
			invoiceNumber: 'n',
			ids: ['7', '8'],
			receivedDate: '2026-09-01...2026-09-30',
			updatedAt: RANGE,
			status: 'draft',
			vendorId: vendor,
		}),
	'direct-costs.ts eachDirectCostPage': async (client, { project }) =>
		await directCosts.eachDirectCostPage(client, project, () => true),
	'direct-costs.ts syncDirectCostRows': async (client, ids) => {
		await aCost(client, ids, 'a header');
	},
	'direct-costs.ts deleteDirectCost': async (client, ids) => {
		const { costId } = await aCost(client, ids, 'to be deleted');
		await directCosts.deleteDirectCost(client, ids.project, costId);
	},
	'direct-costs.ts getDirectCost': async (client, ids) => {
		const { costId } = await aCost(client, ids, 'to be read');
		await directCosts.getDirectCost(client, ids.project, costId);
	},
	'direct-costs.ts createDirectCost': async (client, ids) => {
		const { wbsCodeId } = await aWbsCode(client, ids);
		await directCosts.createDirectCost(client, ids.project, {
			direct_cost_type: 'subcontractor_invoice',
			invoice_number: 'whole',
			vendor_id: Number(ids.vendor),
			status: 'pending',
			direct_cost_date: '2026-09-30',
			received_date: '2026-10-01',
			payment_date: '2026-10-02',
			terms: 'Net 30',
			description: 'All fields',
			employee_id: 11,
			origin_id: 'whole',
			origin_data: '{}',
			line_items: [
				{
					wbs_code_id: wbsCodeId,
					manual_amount: 5.5,
					quantity: 1,
					unit_cost: 5.5,
					uom: 'ea',
					description: 'Line',
					tax_code_id: Number(ids.taxCode),
					origin_id: 'whole line',
					origin_data: '{}',
					ref: 'r',
				},
			],
		});
		await directCosts.createDirectCost(client, ids.project, { direct_cost_type: 'expense' });
	},
	'direct-costs.ts updateDirectCost': async (client, ids) => {
		const { costId, lineId } = await aCost(client, ids, 'to be changed');
		await directCosts.updateDirectCost(client, ids.project, costId, {
			status: 'approved',
			terms: 'Net 10',
			line_items: [{ id: Number(lineId), manual_amount: 7 }],
		});
	},
	'projects.ts listProjects': async (client) => {
		const filter = { name: 'n', originId: 'o', updatedAt: RANGE, status: 'All' as const };
		await projects.listProjects(client, filter);
		await projects.listProjects(client, { ...filter, projectNumber: '100' });
	},
	'projects.ts getProject': async (client, { project }) =>
		await projects.getProject(client, project),
	'projects.ts listProjectTools': async (client, { project }) =>
		await projects.listProjectTools(client, project),
	'commitments.ts listRequisitions': async (client, { project, subcontract, period }) =>
		await requisitions.listRequisitions(
			client,
			project,
			{
				commitmentId: subcontract,
				periodId: period,
				status: 'draft',
				originId: 'o',
				updatedAt: RANGE,
			},
			undefined,
			'items',
		),
	'commitments.ts getRequisition': async (client, ids) => {
		const id = await aRequisition(client, ids, 'to be read');
		await requisitions.getRequisition(client, ids.project, id);
	},
	'commitments.ts createRequisition': async (client, ids) =>
		await aRequisition(client, ids, 'to be made'),
	'commitments.ts updateRequisition': async (client, ids) => {
		const id = await aRequisition(client, ids, 'to be changed');
		await requisitions.updateRequisition(client, ids.project, ids.subcontract, id, {
			status: 'under_review',
		});
	},
	'commitments.ts upsertRequisition': async (client, ids) => {
		for (const amount of ['10.00', '12.00']) {
			await requisitions.upsertRequisition(client, ids.project, ids.subcontract, {
				origin_id: 'twice',
				items: [item(ids, amount)],
			});
		}
	},
	'standard-cost-codes.ts listStandardCostCodeLists': async (client) =>
		await standard.listStandardCostCodeLists(client),
	'standard-cost-codes.ts listStandardCostCodes': async (client, { list }) =>
		await standard.listStandardCostCodes(client, list, { originId: 'o', search: 's' }),
	'standard-cost-codes.ts createStandardCostCode': async (client, { list }) => {
		const parent = await standard.createStandardCostCode(client, list, { code: '91', name: 'A' });
		await standard.createStandardCostCode(client, list, {
			code: '1',
			name: 'B',
			parent_id: Number(idOf(parent)),
			origin_id: 's',
			origin_data: '{}',
		});
	},
	'standard-cost-codes.ts updateStandardCostCode': async (client, { list }) => {
		const made = await standard.createStandardCostCode(client, list, { code: '92', name: 'C' });
		await standard.updateStandardCostCode(client, list, idOf(made), { name: 'D' });
	},
	'standard-cost-codes.ts syncStandardCostCodeRows': async (client, { list }) =>
		await standard.syncStandardCostCodeRows(client, list, [
			{ origin_id: 's2', code: '93', name: 'E', origin_data: '{}' },
		]),
	'standard-cost-codes.ts copyStandardListToProject': async (client, { project, list }) =>
		await standard.copyStandardListToProject(client, project, list),
	'standard-cost-codes.ts copyStandardCostCodesToProject': async (client, { project, list }) => {
		const [first] = await standard.listStandardCostCodes(client, list);
		await standard.copyStandardCostCodesToProject(client, project, list, [idOf(first)]);
	},
	'projects.ts listTaxCodes': async (client) => await taxCodes.listTaxCodes(client),
	'projects.ts getCompanyCurrencies': async (client) => await units.getCompanyCurrencies(client),
	'projects.ts listUnitsOfMeasure': async (client) => await units.listUnitsOfMeasure(client),
	'vendors.ts listInactiveVendors': async (client) =>
		await vendorLists.listInactiveVendors(client, { originId: 'o', search: 's' }),
	'vendors.ts listProjectVendors': async (client, { project }) =>
		await vendorLists.listProjectVendors(client, project, { search: 's' }),
	'vendors.ts listVendors': async (client) =>
		await vendors.listVendors(client, {
			originId: 'o',
			search: 's',
			ids: ['7', '8'],
			updatedAt: RANGE,
		}),
	'vendors.ts eachVendorPage': async (client) =>
		await vendors.eachVendorPage(client, () => undefined),
	'vendors.ts eachInactiveVendorPage': async (client) =>
		await vendors.eachInactiveVendorPage(client, () => undefined),
	'vendors.ts reactivateVendor': async (client) => {
		const made = await vendors.createVendor(client, { name: 'Asleep', is_active: false });
		await vendors.reactivateVendor(client, idOf(made));
	},
	'vendors.ts syncVendorRows': async (client) =>
		await vendors.syncVendorRows(client, [{ origin_id: 'v1', origin_data: '{}', ...FULL_VENDOR }]),
	'vendors.ts getVendor': async (client, { vendor }) => await vendors.getVendor(client, vendor),
	'vendors.ts createVendor': async (client, { vendor }) =>
		await vendors.createVendor(client, {
			...FULL_VENDOR,
			origin_id: 'v2',
			origin_data: '{}',
			trade_name: 'Doing business',
			labor_union: 'Local 7',
			license_number: 'L-1',
			notes: 'n',
			authorized_bidder: true,
			prequalified: true,
			union_member: false,
			parent_id: Number(vendor),
		}),
	'vendors.ts updateVendor': async (client, { vendor }) =>
		await vendors.updateVendor(client, vendor, { city: 'Fargo' }),
	'vendors.ts deactivateVendor': async (client) => {
		const made = await vendors.createVendor(client, { name: 'To go' });
		await vendors.deactivateVendor(client, idOf(made));
	},
	'vendors.ts addVendorToProject': async (client, { project, vendor }) =>
		await vendors.addVendorToProject(client, project, vendor),
	'wbs-codes.ts listWbsCodes': async (client, { project }) =>
		await wbs.listWbsCodes(client, project, { status: 'active', text: 't', updatedAt: RANGE }),
	'wbs-codes.ts bulkCreateWbsCodes': async (client, ids) => await aWbsCode(client, ids),
	'wbs-codes.ts listSegments': async (client, { project }) =>
		await wbs.listSegments(client, project),
	'wbs-codes.ts setSegmentItemStatus': async (client, { project, costCode }) => {
		const segments = await wbs.listSegments(client, project);
		const { id } = segments.find(({ type }) => type === 'cost_code')!;
		for (const status of ['inactive', 'active'] as const)
			await wbs.setSegmentItemStatus(client, project, id, [costCode], status);
	},
	'wbs-codes.ts wbsCodesOf': async (client, ids) =>
		await wbsOfLines.wbsCodesOf(client, ids.project, [
			{ costCodeId: ids.costCode, costTypeId: ids.costType, description: 'd' },
		]),
	'wbs-codes.ts wbsCodeIdsOf': async (client, ids) => await aWbsCode(client, ids),
	'api-request.ts listWhere': async (client) =>
		await listWhere(
			client,
			{ path: '/rest/v1.0/companies', what: 'list the companies' },
			containing('x', 'name'),
			1,
		),
};

const FULL_VENDOR = {
	name: 'Every Field',
	abbreviated_name: 'EVERY',
	address: '1 Main',
	city: 'Fargo',
	state_code: 'ND',
	zip: '58102',
	country_code: 'US',
	business_phone: '(701) 555-0100',
	mobile_phone: '(701) 555-0101',
	fax_number: '(701) 555-0102',
	email_address: 'office@example.com',
	website: 'www.example.com',
	is_active: true,
	origin_code: 'EVERY01',
};

async function aWbsCode(client: ProcoreClient, ids: Ids): Promise<{ wbsCodeId: number }> {
	const [id] = await wbsOfLines.wbsCodeIdsOf(client, ids.project, [
		{ costCodeId: ids.costCode, costTypeId: ids.costType },
	]);
	return { wbsCodeId: Number(id) };
}

/** A direct cost with a line, written as the sync writes them: every field it can send. */
async function aCost(
	client: ProcoreClient,
	ids: Ids,
	number: string,
): Promise<{ costId: string; lineId: string }> {
	const [header] = await directCosts.syncDirectCostRows(client, ids.project, [
		{
			origin_id: number,
			origin_data: '{}',
			direct_cost_type: 'invoice',
			invoice_number: number,
			vendor_id: Number(ids.vendor),
			status: 'draft',
			direct_cost_date: '2026-09-30',
			received_date: '2026-10-01',
			payment_date: '2026-10-02',
			terms: 'Net 30',
			description: number,
		},
	]);
	const costId = idOf(header.entity);
	const [line] = await lines.syncLineRows(client, ids.project, [
		{
			origin_id: `${number} line`,
			direct_cost_id: Number(costId),
			cost_code_id: Number(ids.costCode),
			line_item_type_id: Number(ids.costType),
			tax_code_id: Number(ids.taxCode),
			extended_type: 'manual',
			amount: 12.34,
			description: 'Line',
		},
	]);
	return { costId, lineId: idOf(line.entity) };
}

const item = (ids: Ids, amount: string): requisitions.RequisitionItem => ({
	line_item_id: Number(ids.subcontractLine),
	item_type: 'contract_item',
	work_completed_this_period: amount,
	work_completed_retainage_retained_this_period: '1.00',
	comment: 'c',
});

async function aRequisition(client: ProcoreClient, ids: Ids, number: string): Promise<string> {
	return idOf(
		await requisitions.createRequisition(client, ids.project, ids.subcontract, {
			period_id: Number(ids.period),
			requisition_start: '2026-09-01',
			requisition_end: '2026-09-30',
			billing_date: '2026-09-30',
			invoice_number: number,
			status: 'draft',
			final: false,
			payment_date: '2026-10-30',
			submitted_at: '2026-10-01',
			origin_id: number,
			origin_data: '{}',
			items: [item(ids, '10.00')],
		}),
	);
}
