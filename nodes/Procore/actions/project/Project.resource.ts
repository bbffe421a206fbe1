import type { INodeProperties } from 'n8n-workflow';

import type { ProcoreResource } from '../operation.types';
import * as get from './get.operation';
import * as getAll from './getAll.operation';

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['project'] } },
	options: [
		{
			name: 'Get',
			value: 'get',
			action: 'Get a project',
			description: 'Read one project',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many projects',
			description: 'List the projects of the company',
		},
	],
	default: 'getAll',
};

export const project: ProcoreResource = {
	description: [operation, ...get.description, ...getAll.description],
	operations: { get: get.execute, getAll: getAll.execute },
};
