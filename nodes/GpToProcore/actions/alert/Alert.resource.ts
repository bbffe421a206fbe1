import type { INodeProperties } from 'n8n-workflow';

import * as evaluate from './evaluate.operation';

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['alert'] } },
		options: [
			{
				name: 'Evaluate',
				value: 'evaluate',
				action: 'Evaluate alerts',
				description: 'Find what is wrong, and what is new, worse, due again or over',
			},
		],
		default: 'evaluate',
	},
	...evaluate.description,
];
