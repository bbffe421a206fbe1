import type { INodeProperties } from 'n8n-workflow';

import * as changed from './changed.operation';
import * as request from './request.operation';
import * as suggest from './suggest.operation';

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['crosswalk'] } },
		options: [
			{
				name: 'Ask for Affected Records',
				value: 'request',
				action: 'Ask for the records that changed rows concern',
				description: 'Turn the events found for changed rows into requests for the next run',
			},
			{
				name: 'Find Changed',
				value: 'changed',
				action: 'Find changed crosswalk rows',
				description: 'Tell which rows people edited, added or deleted since the last run',
			},
			{
				name: 'Suggest',
				value: 'suggest',
				action: 'Suggest crosswalk rows',
				description:
					'Look through GP and Procore for jobs, accounts and vendors that have no row yet, and propose one each',
			},
		],
		default: 'suggest',
	},
	...changed.description,
	...request.description,
	...suggest.description,
];
