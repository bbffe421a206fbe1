import type { INodeProperties } from 'n8n-workflow';

import * as copyToProject from '../copy/copyToProject.operation';
import type { ProcoreResource } from '../operation.types';
import * as sync from '../sync/sync.operation';
import * as create from './create.operation';
import * as getAll from './getAll.operation';
import * as update from './update.operation';

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['costCode'] } },
	options: [
		{
			name: 'Copy to Project',
			value: 'copyToProject',
			action: 'Copy standard cost codes to a project',
			description: 'Copy codes of a standard list into a project; those already there stay',
		},
		{
			name: 'Create',
			value: 'create',
			action: 'Create a cost code',
			description: 'Add a cost code to a project',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many cost codes',
			description: 'List the cost codes of a project',
		},
		{
			name: 'Sync',
			value: 'sync',
			action: 'Sync cost codes',
			description:
				'Bring cost codes to the state the incoming items describe; running it twice changes nothing',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update a cost code',
			description: 'Change number, name or parent of a cost code',
		},
	],
	default: 'getAll',
};

export const costCode: ProcoreResource = {
	description: [
		operation,
		...copyToProject.description,
		...create.description,
		...getAll.description,
		...update.description,
	],
	operations: {
		copyToProject: copyToProject.execute,
		create: create.execute,
		getAll: getAll.execute,
		update: update.execute,
	},
	batchOperations: { sync: sync.execute },
};
