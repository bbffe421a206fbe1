import { NodeOperationError, updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { failedRun } from '../../../../lib/run/failed-run';
import type { LeaseRow, RunRow } from '../../../../lib/audit/types';
import { readWorkflowFailure } from '../../../../lib/run/workflow-failure';
import { toItem } from '../../../shared/item-kinds';
import { readList, readObject } from '../../../shared/read-list';
import type { BatchOperation } from '../router';

const properties: INodeProperties[] = [
	{
		displayName: 'Failure',
		name: 'failure',
		type: 'json',
		default: '={{ $json }}',
		required: true,
		description: 'What the Error Trigger gave',
	},
	{
		displayName: 'Run Rows',
		name: 'runRows',
		type: 'json',
		default: '[]',
		description: 'Rows of the runs table, the newest at least',
		hint: 'Usually an expression that hands over all rows of a Data Table read before',
	},
	{
		displayName: 'Lease Rows',
		name: 'leaseRows',
		type: 'json',
		default: '[]',
		description: 'Rows of the leases table',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['run'], operation: ['fail'] } },
	properties,
);

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
