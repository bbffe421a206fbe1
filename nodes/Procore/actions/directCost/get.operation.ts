import { updateDisplayOptions } from 'n8n-workflow';

import { getDirectCost } from '../../../../lib/procore/resources/direct-costs';
import { simplify } from '../../descriptions/list.description';
import { directCostLocator, projectLocator } from '../../descriptions/locators.description';
import { requiredId } from '../../parameters/locator-value';
import type { ProcoreOperation } from '../operation.types';
import { simplified } from '../simplify';

export const description = updateDisplayOptions(
	{ show: { resource: ['directCost'], operation: ['get'] } },
	[projectLocator(), directCostLocator(), simplify],
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
	const projectId = requiredId(this, 'project', itemIndex);
	const cost = await getDirectCost(client, projectId, requiredId(this, 'directCost', itemIndex));
	return simplified(this, itemIndex, 'directCost', [cost]);
};
