import { updateDisplayOptions } from 'n8n-workflow';

import { listTaxCodes } from '../../../../lib/procore/resources/projects';
import { returnAllAndLimit } from '../../../shared/return-all-and-limit';
import { limitOf } from '../../parameters/limit';
import type { ProcoreOperation } from '../operation.types';

export const description = updateDisplayOptions(
	{ show: { resource: ['taxCode'], operation: ['getAll'] } },
	returnAllAndLimit,
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
	return await listTaxCodes(client, limitOf(this, itemIndex));
};
