import { updateDisplayOptions } from 'n8n-workflow';

import { deleteDirectCost } from '../../../../lib/procore/resources/direct-costs';
import { directCostLocator, projectLocator } from '../../descriptions/locators.description';
import { requiredId } from '../../parameters/locator-value';
import type { ProcoreOperation } from '../operation.types';

export const description = updateDisplayOptions(
	{ show: { resource: ['directCost'], operation: ['delete'] } },
	[projectLocator(), directCostLocator()],
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
	const projectId = requiredId(this, 'project', itemIndex);
	await deleteDirectCost(client, projectId, requiredId(this, 'directCost', itemIndex));
	return [{ deleted: true }];
};
