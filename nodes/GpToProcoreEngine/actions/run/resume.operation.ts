import { NodeOperationError } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { leaseRow } from '../../../../lib/run/lease';
import { LEASE_LOST } from '../../../../lib/run/run';
import { WRITES_ENDED } from '../../../../lib/procore/errors/procore-errors';
import { toItem } from '../../../shared/item-kinds';
import { explanationOf } from '../../../shared/explanations';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { executionOf } from './execution';
import { readState, stateProperty } from './state';

/** So often in a row a batch may take longer than its lease: each time it writes a part of it. */
const MOST_REPEATS = 20;

export const option: OperationOption = {
	name: 'Resume',
	value: 'resume',
	action: 'Resume a run that failed',
	description: 'Fail with what went wrong; when the execution is retried, let the run go on',
};

export const fields: INodeProperties[] = [
	stateProperty,
	{
		displayName: 'Error',
		name: 'error',
		type: 'string',
		default: '',
		description: 'Why the run failed',
	},
	{
		displayName: 'Failed Execution',
		name: 'failedExecution',
		type: 'string',
		default: '',
		description:
			'ID of the execution in which the run failed. In that one this node fails; in a retry of it the run goes on.',
	},
];

/**
 * The end of a failed run, and its beginning again: n8n's Retry starts at the node that failed. So
 * the failure is first written down, the lease given back, and only then this node fails with what
 * went wrong; retried, it lets the run go on with the state it had.
 *
 * A run that broke off elsewhere was closed, and its lease given back, by the errors workflow. Its
 * Retry begins in the middle, without a lease: such a run goes on from here at once. So does one
 * whose batch took longer than its lease: what it had not written, it writes under a new one.
 */
export const execute: BatchOperation = async function () {
	const { executionId } = executionOf(this);
	const failedExecution = String(this.getNodeParameter('failedExecution', 0, '') ?? '');
	const message = String(this.getNodeParameter('error', 0, '') || 'The run failed');
	const failed = readState(this);
	// Which execution took the lease this state speaks of.
	const takenByAnother = failed.execution !== undefined && failed.execution.id !== executionId;
	const known = explanationOf(message);
	const onlyWantsLease = known?.code === LEASE_LOST && takenByAnother;
	const repeats = (failed.repeats ?? 0) + 1;
	const goesOn = known?.code === WRITES_ENDED && repeats <= MOST_REPEATS;
	if (failedExecution === executionId && !onlyWantsLease && !goesOn) {
		const error = new NodeOperationError(this.getNode(), message, {
			description:
				known?.remedy ??
				'Mend what the message says, then press Retry on this execution in the executions list: the run goes on where the last batch was recorded.',
		});
		// n8n swaps messages that contain e.g. ECONNREFUSED for a general one; ours says more.
		error.message = message;
		throw error;
	}
	const state = { ...failed, resumed: true, ...(goesOn ? { repeats } : {}) };
	const lease = leaseRow(state, {
		executionId,
		now: new Date().toISOString(),
	});
	return [[toItem({ state, lease }, 0)]];
};
