import type { INodeProperties } from 'n8n-workflow';

import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { readList } from '../../../shared/read-list';
import { rowsProperty } from '../../../shared/rows-property';

export const option: OperationOption = {
	name: 'Hand On',
	value: 'handOn',
	action: 'Hand on items of an earlier node',
	description: 'Go on with the items of an earlier node after something was looked up for them',
};

export const fields: INodeProperties[] = [
	rowsProperty('Earlier Items', 'earlierItems', 'Items of the node to go on with'),
];

/** What comes in is dropped: it was read by name. */
export const execute: BatchOperation = async function () {
	return [readList(this, 'earlierItems').map((json) => toItem(json, 0))];
};
