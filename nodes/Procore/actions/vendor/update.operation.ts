import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { updateVendor } from '../../../../lib/procore/resources/vendors';
import { vendorLocator } from '../../descriptions/locators.description';
import { vendorFields } from '../../descriptions/vendor-fields.description';
import { requiredId } from '../../parameters/locator-value';
import { vendorInput } from '../../parameters/vendor-input';
import type { ProcoreOperation } from '../operation.types';

const name: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	description: 'New name of the company',
};

const properties: INodeProperties[] = [
	vendorLocator(),
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		description: 'Fields that are not added stay as they are',
		options: [...vendorFields, name].sort((left, right) =>
			left.displayName < right.displayName ? -1 : 1,
		),
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['vendor'], operation: ['update'] } },
	properties,
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
	const id = requiredId(this, 'vendor', itemIndex);
	return [await updateVendor(client, id, vendorInput(this, 'updateFields', itemIndex))];
};
