import type { INodeProperties } from 'n8n-workflow';

import { planNight } from '../../../../lib/audit/retention';
import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { readList } from '../../../shared/read-list';
import { rowsProperty } from '../../../shared/rows-property';

export const option: OperationOption = {
	name: 'Plan Night',
	value: 'planNight',
	action: 'Say which runs are looked at tonight',
	description: 'Which runs are checked, and from which on events may go',
};

const days = (displayName: string, name: string, byDefault: number, description: string) =>
	({
		displayName,
		name,
		type: 'number',
		typeOptions: { minValue: 1 },
		default: byDefault,
		description,
	}) satisfies INodeProperties;

export const fields: INodeProperties[] = [
	days('Days to Check', 'daysToCheck', 2, 'Runs that ended since so many days are checked'),
	days('Months to Keep', 'monthsToKeep', 24, 'Events of runs that ended longer ago may go'),
	rowsProperty('Alert Rows', 'alertRows', 'Rows of the alerts table'),
];

export const execute: BatchOperation = async function () {
	const number = (name: string, byDefault: number) =>
		Number(this.getNodeParameter(name, 0, byDefault)) || byDefault;
	const plan = planNight({
		daysToCheck: number('daysToCheck', 2),
		monthsToKeep: number('monthsToKeep', 24),
		alerts: readList<{ condition: string; run_id?: string }>(this, 'alertRows'),
		now: new Date().toISOString(),
	});
	return [[toItem(plan, 0)]];
};
