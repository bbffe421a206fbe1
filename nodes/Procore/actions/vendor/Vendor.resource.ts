import type { INodeProperties } from 'n8n-workflow';

import type { ProcoreResource } from '../operation.types';
import * as sync from '../sync/sync.operation';
import * as addToProject from './addToProject.operation';
import * as create from './create.operation';
import * as deactivate from './deactivate.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as reactivate from './reactivate.operation';
import * as update from './update.operation';

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['vendor'] } },
	options: [
		{
			name: 'Add to Project',
			value: 'addToProject',
			action: 'Add a vendor to a project',
			description: 'Put a vendor into the directory of a project; doing it twice changes nothing',
		},
		{
			name: 'Create',
			value: 'create',
			action: 'Create a vendor',
			description: 'Add a company to the company directory',
		},
		{
			name: 'Deactivate',
			value: 'deactivate',
			action: 'Deactivate a vendor',
			description: 'Move a vendor to the inactive companies; Procore cannot delete one',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get a vendor',
			description: 'Read one vendor by its ID',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many vendors',
			description: 'List the vendors of the company',
		},
		{
			name: 'Reactivate',
			value: 'reactivate',
			action: 'Reactivate a vendor',
			description: 'Bring a vendor back from the inactive companies',
		},
		{
			name: 'Sync',
			value: 'sync',
			action: 'Sync vendors',
			description:
				'Bring vendors to the state the incoming items describe; running it twice changes nothing',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update a vendor',
			description: 'Change fields of a vendor',
		},
	],
	default: 'getAll',
};

export const vendor: ProcoreResource = {
	description: [
		operation,
		...addToProject.description,
		...create.description,
		...deactivate.description,
		...get.description,
		...getAll.description,
		...reactivate.description,
		...update.description,
	],
	operations: {
		addToProject: addToProject.execute,
		create: create.execute,
		deactivate: deactivate.execute,
		get: get.execute,
		getAll: getAll.execute,
		reactivate: reactivate.execute,
		update: update.execute,
	},
	batchOperations: { sync: sync.execute },
};
