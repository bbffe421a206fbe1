import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import * as list from './actions/list/List.resource';
import { router } from './actions/router';
import * as sync from './actions/sync/Sync.resource';
import { listSearch } from './methods';
import { operationDescription } from './descriptions/operation.description';

/** Reads Procore, and brings vendors, cost codes and direct costs to a desired state. */
export class Procore implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Procore',
		name: 'procore',
		icon: { light: 'file:procore.svg', dark: 'file:procore.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read Procore and sync vendors, cost codes and direct costs into it',
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
					{ name: 'Billing Period', value: 'billingPeriod' },
					{ name: 'Company', value: 'company' },
					{ name: 'Cost Code', value: 'costCode' },
					{ name: 'Cost Type', value: 'costType' },
					{ name: 'Direct Cost', value: 'directCost' },
					{ name: 'Project', value: 'project' },
					{ name: 'Requisition', value: 'requisition' },
					{ name: 'Tax Code', value: 'taxCode' },
					{ name: 'Unit of Measure', value: 'unitOfMeasure' },
					{ name: 'Vendor', value: 'vendor' },
					{ name: 'WBS Code', value: 'wbsCode' },
				],
				default: 'vendor',
			},
			...operationDescription,
			...list.description,
			...sync.description,
		],
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router.call(this);
	}
}
