import type { INodeProperties } from 'n8n-workflow';

import { isBlank, toItem } from '../../../shared/item-kinds';
import type { BatchOperation, OperationOption } from '../../../shared/operations';

export const option: OperationOption = {
	name: 'Answer',
	value: 'answer',
	action: 'Answer a request with its rows',
	description: 'Give all rows as one item, with the request they belong to',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Request',
		name: 'request',
		type: 'string',
		default: '',
		placeholder: "={{ $('Write SQL').first().json.request }}",
		description: 'What came as "request": the reader knows the answer by it',
	},
];

/** Rows come in, one per item, an empty item for none; one item goes out. */
export const execute: BatchOperation = async function () {
	const rows = this.getInputData()
		.map(({ json }) => json)
		.filter((json) => !isBlank(json));
	return [[toItem({ request: String(this.getNodeParameter('request', 0, '')), rows }, 0)]];
};
