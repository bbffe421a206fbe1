import {
	type ProjectFilter,
	getProject,
	listProjects,
} from '../../../lib/procore/resources/projects';
import { resource } from '../../shared/operations';
import { returnAllAndLimit } from '../../shared/return-all-and-limit';
import {
	filters,
	originIdFilter,
	simplify,
	updatedSinceFilter,
} from '../descriptions/common-fields.description';
import { projectLocator } from '../descriptions/locators.description';
import { requiredId } from '../parameters/read-parameters';
import { getMany } from '../parameters/get-many';
import type { ProcoreOperation } from './operation';
import { simplified } from '../parameters/simplify';

const get: ProcoreOperation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a project',
		description: 'Read one project',
	},
	fields: [projectLocator(), simplify],
	async execute(client, itemIndex) {
		const project = await getProject(client, requiredId(this, 'project', itemIndex));
		return simplified(this, itemIndex, 'project', [project]);
	},
};

interface Filters {
	name?: string;
	originId?: string;
	projectNumber?: string;
	status?: ProjectFilter['status'];
	updatedSince?: unknown;
}

const getAll: ProcoreOperation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many projects',
		description: 'List the projects of the company',
	},
	fields: [
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
				description: 'Procore lists only active projects unless another status is chosen',
				options: [
					{ name: 'Active', value: 'Active' },
					{ name: 'Active and Inactive', value: 'All' },
					{ name: 'Inactive', value: 'Inactive' },
				],
			},
			updatedSinceFilter,
		),
	],
	async execute(client, itemIndex) {
		return await getMany<Filters>(this, itemIndex, 'project', (chosen, limit) => {
			const { name, originId, projectNumber, status, updatedAt } = chosen;
			return listProjects(client, { name, originId, projectNumber, status, updatedAt }, limit);
		});
	},
};

export const project = resource('project', 'getAll', [get, getAll]);
