import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { createCostCode } from '../../../../lib/procore/resources/cost-codes';
import { codeField, nameField } from '../../descriptions/cost-code-fields.description';
import { costCodeLocator, projectLocator } from '../../descriptions/locators.description';
import { originDataField, originIdField } from '../../descriptions/origin.description';
import { codeFields } from '../../parameters/cost-code-input';
import { requiredId } from '../../parameters/locator-value';
import type { ProcoreOperation } from '../operation.types';

const properties: INodeProperties[] = [
	projectLocator(),
	{ ...codeField, required: true },
	{ ...nameField, required: true },
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: [
			originDataField,
			originIdField,
			costCodeLocator({
				displayName: 'Parent',
				name: 'parent',
				required: false,
				description: 'The division the code belongs under; without one it stands at the top',
			}),
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['costCode'], operation: ['create'] } },
	properties,
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
	return [
		await createCostCode(client, requiredId(this, 'project', itemIndex), {
			code: String(this.getNodeParameter('code', itemIndex)).trim(),
			name: this.getNodeParameter('name', itemIndex) as string,
			...codeFields(this, 'additionalFields', itemIndex),
		}),
	];
};
