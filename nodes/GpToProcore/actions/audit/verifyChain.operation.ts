import { updateDisplayOptions } from 'n8n-workflow';

import type { AuditEventRow, RunRow } from '../../../../lib/audit/types';
import { verifyRuns } from '../../../../lib/audit/verify-runs';
import { toItem } from '../../../shared/item-kinds';
import { readList } from '../../../shared/read-list';
import { rowsProperty } from '../rows-property';
import type { BatchOperation } from '../router';

export const description = updateDisplayOptions(
	{ show: { resource: ['audit'], operation: ['verifyChain'] } },
	[
		rowsProperty('Run Rows', 'runRows', 'Rows of the runs table to check'),
		rowsProperty('Event Rows', 'eventRows', 'Every event of these runs'),
	],
);

export const execute: BatchOperation = async function () {
	const runs = readList<RunRow>(this, 'runRows').filter((run) => Boolean(run.run_id));
	const verdicts = verifyRuns(runs, readList<AuditEventRow>(this, 'eventRows'));
	return [verdicts.map((verdict) => toItem(verdict, 0))];
};
