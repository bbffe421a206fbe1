import type { IExecuteFunctions } from 'n8n-workflow';

import { toWireId } from '../../../lib/procore/wire';
import { procoreFields } from './given';
import { checkedId } from './locator-value';

/** Fields of a project or standard cost code out of a collection, as Procore wants them. */
export function codeFields(
	context: IExecuteFunctions,
	collection: 'additionalFields' | 'updateFields',
	itemIndex: number,
): Record<string, unknown> {
	const { parent, code, ...fields } = context.getNodeParameter(collection, itemIndex, {});
	const parentId = checkedId(context, 'Parent', parent, itemIndex);
	const own = String(code ?? '').trim();
	return {
		...procoreFields(fields),
		...(own ? { code: own } : {}),
		...(parentId ? { parent_id: toWireId(parentId) } : {}),
	};
}
