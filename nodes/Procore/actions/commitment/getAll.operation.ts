import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import {
	listCommitments,
	type CommitmentKind,
} from '../../../../lib/procore/resources/commitments';
import { commitmentKindOrBoth } from '../../descriptions/commitment-kind.description';
import {
	filters,
	originIdFilter,
	searchFilter,
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
	commitmentKindOrBoth,
	...returnAllAndLimit,
	simplify,
	filters(
		{
			displayName: 'Number',
			name: 'number',
			type: 'string',
			default: '',
			placeholder: 'e.g. PO-1042',
			description: 'Return only commitments with exactly this number',
		},
		originIdFilter,
		searchFilter('Return only commitments whose number or title contains this text'),
		{
			displayName: 'Status',
			name: 'status',
			type: 'string',
			default: '',
			placeholder: 'e.g. Approved',
			description:
				'Subcontracts: Draft, Out For Bid, Out For Signature, Approved, Complete, Terminated, Void. Purchase orders: Draft, Processing, Submitted, Partially Received, Received, Approved, Closed.',
		},
		updatedSinceFilter,
		vendorLocator({ required: false, description: 'Return only commitments to this vendor' }),
	),
];

export const description = updateDisplayOptions(
	{ show: { resource: ['commitment'], operation: ['getAll'] } },
	properties,
);

interface Filters {
	number?: string;
	originId?: string;
	search?: string;
	status?: string;
	updatedSince?: unknown;
	vendor?: unknown;
}

export const execute: ProcoreOperation = async function (client, itemIndex) {
	const chosen = this.getNodeParameter('filters', itemIndex, {}) as Filters;
	const kind = this.getNodeParameter('commitmentKind', itemIndex) as CommitmentKind | 'both';
	const kinds: CommitmentKind[] = kind === 'both' ? ['subcontract', 'purchaseOrder'] : [kind];
	const projectId = requiredId(this, 'project', itemIndex);
	const limit = limitOf(this, itemIndex);
	const filter = {
		number: chosen.number,
		originId: chosen.originId?.trim() || undefined,
		search: chosen.search,
		status: chosen.status?.trim() || undefined,
		updatedAt: since('Updated Since', chosen.updatedSince, this.getTimezone()),
		vendorId: checkedId(this, 'Vendor', chosen.vendor, itemIndex),
	};
	const found: object[] = [];
	for (const one of kinds) {
		const left = limit === undefined ? undefined : limit - found.length;
		if (left === 0) break;
		const rows = await listCommitments(client, projectId, one, filter, left);
		found.push(...rows.map((row) => ({ ...(row as object), kind: one })));
	}
	return simplified(this, itemIndex, 'commitment', found);
};
