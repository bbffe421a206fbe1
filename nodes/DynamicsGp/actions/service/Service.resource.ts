import type { INodeProperties } from 'n8n-workflow';

import * as request from './request.operation';

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['service'] } },
		options: [
			{
				name: 'Discover',
				value: 'discover',
				action: 'Discover what the service offers',
				description: 'List what this GP service offers and say which site profile fits',
			},
			{
				name: 'Request',
				value: 'request',
				action: 'Read any path of the service',
				description: 'Read any path of the GP service. GP is never written.',
			},
			{
				name: 'Survey',
				value: 'survey',
				action: 'Survey how the service answers',
				description:
					'Read a few records of each kind, see how the service answers and which ways into GP are open, and propose door and profile',
			},
		],
		default: 'discover',
	},
	...request.description,
];
