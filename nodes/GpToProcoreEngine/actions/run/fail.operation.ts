import { NodeOperationError } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { failedRun, readWorkflowFailure } from '../../../../lib/run/failed-run';
import type { LeaseRow, RunRow } from '../../../../lib/audit/types';
import { toItem } from '../../../shared/item-kinds';
import { readList, readObject } from '../../../shared/read-list';
import { rowsProperty } from '../../../shared/rows-property';
import type { BatchOperation, OperationOption } from '../../../shared/operations';

export const option: OperationOption = {
	name: 'Fail',
	value: 'fail',
	action: 'Close the run of a failed execution',
	description: 'Close the run that a failed execution left open, and say which lease to release',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Failure',
		name: 'failure',
		type: 'json',
		default: '={{ $json }}',
		required: true,
		description: 'What the Error Trigger gave',
	},
	rowsProperty('Run Rows', 'runRows', 'Rows of the runs table, the newest at least'),
	rowsProperty('Lease Rows', 'leaseRows', 'Rows of the leases table'),
];

export const execute: BatchOperation = async function () {
	const failure = readWorkflowFailure(readObject(this, 'failure'));
	if (failure === null) {
		throw new NodeOperationError(this.getNode(), 'There is no failure to record', {
			description: "Give the parameter 'Failure' the item of the Error Trigger.",
		});
	}
	const { row, release } = failedRun({
		failure,
		runs: readList<RunRow>(this, 'runRows').filter((run) => Boolean(run.run_id)),
		leases: readList<LeaseRow>(this, 'leaseRows').filter((lease) => Boolean(lease.run_id)),
		now: new Date().toISOString(),
	});
	return [[toItem({ row, release, failure }, 0)]];
};
