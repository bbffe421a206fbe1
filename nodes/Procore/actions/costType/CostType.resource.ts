import type { INodeProperties } from 'n8n-workflow';

import type { ProcoreResource } from '../operation.types';
import * as getAll from './getAll.operation';
import * as sync from './sync.operation';

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['costType'] } },
	options: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many cost types',
			description: 'List the cost types of the company',
		},
		{
			name: 'Sync',
			value: 'sync',
			action: 'Sync cost types',
			description: 'Bring cost types to the state given for each item, all items in one call',
		},
	],
	default: 'getAll',
};

export const costType: ProcoreResource = {
	description: [operation, ...getAll.description, ...sync.description],
	operations: { getAll: getAll.execute },
	batchOperations: { sync: sync.execute },
};
