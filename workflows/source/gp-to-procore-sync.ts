import {
	createIfAbsent,
	DATA_TABLE,
	deleteRows,
	insertRows,
	readRows,
	upsertRow,
} from './data-table-nodes';
import { TABLES } from './tables';
import { WorkflowBuilder, type WorkflowFile } from './workflow-builder';

const PACKAGE = 'n8n-nodes-dynamics-gp-procore';
const GP = `${PACKAGE}.dynamicsGp`;
const MAP = `${PACKAGE}.gpToProcore`;
const PROCORE = `${PACKAGE}.procore`;

/** The state every node of a batch works from. */
const STATE = "$('Batch starts').first().json.state";
const COMPANY = `={{ ${STATE}.company }}`;
const ONCE = { executeOnce: true };
/** A read that finds nothing still hands on one empty item, so that the chain goes on. */
const ONCE_EVEN_IF_EMPTY = { executeOnce: true, alwaysOutputData: true };

/**
 * The main flow: one file that calls itself once per batch, so that an execution never holds more
 * than one batch in memory, and a retry goes on where the last acknowledged batch ended.
 */
export function gpToProcoreSync(): WorkflowFile {
	const flow = new WorkflowBuilder('gpp-sync', 'GP to Procore: sync');
	addStarts(flow);
	addTables(flow);
	addLoop(flow);
	addBatchReads(flow);
	addLanes(flow);
	addBatchWrites(flow);
	addNotes(flow);
	return flow.build(
		{
			saveDataErrorExecution: 'all',
			saveDataSuccessExecution: 'all',
			saveManualExecutions: true,
			callerPolicy: 'workflowsFromSameOwner',
		},
		['Dynamics GP', 'Procore'],
	);
}

function addStarts(flow: WorkflowBuilder): void {
	flow
		.node('Every hour', 'n8n-nodes-base.scheduleTrigger', 1.2, [0, -200], {
			rule: { interval: [{ field: 'hours', hoursInterval: 1 }] },
		})
		.node('Run now', 'n8n-nodes-base.manualTrigger', 1, [0, 0], {})
		.node(
			'Run with options',
			'n8n-nodes-base.formTrigger',
			2.2,
			[0, 200],
			{
				formTitle: 'Sync Dynamics GP to Procore',
				formDescription:
					'Starts one run now. A dry run shows what would be written and writes nothing to Procore.',
				formFields: {
					values: [
						{
							fieldLabel: 'Dry run',
							fieldType: 'dropdown',
							fieldOptions: {
								values: [
									{ option: 'Yes, only show what would happen' },
									{ option: 'No, write to Procore' },
								],
							},
							requiredField: true,
						},
						{ fieldLabel: 'Read again from this date', fieldType: 'date' },
						{
							fieldLabel: 'Parts',
							fieldType: 'dropdown',
							multiselect: true,
							fieldOptions: {
								values: [
									{ option: 'Vendors' },
									{ option: 'GL accounts' },
									{ option: 'Payables invoices' },
								],
							},
						},
					],
				},
				options: { appendAttribution: false, buttonLabel: 'Start' },
			},
			{ webhookId: 'gpp-sync-form' },
		)
		.node('Run options', 'n8n-nodes-base.set', 3.4, [240, 0], {
			mode: 'manual',
			assignments: {
				assignments: [
					assignment(
						'start_kind',
						"={{ $json['Dry run'] ? 'form' : $json.timestamp ? 'schedule' : 'manual' }}",
						'string',
					),
					assignment('dry_run', "={{ ($json['Dry run'] ?? '').startsWith('Yes') }}", 'boolean'),
					assignment('read_from', "={{ $json['Read again from this date'] ?? '' }}", 'string'),
					assignment(
						'parts',
						"={{ ($json['Parts'] ?? []).length ? [['Vendors', 'vendors'], ['GL accounts', 'accounts'], ['Payables invoices', 'payables']].filter(([label]) => $json['Parts'].includes(label)).map(([, part]) => part) : ['vendors', 'accounts', 'payables'] }}",
						'array',
					),
				],
			},
			options: {},
		})
		.link('Every hour', 'Run options')
		.link('Run now', 'Run options')
		.link('Run with options', 'Run options');
}

function addTables(flow: WorkflowBuilder): void {
	const names = Object.entries(TABLE_TITLES).map(([key, title], index) => {
		const table = TABLES[key as keyof typeof TABLE_TITLES];
		const name = `Table: ${title}`;
		flow.node(
			name,
			DATA_TABLE.type,
			DATA_TABLE.version,
			[480 + index * 200, 0],
			createIfAbsent(table),
			ONCE,
		);
		return name;
	});
	flow.chain('Run options', ...names, 'Open run');
}

const TABLE_TITLES = {
	watermark: 'watermarks',
	projects: 'project crosswalk',
	accounts: 'account crosswalk',
	vendors: 'vendor crosswalk',
	parked: 'parked records',
	events: 'audit events',
	runs: 'audit runs',
} satisfies Partial<Record<keyof typeof TABLES, string>>;

function addLoop(flow: WorkflowBuilder): void {
	const options = "$('Run options').first().json";
	flow
		.node(
			'Open run',
			MAP,
			1,
			[1900, 0],
			{
				resource: 'run',
				operation: 'open',
				startKind: `={{ ${options}.start_kind }}`,
				dryRun: `={{ ${options}.dry_run }}`,
				readFrom: `={{ ${options}.read_from }}`,
				parts: `={{ ${options}.parts }}`,
			},
			ONCE,
		)
		.node('Run row', 'n8n-nodes-base.set', 3.4, [2120, 0], {
			mode: 'raw',
			jsonOutput: '={{ $json.row }}',
			options: {},
		})
		.node('Save run row', DATA_TABLE.type, DATA_TABLE.version, [2340, 0], insertRows(TABLES.runs))
		.node(
			'Procore projects',
			PROCORE,
			1,
			[2560, 0],
			{
				resource: 'project',
				operation: 'getAll',
				returnAll: true,
			},
			ONCE_EVEN_IF_EMPTY,
		)
		.node(
			'Prepare batch',
			'n8n-nodes-base.set',
			3.4,
			[2780, 0],
			{
				mode: 'manual',
				assignments: {
					assignments: [
						assignment('state', "={{ $json.state ?? $('Open run').first().json.state }}", 'object'),
						assignment(
							'projects',
							"={{ $('Procore projects').all().filter(p => p.json.id).map(p => ({ id: String(p.json.id), name: p.json.name, projectNumber: p.json.projectNumber ?? p.json.project_number ?? null })) }}",
							'array',
						),
					],
				},
				options: {},
			},
			ONCE,
		)
		.node('Run batch', 'n8n-nodes-base.executeWorkflow', 1.2, [3000, 0], {
			source: 'database',
			workflowId: { __rl: true, mode: 'id', value: '={{ $workflow.id }}' },
			workflowInputs: { mappingMode: 'defineBelow', value: {}, matchingColumns: [], schema: [] },
			mode: 'once',
			options: { waitForSubWorkflow: true },
		})
		.node('More batches?', 'n8n-nodes-base.if', 2.2, [3220, 0], isTrue('={{ $json.more }}'))
		.node('Close run', MAP, 1, [3440, 100], {
			resource: 'run',
			operation: 'close',
			state: '={{ $json.state }}',
		})
		.node(
			'Update run row',
			DATA_TABLE.type,
			DATA_TABLE.version,
			[3660, 100],
			upsertRow(TABLES.runs, { run_id: '={{ $json.run_id }}' }, 'fromItem'),
		)
		.chain(
			'Open run',
			'Run row',
			'Save run row',
			'Procore projects',
			'Prepare batch',
			'Run batch',
			'More batches?',
		)
		.link('More batches?', 'Prepare batch', 0)
		.link('More batches?', 'Close run', 1)
		.chain('Close run', 'Update run row');
}

function addBatchReads(flow: WorkflowBuilder): void {
	const entity = `={{ { vendors: 'vendor', accounts: 'account', payables: 'payable' }[${STATE}.step.part] }}`;
	const table = (name: string, x: number, parameters: Record<string, unknown>) =>
		flow.node(name, DATA_TABLE.type, DATA_TABLE.version, [x, 1100], parameters, ONCE_EVEN_IF_EMPTY);
	flow.node('Batch starts', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, [0, 1100], {
		inputSource: 'passthrough',
	});
	table('Read watermark', 220, readRows(TABLES.watermark, { entity, gp_company: COMPANY }));
	table('Read project crosswalk', 440, readRows(TABLES.projects, { gp_company: COMPANY }));
	table('Read account crosswalk', 660, readRows(TABLES.accounts, { gp_company: COMPANY }));
	table('Read vendor crosswalk', 880, readRows(TABLES.vendors, { gp_company: COMPANY }));
	table('Read parked', 1100, readRows(TABLES.parked, { entity, gp_company: COMPANY }));
	flow
		.node(
			'Which step?',
			'n8n-nodes-base.switch',
			3.2,
			[1320, 1100],
			route(`={{ ${STATE}.step.phase === 'parked' ? 'parked' : ${STATE}.step.part }}`, [
				['vendors', 'Vendors'],
				['accounts', 'GL accounts'],
				['payables', 'Payables'],
				['parked', 'Parked, try again'],
			]),
			ONCE,
		)
		.chain(
			'Batch starts',
			'Read watermark',
			'Read project crosswalk',
			'Read account crosswalk',
			'Read vendor crosswalk',
			'Read parked',
			'Which step?',
		);
}

/** One lane per entity: read what changed, map it, bring Procore to that state. */
const LANES = [
	{
		part: 'vendors',
		read: 'GP vendors',
		gp: 'vendor',
		map: 'Map vendors',
		sync: 'Sync vendors',
		procore: 'vendor',
		y: 800,
	},
	{
		part: 'accounts',
		read: 'GP accounts',
		gp: 'account',
		map: 'Map accounts',
		sync: 'Sync cost codes',
		procore: 'costCode',
		y: 1000,
	},
	{
		part: 'payables',
		read: 'GP payables',
		gp: 'payable',
		map: 'Map payables',
		sync: 'Sync direct costs',
		procore: 'directCost',
		y: 1200,
	},
] as const;

function addLanes(flow: WorkflowBuilder): void {
	const rows = (node: string) => `={{ $('${node}').all().map(row => row.json) }}`;
	flow
		.node(
			'Load parked',
			MAP,
			1,
			[1600, 1400],
			{
				resource: 'run',
				operation: 'loadParked',
				state: `={{ ${STATE} }}`,
				parkedRows: rows('Read parked'),
			},
			ONCE,
		)
		.node(
			'Which parked?',
			'n8n-nodes-base.switch',
			3.2,
			[1820, 1400],
			route(`={{ ${STATE}.step.part }}`, [
				['vendors', 'Vendors'],
				['accounts', 'GL accounts'],
				['payables', 'Payables'],
			]),
		)
		.link('Which step?', 'Load parked', 3)
		.chain('Load parked', 'Which parked?');
	LANES.forEach((lane, index) => {
		flow
			.node(lane.read, GP, 1, [1600, lane.y], {
				resource: lane.gp,
				operation: 'getChanges',
				watermark: `={{ ${STATE}.watermark ?? ($('Read watermark').first().json.gp_company ? { since: $('Read watermark').first().json.modified_since || null, seen: $('Read watermark').first().json.seen || '{}' } : '') }}`,
				batchSize: 500,
				cursor: `={{ ${STATE}.cursor ?? '' }}`,
				readFrom: `={{ ${STATE}.from ?? '' }}`,
			})
			.node(lane.map, MAP, 1, [2040, lane.y], {
				resource: lane.gp,
				operation: 'map',
				projects: "={{ $('Batch starts').first().json.projects }}",
				projectCrosswalk: rows('Read project crosswalk'),
				accountCrosswalk: rows('Read account crosswalk'),
				vendorCrosswalk: rows('Read vendor crosswalk'),
			})
			.node(lane.sync, PROCORE, 1, [2300, lane.y], {
				resource: lane.procore,
				operation: 'sync',
				dryRun: `={{ ${STATE}.dryRun }}`,
				options: { runId: `={{ ${STATE}.runId }}` },
			})
			.link('Which step?', lane.read, index)
			.link('Which parked?', lane.map, index)
			.chain(lane.read, lane.map, lane.sync)
			.link(lane.sync, 'Record outcomes', 0, 0)
			.link(lane.map, 'Record outcomes', 1, 1);
	});
}

function addBatchWrites(flow: WorkflowBuilder): void {
	const rows = (node: string) => `={{ $('${node}').all().map(row => row.json) }}`;
	const progress = "$('Record outcomes').first(5).json";
	const writes: Array<[string, Record<string, unknown>]> = [
		['Write audit events', insertRows(TABLES.events)],
		['Park records', insertRows(TABLES.parked)],
		['Resolve parked', deleteRows(TABLES.parked, { id: '={{ $json.row_id }}' })],
		['Add jobs to crosswalk', insertRows(TABLES.projects)],
		['Add accounts to crosswalk', insertRows(TABLES.accounts)],
	];
	writes.forEach(([name, parameters], index) => {
		flow.node(name, DATA_TABLE.type, DATA_TABLE.version, [2860, 760 + index * 180], parameters);
		flow.link('Record outcomes', name, index);
		flow.link(name, 'All written', 0, index);
	});
	flow
		.node('Record outcomes', MAP, 1, [2560, 1100], {
			resource: 'run',
			operation: 'recordOutcomes',
			state: `={{ ${STATE} }}`,
			parkedRows: rows('Read parked'),
			projectCrosswalk: rows('Read project crosswalk'),
			accountCrosswalk: rows('Read account crosswalk'),
		})
		// A barrier: the watermark may move only after everything else is written.
		.node('All written', 'n8n-nodes-base.merge', 3.2, [3120, 1060], {
			mode: 'append',
			numberInputs: 6,
		});
	const watermark = (column: string) => `={{ ${progress}.watermark.${column} }}`;
	flow
		.node(
			'Move watermark?',
			'n8n-nodes-base.if',
			2.2,
			[3340, 1100],
			isTrue(`={{ !!${progress}.watermark }}`),
			ONCE,
		)
		.node(
			'Move watermark',
			DATA_TABLE.type,
			DATA_TABLE.version,
			[3560, 1000],
			upsertRow(
				TABLES.watermark,
				{ entity: watermark('entity'), gp_company: watermark('gp_company') },
				Object.fromEntries(TABLES.watermark.columns.map(({ name }) => [name, watermark(name)])),
			),
		)
		.node(
			'Batch result',
			'n8n-nodes-base.set',
			3.4,
			[3780, 1100],
			{
				mode: 'manual',
				assignments: {
					assignments: [
						assignment('state', `={{ ${progress}.state }}`, 'object'),
						assignment('more', `={{ ${progress}.more }}`, 'boolean'),
					],
				},
				options: {},
			},
			ONCE,
		)
		.link('Record outcomes', 'All written', 5, 5)
		.chain('All written', 'Move watermark?')
		.link('Move watermark?', 'Move watermark', 0)
		.link('Move watermark?', 'Batch result', 1)
		.chain('Move watermark', 'Batch result');
}

function addNotes(flow: WorkflowBuilder): void {
	flow
		.note(
			[
				'## Start here',
				'1. Open **GP vendors** and choose or create the *Dynamics GP API* credential: server address, company, Windows login.',
				'2. Open **Procore projects** and choose or create the *Procore OAuth2 API* credential: client id and secret, company id.',
				'3. Use the same two credentials in every node with a red mark (or press **Set up template**).',
				'4. Run it from *Run now* (the arrow beside **Execute workflow** chooses). Then publish the workflow: it runs every hour.',
				'',
				'*Run with options* is a form: try a **dry run** first if you like. It writes nothing to Procore.',
			].join('\n'),
			[-40, -560],
			620,
			260,
			4,
		)
		.note(
			[
				'## What it remembers',
				'These steps make seven **Data Tables** when they are not there yet (Overview → Data tables).',
				'- **gpp_project_crosswalk**: which Procore project a GP job is. Fill in `procore_project_id` where it is empty.',
				'- **gpp_account_crosswalk**: which cost code and cost type a GL account is. Change a cell and later costs follow.',
				'- **gpp_vendor_crosswalk**: exceptions only.',
				'- **gpp_parked**: what could not go, why, and what to do. It is tried again on every run.',
				'- **gpp_event** and **gpp_run**: the audit trail. **gpp_watermark**: how far GP was read. Set `modified_since` back to read from there, or delete a row to read all of it again.',
				'',
				'Do not name other tables so that they contain one of these names: n8n finds tables by part of the name.',
			].join('\n'),
			[620, -380],
			1000,
			260,
			5,
		)
		.note(
			[
				'## The run',
				'Opens an audit row, then lets this workflow **call itself once per batch** until nothing is left: vendors, then GL accounts, then payables.',
				'',
				'If a run fails (server down, login refused), press **Retry** on *this* execution in the executions list (the workflow must be published): it goes on where the last batch was acknowledged. Nothing is written twice.',
			].join('\n'),
			[1860, -240],
			1160,
			140,
			5,
		)
		.note(
			[
				'## One batch',
				'Reads what GP changed since the watermark (GP is never written), decides where it belongs, and brings Procore to that state. The lanes are vendors, GL accounts and payables; the fourth tries parked records again.',
				'',
				'**How a job or cost code is found** is set in the *Map* nodes: open *Map payables* and look at *Job Found In*.',
			].join('\n'),
			[1560, 580],
			940,
			160,
			6,
		)
		.note(
			[
				'## What became of it',
				'Every record that was handled leaves an audit event. What could not go is parked; what went later is taken off the list. Only then the watermark moves.',
			].join('\n'),
			[2540, 580],
			900,
			130,
			6,
		);
}

function assignment(name: string, value: string, type: string) {
	return { id: name, name, value, type };
}

function isTrue(expression: string) {
	return {
		conditions: {
			options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
			conditions: [
				{
					id: 'condition',
					leftValue: expression,
					rightValue: '',
					operator: { type: 'boolean', operation: 'true', singleValue: true },
				},
			],
			combinator: 'and',
		},
		options: {},
	};
}

function route(expression: string, outputs: Array<[string, string]>) {
	return {
		mode: 'rules',
		rules: {
			values: outputs.map(([value, title]) => ({
				conditions: {
					options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
					conditions: [
						{
							id: value,
							leftValue: expression,
							rightValue: value,
							operator: { type: 'string', operation: 'equals' },
						},
					],
					combinator: 'and',
				},
				renameOutput: true,
				outputKey: title,
			})),
		},
		options: {},
	};
}
