import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { createVendor } from '../../../../lib/procore/resources/vendors';
import { vendorFields } from '../../descriptions/vendor-fields.description';
import { vendorInput } from '../../parameters/vendor-input';
import type { ProcoreOperation } from '../operation.types';

const properties: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Acme Concrete, Inc.',
		description: 'Name of the company. Procore takes the same name twice: look for it first.',
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: vendorFields,
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['vendor'], operation: ['create'] } },
	properties,
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
	const name = this.getNodeParameter('name', itemIndex) as string;
	const fields = vendorInput(this, 'additionalFields', itemIndex);
	return [await createVendor(client, { name, ...fields })];
};
