import type { INodeProperties } from 'n8n-workflow';

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
