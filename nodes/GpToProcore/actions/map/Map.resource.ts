import type { INodeProperties } from 'n8n-workflow';

import * as map from './map.operation';

const LANES = [
	{ resource: 'account', from: 'GL accounts', to: 'cost codes' },
	{ resource: 'payable', from: 'payables invoices', to: 'direct costs' },
	{ resource: 'vendor', from: 'vendors', to: 'vendors' },
];

export const description: INodeProperties[] = [
	...LANES.map(
		({ resource, from, to }): INodeProperties => ({
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: [resource] } },
			options: [
				{
					name: 'Map',
					value: 'map',
					action: `Map ${from} to ${to}`,
					description: `Turn ${from} of GP into ${to} as they should stand in Procore`,
				},
			],
			default: 'map',
		}),
	),
	...map.description,
];
