import type { INodeProperties } from 'n8n-workflow';

import * as exportRows from './export.operation';
import * as retention from './retention.operation';
import * as verifyChain from './verifyChain.operation';

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['audit'] } },
		options: [
			{
				name: 'Export',
				value: 'export',
				action: 'Export rows for a spreadsheet',
				description: 'Make rows of a table safe to open as a CSV or Excel file',
			},
			{
				name: 'Retention',
				value: 'retention',
				action: 'Find events that are too old to keep',
				description: 'Say which events of old runs may go',
			},
			{
				name: 'Verify Chain',
				value: 'verifyChain',
				action: 'Verify the events of runs',
				description: 'Say for each run whether its events stand as they were written',
			},
		],
		default: 'export',
	},
	...exportRows.description,
	...retention.description,
	...verifyChain.description,
];
