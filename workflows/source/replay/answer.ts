import { readRows, selectRows } from '../data-table-nodes';
import { ENGINE, isTrue, ONCE, ONCE_EVEN_IF_EMPTY, rows } from '../node-parameters';
import { TABLES } from '../../../lib/tables/tables';
import type { WorkflowBuilder } from '../workflow-builder';
import { ASKED, PLAN } from './names';

export function addAnswer(flow: WorkflowBuilder): void {
	flow
		.table('What still waits', [3980, 100], readRows(TABLES.requests, {}), ONCE_EVEN_IF_EMPTY)
		.table(
			'What became of them',
			[4160, 100],
			selectRows(TABLES.events, { where: [['at', 'gte', `={{ ${PLAN}.asked_at }}`]] }),
			ONCE_EVEN_IF_EMPTY,
		)
		.node(
			'In plain words',
			ENGINE,
			1,
			[4360, 100],
			{
				resource: 'request',
				operation: 'tell',
				plan: `={{ ${PLAN} }}`,
				problem: "={{ $('Not run').isExecuted ? $('Not run').first().json.problem : '' }}",
				eventRows: rows('What became of them'),
				requestRows: rows('What still waits'),
			},
			ONCE,
		)
		.node(
			'Asked by form?',
			'n8n-nodes-base.if',
			2.2,
			[4560, 100],
			isTrue(`={{ ${ASKED}.by_form }}`),
		)
		.node('Answer page', 'n8n-nodes-base.form', 1, [4780, 0], {
			operation: 'completion',
			completionTitle: 'Replay',
			completionMessage: '={{ $json.html }}',
			options: {},
		})
		.node('Answer', 'n8n-nodes-base.noOp', 1, [4780, 200], {})
		.chain('What still waits', 'What became of them', 'In plain words', 'Asked by form?')
		.link('Asked by form?', 'Answer page', 0)
		.link('Asked by form?', 'Answer', 1);
}
