import type { INodeProperties } from 'n8n-workflow';

import {
	addVendorToProject,
	createVendor,
	deactivateVendor,
	getVendor,
	listInactiveVendors,
	listProjectVendors,
	listVendors,
	reactivateVendor,
	updateVendor,
} from '../../../lib/procore/resources/vendors';
import { resource } from '../../shared/operations';
import { readRequiredText } from '../../shared/read-values';
import { returnAllAndLimit } from '../../shared/return-all-and-limit';
import {
	additionalFields,
	byName,
	filters,
	originIdFilter,
	searchFilter,
	simplify,
	updatedSinceFilter,
	updateFields,
} from '../descriptions/common-fields.description';
import { projectLocator, vendorLocator } from '../descriptions/locators.description';
import { vendorFields } from '../descriptions/vendor-fields.description';
import { instant } from '../parameters/values';
import { checkedId, requiredId } from '../parameters/read-parameters';
import { vendorInput } from '../parameters/vendor-and-code-input';
import { getMany } from '../parameters/get-many';
import type { ProcoreOperation } from './operation';
import { simplified } from '../parameters/simplify';
import { executeSync } from './sync.operation';

const addToProject: ProcoreOperation = {
	option: {
		name: 'Add to Project',
		value: 'addToProject',
		action: 'Add a vendor to a project',
		description: 'Put a vendor into the directory of a project; doing it twice changes nothing',
	},
	fields: [projectLocator(), vendorLocator()],
	async execute(client, itemIndex) {
		const projectId = requiredId(this, 'project', itemIndex);
		return [await addVendorToProject(client, projectId, requiredId(this, 'vendor', itemIndex))];
	},
};

const create: ProcoreOperation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create a vendor',
		description: 'Add a company to the company directory',
	},
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Acme Concrete, Inc.',
			description: 'Name of the company. Procore takes the same name twice: look for it first.',
		},
		additionalFields(vendorFields),
	],
	async execute(client, itemIndex) {
		const name = readRequiredText(this, 'name', 'Name', itemIndex);
		const fields = vendorInput(this, 'additionalFields', itemIndex);
		return [await createVendor(client, { name, ...fields })];
	},
};

const deactivate: ProcoreOperation = {
	option: {
		name: 'Deactivate',
		value: 'deactivate',
		action: 'Deactivate a vendor',
		description: 'Move a vendor to the inactive companies; Procore cannot delete one',
	},
	fields: [vendorLocator()],
	async execute(client, itemIndex) {
		return [await deactivateVendor(client, requiredId(this, 'vendor', itemIndex))];
	},
};

const get: ProcoreOperation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a vendor',
		description: 'Read one vendor by its ID',
	},
	fields: [vendorLocator(), simplify],
	async execute(client, itemIndex) {
		const vendor = await getVendor(client, requiredId(this, 'vendor', itemIndex));
		return simplified(this, itemIndex, 'vendor', [vendor]);
	},
};

interface Filters {
	project?: unknown;
	originId?: string;
	search?: string;
	status?: 'active' | 'all' | 'inactive';
	updatedSince?: unknown;
}

const getAll: ProcoreOperation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many vendors',
		description: 'List the vendors of the company',
	},
	fields: [
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
	async execute(client, itemIndex) {
		return await getMany<Filters>(this, itemIndex, 'vendor', async (chosen, limit) => {
			const { originId, search, status = 'active', updatedAt } = chosen;
			const updatedSince = instant('Updated Since', chosen.updatedSince, this.getTimezone());
			const narrow = { originId, search, updatedSince };
			const projectId = checkedId(this, 'Project', chosen.project, itemIndex);
			if (projectId) return await listProjectVendors(client, projectId, narrow, limit);
			const rows: unknown[] = [];
			if (status !== 'inactive')
				rows.push(...(await listVendors(client, { originId, search, updatedAt }, limit)));
			if (status !== 'active' && rows.length < (limit ?? Infinity)) {
				const left = limit === undefined ? undefined : limit - rows.length;
				rows.push(...(await listInactiveVendors(client, narrow, left)));
			}
			return rows;
		});
	},
};

const reactivate: ProcoreOperation = {
	option: {
		name: 'Reactivate',
		value: 'reactivate',
		action: 'Reactivate a vendor',
		description: 'Bring a vendor back from the inactive companies',
	},
	fields: [
		vendorLocator({
			hint: 'The list shows active companies only: give the ID of the inactive one',
		}),
	],
	async execute(client, itemIndex) {
		return [await reactivateVendor(client, requiredId(this, 'vendor', itemIndex))];
	},
};

const name: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	description: 'New name of the company',
};

const update: ProcoreOperation = {
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update a vendor',
		description: 'Change fields of a vendor',
	},
	fields: [vendorLocator(), updateFields(byName([...vendorFields, name]))],
	async execute(client, itemIndex) {
		const id = requiredId(this, 'vendor', itemIndex);
		return [await updateVendor(client, id, vendorInput(this, 'updateFields', itemIndex))];
	},
};

const sync: ProcoreOperation = {
	option: {
		name: 'Sync',
		value: 'sync',
		action: 'Sync vendors',
		description:
			'Bring vendors to the state the incoming items describe; running it twice changes nothing',
	},
	executeAll: executeSync,
};

export const vendor = resource('vendor', 'getAll', [
	addToProject,
	create,
	deactivate,
	get,
	getAll,
	reactivate,
	sync,
	update,
]);
