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
	displayOptions: { show: { resource: ['standardCostCode'] } },
	options: [
		{
			name: 'Copy to Project',
			value: 'copyToProject',
			action: 'Copy a standard list to a project',
			description: 'Copy codes of a standard list into a project; those already there stay',
		},
		{
			name: 'Create',
			value: 'create',
			action: 'Create a standard cost code',
			description: 'Add a code to a standard list of the company',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many standard cost codes',
			description: 'List the codes of a standard list',
		},
		{
			name: 'Sync',
			value: 'sync',
			action: 'Sync standard cost codes',
			description:
				'Bring a standard list to the state the incoming items describe; running it twice changes nothing',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update a standard cost code',
			description: 'Change number, name or parent of a standard cost code',
		},
	],
	default: 'getAll',
};

export const standardCostCode: ProcoreResource = {
	description: [
		operation,
		// Copy to Project stands in the description of Cost Code, for both.
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
