import { NodeOperationError, updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { leaseRow } from '../../../../lib/audit/lease';
import { saysLeaseLost } from '../../../../lib/audit/run-errors';
import { toItem } from '../../../shared/item-kinds';
import { explanationOf } from '../../../shared/explanations';
import type { BatchOperation } from '../router';
import { executionOf } from './execution';
import { readState, stateProperty } from './state';

const properties: INodeProperties[] = [
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

export const description = updateDisplayOptions(
	{ show: { resource: ['run'], operation: ['resume'] } },
	properties,
);

/**
 * The end of a failed run, and its beginning again: n8n's Retry starts at the node that failed. So
 * the failure is first written down, the lease given back, and only then this node fails with what
 * went wrong; retried, it lets the run go on with the state it had.
 *
 * A run that broke off elsewhere was closed, and its lease given back, by the errors workflow. Its
 * Retry begins in the middle, without a lease: such a run goes on from here at once.
 */
export const execute: BatchOperation = async function () {
	const { executionId } = executionOf(this);
	const failedExecution = String(this.getNodeParameter('failedExecution', 0, '') ?? '');
	const message = String(this.getNodeParameter('error', 0, '') || 'The run failed');
	const failed = readState(this);
	// Which execution took the lease this state speaks of.
	const takenByAnother = failed.execution !== undefined && failed.execution.id !== executionId;
	const onlyWantsLease = saysLeaseLost(message) && takenByAnother;
	if (failedExecution === executionId && !onlyWantsLease) {
		const error = new NodeOperationError(this.getNode(), message, {
			description:
				explanationOf(message)?.remedy ??
				'Mend what the message says, then press Retry on this execution in the executions list: the run goes on where the last batch was recorded.',
		});
		// n8n swaps messages that contain e.g. ECONNREFUSED for a general one; ours says more.
		error.message = message;
		throw error;
	}
	const state = { ...failed, resumed: true };
	const lease = leaseRow(state, {
		executionId,
		now: new Date().toISOString(),
	});
	return [[toItem({ state, lease }, 0)]];
};
