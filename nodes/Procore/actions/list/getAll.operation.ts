import { NodeOperationError, updateDisplayOptions } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { ProcoreClient } from '../../../../lib/procore/procore-client';
import { listBillingPeriods } from '../../../../lib/procore/resources/billing-periods';
import { listCompanies } from '../../../../lib/procore/resources/companies';
import { listCostCodes } from '../../../../lib/procore/resources/cost-codes';
import { listCostTypes } from '../../../../lib/procore/resources/cost-types';
import { listDirectCosts } from '../../../../lib/procore/resources/direct-costs';
import { listProjects } from '../../../../lib/procore/resources/projects';
import { listRequisitions } from '../../../../lib/procore/resources/requisitions';
import { listTaxCodes } from '../../../../lib/procore/resources/tax-codes';
import { listUnitsOfMeasure } from '../../../../lib/procore/resources/units-of-measure';
import { listVendors } from '../../../../lib/procore/resources/vendors';
import { listWbsCodes } from '../../../../lib/procore/resources/wbs-codes';
import { toItem } from '../../../shared/item-kinds';
import { runPerItem } from '../../../shared/run-per-item';
import { toNodeError } from '../../../shared/to-node-error';
import { projectLocator } from '../../descriptions/project.description';
import { connect } from '../../transport/connect';

export const description: INodeProperties[] = [
	...updateDisplayOptions(
		{
			show: {
				resource: ['billingPeriod', 'costCode', 'directCost', 'requisition', 'wbsCode'],
				operation: ['getAll'],
			},
		},
		[projectLocator],
	),
	...updateDisplayOptions({ show: { operation: ['getAll'] } }, [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			displayOptions: { show: { returnAll: [false] } },
			description: 'Max number of results to return',
		},
	]),
];

export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const client = await connected(this);
	return await runPerItem.call(this, async (itemIndex) => {
		const limit = this.getNodeParameter('returnAll', itemIndex, false)
			? undefined
			: (this.getNodeParameter('limit', itemIndex, 50) as number);
		const rows = await list.call(this, client, itemIndex, limit);
		return rows.map((row) => toItem(row as object));
	});
}

async function list(
	this: IExecuteFunctions,
	client: ProcoreClient,
	itemIndex: number,
	limit: number | undefined,
): Promise<unknown[]> {
	const project = () => projectOf(this, itemIndex);
	const resource = this.getNodeParameter('resource', itemIndex);
	switch (resource) {
		case 'billingPeriod':
			return await listBillingPeriods(client, project(), {}, limit);
		case 'company':
			return await listCompanies(client, limit);
		case 'costCode':
			return await listCostCodes(client, project(), {}, limit);
		case 'costType':
			return await listCostTypes(client, {}, limit);
		case 'directCost':
			return await listDirectCosts(client, project(), {}, limit);
		case 'project':
			return await listProjects(client, {}, limit);
		case 'requisition':
			return await listRequisitions(client, project(), {}, limit);
		case 'taxCode':
			return await listTaxCodes(client, limit);
		case 'unitOfMeasure':
			return await listUnitsOfMeasure(client, limit);
		case 'vendor':
			return await listVendors(client, {}, limit);
		case 'wbsCode':
			return await listWbsCodes(client, project(), {}, limit);
		default:
			throw new NodeOperationError(this.getNode(), `There is no resource '${resource}' here`);
	}
}

function projectOf(context: IExecuteFunctions, itemIndex: number): string {
	const value = context.getNodeParameter('project', itemIndex, '', { extractValue: true });
	const id = String(value ?? '').trim();
	if (id) return id;
	throw new NodeOperationError(context.getNode(), 'No project is chosen', {
		description: "Choose one in 'Project', or give its ID.",
		itemIndex,
	});
}

async function connected(context: IExecuteFunctions): Promise<ProcoreClient> {
	try {
		return await connect(context);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}
