import { updateDisplayOptions } from 'n8n-workflow';

import { addVendorToProject } from '../../../../lib/procore/resources/vendors';
import { projectLocator, vendorLocator } from '../../descriptions/locators.description';
import { requiredId } from '../../parameters/locator-value';
import type { ProcoreOperation } from '../operation.types';

export const description = updateDisplayOptions(
	{ show: { resource: ['vendor'], operation: ['addToProject'] } },
	[projectLocator(), vendorLocator()],
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
	const projectId = requiredId(this, 'project', itemIndex);
	return [await addVendorToProject(client, projectId, requiredId(this, 'vendor', itemIndex))];
};
