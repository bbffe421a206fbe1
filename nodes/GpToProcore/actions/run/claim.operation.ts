import { updateDisplayOptions } from 'n8n-workflow';

import { claimLease, heldBy, yieldedRow } from '../../../../lib/audit/lease';
import { runRow, withWatermarks } from '../../../../lib/audit/run';
import type { LeaseRow, RunRow } from '../../../../lib/audit/types';
import { watermarksOf, type WatermarkRow } from '../../../../lib/audit/watermark-rows';
import { toItem } from '../../../shared/item-kinds';
import { readList } from '../../../shared/read-list';
import type { BatchOperation } from '../router';
import { executionOf } from './execution';
import { readState, rowsProperty, stateProperty } from './state';

export const description = updateDisplayOptions(
	{ show: { resource: ['run'], operation: ['claim'] } },
	[
		stateProperty,
		rowsProperty(
			'Lease Rows',
			'leaseRows',
			'Rows of the leases table, the one of this run included',
		),
		rowsProperty('Run Rows', 'runRows', 'Rows of the runs table whose status is running'),
		rowsProperty(
			'Watermark Rows',
			'watermarkRows',
			'Rows of the watermarks table for this company',
		),
	],
);

/** Outputs in the order of CLAIM_OUTPUTS. */
export const execute: BatchOperation = async function () {
	const now = new Date().toISOString();
	const opened = readState(this);
	const { holder, expiredRowIds, abandoned } = claimLease({
		state: opened,
		leases: readList<LeaseRow>(this, 'leaseRows'),
		openRuns: readList<RunRow>(this, 'runRows'),
		now,
	});
	const execution = executionOf(this);
	const state = {
		...withWatermarks(
			opened,
			watermarksOf(readList<WatermarkRow>(this, 'watermarkRows'), opened.company),
		),
		execution: { id: execution.executionId, link: execution.executionLink },
	};
	const ours = {
		state,
		row: runRow(state, { ...execution, status: 'running', aliveAt: now }),
	};
	const yielded = holder && {
		state,
		row: yieldedRow(state, holder, { ...execution, now }),
		error: heldBy(holder),
		resumed: state.resumed ?? false,
	};
	return [
		yielded ? [] : [toItem(ours, 0)],
		yielded ? [toItem(yielded, 0)] : [],
		// A run that yields touches nothing.
		yielded ? [] : abandoned.map((row) => toItem(row, 0)),
		yielded ? [] : expiredRowIds.map((row_id) => toItem({ row_id }, 0)),
	];
};
