import type { INodeProperties } from 'n8n-workflow';

import * as page from './page.operation';
import * as planReplay from './planReplay.operation';

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['report'] } },
		options: [
			{
				name: 'Page',
				value: 'page',
				action: 'Draw a page of the report',
				description: 'Draw one page of the dashboard as HTML from table rows',
			},
			{
				name: 'Plan Replay',
				value: 'planReplay',
				action: 'Plan what a replay button asks for',
				description: 'Turn a pressed button into rows of the requests table',
			},
			{
				name: 'Read Question',
				value: 'readQuestion',
				action: 'Read what a visitor of the report asks for',
				description: 'Read the address of a page into checked values for table filters',
			},
			{
				name: 'Read Replay',
				value: 'readReplay',
				action: 'Read a pressed replay button',
				description: 'Check that a replay was pressed on a page made for this visitor',
			},
		],
		default: 'page',
	},
	...page.description,
	...planReplay.description,
];
