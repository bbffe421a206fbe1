import type { INodeProperties } from 'n8n-workflow';

import * as compare from './compare.operation';

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['reconciliation'] } },
		options: [
			{
				name: 'Compare',
				value: 'compare',
				action: 'Compare the books of gp and procore',
				description:
					'Add up payables in GP and direct costs in Procore, and name the document behind each difference',
			},
		],
		default: 'compare',
	},
	...compare.description,
];
