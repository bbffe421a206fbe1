import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { recordOutcomes } from '../../../../lib/audit/record-outcomes';
import type { ParkedRow } from '../../../../lib/audit/types';
import type { Outcome } from '../../../../lib/base/outcome';
import type { Checkpoint } from '../../../../lib/gp/changes.types';
import type { AccountCrosswalkRow, ProjectCrosswalkRow } from '../../../../lib/mapping/types';
import { isCheckpoint, isOutcome, toItem } from '../../../shared/item-kinds';
import { readList } from '../../../shared/read-list';
import type { BatchOperation } from '../router';
import { parkedRowsProperty, readState, stateProperty } from './state';

const crosswalkRows = (displayName: string, name: string, what: string): INodeProperties => ({
	displayName,
	name,
	type: 'json',
	default: '[]',
	description: `Rows standing in the ${what} crosswalk table, so that none is proposed twice`,
});

export const description = updateDisplayOptions(
	{ show: { resource: ['run'], operation: ['recordOutcomes'] } },
	[
		stateProperty,
		parkedRowsProperty,
		crosswalkRows('Project Crosswalk', 'projectCrosswalk', 'projects'),
		crosswalkRows('Account Crosswalk', 'accountCrosswalk', 'accounts'),
	],
);

/** A checkpoint that came through the mapping carries the crosswalk rows it proposes. */
type MappedCheckpoint = Checkpoint & {
	newJobs?: ProjectCrosswalkRow[];
	newAccounts?: AccountCrosswalkRow[];
};

/** Outputs in the order of RECORD_OUTCOMES_OUTPUTS. */
export const execute: BatchOperation = async function () {
	const synced = this.getInputData(0).map(({ json }) => json as unknown);
	const unsent = this.getInputData(1).map(({ json }) => json as unknown);
	const checkpoints = [...synced, ...unsent].filter(isCheckpoint) as MappedCheckpoint[];
	const recorded = recordOutcomes({
		state: readState(this),
		executionId: this.getExecutionId(),
		outcomes: synced.filter(isOutcome) as Outcome[],
		notSent: unsent.filter(isOutcome) as Outcome[],
		checkpoint: withoutProposals(checkpoints.at(-1)),
		parkedRows: readList<ParkedRow>(this, 'parkedRows'),
		newJobs: checkpoints.flatMap(({ newJobs }) => newJobs ?? []),
		newAccounts: checkpoints.flatMap(({ newAccounts }) => newAccounts ?? []),
		knownJobs: readList<ProjectCrosswalkRow>(this, 'projectCrosswalk'),
		knownAccounts: readList<AccountCrosswalkRow>(this, 'accountCrosswalk'),
		now: new Date().toISOString(),
	});
	return [
		rows(recorded.events),
		rows(recorded.parked),
		rows(recorded.resolvedRowIds.map((row_id) => ({ row_id }))),
		rows(recorded.newJobs),
		rows(recorded.newAccounts),
		rows([
			{
				state: recorded.state,
				watermark: recorded.watermarkRow,
				more: recorded.state.step !== null,
			},
		]),
	];
};

function withoutProposals(checkpoint: MappedCheckpoint | undefined): Checkpoint | null {
	if (!checkpoint) return null;
	const { newJobs: _newJobs, newAccounts: _newAccounts, ...plain } = checkpoint;
	return plain;
}

function rows(list: object[]): INodeExecutionData[] {
	return list.map((row) => toItem(row, 0));
}
