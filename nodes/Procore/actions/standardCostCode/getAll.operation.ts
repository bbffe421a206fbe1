import { updateDisplayOptions } from 'n8n-workflow';

import { listStandardCostCodes } from '../../../../lib/procore/resources/standard-cost-codes';
import { filters, originIdFilter, searchFilter } from '../../descriptions/list.description';
import { returnAllAndLimit } from '../../../shared/return-all-and-limit';
import { standardListLocator } from '../../descriptions/locators.description';
import { limitOf } from '../../parameters/limit';
import { requiredId } from '../../parameters/locator-value';
import type { ProcoreOperation } from '../operation.types';

export const description = updateDisplayOptions(
	{ show: { resource: ['standardCostCode'], operation: ['getAll'] } },
	[
		standardListLocator(),
		...returnAllAndLimit,
		filters(
			originIdFilter,
			searchFilter('Return only codes whose number or name contains this text'),
		),
	],
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
	const { originId, search } = this.getNodeParameter('filters', itemIndex, {}) as {
		originId?: string;
		search?: string;
	};
	return await listStandardCostCodes(
		client,
		requiredId(this, 'standardCostCodeList', itemIndex),
		{ originId: originId?.trim() || undefined, search },
		limitOf(this, itemIndex),
	);
};
