import { insertRows } from '../data-table-nodes';
import { assignment, ENGINE, fields, isTrue, notEmpty, ONCE, rows } from '../node-parameters';
import { TABLES } from '../../../lib/tables/tables';
import type { WorkflowBuilder } from '../workflow-builder';
import { ASKED, PLAN } from './names';

/** Of the two ways to look up events one was taken, or none. */
const FOUND =
	"={{ $('Find events by name').isExecuted ? $('Find events by name').all() : $('Find events by day').isExecuted ? $('Find events by day').all() : [] }}";

export function addPlan(flow: WorkflowBuilder): void {
	flow
		.node(
			'Plan requests',
			ENGINE,
			1,
			[2280, 100],
			{
				resource: 'request',
				operation: 'plan',
				...Object.fromEntries(
					['choice', 'search', 'from', 'to', 'entity', 'company', 'use', 'by'].map((name) => [
						name,
						`={{ ${ASKED}.${name} }}`,
					]),
				),
				eventRows: FOUND,
				parkedRows: rows('Read parked'),
				requestRows: rows('Read requests'),
			},
			ONCE,
		)
		.node('New requests?', 'n8n-nodes-base.if', 2.2, [2500, 100], notEmpty('={{ $json.rows }}'))
		.node('Request rows', 'n8n-nodes-base.splitOut', 1, [2720, -20], {
			fieldToSplitOut: 'rows',
			options: {},
		})
		.table('Save requests', [2900, -20], insertRows(TABLES.requests))
		.node(
			'Anything to do?',
			'n8n-nodes-base.if',
			2.2,
			[3120, 100],
			isTrue(`={{ ${PLAN}.start }}`),
			ONCE,
		)
		.chain('Plan requests', 'New requests?')
		.link('New requests?', 'Request rows', 0)
		.link('New requests?', 'Anything to do?', 1)
		.chain('Request rows', 'Save requests', 'Anything to do?');
}

export function addRun(flow: WorkflowBuilder): void {
	flow
		.node(
			'How to run',
			'n8n-nodes-base.set',
			3.4,
			[3340, 0],
			fields(
				assignment('start_kind', 'replay', 'string'),
				assignment('dry_run', '={{ false }}', 'boolean'),
				assignment('read_from', `={{ ${PLAN}.readFrom }}`, 'string'),
				assignment('parts', `={{ ${PLAN}.parts }}`, 'array'),
				assignment('only_requested', `={{ ${PLAN}.onlyRequested }}`, 'boolean'),
			),
			ONCE,
		)
		.node(
			'Start sync',
			'n8n-nodes-base.executeWorkflow',
			1.2,
			[3540, 0],
			{
				source: 'database',
				workflowId: { __rl: true, mode: 'id', value: 'gpp-sync' },
				workflowInputs: { mappingMode: 'defineBelow', value: {}, matchingColumns: [], schema: [] },
				mode: 'each',
				options: { waitForSubWorkflow: true },
			},
			{ onError: 'continueErrorOutput' },
		)
		.node(
			'Not run',
			'n8n-nodes-base.set',
			3.4,
			[3760, 120],
			fields(
				assignment(
					'problem',
					"={{ $json.error?.message ?? $json.error ?? 'no reason was given' }}",
					'string',
				),
			),
			ONCE,
		)
		.link('Anything to do?', 'How to run', 0)
		.chain('How to run', 'Start sync')
		.link('Start sync', 'What still waits', 0)
		.link('Start sync', 'Not run', 1)
		.link('Not run', 'What still waits')
		.link('Anything to do?', 'What still waits', 1);
}
