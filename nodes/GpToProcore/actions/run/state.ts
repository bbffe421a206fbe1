import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { RunState } from '../../../../lib/audit/types';
import { readObject } from '../../../shared/read-list';

export const stateProperty: INodeProperties = {
	displayName: 'Run State',
	name: 'state',
	type: 'json',
	default: '={{ $json.state }}',
	required: true,
	description: 'State of the run, as Open or the last Record Outcomes gave it',
};

/** Rows of a table, usually by an expression. */
export const rowsProperty = (
	displayName: string,
	name: string,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'json',
	default: '[]',
	description,
	hint: 'Usually an expression that hands over all rows of a Data Table read before',
});

export const parkedRowsProperty = rowsProperty(
	'Parked Rows',
	'parkedRows',
	'Rows of the parked table for this company and entity',
);

export function readState(context: IExecuteFunctions): RunState {
	const state = readObject<RunState>(context, 'state');
	if (state && typeof state.runId === 'string' && Array.isArray(state.parts)) return state;
	throw new NodeOperationError(context.getNode(), 'There is no run state', {
		description:
			"Give the parameter 'Run State' the state that the Open operation put out, usually by an expression.",
	});
}
