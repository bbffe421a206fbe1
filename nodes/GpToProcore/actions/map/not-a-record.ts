import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode } from 'n8n-workflow';

import { isEntity, STREAMS } from '../../../../lib/streams/streams';
import { kindOf } from '../../../shared/item-kinds';

/** "payables invoice" for `payable`; undefined for anything else. */
const nameOf = (kind: string) =>
	isEntity(kind) ? STREAMS[kind].a.replace(/^an? /, '') : undefined;

/** A wrongly wired workflow: everything after would be wrong, so it stops. */
export function notARecord(
	node: INode,
	json: IDataObject,
	entity: string,
	itemIndex: number,
): NodeOperationError {
	const kind = kindOf(json);
	const what = kind && nameOf(kind) ? `a ${nameOf(kind)}` : 'no record of the Dynamics GP node';
	return new NodeOperationError(
		node,
		`Item ${itemIndex} is ${what}; this node maps ${nameOf(entity) ?? entity} records`,
		{
			description:
				'Connect the output of a Dynamics GP node of the same resource, unchanged, or choose the matching resource here.',
			itemIndex,
		},
	);
}
