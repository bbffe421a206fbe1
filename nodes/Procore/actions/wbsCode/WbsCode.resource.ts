import type { INodeProperties } from 'n8n-workflow';

import type { ProcoreResource } from '../operation.types';
import * as bulkCreate from './bulkCreate.operation';
import * as getAll from './getAll.operation';

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['wbsCode'] } },
	options: [
		{
			name: 'Bulk Create',
			value: 'bulkCreate',
			action: 'Bulk create WBS codes',
			description: 'Make budget codes out of cost codes and cost types; repeating it does no harm',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many WBS codes',
			description: 'List the budget codes of a project',
		},
	],
	default: 'getAll',
};

export const wbsCode: ProcoreResource = {
	description: [operation, ...bulkCreate.description, ...getAll.description],
	operations: { bulkCreate: bulkCreate.execute, getAll: getAll.execute },
};
