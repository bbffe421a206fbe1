import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { createStandardCostCode } from '../../../../lib/procore/resources/standard-cost-codes';
import {
	codeField,
	moreCodeFields,
	nameField,
} from '../../descriptions/cost-code-fields.description';
import {
	standardCostCodeLocator,
	standardListLocator,
} from '../../descriptions/locators.description';
import { codeFields } from '../../parameters/cost-code-input';
import { requiredId } from '../../parameters/locator-value';
import type { ProcoreOperation } from '../operation.types';

const properties: INodeProperties[] = [
	standardListLocator(),
	{ ...codeField, required: true },
	{ ...nameField, required: true },
	moreCodeFields(standardCostCodeLocator),
];

export const description = updateDisplayOptions(
	{ show: { resource: ['standardCostCode'], operation: ['create'] } },
	properties,
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
	return [
		await createStandardCostCode(client, requiredId(this, 'standardCostCodeList', itemIndex), {
			code: String(this.getNodeParameter('code', itemIndex)).trim(),
			name: this.getNodeParameter('name', itemIndex) as string,
			...codeFields(this, 'additionalFields', itemIndex),
		}),
	];
};
