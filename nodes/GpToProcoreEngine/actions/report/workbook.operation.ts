import type { INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { runStepsInTurns } from '../../../../lib/http/read-body';
import { exportWorkbook } from '../../../../lib/report/read/rows';
import type { Question } from '../../../../lib/report/read/question';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { readObject, readTables } from '../../../shared/read-list';
import { tablesProperty } from './tables-property';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const option: OperationOption = {
	name: 'Workbook',
	value: 'workbook',
	action: 'Make a workbook of events, waiting records and reconciliation',
	description: 'Write rows of tables into an Excel file with a sheet each',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Question',
		name: 'question',
		type: 'json',
		default: '={{ $json }}',
		required: true,
		description: 'What the visitor asks for, as Read Question gave it: the days of the events',
	},
	tablesProperty('events, parked, differences (all rows of the reconciliation)'),
];

/** One item with the file in the binary field `data`, its name, and what its first sheet says. */
export const execute: BatchOperation = async function () {
	const question = readObject<Question>(this, 'question');
	if (question === null) throw new NodeOperationError(this.getNode(), "There is no 'Question'");
	const tables = readTables(this, 'tables');
	const { name, bytes, about } = await runStepsInTurns(
		exportWorkbook(question, tables, new Date().toISOString()),
	);
	const data = await this.helpers.prepareBinaryData(Buffer.from(bytes), name, XLSX);
	return [[{ json: { name, about }, binary: { data }, pairedItem: { item: 0 } }]];
};
