import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode } from 'n8n-workflow';

import { kindOf } from '../../../shared/item-kinds';

const NAMES: Record<string, string> = {
	vendor: 'vendors',
	costCode: 'cost codes',
	directCost: 'direct costs',
};

/** A wrongly wired workflow: everything after would be wrong, so it stops before writing. */
export function notDesired(
	node: INode,
	json: IDataObject,
	kind: string,
	itemIndex: number,
): NodeOperationError {
	const found = kindOf(json);
	return new NodeOperationError(
		node,
		`Item ${itemIndex} cannot be synced: it is ${found && NAMES[found] ? `one of the ${NAMES[found]}` : 'nothing the GP to Procore node gives'}, not one of the ${NAMES[kind] ?? kind}`,
		{
			description:
				'Connect the "To Procore" output of a GP to Procore node, unchanged, or choose the matching resource here. Nothing was written.',
			itemIndex,
		},
	);
}
