import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { updateStandardCostCode } from '../../../../lib/procore/resources/standard-cost-codes';
import { codeField, nameField } from '../../descriptions/cost-code-fields.description';
import {
	standardCostCodeLocator,
	standardListLocator,
} from '../../descriptions/locators.description';
import { originDataField, originIdField } from '../../descriptions/origin.description';
import { codeFields } from '../../parameters/cost-code-input';
import { requiredId } from '../../parameters/locator-value';
import type { ProcoreOperation } from '../operation.types';

const properties: INodeProperties[] = [
	standardListLocator(),
	standardCostCodeLocator(),
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		description: 'Fields that are not added stay as they are',
		options: [
			codeField,
			nameField,
			originDataField,
			originIdField,
			standardCostCodeLocator({
				displayName: 'Parent',
				name: 'parent',
				required: false,
				description: 'The division to move the code under',
			}),
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['standardCostCode'], operation: ['update'] } },
	properties,
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
	const listId = requiredId(this, 'standardCostCodeList', itemIndex);
	const id = requiredId(this, 'standardCostCode', itemIndex);
	const fields = codeFields(this, 'updateFields', itemIndex);
	return [await updateStandardCostCode(client, listId, id, fields)];
};
