import type { INodeProperties } from 'n8n-workflow';

import type { AuditEventRow, RunRow } from '../../../../lib/audit/types';
import { verifyRuns } from '../../../../lib/audit/chain';
import { toItem } from '../../../shared/item-kinds';
import { readList } from '../../../shared/read-list';
import { rowsProperty } from '../../../shared/rows-property';
import type { BatchOperation, OperationOption } from '../../../shared/operations';

export const option: OperationOption = {
	name: 'Verify Chain',
	value: 'verifyChain',
	action: 'Verify the events of runs',
	description: 'Say for each run whether its events stand as they were written',
};

export const fields: INodeProperties[] = [
	rowsProperty('Run Rows', 'runRows', 'Rows of the runs table to check'),
	rowsProperty('Event Rows', 'eventRows', 'Every event of these runs'),
];

export const execute: BatchOperation = async function () {
	const runs = readList<RunRow>(this, 'runRows').filter((run) => Boolean(run.run_id));
	const verdicts = verifyRuns(runs, readList<AuditEventRow>(this, 'eventRows'));
	return [verdicts.map((verdict) => toItem(verdict, 0))];
};
