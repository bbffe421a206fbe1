import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { createCostCode } from '../../../../lib/procore/resources/cost-codes';
import {
	codeField,
	moreCodeFields,
	nameField,
} from '../../descriptions/cost-code-fields.description';
import { costCodeLocator, projectLocator } from '../../descriptions/locators.description';
import { codeFields } from '../../parameters/cost-code-input';
import { requiredId } from '../../parameters/locator-value';
import type { ProcoreOperation } from '../operation.types';

const properties: INodeProperties[] = [
	projectLocator(),
	{ ...codeField, required: true },
	{ ...nameField, required: true },
	moreCodeFields(costCodeLocator),
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
