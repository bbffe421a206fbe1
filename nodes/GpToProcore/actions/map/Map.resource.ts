import type { INodeProperties } from 'n8n-workflow';

import * as map from './map.operation';

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['account'] } },
		options: [
			{
				name: 'Map',
				value: 'map',
				action: 'Map GL accounts to cost codes',
				description: 'Turn GL accounts of GP into cost codes as they should stand in Procore',
			},
		],
		default: 'map',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['payable'] } },
		options: [
			{
				name: 'Map',
				value: 'map',
				action: 'Map payables invoices to direct costs',
				description:
					'Turn payables invoices of GP into direct costs as they should stand in Procore',
			},
			{
				name: 'Preview',
				value: 'preview',
				action: 'Preview how payables invoices are mapped',
				description: 'Show for each cost line where it would go and which rule decided',
			},
		],
		default: 'map',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['vendor'] } },
		options: [
			{
				name: 'Map',
				value: 'map',
				action: 'Map vendors',
				description: 'Turn vendors of GP into vendors as they should stand in Procore',
			},
		],
		default: 'map',
	},
	...map.description,
];
