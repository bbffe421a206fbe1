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
