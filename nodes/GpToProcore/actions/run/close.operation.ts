import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { closeRun, type RunStatus } from '../../../../lib/audit/run';
import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation } from '../router';
import { readState, stateProperty } from './state';

const properties: INodeProperties[] = [
	stateProperty,
	{
		displayName: 'Status',
		name: 'status',
		type: 'options',
		default: 'success',
		description: 'How the run ended; shown in the runs table',
		options: [
			{ name: 'Failed', value: 'failed' },
			{ name: 'Stopped', value: 'stopped' },
			{ name: 'Success', value: 'success' },
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['run'], operation: ['close'] } },
	properties,
);

export const execute: BatchOperation = async function () {
	const row = closeRun(readState(this), {
		executionId: this.getExecutionId(),
		status: this.getNodeParameter('status', 0, 'success') as RunStatus,
		now: new Date().toISOString(),
	});
	return [[toItem(row, 0)]];
};
