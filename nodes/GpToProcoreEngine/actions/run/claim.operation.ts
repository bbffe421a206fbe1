import type { INodeProperties } from 'n8n-workflow';

import { claimLease, heldBy, yieldedRow } from '../../../../lib/run/lease';
import { runRow, withWatermarks } from '../../../../lib/run/run';
import type { LeaseRow, RunRow } from '../../../../lib/audit/types';
import { type WatermarkRow, watermarksOf } from '../../../../lib/run/events-of-batch';
import { toItem } from '../../../shared/item-kinds';
import { readList } from '../../../shared/read-list';
import { rowsProperty } from '../../../shared/rows-property';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { executionOf } from './execution';
import { readState, stateProperty } from './state';

export const option: OperationOption = {
	name: 'Claim',
	value: 'claim',
	action: 'Claim the lease of a run',
	description: 'Go on if no other run of this company is at work, or be skipped',
};

export const outputs = ['Go On', 'Held by Another', 'Abandoned Runs', 'Take It'] as const;

export const fields: INodeProperties[] = [
	stateProperty,
	rowsProperty('Lease Rows', 'leaseRows', 'Rows of the leases table, the one of this run included'),
	rowsProperty('Run Rows', 'runRows', 'Rows of the runs table whose status is running'),
	rowsProperty('Watermark Rows', 'watermarkRows', 'Rows of the watermarks table for this company'),
];

export const execute: BatchOperation = async function () {
	const now = new Date().toISOString();
	const opened = readState(this);
	const execution = executionOf(this);
	const claim = claimLease({
		state: opened,
		leases: readList<LeaseRow>(this, 'leaseRows'),
		openRuns: readList<RunRow>(this, 'runRows'),
		executionId: execution.executionId,
		now,
	});
	const state = {
		...withWatermarks(
			opened,
			watermarksOf(readList<WatermarkRow>(this, 'watermarkRows'), opened.company),
		),
		execution: { id: execution.executionId, link: execution.executionLink },
	};
	switch (claim.verdict) {
		case 'held': {
			const row = runRow(state, { ...execution, status: 'running', aliveAt: now });
			return [[toItem({ state, row }, 0)], [], claim.abandoned.map((one) => toItem(one, 0)), []];
		}
		case 'yields': {
			const yielded = {
				state,
				row: yieldedRow(state, claim.holder, { ...execution, now }),
				error: heldBy(state, claim.holder),
				resumed: state.resumed ?? false,
			};
			return [[], [toItem(yielded, 0)], [], []];
		}
		case 'free':
			return [[], [], [], [toItem(claim.take, 0)]];
	}
};
