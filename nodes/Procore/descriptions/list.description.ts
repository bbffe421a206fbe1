import type { INodeProperties } from 'n8n-workflow';

export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** The collection of filters; its options differ by resource. */
export function filters(...options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: options.sort((left, right) => (left.displayName < right.displayName ? -1 : 1)),
	};
}

export const originIdFilter: INodeProperties = {
	displayName: 'Origin ID',
	name: 'originId',
	type: 'string',
	default: '',
	placeholder: 'e.g. GP:TWO:V:ACME0001',
	description: 'Return only the record with this key of the system it came from',
};

export const updatedSinceFilter: INodeProperties = {
	displayName: 'Updated Since',
	name: 'updatedSince',
	type: 'dateTime',
	default: '',
	description: 'Return only records changed in Procore at or after this time',
};

export function searchFilter(description: string): INodeProperties {
	return { displayName: 'Search', name: 'search', type: 'string', default: '', description };
}
