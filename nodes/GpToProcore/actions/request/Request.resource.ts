import type { INodeProperties } from 'n8n-workflow';

import * as plan from './plan.operation';
import * as tell from './tell.operation';

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['request'] } },
		options: [
			{
				name: 'Plan',
				value: 'plan',
				action: 'Plan requests for records',
				description: 'Find the records somebody wants to have again, as rows of the requests table',
			},
			{
				name: 'Tell',
				value: 'tell',
				action: 'Tell what became of requests',
				description: 'Say in plain words what became of the records that were asked for',
			},
		],
		default: 'plan',
	},
	...plan.description,
	...tell.description,
];
