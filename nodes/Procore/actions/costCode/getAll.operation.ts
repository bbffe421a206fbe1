import { updateDisplayOptions } from 'n8n-workflow';

import { listCostCodes } from '../../../../lib/procore/resources/cost-codes';
import {
	filters,
	originIdFilter,
	searchFilter,
	simplify,
} from '../../descriptions/list.description';
import { returnAllAndLimit } from '../../../shared/return-all-and-limit';
import { projectLocator } from '../../descriptions/locators.description';
import { limitOf } from '../../parameters/limit';
import { requiredId } from '../../parameters/locator-value';
import type { ProcoreOperation } from '../operation.types';
import { simplified } from '../simplify';

export const description = updateDisplayOptions(
	{ show: { resource: ['costCode'], operation: ['getAll'] } },
	[
		projectLocator(),
		...returnAllAndLimit,
		simplify,
		filters(
			originIdFilter,
			searchFilter('Return only cost codes whose number or name contains this text'),
		),
	],
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
	const { originId, search } = this.getNodeParameter('filters', itemIndex, {}) as {
		originId?: string;
		search?: string;
	};
	const rows = await listCostCodes(
		client,
		requiredId(this, 'project', itemIndex),
		{ originId: originId?.trim() || undefined, search },
		limitOf(this, itemIndex),
	);
	return simplified(this, itemIndex, 'costCode', rows);
};
