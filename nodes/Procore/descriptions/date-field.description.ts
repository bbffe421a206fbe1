import type { INodeProperties } from 'n8n-workflow';

/** A day picked in the calendar, or given by an expression. */
export function dateField(displayName: string, name: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'dateTime',
		typeOptions: { dateOnly: true },
		default: '',
		description,
	};
}
