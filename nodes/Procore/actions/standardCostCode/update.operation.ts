import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { updateStandardCostCode } from '../../../../lib/procore/resources/standard-cost-codes';
import { changedCodeFields } from '../../descriptions/cost-code-fields.description';
import {
	standardCostCodeLocator,
	standardListLocator,
} from '../../descriptions/locators.description';
import { codeFields } from '../../parameters/cost-code-input';
import { requiredId } from '../../parameters/locator-value';
import type { ProcoreOperation } from '../operation.types';

const properties: INodeProperties[] = [
	standardListLocator(),
	standardCostCodeLocator(),
	changedCodeFields(standardCostCodeLocator),
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
