import type { INodeProperties } from 'n8n-workflow';

export function tablesProperty(which: string): INodeProperties {
	return {
		displayName: 'Tables',
		name: 'tables',
		type: 'json',
		default: '{}',
		description: `Rows by table, an object of lists: ${which}`,
		hint: 'Usually an expression that hands over the rows of Data Tables read before',
	};
}
