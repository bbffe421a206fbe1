import type { IExecuteFunctions } from 'n8n-workflow';

import { ProcoreInputError } from '../../../lib/procore/errors/procore-errors';
import type { VendorInput } from '../../../lib/procore/resources/vendors';
import { toWireId } from '../../../lib/procore/wire';
import { procoreFields, checkedId } from './read-parameters';

/** Vendor fields of a collection, as Procore wants them. What it would refuse is refused here. */
export function vendorInput(
	context: IExecuteFunctions,
	collection: 'additionalFields' | 'updateFields',
	itemIndex: number,
): VendorInput {
	const { parent, ...fields } = context.getNodeParameter(collection, itemIndex, {});
	const input = procoreFields(fields);
	const parentId = checkedId(context, 'Parent Company', parent, itemIndex);
	if (String(input.abbreviated_name ?? '').length > 10) {
		throw new ProcoreInputError(`The abbreviated name "${input.abbreviated_name}" is too long`, {
			remedy: 'Shorten it to 10 characters; Procore takes no more.',
		});
	}
	for (const code of ['state_code', 'country_code'] as const) {
		if (input[code] !== undefined) input[code] = String(input[code]).toUpperCase();
	}
	return { ...input, ...(parentId ? { parent_id: toWireId(parentId) } : {}) };
}

/** Fields of a project or standard cost code out of a collection, as Procore wants them. */
export function codeFields(
	context: IExecuteFunctions,
	collection: 'additionalFields' | 'updateFields',
	itemIndex: number,
): Record<string, unknown> {
	const { parent, code, ...fields } = context.getNodeParameter(collection, itemIndex, {});
	const parentId = checkedId(context, 'Parent', parent, itemIndex);
	return {
		...procoreFields({ ...fields, code }),
		...(parentId ? { parent_id: toWireId(parentId) } : {}),
	};
}
