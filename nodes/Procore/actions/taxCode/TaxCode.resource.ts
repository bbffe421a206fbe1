import type { INodeProperties } from 'n8n-workflow';

import type { ProcoreResource } from '../operation.types';
import * as getAll from './getAll.operation';

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['taxCode'] } },
	options: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many tax codes',
			description: 'List the tax codes of the company',
		},
	],
	default: 'getAll',
};

export const taxCode: ProcoreResource = {
	description: [operation, ...getAll.description],
	operations: { getAll: getAll.execute },
};
