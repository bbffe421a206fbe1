import { WAITING_OUTCOMES } from '../../lib/base/outcome';
import {
	createIfAbsent,
	DATA_TABLE,
	deleteRows,
	deleteWhere,
	readRows,
	selectRows,
	upsertRow,
} from './data-table-nodes';
import { assignment, isTrue } from './node-parameters';
import { TABLES } from './tables';
import { WorkflowBuilder, type WorkflowFile } from './workflow-builder';

const GP_TO_PROCORE = 'n8n-nodes-dynamics-gp-procore.gpToProcore';
const ONCE = { executeOnce: true };
/** A step that finds nothing still hands on one empty item, so that the chain goes on. */
const EVEN_IF_EMPTY = { alwaysOutputData: true };
const ONCE_EVEN_IF_EMPTY = { executeOnce: true, alwaysOutputData: true };
const SETTINGS = "$('Settings').first().json";
const ASKED = "$('What to export').first().json";
const rows = (node: string) => `$('${node}').all().map(row => row.json)`;
const list = (node: string) => `={{ ${rows(node)} }}`;

/** What the form offers, and the table behind it. */
const EXPORTS = {
	'Events: what became of each record': 'events',
	Runs: 'runs',
	'Parked records: what waits': 'parked',
	'Check of the audit trail': 'verdicts',
};

/**
 * Keeps the tables small and the audit trail trustworthy: each night old events go and the chains of
 * the last days are checked; by form the accountant downloads what stands there.
 */
export function gpToProcoreHousekeeping(): WorkflowFile {
	const flow = new WorkflowBuilder('gpp-housekeeping', 'GP to Procore: housekeeping');
	addNight(flow);
	addCheck(flow);
	addRetention(flow);
	addForm(flow);
	addFile(flow);
	addNotes(flow);
	return flow.build(
		{
			saveDataErrorExecution: 'all',
			saveDataSuccessExecution: 'all',
			saveManualExecutions: true,
			callerPolicy: 'workflowsFromSameOwner',
			errorWorkflow: 'gpp-errors',
		},
		['Dynamics GP', 'Procore'],
	);
}

function table(
	flow: WorkflowBuilder,
	name: string,
	position: [number, number],
	parameters: Record<string, unknown>,
	settings: object = {},
): string {
	flow.node(name, DATA_TABLE.type, DATA_TABLE.version, position, parameters, { ...settings });
	return name;
}

function addNight(flow: WorkflowBuilder): void {
	flow
		.node('Every night', 'n8n-nodes-base.scheduleTrigger', 1.2, [0, 0], {
			rule: { interval: [{ field: 'days', triggerAtHour: 2, triggerAtMinute: 20 }] },
		})
		.node('Clean up now', 'n8n-nodes-base.manualTrigger', 1, [0, 180], {})
		.node(
			'Settings',
			'n8n-nodes-base.set',
			3.4,
			[240, 100],
			{
				mode: 'manual',
				assignments: {
					assignments: [
						assignment('months_to_keep', '={{ 24 }}', 'number'),
						assignment('days_to_check', '={{ 2 }}', 'number'),
						assignment('runs_a_night', '={{ 200 }}', 'number'),
					],
				},
				options: {},
			},
			ONCE,
		)
		.link('Every night', 'Settings')
		.link('Clean up now', 'Settings');
	const tables = (['runs', 'events', 'parked', 'alerts'] as const).map((key, index) =>
		table(
			flow,
			`Table: ${TABLES[key].name}`,
			[460 + index * 160, 100],
			createIfAbsent(TABLES[key]),
			ONCE,
		),
	);
	flow.chain('Settings', ...tables, 'Alerts', 'Runs to check');
}

function addCheck(flow: WorkflowBuilder): void {
	table(flow, 'Alerts', [1120, 100], readRows(TABLES.alerts, {}), ONCE_EVEN_IF_EMPTY);
	// Those of the last days, and those an alert stands for: an alert is over when its run is intact.
	table(
		flow,
		'Runs to check',
		[1300, 100],
		selectRows(TABLES.runs, {
			any: true,
			where: [
				[
					'finished_at',
					'gte',
					`={{ $now.minus({ days: ${SETTINGS}.days_to_check }).toUTC().toISO() }}`,
				],
				[
					'run_id',
					'eq',
					`={{ ${rows('Alerts')}.find(row => row.condition === 'chain-broken')?.run_id || 'none' }}`,
				],
			],
			newestBy: 'id',
			limit: 200,
		}),
		ONCE_EVEN_IF_EMPTY,
	);
	table(
		flow,
		'Their events',
		[1480, 100],
		readRows(TABLES.events, { run_id: "={{ $json.run_id || 'none' }}" }),
		EVEN_IF_EMPTY,
	);
	flow
		.node(
			'Check chains',
			GP_TO_PROCORE,
			1,
			[1680, 100],
			{
				resource: 'audit',
				operation: 'verifyChain',
				runRows: list('Runs to check'),
				eventRows: list('Their events'),
			},
			ONCE_EVEN_IF_EMPTY,
		)
		.node(
			'Alert when broken',
			GP_TO_PROCORE,
			1,
			[1880, 100],
			{
				resource: 'alert',
				operation: 'auditChain',
				verdicts: list('Check chains'),
				alertRows: list('Alerts'),
			},
			ONCE_EVEN_IF_EMPTY,
		)
		.node('Any alert?', 'n8n-nodes-base.if', 2.2, [2080, 100], isTrue('={{ !!$json.condition }}'));
	table(
		flow,
		'Save alerts',
		[2280, -20],
		upsertRow(
			TABLES.alerts,
			{ condition: '={{ $json.condition }}', gp_company: '={{ $json.gp_company }}' },
			'fromItem',
		),
	);
	flow
		.chain(
			'Alerts',
			'Runs to check',
			'Their events',
			'Check chains',
			'Alert when broken',
			'Any alert?',
		)
		.link('Any alert?', 'Save alerts', 0)
		.link('Any alert?', 'Old runs', 1)
		.link('Save alerts', 'Old runs');
}

function addRetention(flow: WorkflowBuilder): void {
	const before = `={{ $now.minus({ months: ${SETTINGS}.months_to_keep }).toUTC().toISO() }}`;
	table(
		flow,
		'Old runs',
		[2480, 100],
		selectRows(TABLES.runs, {
			where: [
				['finished_at', 'lt', before],
				['finished_at', 'isNotEmpty', ''],
				['events_removed_at', 'isEmpty', ''],
			],
			oldestBy: 'id',
			limit: `={{ ${SETTINGS}.runs_a_night }}`,
		}),
		ONCE_EVEN_IF_EMPTY,
	);
	table(
		flow,
		'Old events',
		[2660, 100],
		readRows(TABLES.events, { run_id: "={{ $json.run_id || 'none' }}" }),
		EVEN_IF_EMPTY,
	);
	flow
		.node(
			'Failures',
			'n8n-nodes-base.filter',
			2.2,
			[2840, 100],
			isTrue(`={{ ${JSON.stringify(WAITING_OUTCOMES)}.includes($json.outcome) }}`),
			EVEN_IF_EMPTY,
		)
		.node(
			'Each record once',
			'n8n-nodes-base.removeDuplicates',
			2,
			[3020, 100],
			{
				operation: 'removeDuplicateInputItems',
				compare: 'allFieldsExcept',
				fieldsToExclude: TABLES.events.columns
					.map(({ name }) => name)
					.concat('id', 'createdAt', 'updatedAt')
					.filter((name) => !RECORD.includes(name))
					.join(','),
				options: {},
			},
			EVEN_IF_EMPTY,
		);
	table(
		flow,
		'Newest event',
		[3200, 100],
		selectRows(TABLES.events, {
			where: RECORD.map((name) => [name, 'eq', `={{ $json.${name} ?? '' }}`]),
			newestBy: 'id',
			limit: 1,
		}),
		EVEN_IF_EMPTY,
	);
	table(flow, 'Parked', [3380, 100], readRows(TABLES.parked, {}), ONCE_EVEN_IF_EMPTY);
	flow
		.node(
			'What may go',
			GP_TO_PROCORE,
			1,
			[3580, 100],
			{
				resource: 'audit',
				operation: 'retention',
				months: `={{ ${SETTINGS}.months_to_keep }}`,
				runRows: list('Old runs'),
				eventRows: list('Old events'),
				parkedRows: list('Parked'),
				latestRows: list('Newest event'),
			},
			ONCE,
		)
		.chain(
			'Old runs',
			'Old events',
			'Failures',
			'Each record once',
			'Newest event',
			'Parked',
			'What may go',
			'Any events?',
		);
	const GO = "$('What may go').first().json";
	const step = (
		y: number,
		[question, field, split, name]: [string, string, string, string],
		parameters: Record<string, unknown>,
		next: string | null,
		x: number,
	) => {
		flow
			.node(
				question,
				'n8n-nodes-base.if',
				2.2,
				[x, 100],
				isTrue(`={{ ${GO}.${field}.length > 0 }}`),
				ONCE,
			)
			.node(
				`List: ${split}`,
				'n8n-nodes-base.set',
				3.4,
				[x + 180, y],
				{ mode: 'raw', jsonOutput: `={{ ({ ${field}: ${GO}.${field} }) }}`, options: {} },
				ONCE,
			)
			.node(split, 'n8n-nodes-base.splitOut', 1, [x + 340, y], {
				fieldToSplitOut: field,
				options: {},
			});
		table(flow, name, [x + 500, y], parameters, EVEN_IF_EMPTY);
		flow.link(question, `List: ${split}`, 0).chain(`List: ${split}`, split, name);
		if (next) flow.link(question, next, 1).link(name, next);
	};
	step(
		-20,
		['Any events?', 'ranges', 'Old events to go', 'Remove events'],
		deleteWhere(TABLES.events, [
			['run_id', 'eq', '={{ $json.run_id }}'],
			['id', 'gt', '={{ $json.after }}'],
			['id', 'lt', '={{ $json.before }}'],
		]),
		'Any runs?',
		3780,
	);
	step(
		-20,
		['Any runs?', 'marked', 'Runs without events', 'Mark runs'],
		upsertRow(TABLES.runs, { run_id: '={{ $json.run_id }}' }, 'fromItem'),
		'Any empty runs?',
		4480,
	);
	step(
		-20,
		['Any empty runs?', 'emptyRuns', 'Runs that did nothing', 'Remove runs'],
		deleteRows(TABLES.runs, { run_id: '={{ $json.run_id }}' }),
		null,
		5180,
	);
}

/** Columns that name a record. */
const RECORD = ['entity', 'gp_company', 'gp_key'];

function addForm(flow: WorkflowBuilder): void {
	const choice = (fieldLabel: string, options: string[]) => ({
		fieldLabel,
		fieldType: 'dropdown',
		fieldOptions: { values: options.map((option) => ({ option })) },
		requiredField: true,
	});
	flow
		.node(
			'Export form',
			'n8n-nodes-base.formTrigger',
			2.2,
			[0, 700],
			{
				authentication: 'basicAuth',
				formTitle: 'Export the audit trail of Dynamics GP to Procore',
				formDescription: 'A file for a spreadsheet, of the days you choose. No days means all.',
				formFields: {
					values: [
						choice('What', Object.keys(EXPORTS)),
						choice('File', ['Excel', 'CSV']),
						{ fieldLabel: 'First day', fieldType: 'date' },
						{ fieldLabel: 'Last day', fieldType: 'date' },
					],
				},
				options: { appendAttribution: false, buttonLabel: 'Download' },
			},
			{ webhookId: 'gpp-export-form' },
		)
		.node(
			'What to export',
			'n8n-nodes-base.set',
			3.4,
			[240, 700],
			{
				mode: 'manual',
				assignments: {
					assignments: [
						assignment('table', `={{ ${JSON.stringify(EXPORTS)}[$json['What']] }}`, 'string'),
						assignment('excel', "={{ $json['File'] === 'Excel' }}", 'boolean'),
						assignment('from', "={{ ($json['First day'] ?? '').slice(0, 10) }}", 'string'),
						assignment('to', "={{ ($json['Last day'] ?? '').slice(0, 10) }}", 'string'),
						assignment(
							'file',
							`={{ ['gp-to-procore', ${JSON.stringify(EXPORTS)}[$json['What']], $json['First day'], $json['Last day']].filter(Boolean).join('-') }}`,
							'string',
						),
					],
				},
				options: {},
			},
			ONCE,
		);
	const tables = (['runs', 'events', 'parked'] as const).map((key, index) =>
		table(
			flow,
			`Make sure of ${TABLES[key].name}`,
			[460 + index * 160, 700],
			createIfAbsent(TABLES[key]),
			ONCE,
		),
	);
	const period = (column: string): Array<[string, string, string]> => [
		[column, 'gte', `={{ ${ASKED}.from }}`],
		[column, 'lt', `={{ ${ASKED}.to ? ${ASKED}.to + 'T99' : '9999' }}`],
	];
	flow.node('Which table?', 'n8n-nodes-base.switch', 3.2, [960, 700], whichTable(), ONCE);
	const read = (
		name: string,
		y: number,
		definition: (typeof TABLES)['runs' | 'events' | 'parked'],
		column: string,
	) =>
		table(
			flow,
			name,
			[1200, y],
			selectRows(definition, { where: period(column) }),
			ONCE_EVEN_IF_EMPTY,
		);
	read('Events to export', 500, TABLES.events, 'at');
	read('Runs to export', 660, TABLES.runs, 'started_at');
	read('Parked to export', 820, TABLES.parked, 'last_tried_at');
	read('Runs to verify', 980, TABLES.runs, 'started_at');
	table(
		flow,
		'Events to verify',
		[1400, 980],
		readRows(TABLES.events, { run_id: "={{ $json.run_id || 'none' }}" }),
		EVEN_IF_EMPTY,
	);
	flow
		.node(
			'Verify',
			GP_TO_PROCORE,
			1,
			[1600, 980],
			{
				resource: 'audit',
				operation: 'verifyChain',
				runRows: list('Runs to verify'),
				eventRows: list('Events to verify'),
			},
			ONCE_EVEN_IF_EMPTY,
		)
		.link('Export form', 'What to export')
		.chain('What to export', ...tables, 'Which table?')
		.link('Which table?', 'Events to export', 0)
		.link('Which table?', 'Runs to export', 1)
		.link('Which table?', 'Parked to export', 2)
		.link('Which table?', 'Runs to verify', 3)
		.chain('Runs to verify', 'Events to verify', 'Verify');
	for (const name of ['Events to export', 'Runs to export', 'Parked to export', 'Verify']) {
		flow.link(name, 'Safe for a spreadsheet');
	}
}

function addFile(flow: WorkflowBuilder): void {
	const convert = (name: string, y: number, operation: 'csv' | 'xlsx') =>
		flow.node(name, 'n8n-nodes-base.convertToFile', 1.1, [2260, y], {
			operation,
			options: { fileName: `={{ ${ASKED}.file }}.${operation}`, headerRow: true },
		});
	flow
		.node('Safe for a spreadsheet', GP_TO_PROCORE, 1, [1840, 700], {
			resource: 'audit',
			operation: 'export',
			table: `={{ ${ASKED}.table }}`,
			// All rows came in through one of the lanes.
			rows: '={{ $input.all().map(row => row.json) }}',
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
	return {
		mode: 'rules',
		rules: {
			values: Object.values(EXPORTS).map((name) => ({
				conditions: isTrue(`={{ ${ASKED}.table === '${name}' }}`).conditions,
				renameOutput: true,
				outputKey: name,
			})),
		},
		options: {},
	};
}

function addNotes(flow: WorkflowBuilder): void {
	flow
		.note(
			[
				'## Every night',
				'Publish this workflow and it cleans up at 2:20. **Settings** holds how long to keep:',
				'- `months_to_keep`: events of runs that ended longer ago are removed. Ask your auditor before you lower it.',
				'- `days_to_check`: runs of so many days are checked for tampering.',
				'- `runs_a_night`: so many old runs are cleaned at a time.',
				'',
				'n8n allows **all Data Tables together 200 MB** (`N8N_DATA_TABLES_MAX_SIZE_BYTES` on the server). *GP to Procore: errors and alerts* warns at 80%.',
			].join('\n'),
			[-40, -320],
			660,
			250,
			4,
		)
		.note(
			[
				'## Was anything changed?',
				'Each event carries a hash over itself and the one before it, and the row of a run the last one. A cell that was changed, or a row that was removed or put in, shows. It is alerted about.',
			].join('\n'),
			[1080, -200],
			620,
			140,
			5,
		)
		.note(
			[
				'## What goes and what stays',
				'Rows of **runs** stay, with the head of their chain and the day their events were removed; only runs that handled nothing go altogether. **Parked records** stay. Of a record that is parked, or whose last outcome is a failure, the events stay too, but for tries that only repeat an earlier one.',
			].join('\n'),
			[2440, -200],
			700,
			160,
			5,
		)
		.note(
			[
				'## A file for the accountant',
				'Open **Export form**, choose or create a *Basic Auth* credential (a user name and a password of your choice: what stands here is not for strangers), and publish. The address of the form stands in that node.',
				'',
				'Text that a spreadsheet would take for a formula gets an apostrophe in front. Amounts are text with all their decimals: nothing is rounded.',
			].join('\n'),
			[-40, 420],
			660,
			200,
			4,
		);
}
