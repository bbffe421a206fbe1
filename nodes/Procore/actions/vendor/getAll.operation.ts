import { updateDisplayOptions } from 'n8n-workflow';

import {
	listInactiveVendors,
	listProjectVendors,
	listVendors,
} from '../../../../lib/procore/resources/vendors';
import {
	filters,
	originIdFilter,
	searchFilter,
	simplify,
	updatedSinceFilter,
} from '../../descriptions/list.description';
import { returnAllAndLimit } from '../../../shared/return-all-and-limit';
import { projectLocator } from '../../descriptions/locators.description';
import { instant, since } from '../../parameters/dates';
import { limitOf } from '../../parameters/limit';
import { checkedId } from '../../parameters/locator-value';
import type { ProcoreOperation } from '../operation.types';
import { simplified } from '../simplify';

export const description = updateDisplayOptions(
	{ show: { resource: ['vendor'], operation: ['getAll'] } },
	[
		...returnAllAndLimit,
		simplify,
		filters(
			projectLocator({
				displayName: 'In Directory of Project',
				required: false,
				description: 'Return only the active vendors that are in the directory of this project',
			}),
			originIdFilter,
			searchFilter('Return only vendors whose name, keywords or origin code contain this text'),
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				default: 'active',
				description: 'Procore keeps inactive companies in a list of their own',
				options: [
					{ name: 'Active', value: 'active' },
					{ name: 'Active and Inactive', value: 'all' },
					{ name: 'Inactive', value: 'inactive' },
				],
			},
			updatedSinceFilter,
		),
	],
);

interface Filters {
	project?: unknown;
	originId?: string;
	search?: string;
	status?: 'active' | 'all' | 'inactive';
	updatedSince?: unknown;
}

export const execute: ProcoreOperation = async function (client, itemIndex) {
	const chosen = this.getNodeParameter('filters', itemIndex, {}) as Filters;
	const limit = limitOf(this, itemIndex);
	const originId = chosen.originId?.trim() || undefined;
	const search = chosen.search?.trim() || undefined;
	const zone = this.getTimezone();
	const updatedSince = instant('Updated Since', chosen.updatedSince, zone);
	const projectId = checkedId(this, 'Project', chosen.project, itemIndex);
	const rows: unknown[] = [];
	if (projectId) {
		rows.push(
			...(await listProjectVendors(client, projectId, { originId, search, updatedSince }, limit)),
		);
	} else {
		const { status = 'active' } = chosen;
		if (status !== 'inactive') {
			const updatedAt = since('Updated Since', chosen.updatedSince, zone);
			rows.push(...(await listVendors(client, { originId, search, updatedAt }, limit)));
		}
		if (status !== 'active' && rows.length < (limit ?? Infinity)) {
			const left = limit === undefined ? undefined : limit - rows.length;
			rows.push(...(await listInactiveVendors(client, { originId, search, updatedSince }, left)));
		}
	}
	return simplified(this, itemIndex, 'vendor', rows);
};
