import type { INodeProperties } from 'n8n-workflow';

import * as auditChain from './auditChain.operation';
import * as evaluate from './evaluate.operation';

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['alert'] } },
		options: [
			{
				name: 'Audit Chain',
				value: 'auditChain',
				action: 'Alert when the audit trail was changed',
				description: 'Turn verdicts on audit chains into rows of the alerts table',
			},
			{
				name: 'Evaluate',
				value: 'evaluate',
				action: 'Evaluate alerts',
				description: 'Find what is wrong, and what is new, worse, due again or over',
			},
		],
		default: 'evaluate',
	},
	...auditChain.description,
	...evaluate.description,
];
