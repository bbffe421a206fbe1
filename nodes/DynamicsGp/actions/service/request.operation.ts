import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { toItem } from '../../../shared/item-kinds';
import type { GpOperation } from '../operation.types';

const properties: INodeProperties[] = [
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Purchasing/Vendors.json',
		description:
			'Path below the company, or below the server when it begins with "/". Only this server is ever called, and only to read.',
	},
	{
		displayName: 'Query Parameters',
		name: 'query',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add parameter',
		default: {},
		options: [
			{
				displayName: 'Parameter',
				name: 'parameter',
				values: [
					{ displayName: 'Name', name: 'name', type: 'string', default: '' },
					{ displayName: 'Value', name: 'value', type: 'string', default: '' },
				],
			},
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['service'], operation: ['request'] } },
	properties,
);

export const execute: GpOperation = async function (connection, itemIndex) {
	const path = this.getNodeParameter('path', itemIndex) as string;
	const pairs = this.getNodeParameter('query.parameter', itemIndex, []) as Array<{
		name: string;
		value: string;
	}>;
	const query = Object.fromEntries(pairs.map(({ name, value }) => [name, String(value)]));
	return [toItem(await connection.client.request(path, query))];
};
