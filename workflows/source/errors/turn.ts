import { TURN } from '../../../lib/alerts/alerts';
import { allColumns, deleteWhere, insertRow, selectRows } from '../data-table-nodes';
import { ENGINE, EVEN_IF_ABSENT, isLess, ONCE } from '../node-parameters';
import { TABLES } from '../../../lib/tables/tables';
import type { WorkflowBuilder } from '../workflow-builder';

const MY_ROW = "$('Ask for a turn').first().json.id ?? 0";
const NOW = '={{ $now.toUTC().toISO() }}';

/**
 * Two failures of one second would each find that nobody was told yet. So looking and telling are
 * done by one execution at a time, in the order in which they ask: the others wait, and then see
 * what was told. The second before looking is for PostgreSQL, which may show a row with a lower id
 * a little later. Nothing here may keep an alert from being told, a full or missing table neither.
 */
export function addTurn(flow: WorkflowBuilder): void {
	flow
		.node('Turn', ENGINE, 1, [2160, 300], { resource: 'alert', operation: 'askTurn' }, ONCE)
		.table(
			'Ask for a turn',
			[2260, 300],
			insertRow(TABLES.lease, allColumns(TABLES.lease, '$json')),
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
					['until', 'gt', NOW],
				],
				limit: 1,
			}),
			EVEN_IF_ABSENT,
		)
		.node(
			'Others first?',
			'n8n-nodes-base.if',
			2.2,
			[2800, 300],
			isLess('={{ $json.id }}', `={{ ${MY_ROW} }}`),
			ONCE,
		)
		.table(
			'End the turn',
			[3180, 2100],
			// Whoever asked before has ended, or was killed.
			deleteWhere(TABLES.lease, [
				['gp_company', 'eq', TURN],
				['id', 'lte', `={{ ${MY_ROW} }}`],
			]),
			EVEN_IF_ABSENT,
		)
		.chain(
			'Table: alerts',
			'Turn',
			'Ask for a turn',
			'Wait a moment',
			'Who is before?',
			'Others first?',
		)
		.link('Others first?', 'Wait a moment', 0)
		.link('Others first?', 'Look now', 1)
		// n8n goes through branches from top to bottom: this one, the lowest, when all is told.
		.link('Look now', 'End the turn');
}
