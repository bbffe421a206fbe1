import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { ParkedRow, RunState } from '../../../lib/audit/event-row';
import type { TryAgain } from '../../../lib/run/look-up';
import { readList, readObject } from '../../shared/read-values';
import { rowsProperty } from '../../shared/rows-property';

export const stateProperty: INodeProperties = {
	displayName: 'Run State',
	name: 'state',
	type: 'json',
	default: '={{ $json.state }}',
	required: true,
	description: 'State of the run, as Open or the last Record Outcomes gave it',
};

/** What Begin Batch gave. */
export const batchProperty: INodeProperties = {
	displayName: 'Batch',
	name: 'batch',
	type: 'json',
	default: '',
	required: true,
	description: 'What Begin Batch gave',
};

/** What the Mapping node put out. */
export const mappingProperty: INodeProperties = {
	displayName: 'Mapping',
	name: 'mapping',
	type: 'json',
	default: '',
	required: true,
	placeholder: "={{ $('Mapping').first().json }}",
	description: 'Output of the Mapping node',
};

export const parkedRowsProperty = rowsProperty(
	'Parked Rows',
	'parkedRows',
	'Rows of the parked table for this company and entity',
);

/**
 * Rows of the parked table, each once: several questions may find the same.
 *
 * @param known rows that were read already
 */
export function readParkedRows(
	context: IExecuteFunctions,
	known: readonly ParkedRow[] = [],
): ParkedRow[] {
	const rows = [...readList<ParkedRow>(context, 'parkedRows'), ...known];
	return [...new Map(rows.map((row, index) => [row.id ?? -index, row])).values()];
}

export const triedProperties: INodeProperties[] = [
	{
		displayName: 'What to Try Again',
		name: 'tryAgain',
		type: 'json',
		default: '',
		description:
			'What the operation of that name gave. Leave empty to try all parked rows at once.',
	},
	rowsProperty('Rows to Try Again', 'rowsToTry', 'Rows of the parked table found by that'),
];

/** The rows looked for to try again; undefined where all are given at once. */
export function readTried(
	context: IExecuteFunctions,
): { again: TryAgain; rows: ParkedRow[] } | undefined {
	const again = readObject<TryAgain>(context, 'tryAgain');
	return again ? { again, rows: readList<ParkedRow>(context, 'rowsToTry') } : undefined;
}

export function readState(context: IExecuteFunctions): RunState {
	const state = readObject<RunState>(context, 'state');
	if (state && typeof state.runId === 'string' && Array.isArray(state.parts)) return state;
	throw new NodeOperationError(context.getNode(), 'There is no run state', {
		description:
			"Give the parameter 'Run State' the state that the Open operation put out, usually by an expression.",
	});
}

/** Which execution this is, and where it stands in n8n's list. */
export function executionOf(context: IExecuteFunctions): {
	executionId: string;
	executionLink: string;
} {
	const executionId = context.getExecutionId();
	const { id } = context.getWorkflow();
	const base = context.getInstanceBaseUrl();
	const executionLink = base && id ? `${base}workflow/${id}/executions/${executionId}` : '';
	return { executionId, executionLink };
}
