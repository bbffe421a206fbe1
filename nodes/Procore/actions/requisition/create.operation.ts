import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { createRequisition } from '../../../../lib/procore/resources/commitments';
import { commitmentLocator, projectLocator } from '../../descriptions/locators.description';
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
	requisitionLines,
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: requisitionFields,
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['requisition'], operation: ['create'] } },
	properties,
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
	const projectId = requiredId(this, 'project', itemIndex);
	const commitmentId = requiredId(this, 'commitment', itemIndex);
	const fields = requisitionInput(this, 'additionalFields', itemIndex);
	return [await createRequisition(client, projectId, commitmentId, fields)];
};
