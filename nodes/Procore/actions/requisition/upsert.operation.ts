import { NodeOperationError, updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { upsertRequisition } from '../../../../lib/procore/resources/commitments';
import { commitmentLocator, projectLocator } from '../../descriptions/locators.description';
import { originIdField } from '../../descriptions/origin.description';
import {
	requisitionFields,
	requisitionLines,
} from '../../descriptions/requisition-fields.description';
import { requiredId } from '../../parameters/locator-value';
import { requisitionInput } from '../../parameters/requisition-input';
import type { ProcoreOperation } from '../operation.types';

const properties: INodeProperties[] = [
	projectLocator(),
	commitmentLocator(),
	{ ...originIdField, required: true, placeholder: 'e.g. GP:TWO:PM:1:00417' },
	requisitionLines,
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: requisitionFields.filter(({ name }) => name !== 'originId'),
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['requisition'], operation: ['upsert'] } },
	properties,
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
	const projectId = requiredId(this, 'project', itemIndex);
	const commitmentId = requiredId(this, 'commitment', itemIndex);
	const originId = String(this.getNodeParameter('originId', itemIndex)).trim();
	if (originId === '') {
		throw new NodeOperationError(this.getNode(), 'The requisition has no origin ID', {
			description: "Fill in 'Origin ID': by it a second run recognises what the first one made.",
			itemIndex,
		});
	}
	const fields = requisitionInput(this, 'additionalFields', itemIndex);
	const { created, requisition } = await upsertRequisition(client, projectId, commitmentId, {
		...fields,
		origin_id: originId,
	});
	return [{ ...(requisition as object), created }];
};
