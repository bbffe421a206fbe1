import type { INodeProperties } from 'n8n-workflow';

import type { ProcoreResource } from '../operation.types';
import * as send from './send.operation';

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['apiRequest'] } },
	options: [
		{
			name: 'Send',
			value: 'send',
			action: 'Send an API request',
			description: 'Call any route of the API, with the login, rate limits and errors of this node',
		},
	],
	default: 'send',
};

export const apiRequest: ProcoreResource = {
	description: [operation, ...send.description],
	operations: { send: send.execute },
};
