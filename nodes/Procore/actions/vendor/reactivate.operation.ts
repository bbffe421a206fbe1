import { updateDisplayOptions } from 'n8n-workflow';

import { reactivateVendor } from '../../../../lib/procore/resources/vendors';
import { vendorLocator } from '../../descriptions/locators.description';
import { requiredId } from '../../parameters/locator-value';
import type { ProcoreOperation } from '../operation.types';

export const description = updateDisplayOptions(
	{ show: { resource: ['vendor'], operation: ['reactivate'] } },
	[
		vendorLocator({
			hint: 'The list shows active companies only: give the ID of the inactive one',
		}),
	],
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
	return [await reactivateVendor(client, requiredId(this, 'vendor', itemIndex))];
};
