import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { updateCostCode } from '../../../../lib/procore/resources/cost-codes';
import { changedCodeFields } from '../../descriptions/cost-code-fields.description';
import { costCodeLocator, projectLocator } from '../../descriptions/locators.description';
import { codeFields } from '../../parameters/cost-code-input';
import { requiredId } from '../../parameters/locator-value';
import type { ProcoreOperation } from '../operation.types';

const properties: INodeProperties[] = [
	projectLocator(),
	costCodeLocator(),
	changedCodeFields(costCodeLocator),
];

export const description = updateDisplayOptions(
	{ show: { resource: ['costCode'], operation: ['update'] } },
	properties,
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
	const projectId = requiredId(this, 'project', itemIndex);
	const id = requiredId(this, 'costCode', itemIndex);
	return [await updateCostCode(client, projectId, id, codeFields(this, 'updateFields', itemIndex))];
};
