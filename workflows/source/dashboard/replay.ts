import {
	allColumns,
	createIfAbsent,
	insertRow,
	insertRows,
	selectRows,
	upsertRow,
	type Selection,
} from '../data-table-nodes';
import { addWebhook } from '../guarded-triggers';
import {
	assignment,
	ENGINE,
	EVEN_IF_ABSENT,
	fields,
	isTrue,
	notEmpty,
	ONCE,
	route,
	rowsIn,
	wholeItem,
} from '../node-parameters';
import { PARTS_IN_ORDER } from '../../../lib/streams/streams';
import { TABLES, type TableDefinition } from '../../../lib/tables/tables';
import type { WorkflowBuilder } from '../workflow-builder';
import { PAGE_PATH, response } from './answers';
import { newest, readTogether } from './shared';

const READING = "$('Read replay').first().json";
const ORDER = `${READING}.order`;
const CHOICE = `${READING}.choice`;
const PLAN = "$('The plan').first().json";

/** What a replay button does: check, look up, ask, start the sync, and back to the page. */
export function addReplay(flow: WorkflowBuilder): void {
	const y = 900;
	const wanted = (name: string) => `={{ ${ORDER}.look.${name} }}`;
	const wantedRecord: Array<[string, string, string]> = [
		['entity', 'ilike', wanted('entity')],
		['gp_company', 'ilike', wanted('company')],
		['gp_key', 'ilike', wanted('key')],
	];
	const read = (name: string, top: number, table: TableDefinition, selection: Selection) =>
		flow.table(name, [800, top], selectRows(table, selection), EVEN_IF_ABSENT);
	addWebhook(flow, 'Replay pressed', [0, y], {
		webhookId: 'gpp-dashboard-replay',
		method: 'POST',
		path: PAGE_PATH,
	});
	flow
		.node('Read replay', ENGINE, 1, [220, y], {
			resource: 'report',
			operation: 'readReplay',
		})
		.node('Accepted?', 'n8n-nodes-base.if', 2.2, [440, y], isTrue('={{ $json.accepted }}'))
		.node(
			'Which button?',
			'n8n-nodes-base.switch',
			3.2,
			[560, y],
			route('={{ $json.act }}', [
				['replay', 'Replay'],
				['crosswalk', 'Save'],
				['reconcile', 'Reconcile now'],
			]),
		);
	read('Replay: parked', y, TABLES.parked, {
		where: [...wantedRecord, ['reason_code', 'ilike', wanted('code')]],
		...newest,
		limit: wanted('most'),
	});
	read('Replay: events', y + 40, TABLES.events, {
		where: [
			['entity', 'eq', `={{ ${ORDER}.entity }}`],
			['gp_company', 'eq', `={{ ${ORDER}.company }}`],
			['gp_key', 'ilike', `={{ ${ORDER}.key }}`],
		],
		...newest,
		limit: 5000,
	});
	read('Replay: requests', y + 80, TABLES.requests, {
		where: wantedRecord,
		...newest,
		limit: 5000,
	});
	flow
		.node(
			'Plan replay',
			ENGINE,
			1,
			[1300, y],
			{
				resource: 'report',
				operation: 'planReplay',
				order: `={{ ${ORDER} }}`,
				tables: `={{ { ${['parked', 'events', 'requests'].map((name) => `${name}: ${rowsIn(`Replay: ${name}`)}`).join(', ')} } }}`,
			},
			ONCE,
		)
		.node('The plan', 'n8n-nodes-base.noOp', 1, [1440, y], {}, ONCE)
		.node('Known?', 'n8n-nodes-base.if', 2.2, [1500, y], isTrue('={{ $json.found }}'))
		.table('Table: page log', [1560, y], createIfAbsent(TABLES.log), ONCE)
		.table('Log it', [1620, y], insertRow(TABLES.log, allColumns(TABLES.log, `${PLAN}.log`)), ONCE)
		.node(
			'New requests?',
			'n8n-nodes-base.if',
			2.2,
			[1700, y],
			notEmpty(`={{ ${PLAN}.rows }}`),
			ONCE,
		)
		.node(
			'Requests to make',
			'n8n-nodes-base.set',
			3.4,
			[1800, y - 120],
			wholeItem(`={{ ${PLAN} }}`),
			ONCE,
		)
		.node('Request rows', 'n8n-nodes-base.splitOut', 1, [1900, y - 120], {
			fieldToSplitOut: 'rows',
			options: {},
		})
		.table('Save requests', [2100, y - 120], insertRows(TABLES.requests))
		.node(
			'Anything to do?',
			'n8n-nodes-base.if',
			2.2,
			[2300, y],
			isTrue(`={{ ${PLAN}.start }}`),
			ONCE,
		)
		.node(
			'How to run',
			'n8n-nodes-base.set',
			3.4,
			[2500, y - 120],
			fields(
				assignment('start_kind', 'replay', 'string'),
				assignment('dry_run', '={{ false }}', 'boolean'),
				assignment('read_from', '', 'string'),
				assignment(
					'parts',
					`={{ [${PARTS_IN_ORDER.map((part) => `'${part}'`).join(', ')}] }}`,
					'array',
				),
				assignment('only_requested', '={{ true }}', 'boolean'),
			),
			ONCE,
		)
		.node(
			'Start sync',
			'n8n-nodes-base.executeWorkflow',
			1.2,
			[2700, y - 120],
			{
				source: 'database',
				workflowId: { __rl: true, mode: 'id', value: 'gpp-sync' },
				workflowInputs: { mappingMode: 'defineBelow', value: {}, matchingColumns: [], schema: [] },
				mode: 'once',
				// The browser does not wait for the run: the page it goes to looks again by itself.
				options: { waitForSubWorkflow: false },
			},
			{ ...ONCE, onError: 'continueRegularOutput', alwaysOutputData: true },
		)
		.node(
			'Where to',
			ENGINE,
			1,
			[2800, y],
			{ resource: 'report', operation: 'answer', plan: `={{ ${PLAN} }}` },
			ONCE,
		)
		.node(
			'Go back to the page',
			'n8n-nodes-base.respondToWebhook',
			1.5,
			[2900, y],
			response('', 'text/plain', 303, [
				{
					name: 'Location',
					value: '={{ $json.started }}',
				},
			]),
			ONCE,
		)
		.node(
			'Refuse',
			'n8n-nodes-base.respondToWebhook',
			1.5,
			[1700, y + 180],
			response('={{ $json.page }}', 'text/html', '={{ $json.status }}'),
		)
		.chain('Replay pressed', 'Read replay', 'Accepted?')
		.link('Accepted?', 'Which button?', 0)
		.link('Accepted?', 'Refuse', 1)
		.chain('Replay: all read', 'Plan replay', 'The plan', 'Known?')
		.link('Known?', 'Table: page log', 0)
		.chain('Table: page log', 'Log it', 'New requests?')
		.link('Known?', 'Refuse', 1)
		.link('New requests?', 'Requests to make', 0)
		.link('New requests?', 'Anything to do?', 1)
		.chain('Requests to make', 'Request rows', 'Save requests', 'Anything to do?')
		.link('Anything to do?', 'How to run', 0)
		.link('Anything to do?', 'Where to', 1)
		.chain('How to run', 'Start sync', 'Where to', 'Go back to the page');
	readTogether(
		flow,
		['Which button?', 0],
		['Replay: parked', 'Replay: events', 'Replay: requests'],
		['Replay: all read', [1100, y]],
	);
	addChoice(flow, y + 400);
	addReconcile(flow, y + 800);
}

/** A crosswalk row chosen on the page: saved, and the records it concerns asked for. */
function addChoice(flow: WorkflowBuilder, y: number): void {
	const about = (name: string) => `={{ ${CHOICE}.${name} }}`;
	const reads: Array<[name: string, table: TableDefinition, where: Selection['where']]> = [
		['jobs', TABLES.projects, [['gp_job', 'ilike', about('keyPattern')]]],
		['accounts', TABLES.accounts, [['gp_account', 'ilike', about('keyPattern')]]],
		['vendors', TABLES.vendors, [['gp_vendor_id', 'ilike', about('keyPattern')]]],
		['events', TABLES.events, [['touches', 'like', about('touchPattern')]]],
		['parked', TABLES.parked, [['cause_key', 'eq', about('causeKey')]]],
		['requests', TABLES.requests, []],
	];
	const names = reads.map(([rows, table, where], index) => {
		const name = `Choice: ${rows}`;
		const selection = { where, ...newest, limit: 5_000 };
		flow.table(name, [800, y + index * 40], selectRows(table, selection), EVEN_IF_ABSENT);
		return name;
	});
	readTogether(flow, ['Which button?', 1], names, ['Choice: all read', [1300, y]]);
	flow
		.node(
			'Plan choice',
			ENGINE,
			1,
			[1680, y],
			{
				resource: 'report',
				operation: 'planCrosswalk',
				choice: `={{ ${CHOICE} }}`,
				tables: `={{ { ${reads.map(([rows]) => `${rows}: ${rowsIn(`Choice: ${rows}`)}`).join(', ')} } }}`,
			},
			ONCE,
		)
		.node('Possible?', 'n8n-nodes-base.if', 2.2, [1860, y], isTrue('={{ $json.found }}'))
		.node('Rows to save', 'n8n-nodes-base.splitOut', 1, [2040, y], {
			fieldToSplitOut: 'crosswalkRows',
			options: {},
		})
		.node(
			'Which table?',
			'n8n-nodes-base.switch',
			3.2,
			[2200, y],
			route(`={{ ${CHOICE}.kind }}`, [
				['job', 'Job'],
				['account', 'Account'],
				['vendor', 'Vendor'],
			]),
		);
	const tables: Array<[name: string, table: TableDefinition, columns: string[]]> = [
		[
			'Save job',
			TABLES.projects,
			['gp_job', 'procore_project_id', 'procore_project_name', 'action', 'note'],
		],
		[
			'Save account',
			TABLES.accounts,
			['gp_account', 'cost_code', 'cost_code_name', 'cost_type', 'action', 'note'],
		],
		['Save vendor', TABLES.vendors, ['gp_vendor_id', 'procore_vendor_id', 'action', 'note']],
	];
	tables.forEach(([name, table, columns], index) => {
		const values = Object.fromEntries(
			['gp_company', ...columns].map((column) => [column, `={{ $json.${column} }}`]),
		);
		flow
			.table(
				name,
				[2400, y - 120 + index * 120],
				upsertRow(table, { id: '={{ $json.row_id }}' }, values),
			)
			.link('Which table?', name, index)
			.link(name, 'Choice saved');
	});
	flow
		.node(
			'Choice saved',
			'n8n-nodes-base.set',
			3.4,
			[2600, y],
			wholeItem("={{ $('Plan choice').first().json }}"),
			ONCE,
		)
		.chain('Choice: all read', 'Plan choice', 'Possible?', 'Rows to save', 'Which table?')
		.link('Possible?', 'Refuse', 1)
		.link('Choice saved', 'The plan');
}

/** The books compared at the press of a button. The browser does not wait. */
function addReconcile(flow: WorkflowBuilder, y: number): void {
	flow
		.node(
			'Start reconcile',
			'n8n-nodes-base.executeWorkflow',
			1.2,
			[700, y],
			{
				source: 'database',
				workflowId: { __rl: true, mode: 'id', value: 'gpp-reconcile' },
				workflowInputs: { mappingMode: 'defineBelow', value: {}, matchingColumns: [], schema: [] },
				mode: 'once',
				options: { waitForSubWorkflow: false },
			},
			{ ...ONCE, onError: 'continueRegularOutput', alwaysOutputData: true },
		)
		.node(
			'Reconcile asked',
			ENGINE,
			1,
			[900, y],
			{ resource: 'report', operation: 'answer', plan: `={{ ${READING} }}` },
			ONCE,
		)
		.link('Which button?', 'Start reconcile', 2)
		.chain('Start reconcile', 'Reconcile asked', 'The plan');
}
