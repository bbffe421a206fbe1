import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { AuditEventRow, JournalRow } from '../../../lib/audit/event-row';
import type { AccountCrosswalkRow, ProjectCrosswalkRow } from '../../../lib/mapping/types';
import type { CheckpointItem } from '../../../lib/model/gp-changes';
import type { Outcome } from '../../../lib/model/outcome';
import type { Batch } from '../../../lib/run/batch';
import { recordOutcomes } from '../../../lib/run/record-outcomes';
import { ADDED_AFTER_0_3 } from '../../../lib/tables/tables';
import { isCheckpoint, isOutcome, toItem } from '../../shared/item-kinds';
import type { Operation } from '../../shared/operations';
import { readList, readObject } from '../../shared/read-values';
import { rowsProperty } from '../../shared/rows-property';
import {
	parkedRowsProperty,
	readParkedRows,
	readState,
	readTried,
	stateProperty,
	triedProperties,
} from './run-state';

const crosswalkRows = (displayName: string, name: string, what: string): INodeProperties => ({
	...rowsProperty(displayName, name, ''),
	description: `Rows standing in the ${what} crosswalk table, so that none is proposed twice`,
});

/** A checkpoint that came through the mapping carries the crosswalk rows it proposes. */
type MappedCheckpoint = CheckpointItem & {
	newJobs?: ProjectCrosswalkRow[];
	newAccounts?: AccountCrosswalkRow[];
};

export const recordOutcomesStep: Operation = {
	option: {
		name: 'Record Outcomes',
		value: 'recordOutcomes',
		action: 'Record outcomes of a batch',
		description: 'Turn what became of a batch into table rows, and say how the run goes on',
	},
	fields: [
		stateProperty,
		{
			displayName: 'Batch',
			name: 'batch',
			type: 'json',
			default: '',
			description: 'What Begin Batch gave. Leave empty for a run that keeps no journal.',
		},
		rowsProperty(
			'Recorded Events',
			'recordedEvents',
			'Events that batches which were cut off have written already',
		),
		rowsProperty('Journal Rows', 'journalRows', 'Rows of the journal table for this company'),
		parkedRowsProperty,
		...triedProperties,
		crosswalkRows('Project Crosswalk', 'projectCrosswalk', 'projects'),
		crosswalkRows('Account Crosswalk', 'accountCrosswalk', 'accounts'),
	],
	inputs: ['Synced', 'Not Sent'] as const,
	outputs: [
		'Events',
		'Parked',
		'Resolved',
		'New Jobs',
		'New Accounts',
		'Answered Requests',
		'Requests to Repeat',
		'Settled Batches',
		'Progress',
		'Still Waiting',
	] as const,
	async execute() {
		const synced = this.getInputData(0).map(({ json }) => json as unknown);
		const unsent = this.getInputData(1).map(({ json }) => json as unknown);
		const checkpoints = [...synced, ...unsent].filter(isCheckpoint) as MappedCheckpoint[];
		const batch = readObject<Batch>(this, 'batch');
		const tried = readTried(this);
		const state = batch?.state ?? readState(this);
		const recorded = recordOutcomes({
			state,
			batchId: batch?.batchId,
			requests: batch?.requests ?? [],
			settledRowIds: batch?.settledRowIds ?? [],
			recordedEvents: readList<AuditEventRow>(this, 'recordedEvents'),
			lackingColumns: isOfThen(this.getNode()) ? ADDED_AFTER_0_3 : [],
			journal: readList<JournalRow>(this, 'journalRows'),
			executionId: batch?.runRow.execution_id ?? this.getExecutionId(),
			outcomes: synced.filter(isOutcome) as Outcome[],
			notSent: unsent.filter(isOutcome) as Outcome[],
			checkpoint: withoutProposals(checkpoints.at(-1)),
			parkedRows: readParkedRows(this, state.step?.phase === 'parked' ? tried?.rows : []),
			tried,
			newJobs: checkpoints.flatMap(({ newJobs }) => newJobs ?? []),
			newAccounts: checkpoints.flatMap(({ newAccounts }) => newAccounts ?? []),
			knownJobs: readList<ProjectCrosswalkRow>(this, 'projectCrosswalk'),
			knownAccounts: readList<AccountCrosswalkRow>(this, 'accountCrosswalk'),
			now: new Date().toISOString(),
		});
		return [
			rows(recorded.events),
			// A workflow of before knows no such column.
			rows(tried ? recorded.parked : recorded.parked.map(({ waits_for: _waits, ...row }) => row)),
			rows(recorded.resolvedRowIds.map((row_id) => ({ row_id }))),
			rows(recorded.newJobs),
			rows(recorded.newAccounts),
			rows(recorded.answeredRowIds.map((row_id) => ({ row_id }))),
			rows(recorded.repeatRequests),
			rows(recorded.settledRowIds.map((row_id) => ({ row_id }))),
			rows([
				{
					state: recorded.state,
					watermark: recorded.watermarkRow,
					more: recorded.state.step !== null,
				},
			]),
			rows(recorded.stillWaiting ? [recorded.stillWaiting] : []),
		];
	},
};

/** Workflows up to 0.3.0 have this operation in the node that maps; their tables may be as old as they are. */
function isOfThen({ type }: { type: string }): boolean {
	return type.endsWith('.gpToProcore');
}

function withoutProposals(checkpoint: MappedCheckpoint | undefined): CheckpointItem | null {
	if (!checkpoint) return null;
	const { newJobs: _newJobs, newAccounts: _newAccounts, ...plain } = checkpoint;
	return plain;
}

function rows(list: object[]): INodeExecutionData[] {
	return list.map((row) => toItem(row, 0));
}
