import type { INodeProperties } from 'n8n-workflow';

import type { ProcoreResource } from '../operation.types';
import * as getAll from './getAll.operation';

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['billingPeriod'] } },
	options: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many billing periods',
			description: 'List the billing periods of a project',
		},
	],
	default: 'getAll',
};

export const billingPeriod: ProcoreResource = {
	description: [operation, ...getAll.description],
	operations: { getAll: getAll.execute },
};
