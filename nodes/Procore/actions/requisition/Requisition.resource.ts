import type { INodeProperties } from 'n8n-workflow';

import type { ProcoreResource } from '../operation.types';
import * as create from './create.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as update from './update.operation';
import * as upsert from './upsert.operation';

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['requisition'] } },
	options: [
		{
			name: 'Create',
			value: 'create',
			action: 'Create a requisition',
			description: 'Add a subcontractor invoice to a commitment',
		},
		{
			name: 'Create or Update',
			value: 'upsert',
			action: 'Create or update a requisition',
			description: 'Create a new record, or update the current one if it already exists (upsert)',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get a requisition',
			description: 'Read one subcontractor invoice with its lines',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many requisitions',
			description: 'List the subcontractor invoices of a project',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update a requisition',
			description: 'Change fields and lines of a subcontractor invoice',
		},
	],
	default: 'getAll',
};

export const requisition: ProcoreResource = {
	description: [
		operation,
		...create.description,
		...get.description,
		...getAll.description,
		...update.description,
		...upsert.description,
	],
	operations: {
		create: create.execute,
		get: get.execute,
		getAll: getAll.execute,
		update: update.execute,
		upsert: upsert.execute,
	},
};
