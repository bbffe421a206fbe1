import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { plainText } from './read-values';

export const returnAllAndLimit: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
];

/** How many rows are wanted; undefined means all. */
export function limitOf(context: IExecuteFunctions, itemIndex: number): number | undefined {
	if (context.getNodeParameter('returnAll', itemIndex, false)) return undefined;
	const text = plainText(context.getNodeParameter('limit', itemIndex, 50));
	// Anything else would be taken for all rows, or for none.
	if (/^[1-9]\d{0,8}$/.test(text ?? '')) return Number(text);
	throw new NodeOperationError(
		context.getNode(),
		`'Limit' is not a whole number from 1: ${text || 'it is empty'}`,
		{ description: "Give one, or switch 'Return All' on.", itemIndex },
	);
}
