import type { INodeProperties } from 'n8n-workflow';

import * as askForDeleted from './askForDeleted.operation';
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
				name: 'Ask for Deleted',
				value: 'askForDeleted',
				action: 'Ask for documents deleted in GP',
				description:
					'Documents that GP no longer lists, as rows of the requests table: the next run takes them out of Procore',
			},
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
	...askForDeleted.description,
	...plan.description,
	...tell.description,
];
