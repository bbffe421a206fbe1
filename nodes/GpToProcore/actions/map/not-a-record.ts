import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode } from 'n8n-workflow';

import { kindOf } from '../../../shared/item-kinds';

const NAMES: Record<string, string> = {
	vendor: 'vendor',
	account: 'GL account',
	payable: 'payables invoice',
};

/** A wrongly wired workflow: everything after would be wrong, so it stops. */
export function notARecord(
	node: INode,
	json: IDataObject,
	entity: string,
	itemIndex: number,
): NodeOperationError {
	const kind = kindOf(json);
	const what = kind && NAMES[kind] ? `a ${NAMES[kind]}` : 'no record of the Dynamics GP node';
	return new NodeOperationError(
		node,
		`Item ${itemIndex} is ${what}; this node maps ${NAMES[entity] ?? entity} records`,
		{
			description:
				'Connect the output of a Dynamics GP node of the same resource, unchanged, or choose the matching resource here.',
			itemIndex,
		},
	);
}
