import type { INodeProperties } from 'n8n-workflow';

import type { ProcoreResource } from '../operation.types';
import * as getAll from './getAll.operation';

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['company'] } },
	options: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many companies',
			description: 'List the companies of the account',
		},
	],
	default: 'getAll',
};

export const company: ProcoreResource = {
	description: [operation, ...getAll.description],
	operations: { getAll: getAll.execute },
};
