import type { INodeProperties } from 'n8n-workflow';

import { runStepsInTurns } from '../../../../lib/http/read-body';
import { type ExportedTable, exportRows } from '../../../../lib/audit/export';
import { toItem } from '../../../shared/item-kinds';
import { readList } from '../../../shared/read-list';
import { rowsProperty } from '../../../shared/rows-property';
import type { BatchOperation, OperationOption } from '../../../shared/operations';

export const option: OperationOption = {
	name: 'Export',
	value: 'export',
	action: 'Export rows for a spreadsheet',
	description: 'Make rows of a table safe to open as a CSV or Excel file',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Table',
		name: 'table',
		type: 'options',
		default: 'events',
		description: 'Which table the rows come from',
		options: [
			{ name: 'Events', value: 'events' },
			{ name: 'Parked Records', value: 'parked' },
			{ name: 'Runs', value: 'runs' },
			{
				name: 'Verdicts',
				value: 'verdicts',
				description: 'What Verify Chain says of each run',
			},
		],
	},
	rowsProperty('Rows', 'rows', 'Rows of that table'),
	{
		displayName: 'From Day',
		name: 'from',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-01-31',
		description: 'First day; empty means from the beginning',
	},
	{
		displayName: 'To Day',
		name: 'to',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-02-28',
		description: 'Last day; empty means up to now',
	},
];

export const execute: BatchOperation = async function () {
	const day = (name: string) =>
		String(this.getNodeParameter(name, 0, '') ?? '')
			.trim()
			.slice(0, 10);
	const rows = await runStepsInTurns(
		exportRows({
			table: this.getNodeParameter('table', 0, 'events') as ExportedTable,
			rows: readList(this, 'rows'),
			from: day('from'),
			to: day('to'),
		}),
	);
	return [rows.map((row) => toItem(row, 0))];
};
