import type { INodeProperties } from 'n8n-workflow';

import type { AuditEventRow, RunRow } from '../../../../lib/audit/types';
import { runShown } from '../../../../lib/report/run-shown';
import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { readList, readRequired } from '../../../shared/read-list';

export const option: OperationOption = {
	name: 'Run Shown',
	value: 'runShown',
	action: 'Sum up a run for the page of its form',
	description: 'Counts, amounts, the first differences and links, for somebody who waits for it',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Run Row',
		name: 'runRow',
		type: 'json',
		default: '={{ $json }}',
		required: true,
		description: 'The row of the run, as Close gave it',
	},
	{
		displayName: 'Event Rows',
		name: 'eventRows',
		type: 'json',
		default: '[]',
		description: 'Events of the run that changed something or did not go, the newest first',
		hint: 'Usually an expression that hands over rows of a Data Table read before',
	},
];

export const execute: BatchOperation = async function () {
	// Who pressed Retry in n8n's list looks there: a page would wait for somebody who is gone.
	if (this.getMode() === 'retry') return [[]];
	const run = readRequired<RunRow>(this, 'runRow');
	const events = readList<AuditEventRow>(this, 'eventRows');
	const base = this.getInstanceBaseUrl();
	return [[toItem(runShown(run, events, base ? `${base}webhook/gpp-dashboard` : ''), 0)]];
};
