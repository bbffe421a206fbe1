import type { INodePropertyOptions } from 'n8n-workflow';

import { apiRequest } from './api-request.resource';
import { commitment } from './commitment.resource';
import { costCode } from './cost-code.resource';
import { costType } from './cost-type.resource';
import { directCost } from './direct-cost.resource';
import { billingPeriod, company, taxCode, unitOfMeasure } from './lists.resource';
import type { ProcoreResource } from './operation';
import { project } from './project.resource';
import { requisition } from './requisition.resource';
import { standardCostCode } from './standard-cost-code.resource';
import { vendor } from './vendor.resource';
import { wbsCode } from './wbs-code.resource';

/** Everything the node can do, by the value of its *Resource*. */
export const RESOURCES: Record<string, ProcoreResource> = {
	apiRequest,
	billingPeriod,
	commitment,
	company,
	costCode,
	costType,
	directCost,
	project,
	requisition,
	standardCostCode,
	taxCode,
	unitOfMeasure,
	vendor,
	wbsCode,
};

export const RESOURCE_OPTIONS: INodePropertyOptions[] = [
	{
		name: 'API Request',
		value: 'apiRequest',
		description: 'Any other route of the API',
	},
	{ name: 'Billing Period', value: 'billingPeriod' },
	{
		name: 'Commitment',
		value: 'commitment',
		description: 'Subcontracts and purchase orders',
	},
	{ name: 'Company', value: 'company' },
	{ name: 'Cost Code', value: 'costCode', description: 'Cost codes of a project' },
	{
		name: 'Cost Type',
		value: 'costType',
		description: 'Labor, materials and so on, also called line item types',
	},
	{
		name: 'Direct Cost',
		value: 'directCost',
		description: 'Invoices, expenses and payroll with their lines',
	},
	{ name: 'Project', value: 'project' },
	{
		name: 'Requisition',
		value: 'requisition',
		description: 'Subcontractor invoices against a commitment',
	},
	{
		name: 'Standard Cost Code',
		value: 'standardCostCode',
		description: "The company's own lists of cost codes",
	},
	{ name: 'Tax Code', value: 'taxCode' },
	{ name: 'Unit of Measure', value: 'unitOfMeasure' },
	{ name: 'Vendor', value: 'vendor', description: 'Companies of the company directory' },
	{
		name: 'WBS Code',
		value: 'wbsCode',
		description: 'Budget codes: a cost code together with a cost type',
	},
];
