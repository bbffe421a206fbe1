import type { INodeProperties } from 'n8n-workflow';

export const codeField: INodeProperties = {
	displayName: 'Code',
	name: 'code',
	type: 'string',
	default: '',
	placeholder: 'e.g. 300',
	description: "The code's own part, without its parent: 300 for 03-300",
};

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Concrete',
	description: 'What the code stands for',
};
