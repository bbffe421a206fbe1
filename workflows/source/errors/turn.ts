import { deleteWhere, insertRow, selectRows } from '../data-table-nodes';
import { EVEN_IF_ABSENT, isTrue, ONCE } from '../node-parameters';
import { TABLES } from '../tables';
import type { WorkflowBuilder } from '../workflow-builder';

/** In the lease table, in place of a company. */
const TURN = '(alerts)';
/** Longer than a slow mail server takes; what was killed meanwhile keeps others waiting no longer. */
const MINUTES = 2;
const MY_ROW = "$('Ask for a turn').first().json.id ?? 0";
const now = (minutes = 0) => `={{ $now.toUTC().plus({ minutes: ${minutes} }).toISO() }}`;

/**
 * Two failures of one second would each find that nobody was told yet. So looking and telling are
 * done by one execution at a time, in the order in which they ask: the others wait, and then see
 * what was told. The second before looking is for PostgreSQL, which may show a row with a lower id
 * a little later. Nothing here may keep an alert from being told, a full or missing table neither.
 */
export function addTurn(flow: WorkflowBuilder): void {
	flow
		.table(
			'Ask for a turn',
			[2260, 300],
			insertRow(TABLES.lease, {
				gp_company: TURN,
				run_id: '={{ $execution.id }}',
				execution_id: '={{ $execution.id }}',
				taken_at: now(),
				until: now(MINUTES),
			}),
			EVEN_IF_ABSENT,
		)
		.node(
			'Wait a moment',
			'n8n-nodes-base.wait',
			1.1,
			[2440, 300],
			{ amount: 1, unit: 'seconds' },
			ONCE,
		)
		.table(
			'Who is before?',
			[2620, 300],
			selectRows(TABLES.lease, {
				where: [
					['gp_company', 'eq', TURN],
					['id', 'lt', `={{ ${MY_ROW} }}`],
					['until', 'gt', now()],
				],
				limit: 1,
			}),
			EVEN_IF_ABSENT,
		)
		.node(
			'My turn?',
			'n8n-nodes-base.if',
			2.2,
			[2800, 300],
			isTrue(`={{ !($json.id < (${MY_ROW})) }}`),
			ONCE,
		)
		.table(
			'End the turn',
			[4940, 460],
			// Whoever asked before has ended, or was killed.
			deleteWhere(TABLES.lease, [
				['gp_company', 'eq', TURN],
				['id', 'lte', `={{ ${MY_ROW} }}`],
			]),
			EVEN_IF_ABSENT,
		)
		.chain('Table: alerts', 'Ask for a turn', 'Wait a moment', 'Who is before?', 'My turn?')
		.link('My turn?', 'Runs', 0)
		.link('My turn?', 'Wait a moment', 1)
		// n8n goes through branches from top to bottom: this one, the lowest, when all is told.
		.link('Anything to tell?', 'End the turn', 0)
		.link('Anything to tell?', 'End the turn', 1);
}
