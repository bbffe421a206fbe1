import { insertRows, selectRows, type Selection } from '../data-table-nodes';
import { addWebhook } from '../guarded-triggers';
import {
	assignment,
	ENGINE,
	EVEN_IF_ABSENT,
	fields,
	isTrue,
	ONCE,
	rowsIn,
} from '../node-parameters';
import { TABLES, type TableDefinition } from '../tables';
import type { WorkflowBuilder } from '../workflow-builder';
import { PAGE_PATH, response } from './answers';
import { newest } from './shared';

const ORDER = "$('Read replay').first().json.order";
const PLAN = "$('Plan replay').first().json";

/** What a replay button does: check, look up, ask, start the sync, and back to the page. */
export function addReplay(flow: WorkflowBuilder): void {
	const y = 900;
	const wanted = (name: string) => `={{ ${ORDER}.look.${name} }}`;
	const wantedRecord: Array<[string, string, string]> = [
		['entity', 'ilike', wanted('entity')],
		['gp_company', 'ilike', wanted('company')],
		['gp_key', 'ilike', wanted('key')],
	];
	const read = (name: string, x: number, table: TableDefinition, selection: Selection) =>
		flow.table(name, [x, y], selectRows(table, selection), EVEN_IF_ABSENT);
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
		.node('Accepted?', 'n8n-nodes-base.if', 2.2, [440, y], isTrue('={{ $json.accepted }}'));
	read('Replay: parked', 700, TABLES.parked, {
		where: [...wantedRecord, ['reason_code', 'ilike', wanted('code')]],
		...newest,
		limit: wanted('most'),
	});
	read('Replay: events', 900, TABLES.events, {
		where: [
			['entity', 'eq', `={{ ${ORDER}.entity }}`],
			['gp_company', 'eq', `={{ ${ORDER}.company }}`],
			['gp_key', 'ilike', `={{ ${ORDER}.key }}`],
		],
		...newest,
		limit: 10,
	});
	read('Replay: requests', 1100, TABLES.requests, {
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
		.node('Known?', 'n8n-nodes-base.if', 2.2, [1500, y], isTrue('={{ $json.found }}'))
		.node(
			'New requests?',
			'n8n-nodes-base.if',
			2.2,
			[1700, y],
			isTrue('={{ $json.rows.length > 0 }}'),
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
				assignment('parts', "={{ ['vendors', 'accounts', 'payables'] }}", 'array'),
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
			'Go back to the page',
			'n8n-nodes-base.respondToWebhook',
			1.5,
			[2900, y],
			response('', 'text/plain', 303, [
				{
					name: 'Location',
					value: `={{ $('Start sync').isExecuted && $('Start sync').first().json.error ? ${PLAN}.queued : ${PLAN}.started }}`,
				},
			]),
			ONCE,
		)
		.node(
			'Refuse',
			'n8n-nodes-base.respondToWebhook',
			1.5,
			[1700, y + 180],
			response('={{ $json.message }}', 'text/plain', '={{ $json.status }}'),
		)
		.chain('Replay pressed', 'Read replay', 'Accepted?')
		.link('Accepted?', 'Replay: parked', 0)
		.link('Accepted?', 'Refuse', 1)
		.chain('Replay: parked', 'Replay: events', 'Replay: requests', 'Plan replay', 'Known?')
		.link('Known?', 'New requests?', 0)
		.link('Known?', 'Refuse', 1)
		.link('New requests?', 'Request rows', 0)
		.link('New requests?', 'Anything to do?', 1)
		.chain('Request rows', 'Save requests', 'Anything to do?')
		.link('Anything to do?', 'How to run', 0)
		.link('Anything to do?', 'Go back to the page', 1)
		.chain('How to run', 'Start sync', 'Go back to the page');
}
