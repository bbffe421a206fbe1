import type { INodeProperties } from 'n8n-workflow';

import type { costCodeLocator } from './locators.description';
import {
	additionalFields,
	originDataField,
	originIdField,
	updateFields,
} from './common-fields.description';

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

type ParentLocator = typeof costCodeLocator;

/** What can be said of a new code beside number and name; the parent is of the same kind. */
export function moreCodeFields(parent: ParentLocator): INodeProperties {
	return additionalFields([
		originDataField,
		originIdField,
		parentField(parent, 'The division the code belongs under; without one it stands at the top'),
	]);
}

/** What can be changed of a code. */
export function changedCodeFields(parent: ParentLocator): INodeProperties {
	return updateFields([
		codeField,
		nameField,
		originDataField,
		originIdField,
		parentField(parent, 'The division to move the code under'),
	]);
}

function parentField(parent: ParentLocator, description: string): INodeProperties {
	return parent({ displayName: 'Parent', name: 'parent', required: false, description });
}
