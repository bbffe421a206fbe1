import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { listDirectCostsWithLines } from '../../../../lib/procore/resources/direct-cost-lines';
import { listDirectCosts } from '../../../../lib/procore/resources/direct-costs';
import { statusField } from '../../descriptions/direct-cost-fields.description';
import {
	filters,
	originIdFilter,
	simplify,
	updatedSinceFilter,
} from '../../descriptions/list.description';
import { returnAllAndLimit } from '../../../shared/return-all-and-limit';
import { projectLocator, vendorLocator } from '../../descriptions/locators.description';
import { since } from '../../parameters/dates';
import { limitOf } from '../../parameters/limit';
import { checkedId, requiredId } from '../../parameters/locator-value';
import type { ProcoreOperation } from '../operation.types';
import { simplified } from '../simplify';

const properties: INodeProperties[] = [
	projectLocator(),
	...returnAllAndLimit,
	{
		displayName: 'Include Lines',
		name: 'includeLines',
		type: 'boolean',
		default: false,
		description: 'Whether to add the lines of each direct cost, which takes one more call or so',
	},
	simplify,
	filters(
		{
			displayName: 'Invoice Number',
			name: 'invoiceNumber',
			type: 'string',
			default: '',
			description: 'Return only direct costs with exactly this number',
		},
		originIdFilter,
		{ ...statusField, description: 'Return only direct costs of this status' },
		updatedSinceFilter,
		vendorLocator({ required: false, description: 'Return only direct costs of this vendor' }),
	),
];

export const description = updateDisplayOptions(
	{ show: { resource: ['directCost'], operation: ['getAll'] } },
	properties,
);

interface Filters {
	invoiceNumber?: string;
	originId?: string;
	status?: string;
	updatedSince?: unknown;
	vendor?: unknown;
}

export const execute: ProcoreOperation = async function (client, itemIndex) {
	const chosen = this.getNodeParameter('filters', itemIndex, {}) as Filters;
	const list = this.getNodeParameter('includeLines', itemIndex, false)
		? listDirectCostsWithLines
		: listDirectCosts;
	const costs = await list(
		client,
		requiredId(this, 'project', itemIndex),
		{
			invoiceNumber: chosen.invoiceNumber?.trim() || undefined,
			originId: chosen.originId?.trim() || undefined,
			status: chosen.status || undefined,
			updatedAt: since('Updated Since', chosen.updatedSince, this.getTimezone()),
			vendorId: checkedId(this, 'Vendor', chosen.vendor, itemIndex),
		},
		limitOf(this, itemIndex),
	);
	return simplified(this, itemIndex, 'directCost', costs);
};
