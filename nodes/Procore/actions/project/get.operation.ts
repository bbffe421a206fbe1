import { updateDisplayOptions } from 'n8n-workflow';

import { getProject } from '../../../../lib/procore/resources/projects';
import { simplify } from '../../descriptions/list.description';
import { projectLocator } from '../../descriptions/locators.description';
import { requiredId } from '../../parameters/locator-value';
import type { ProcoreOperation } from '../operation.types';
import { simplified } from '../simplify';

export const description = updateDisplayOptions(
	{ show: { resource: ['project'], operation: ['get'] } },
	[projectLocator(), simplify],
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
	const project = await getProject(client, requiredId(this, 'project', itemIndex));
	return simplified(this, itemIndex, 'project', [project]);
};
