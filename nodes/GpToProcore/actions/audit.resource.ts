import { verifyRuns } from '../../../lib/audit/chain';
import { type ExportedTable, exportRows } from '../../../lib/audit/export';
import type { AuditEventRow, RunRow } from '../../../lib/audit/event-row';
import { runStepsInTurns } from '../../../lib/http/read-body';
import { toItem } from '../../shared/item-kinds';
import { type Operation, resource } from '../../shared/operations';
import { readList } from '../../shared/read-values';
import { rowsProperty } from '../../shared/rows-property';

const exportRowsStep: Operation = {
	option: {
		name: 'Export',
		value: 'export',
		action: 'Export rows for a spreadsheet',
		description: 'Make rows of a table safe to open as a CSV or Excel file',
	},
	fields: [
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
	],
	async execute() {
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
	},
};

const verifyChain: Operation = {
	option: {
		name: 'Verify Chain',
		value: 'verifyChain',
		action: 'Verify the events of runs',
		description: 'Say for each run whether its events stand as they were written',
	},
	fields: [
		rowsProperty('Run Rows', 'runRows', 'Rows of the runs table to check'),
		rowsProperty('Event Rows', 'eventRows', 'Every event of these runs'),
	],
	async execute() {
		const runs = readList<RunRow>(this, 'runRows').filter((run) => Boolean(run.run_id));
		const verdicts = verifyRuns(runs, readList<AuditEventRow>(this, 'eventRows'));
		return [verdicts.map((verdict) => toItem(verdict, 0))];
	},
};

export const audit = resource('audit', 'export', [exportRowsStep, verifyChain]);
