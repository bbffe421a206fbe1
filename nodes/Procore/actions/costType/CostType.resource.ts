import type { INodeProperties } from 'n8n-workflow';

import type { ProcoreResource } from '../operation.types';
import * as getAll from './getAll.operation';

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
	],
	default: 'getAll',
};

export const costType: ProcoreResource = {
	description: [operation, ...getAll.description],
	operations: { getAll: getAll.execute },
};
