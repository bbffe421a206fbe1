import type { INodeProperties } from 'n8n-workflow';

export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** Fields in the order of their names, as n8n wants them. */
export function byName(fields: readonly INodeProperties[]): INodeProperties[] {
	return [...fields].sort((left, right) => (left.displayName < right.displayName ? -1 : 1));
}

/** The collection of filters; its options differ by resource. */
export function filters(...options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: byName(options),
	};
}

/** What can be said of a new record beside what it must have. */
export function additionalFields(
	options: INodeProperties[],
	more: Partial<INodeProperties> = {},
): INodeProperties {
	return {
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		...more,
		options,
	};
}

/** What can be changed of a record. */
export function updateFields(
	options: INodeProperties[],
	more: Partial<INodeProperties> = {},
): INodeProperties {
	return {
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		description: 'Fields that are not added stay as they are',
		...more,
		options,
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

export const originIdField: INodeProperties = {
	displayName: 'Origin ID',
	name: 'originId',
	type: 'string',
	default: '',
	placeholder: 'e.g. GP:TWO:V:ACME0001',
	description:
		'Key of the record in the system it comes from, unique in the whole company. With it, a request that is sent twice still makes one record.',
};

export const originDataField: INodeProperties = {
	displayName: 'Origin Data',
	name: 'originData',
	type: 'string',
	default: '',
	description: 'Any text kept with the record for the system it comes from; people do not see it',
};

const KINDS = [
	{ name: 'Purchase Order', value: 'purchaseOrder' },
	{ name: 'Subcontract', value: 'subcontract' },
];

export const commitmentKind: INodeProperties = {
	displayName: 'Kind',
	name: 'commitmentKind',
	type: 'options',
	default: 'subcontract',
	description: 'Procore keeps the two kinds of commitments apart',
	options: KINDS,
};

export const commitmentKindOrBoth: INodeProperties = {
	...commitmentKind,
	default: 'both',
	options: [{ name: 'Both', value: 'both' }, ...KINDS],
};
