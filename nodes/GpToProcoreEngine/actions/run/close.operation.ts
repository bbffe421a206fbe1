import type { INodeProperties } from 'n8n-workflow';

import { closeRun } from '../../../../lib/run/run';
import type { RunStatus } from '../../../../lib/model/outcome';
import { explanationOf, rememberExplanation } from '../../../shared/explanations';
import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { executionOf } from './execution';
import { readState, stateProperty } from './state';

export const option: OperationOption = {
	name: 'Close',
	value: 'close',
	action: 'Close a run',
	description: 'Sum up a finished run as a row for the runs table',
};

export const fields: INodeProperties[] = [
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
	{
		displayName: 'Error',
		name: 'error',
		type: 'string',
		default: '',
		displayOptions: { show: { status: ['failed'] } },
		description: 'Why it failed; secrets are taken out before it is kept',
	},
];

export const execute: BatchOperation = async function () {
	const status = this.getNodeParameter('status', 0, 'success') as RunStatus;
	const heard = status === 'failed' ? String(this.getNodeParameter('error', 0, '') ?? '') : '';
	const known = explanationOf(heard);
	const row = closeRun(readState(this), {
		...executionOf(this),
		status,
		error: known?.message ?? heard,
		now: new Date().toISOString(),
	});
	// What comes next looks the failure up by the text as the row has it.
	if (known && row.error) rememberExplanation([row.error], known);
	return [[toItem(row, 0)]];
};
