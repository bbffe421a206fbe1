import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { listProjects, type ProjectFilter } from '../../../../lib/procore/resources/projects';
import {
	filters,
	originIdFilter,
	simplify,
	updatedSinceFilter,
} from '../../descriptions/list.description';
import { returnAllAndLimit } from '../../../shared/return-all-and-limit';
import { since } from '../../parameters/dates';
import { limitOf } from '../../parameters/limit';
import type { ProcoreOperation } from '../operation.types';
import { simplified } from '../simplify';

const properties: INodeProperties[] = [
	...returnAllAndLimit,
	simplify,
	filters(
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			description: 'Return only projects of this name',
		},
		{
			displayName: 'Number',
			name: 'projectNumber',
			type: 'string',
			default: '',
			placeholder: 'e.g. 26-014',
			description: 'Return only the project with this number',
		},
		originIdFilter,
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			default: 'Active',
			description: 'Procore lists only active projects unless told otherwise',
			options: [
				{ name: 'Active', value: 'Active' },
				{ name: 'Active and Inactive', value: 'All' },
				{ name: 'Inactive', value: 'Inactive' },
			],
		},
		updatedSinceFilter,
	),
];

export const description = updateDisplayOptions(
	{ show: { resource: ['project'], operation: ['getAll'] } },
	properties,
);

interface Filters {
	name?: string;
	originId?: string;
	projectNumber?: string;
	status?: ProjectFilter['status'];
	updatedSince?: unknown;
}

export const execute: ProcoreOperation = async function (client, itemIndex) {
	const chosen = this.getNodeParameter('filters', itemIndex, {}) as Filters;
	const filter: ProjectFilter = {
		name: chosen.name?.trim() || undefined,
		originId: chosen.originId?.trim() || undefined,
		projectNumber: chosen.projectNumber?.trim() || undefined,
		status: chosen.status,
		updatedAt: since('Updated Since', chosen.updatedSince, this.getTimezone()),
	};
	const projects = await listProjects(client, filter, limitOf(this, itemIndex));
	return simplified(this, itemIndex, 'project', projects);
};
