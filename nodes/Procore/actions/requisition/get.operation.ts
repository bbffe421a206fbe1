import { updateDisplayOptions } from 'n8n-workflow';

import { getRequisition } from '../../../../lib/procore/resources/commitments';
import { simplify } from '../../descriptions/list.description';
import { projectLocator, requisitionLocator } from '../../descriptions/locators.description';
import { requiredId } from '../../parameters/locator-value';
import type { ProcoreOperation } from '../operation.types';
import { simplified } from '../simplify';

export const description = updateDisplayOptions(
	{ show: { resource: ['requisition'], operation: ['get'] } },
	[projectLocator(), requisitionLocator(), simplify],
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
	const projectId = requiredId(this, 'project', itemIndex);
	const found = await getRequisition(client, projectId, requiredId(this, 'requisition', itemIndex));
	return simplified(this, itemIndex, 'requisition', [found]);
};
