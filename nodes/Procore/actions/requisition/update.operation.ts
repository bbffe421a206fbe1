import { NodeOperationError, updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { readId } from '../../../../lib/procore/wire';
import {
	getRequisition,
	updateRequisition,
	withItemIds,
} from '../../../../lib/procore/resources/commitments';
import { projectLocator, requisitionLocator } from '../../descriptions/locators.description';
import {
	requisitionFields,
	requisitionLines,
} from '../../descriptions/requisition-fields.description';
import { requiredId } from '../../parameters/locator-value';
import { requisitionInput } from '../../parameters/requisition-input';
import type { ProcoreOperation } from '../operation.types';

const properties: INodeProperties[] = [
	projectLocator(),
	requisitionLocator(),
	requisitionLines,
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		description: 'Fields and lines that are not added stay as they are',
		options: requisitionFields,
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['requisition'], operation: ['update'] } },
	properties,
);

/** Procore wants the commitment beside the requisition, and item ids: both are read first. */
export const execute: ProcoreOperation = async function (client, itemIndex) {
	const projectId = requiredId(this, 'project', itemIndex);
	const id = requiredId(this, 'requisition', itemIndex);
	const fields = requisitionInput(this, 'updateFields', itemIndex);
	const standing = (await getRequisition(client, projectId, id)) as { commitment_id?: unknown };
	const commitmentId = readId(standing.commitment_id);
	if (!commitmentId) {
		throw new NodeOperationError(
			this.getNode(),
			`Procore did not tell which commitment requisition ${id} belongs to`,
			{ description: 'Check in Procore that its commitment still exists.', itemIndex },
		);
	}
	const items = withItemIds(fields.items, standing);
	const change = { ...fields, ...(items ? { items } : {}) };
	return [await updateRequisition(client, projectId, commitmentId, id, change)];
};
