import { EXPORT_FORM } from '../../../lib/audit/export';
import { addConfirmation, addForm as addGuardedForm, choice } from '../guarded-triggers';
import { makeTables, readRows, selectRows } from '../data-table-nodes';
import {
	ENGINE,
	EVEN_IF_EMPTY,
	GP_TO_PROCORE,
	isTrue,
	ONCE,
	ONCE_EVEN_IF_EMPTY,
	route,
	rows,
} from '../node-parameters';
import { TABLES } from '../../../lib/tables/tables';
import type { WorkflowBuilder } from '../workflow-builder';
import { ASKED } from './names';

export function addForm(flow: WorkflowBuilder): void {
	addGuardedForm(flow, 'Export form', [0, 700], {
		webhookId: 'gpp-export-form',
		title: 'Export the audit trail of Dynamics GP to Procore',
		description: 'A file for a spreadsheet, of the days you choose. No days means all.',
		fields: [
			choice(EXPORT_FORM.what, Object.keys(EXPORT_FORM.whatChoices)),
			choice(EXPORT_FORM.file, [EXPORT_FORM.excel, EXPORT_FORM.csv]),
			{ fieldLabel: EXPORT_FORM.firstDay, fieldType: 'date' },
			{ fieldLabel: EXPORT_FORM.lastDay, fieldType: 'date' },
		],
		button: 'Go on',
	});
	flow.node(
		'What to export',
		ENGINE,
		1,
		[240, 700],
		{ resource: 'form', operation: 'export' },
		ONCE,
	);
	const steps = [TABLES.runs, TABLES.events, TABLES.parked].map((table) => [
		`Make sure of ${table.name}`,
		table,
	]);
	const tables = makeTables(flow, Object.fromEntries(steps), [460, 700], { apart: 160 });
	addConfirmation(flow, 'Really export?', [460, 500], {
		from: 'What to export',
		to: tables[0]!,
		description: 'Press Download for a file with what you chose.',
		button: 'Download',
	});
	const period = (column: string): Array<[string, string, string]> => [
		[column, 'gte', `={{ ${ASKED}.from }}`],
		[column, 'lt', `={{ ${ASKED}.until }}`],
	];
	flow.node('Which table?', 'n8n-nodes-base.switch', 3.2, [960, 700], whichTable(), ONCE);
	const read = (
		name: string,
		y: number,
		definition: (typeof TABLES)['runs' | 'events' | 'parked'],
		column: string,
	) =>
		flow.table(
			name,
			[1200, y],
			selectRows(definition, { where: period(column) }),
			ONCE_EVEN_IF_EMPTY,
		);
	read('Events to export', 500, TABLES.events, 'at');
	read('Runs to export', 660, TABLES.runs, 'started_at');
	read('Parked to export', 820, TABLES.parked, 'last_tried_at');
	read('Runs to verify', 980, TABLES.runs, 'started_at');
	flow.table(
		'Events to verify',
		[1400, 980],
		readRows(TABLES.events, { run_id: "={{ $json.run_id ?? 'none' }}" }),
		EVEN_IF_EMPTY,
	);
	flow
		.node(
			'Verify',
			GP_TO_PROCORE,
			2,
			[1600, 980],
			{
				resource: 'audit',
				operation: 'verifyChain',
				runRows: rows('Runs to verify'),
				eventRows: rows('Events to verify'),
			},
			ONCE_EVEN_IF_EMPTY,
		)
		.link('Export form', 'What to export')
		.chain(...tables, 'Which table?')
		.link('Which table?', 'Events to export', 0)
		.link('Which table?', 'Runs to export', 1)
		.link('Which table?', 'Parked to export', 2)
		.link('Which table?', 'Runs to verify', 3)
		.chain('Runs to verify', 'Events to verify', 'Verify');
	for (const name of ['Events to export', 'Runs to export', 'Parked to export', 'Verify']) {
		flow.link(name, 'Safe for a spreadsheet');
	}
}

export function addFile(flow: WorkflowBuilder): void {
	const convert = (name: string, y: number, operation: 'csv' | 'xlsx') =>
		flow.node(name, 'n8n-nodes-base.convertToFile', 1.1, [2260, y], {
			operation,
			options: { fileName: `={{ ${ASKED}.file }}.${operation}`, headerRow: true },
		});
	flow
		.node('Safe for a spreadsheet', GP_TO_PROCORE, 2, [1840, 700], {
			resource: 'audit',
			operation: 'export',
			table: `={{ ${ASKED}.table }}`,
			// All rows came in through one of the lanes.
			rows: '={{ $input.all() }}',
			from: `={{ ${ASKED}.from }}`,
			to: `={{ ${ASKED}.to }}`,
		})
		.node('Excel?', 'n8n-nodes-base.if', 2.2, [2040, 700], isTrue(`={{ ${ASKED}.excel }}`));
	convert('Excel file', 600, 'xlsx');
	convert('CSV file', 800, 'csv');
	flow
		.node('Download', 'n8n-nodes-base.form', 1, [2480, 700], {
			operation: 'completion',
			respondWith: 'returnBinary',
			completionTitle: 'Your file',
			completionMessage: 'The download has begun.',
			inputDataFieldName: 'data',
			options: {},
		})
		.chain('Safe for a spreadsheet', 'Excel?')
		.link('Excel?', 'Excel file', 0)
		.link('Excel?', 'CSV file', 1)
		.link('Excel file', 'Download')
		.link('CSV file', 'Download');
}

function whichTable() {
	const tables = Object.values(EXPORT_FORM.whatChoices);
	return route(
		`={{ ${ASKED}.table }}`,
		tables.map((name) => [name, name]),
	);
}
