import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { RESOURCES } from './actions/resources';
import { router } from './actions/router';
import * as sync from './actions/sync/Sync.resource';
import { companyLocator } from './descriptions/locators.description';
import { listSearch, loadOptions } from './methods';

/** Reads and writes Procore record by record, and brings many records to a desired state at once. */
export class Procore implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Procore',
		name: 'procore',
		icon: { light: 'file:procore.svg', dark: 'file:procore.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read and write Procore, and sync vendors, cost codes and direct costs into it',
		defaults: { name: 'Procore' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'procoreOAuth2Api', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
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
				],
				default: 'vendor',
			},
			...Object.values(RESOURCES).flatMap(({ description }) => description),
			...sync.description,
			companyLocator,
		],
	};

	methods = { listSearch, loadOptions };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router.call(this);
	}
}
