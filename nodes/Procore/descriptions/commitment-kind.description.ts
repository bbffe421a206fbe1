import type { INodeProperties } from 'n8n-workflow';

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
