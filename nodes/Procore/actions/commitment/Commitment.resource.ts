import type { INodeProperties } from 'n8n-workflow';

import type { ProcoreResource } from '../operation.types';
import * as getAll from './getAll.operation';
import * as getLines from './getLines.operation';

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['commitment'] } },
	options: [
		{
			name: 'Get Lines',
			value: 'getLines',
			action: 'Get lines of a commitment',
			description: 'List the schedule of values of a subcontract or purchase order',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many commitments',
			description: 'List the subcontracts and purchase orders of a project',
		},
	],
	default: 'getAll',
};

export const commitment: ProcoreResource = {
	description: [operation, ...getAll.description, ...getLines.description],
	operations: { getAll: getAll.execute, getLines: getLines.execute },
};
