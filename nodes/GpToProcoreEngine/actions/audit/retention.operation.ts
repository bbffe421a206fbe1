import type { INodeProperties } from 'n8n-workflow';

import { planRetention } from '../../../../lib/audit/retention';
import type { AuditEventRow, ParkedRow, RunRow } from '../../../../lib/audit/types';
import { toItem } from '../../../shared/item-kinds';
import { readList } from '../../../shared/read-list';
import { rowsProperty } from '../../../shared/rows-property';
import type { BatchOperation, OperationOption } from '../../../shared/operations';

export const option: OperationOption = {
	name: 'Retention',
	value: 'retention',
	action: 'Find events that are too old to keep',
	description: 'Say which events of old runs may go',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Months to Keep',
		name: 'months',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 24,
		description: 'Events of runs that ended longer ago may go',
	},
	rowsProperty('Run Rows', 'runRows', 'Rows of the runs table to look at'),
	rowsProperty('Event Rows', 'eventRows', 'Every event of these runs'),
	rowsProperty('Parked Rows', 'parkedRows', 'Rows of the parked table: their records are kept'),
	rowsProperty(
		'Latest Events',
		'latestRows',
		'Newest event of each record that failed in these runs',
	),
];

export const execute: BatchOperation = async function () {
	const plan = planRetention({
		runs: readList<RunRow>(this, 'runRows').filter((run) => Boolean(run.run_id)),
		events: readList<AuditEventRow & { id: number }>(this, 'eventRows').filter((event) =>
			Boolean(event.run_id),
		),
		parked: readList<ParkedRow>(this, 'parkedRows').filter((row) => Boolean(row.gp_key)),
		latest: readList<AuditEventRow>(this, 'latestRows').filter((row) => Boolean(row.gp_key)),
		months: Number(this.getNodeParameter('months', 0, 24)) || 24,
		now: new Date().toISOString(),
	});
	return [[toItem(plan, 0)]];
};
