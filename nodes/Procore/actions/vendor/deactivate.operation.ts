import { updateDisplayOptions } from 'n8n-workflow';

import { deactivateVendor } from '../../../../lib/procore/resources/vendors';
import { vendorLocator } from '../../descriptions/locators.description';
import { requiredId } from '../../parameters/locator-value';
import type { ProcoreOperation } from '../operation.types';

export const description = updateDisplayOptions(
	{ show: { resource: ['vendor'], operation: ['deactivate'] } },
	[vendorLocator()],
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
	return [await deactivateVendor(client, requiredId(this, 'vendor', itemIndex))];
};
