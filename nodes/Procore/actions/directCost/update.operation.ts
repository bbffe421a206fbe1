import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { deleteLine } from '../../../../lib/procore/resources/direct-cost-lines';
import { updateDirectCost } from '../../../../lib/procore/resources/direct-costs';
import { directCostFields, statusField } from '../../descriptions/direct-cost-fields.description';
import { changedLines } from '../../descriptions/direct-cost-lines.description';
import {
	directCostLocator,
	projectLocator,
	vendorLocator,
} from '../../descriptions/locators.description';
import { directCostInput } from '../../parameters/direct-cost-input';
import { nestedLines } from '../../parameters/direct-cost-lines';
import { idList, requiredId } from '../../parameters/locator-value';
import type { ProcoreOperation } from '../operation.types';

const properties: INodeProperties[] = [
	projectLocator(),
	directCostLocator(),
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		description: 'Fields that are not added stay as they are',
		hint: 'Procore lets nobody change the type or the invoice number this way',
		options: [...directCostFields, statusField, vendorLocator({ required: false })].sort(
			(left, right) => (left.displayName < right.displayName ? -1 : 1),
		),
	},
	changedLines,
	{
		displayName: 'Lines to Delete',
		name: 'linesToDelete',
		type: 'string',
		default: '',
		placeholder: 'e.g. 4896147, 4896148',
		description: 'Procore IDs of lines to take off, with commas between them',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['directCost'], operation: ['update'] } },
	properties,
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
	const projectId = requiredId(this, 'project', itemIndex);
	const id = requiredId(this, 'directCost', itemIndex);
	const fields = directCostInput(this, 'updateFields', itemIndex);
	const lines = await nestedLines(this, client, projectId, itemIndex);
	for (const line of idList(this, 'linesToDelete', itemIndex)) {
		await deleteLine(client, projectId, id, line);
	}
	const cost = { ...fields, ...(lines.length > 0 ? { line_items: lines } : {}) };
	return [await updateDirectCost(client, projectId, id, cost)];
};
