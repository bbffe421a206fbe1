import { updateDisplayOptions } from 'n8n-workflow';

import { getVendor } from '../../../../lib/procore/resources/vendors';
import { simplify } from '../../descriptions/list.description';
import { vendorLocator } from '../../descriptions/locators.description';
import { requiredId } from '../../parameters/locator-value';
import type { ProcoreOperation } from '../operation.types';
import { simplified } from '../simplify';

export const description = updateDisplayOptions(
	{ show: { resource: ['vendor'], operation: ['get'] } },
	[vendorLocator(), simplify],
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
	const vendor = await getVendor(client, requiredId(this, 'vendor', itemIndex));
	return simplified(this, itemIndex, 'vendor', [vendor]);
};
