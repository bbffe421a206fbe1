import type { INodeProperties } from 'n8n-workflow';

/** Its fields are those of the Map operations, in descriptions/mapping-settings. */
export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['mapping'] } },
		options: [
			{
				name: 'Define',
				value: 'define',
				action: 'Define the mapping',
				description: 'Say once how GP records become Procore records, for all Map nodes to use',
			},
		],
		default: 'define',
	},
];
