import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import {
	listRequisitions,
	type RequisitionFields,
} from '../../../../lib/procore/resources/commitments';
import {
	filters,
	originIdFilter,
	simplify,
	updatedSinceFilter,
} from '../../descriptions/list.description';
import { returnAllAndLimit } from '../../../shared/return-all-and-limit';
import {
	billingPeriodLocator,
	commitmentLocator,
	projectLocator,
} from '../../descriptions/locators.description';
import { requisitionStatus } from '../../descriptions/requisition-fields.description';
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
		description: 'Whether to add what is billed on each line of the commitment',
	},
	simplify,
	filters(
		billingPeriodLocator({ required: false }),
		commitmentLocator({ required: false }),
		originIdFilter,
		{ ...requisitionStatus, description: 'Return only requisitions of this status' },
		updatedSinceFilter,
	),
];

export const description = updateDisplayOptions(
	{ show: { resource: ['requisition'], operation: ['getAll'] } },
	properties,
);

interface Filters {
	billingPeriod?: unknown;
	commitment?: unknown;
	originId?: string;
	status?: RequisitionFields['status'];
	updatedSince?: unknown;
}

export const execute: ProcoreOperation = async function (client, itemIndex) {
	const chosen = this.getNodeParameter('filters', itemIndex, {}) as Filters;
	const rows = await listRequisitions(
		client,
		requiredId(this, 'project', itemIndex),
		{
			commitmentId: checkedId(this, 'Commitment', chosen.commitment, itemIndex),
			originId: chosen.originId?.trim() || undefined,
			periodId: checkedId(this, 'Billing Period', chosen.billingPeriod, itemIndex),
			status: chosen.status,
			updatedAt: since('Updated Since', chosen.updatedSince, this.getTimezone()),
		},
		limitOf(this, itemIndex),
		this.getNodeParameter('includeLines', itemIndex, false) ? 'items' : undefined,
	);
	return simplified(this, itemIndex, 'requisition', rows);
};
