import { updateDisplayOptions } from 'n8n-workflow';

import { listBillingPeriods } from '../../../../lib/procore/resources/projects';
import { filters } from '../../descriptions/list.description';
import { returnAllAndLimit } from '../../../shared/return-all-and-limit';
import { projectLocator } from '../../descriptions/locators.description';
import { limitOf } from '../../parameters/limit';
import { requiredId } from '../../parameters/locator-value';
import type { ProcoreOperation } from '../operation.types';

export const description = updateDisplayOptions(
	{ show: { resource: ['billingPeriod'], operation: ['getAll'] } },
	[
		projectLocator(),
		...returnAllAndLimit,
		filters({
			displayName: 'Status',
			name: 'status',
			type: 'options',
			default: 'open',
			description: 'Return only billing periods of this status',
			options: [
				{ name: 'Closed', value: 'closed' },
				{ name: 'Open', value: 'open' },
			],
		}),
	],
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
	const { status } = this.getNodeParameter('filters', itemIndex, {}) as {
		status?: 'open' | 'closed';
	};
	const projectId = requiredId(this, 'project', itemIndex);
	return await listBillingPeriods(client, projectId, { status }, limitOf(this, itemIndex));
};
