import type { INodeProperties } from 'n8n-workflow';

import { type AlertRow, chainAlerts } from '../../../../lib/alerts/alerts';
import type { RunVerdict } from '../../../../lib/audit/chain';
import { toItem } from '../../../shared/item-kinds';
import { readList } from '../../../shared/read-list';
import { rowsProperty } from '../../../shared/rows-property';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { writable } from './writable';

export const option: OperationOption = {
	name: 'Audit Chain',
	value: 'auditChain',
	action: 'Alert when the audit trail was changed',
	description: 'Turn verdicts on audit chains into rows of the alerts table',
};

export const fields: INodeProperties[] = [
	rowsProperty('Verdicts', 'verdicts', 'What Verify Chain of the resource Audit said of each run'),
	rowsProperty('Alert Rows', 'alertRows', 'Rows of the alerts table: what stands already'),
];

export const execute: BatchOperation = async function () {
	const rows = chainAlerts(
		readList<RunVerdict>(this, 'verdicts'),
		readList<AlertRow>(this, 'alertRows').filter((row) => Boolean(row.condition)),
		new Date().toISOString(),
	);
	return [rows.map((row) => toItem(writable(row), 0))];
};
