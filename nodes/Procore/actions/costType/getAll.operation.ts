import { updateDisplayOptions } from 'n8n-workflow';

import { listCostTypes } from '../../../../lib/procore/resources/cost-codes';
import { filters, originIdFilter } from '../../descriptions/list.description';
import { returnAllAndLimit } from '../../../shared/return-all-and-limit';
import { limitOf } from '../../parameters/limit';
import type { ProcoreOperation } from '../operation.types';

export const description = updateDisplayOptions(
	{ show: { resource: ['costType'], operation: ['getAll'] } },
	[...returnAllAndLimit, filters(originIdFilter)],
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
	const { originId } = this.getNodeParameter('filters', itemIndex, {}) as { originId?: string };
	const filter = { originId: originId?.trim() || undefined };
	return await listCostTypes(client, filter, limitOf(this, itemIndex));
};
