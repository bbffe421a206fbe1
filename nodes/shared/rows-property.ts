import type { INodeProperties } from 'n8n-workflow';

/** A parameter that takes all rows of a Data Table read before. */
export function rowsProperty(
	displayName: string,
	name: string,
	description: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'json',
		default: '[]',
		description,
		hint: 'Usually an expression that hands over all rows of a Data Table read before',
	};
}

/** A parameter that takes rows of several tables, by name. */
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
