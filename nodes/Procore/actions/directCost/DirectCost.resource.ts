import type { INodeProperties } from 'n8n-workflow';

import type { ProcoreResource } from '../operation.types';
import * as sync from '../sync/sync.operation';
import * as create from './create.operation';
import * as remove from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as update from './update.operation';

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['directCost'] } },
	options: [
		{
			name: 'Create',
			value: 'create',
			action: 'Create a direct cost',
			description: 'Add an invoice, expense or payroll with its lines to a project',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete a direct cost',
			description: 'Delete a direct cost and its lines; setting it to draft keeps the trail',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get a direct cost',
			description: 'Read one direct cost with its lines',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many direct costs',
			description: 'List the direct costs of a project',
		},
		{
			name: 'Sync',
			value: 'sync',
			action: 'Sync direct costs',
			description:
				'Bring direct costs to the state the incoming items describe; running it twice changes nothing',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update a direct cost',
			description: 'Change fields and lines of a direct cost',
		},
	],
	default: 'getAll',
};

export const directCost: ProcoreResource = {
	description: [
		operation,
		...create.description,
		...remove.description,
		...get.description,
		...getAll.description,
		...update.description,
	],
	operations: {
		create: create.execute,
		delete: remove.execute,
		get: get.execute,
		getAll: getAll.execute,
		update: update.execute,
	},
	batchOperations: { sync: sync.execute },
};
