import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import {
	copyStandardCostCodesToProject,
	copyStandardListToProject,
} from '../../../../lib/procore/resources/standard-cost-codes';
import { projectLocator, standardListLocator } from '../../descriptions/locators.description';
import { idList, requiredId } from '../../parameters/locator-value';
import type { ProcoreOperation } from '../operation.types';

const properties: INodeProperties[] = [
	projectLocator(),
	standardListLocator(),
	{
		displayName: 'Standard Cost Code IDs',
		name: 'standardCostCodes',
		type: 'string',
		default: '',
		placeholder: 'e.g. 4682, 4683',
		description:
			'Procore IDs of the codes to copy, with commas between them. Empty copies the whole list.',
		hint: 'Give the codes above them as well: a code goes nowhere without its parent',
	},
];

/** The same under Cost Code, where people look for it, and under Standard Cost Code. */
export const description = updateDisplayOptions(
	{ show: { resource: ['costCode', 'standardCostCode'], operation: ['copyToProject'] } },
	properties,
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
	const projectId = requiredId(this, 'project', itemIndex);
	const listId = requiredId(this, 'standardCostCodeList', itemIndex);
	const ids = idList(this, 'standardCostCodes', itemIndex);
	if (ids.length > 0) {
		return [await copyStandardCostCodesToProject(client, projectId, listId, ids)];
	}
	const copied = await copyStandardListToProject(client, projectId, listId);
	return Array.isArray(copied) ? copied : [copied];
};
