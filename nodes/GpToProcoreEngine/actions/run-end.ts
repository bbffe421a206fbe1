import { NodeOperationError } from 'n8n-workflow';

import type { LeaseRow, RunRow } from '../../../lib/audit/event-row';
import { tellFault } from '../../../lib/model/connector-error';
import type { RunStatus } from '../../../lib/model/outcome';
import { failedRun, readWorkflowFailure } from '../../../lib/run/failed-run';
import { closeRun } from '../../../lib/run/run';
import { toItem } from '../../shared/item-kinds';
import type { Operation } from '../../shared/operations';
import { readList, readObject } from '../../shared/read-values';
import { rowsProperty } from '../../shared/rows-property';
import { heardFault } from '../../shared/to-node-error';
import { executionOf, readState, stateProperty } from './run-state';

export const close: Operation = {
	option: {
		name: 'Close',
		value: 'close',
		action: 'Close a run',
		description: 'Sum up a finished run as a row for the runs table',
	},
	fields: [
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
		rowsProperty(
			'Waiting Rows',
			'waitingRows',
			'Rows of the parked table for this company, to be counted',
		),
	],
	async execute() {
		const status = this.getNodeParameter('status', 0, 'success') as RunStatus;
		const heard = status === 'failed' ? String(this.getNodeParameter('error', 0, '') ?? '') : '';
		const known = heardFault(heard);
		const row = closeRun(readState(this), {
			...executionOf(this),
			status,
			// Whoever goes on from here reads the code in it.
			error: known.code === '' ? heard : tellFault(known),
			now: new Date().toISOString(),
		});
		// A workflow of before does not read them, nor has its table that column.
		const counted = Array.isArray(this.getNodeParameter('waitingRows', 0, null));
		const waiting = counted ? { waiting: readList(this, 'waitingRows').length } : {};
		return [[toItem({ ...row, ...waiting }, 0)]];
	},
};

export const fail: Operation = {
	option: {
		name: 'Fail',
		value: 'fail',
		action: 'Close the run of a failed execution',
		description: 'Close the run that a failed execution left open, and say which lease to release',
	},
	fields: [
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
	],
	async execute() {
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
	},
};
