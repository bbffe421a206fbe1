import { updateDisplayOptions } from 'n8n-workflow';

import { listWbsCodes } from '../../../../lib/procore/resources/wbs-codes';
import { filters, searchFilter, updatedSinceFilter } from '../../descriptions/list.description';
import { returnAllAndLimit } from '../../../shared/return-all-and-limit';
import { projectLocator } from '../../descriptions/locators.description';
import { since } from '../../parameters/dates';
import { limitOf } from '../../parameters/limit';
import { requiredId } from '../../parameters/locator-value';
import type { ProcoreOperation } from '../operation.types';

export const description = updateDisplayOptions(
	{ show: { resource: ['wbsCode'], operation: ['getAll'] } },
	[
		projectLocator(),
		...returnAllAndLimit,
		filters(
			searchFilter('Return only budget codes that contain this text'),
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				default: 'active',
				description: 'Return only budget codes of this status',
				options: [
					{ name: 'Active', value: 'active' },
					{ name: 'Inactive', value: 'inactive' },
				],
			},
			updatedSinceFilter,
		),
	],
);

interface Filters {
	search?: string;
	status?: 'active' | 'inactive';
	updatedSince?: unknown;
}

export const execute: ProcoreOperation = async function (client, itemIndex) {
	const chosen = this.getNodeParameter('filters', itemIndex, {}) as Filters;
	return await listWbsCodes(
		client,
		requiredId(this, 'project', itemIndex),
		{
			status: chosen.status,
			text: chosen.search?.trim() || undefined,
			updatedAt: since('Updated Since', chosen.updatedSince, this.getTimezone()),
		},
		limitOf(this, itemIndex),
	);
};
