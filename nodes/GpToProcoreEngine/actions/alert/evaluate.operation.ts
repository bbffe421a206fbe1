import type { INodeProperties } from 'n8n-workflow';

import { type AlertRow, evaluateAlerts, notifiedRows } from '../../../../lib/alerts/alerts';
import { digestOf } from '../../../../lib/alerts/digest';
import { findAll, isOver } from '../../../../lib/alerts/findings';
import type { ReconciliationTotal, TableSize } from '../../../../lib/alerts/table-findings';
import type { WatermarkRow } from '../../../../lib/run/events-of-batch';
import type { ParkedRow, RunRow } from '../../../../lib/audit/types';
import { readWorkflowFailure } from '../../../../lib/run/failed-run';
import { toItem } from '../../../shared/item-kinds';
import { readList, readObject } from '../../../shared/read-list';
import { rowsProperty } from '../../../shared/rows-property';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { channelsOf } from './channels';
import { readThresholds, thresholdsProperty } from './thresholds';
import { writable } from './writable';

export const option: OperationOption = {
	name: 'Evaluate',
	value: 'evaluate',
	action: 'Evaluate alerts',
	description: 'Find what is wrong, and what is new, worse, due again or over',
};

export const fields: INodeProperties[] = [
	rowsProperty('Run Rows', 'runRows', 'Rows of the runs table, the newest at least'),
	rowsProperty('Parked Rows', 'parkedRows', 'Rows of the parked table'),
	rowsProperty('Watermark Rows', 'watermarkRows', 'Rows of the watermarks table'),
	rowsProperty(
		'Reconciliation Rows',
		'reconciliationRows',
		'Rows of the reconciliation table, the newest totals at least',
	),
	rowsProperty('Alert Rows', 'alertRows', 'Rows of the alerts table: what stands already'),
	rowsProperty('Tables', 'tables', 'What the Data Table node lists, for their size'),
	{
		displayName: 'Failure',
		name: 'failure',
		type: 'json',
		default: '',
		description: 'What the Error Trigger gave, when a failure started this; otherwise empty',
	},
	thresholdsProperty,
];

export const execute: BatchOperation = async function () {
	const now = new Date().toISOString();
	const thresholds = readThresholds(this);
	// A table that is not there yet, or a read that failed, gives rows without these columns.
	const rows = <Row extends object>(name: string, column: keyof Row) =>
		readList<Row>(this, name).filter((row) => Boolean(row[column]));
	const runs = rows<RunRow>('runRows', 'run_id');
	const findings = findAll(
		{
			runs,
			parked: rows<ParkedRow>('parkedRows', 'gp_key'),
			watermarks: rows<WatermarkRow>('watermarkRows', 'updated_at'),
			reconciliation: rows<ReconciliationTotal>('reconciliationRows', 'row_kind'),
			tables: rows<TableSize>('tables', 'name'),
			failure: readWorkflowFailure(readObject(this, 'failure')),
		},
		thresholds,
		now,
	);
	const changes = evaluateAlerts({
		findings,
		rows: rows<AlertRow>('alertRows', 'condition'),
		checked: (row) => isOver(row, thresholds, runs, now),
		repeatHours: thresholds.repeatHours,
		now,
	});
	const digest = digestOf(changes);
	return [
		[
			toItem(
				{
					standing: changes.standing.map(writable),
					told: notifiedRows(changes, findings, now).map(writable),
					cleared: changes.cleared.map(writable),
					tell: digest !== null,
					digest,
					channels: channelsOf(this),
				},
				0,
			),
		],
	];
};
