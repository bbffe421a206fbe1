import type { INodeProperties } from 'n8n-workflow';

import type { ProcoreResource } from '../operation.types';
import * as getAll from './getAll.operation';

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['unitOfMeasure'] } },
	options: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many units of measure',
			description: 'List the units of measure of the company',
		},
	],
	default: 'getAll',
};

export const unitOfMeasure: ProcoreResource = {
	description: [operation, ...getAll.description],
	operations: { getAll: getAll.execute },
};
