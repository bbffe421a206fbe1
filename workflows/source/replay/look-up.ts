import { addConfirmation } from '../guarded-triggers';
import { makeTables, readRows, selectRows } from '../data-table-nodes';
import {
	assignment,
	ENGINE,
	EVEN_IF_EMPTY,
	fields,
	ONCE,
	ONCE_EVEN_IF_EMPTY,
	route,
	rows,
} from '../node-parameters';
import { TABLES } from '../../../lib/tables/tables';
import type { WorkflowBuilder } from '../workflow-builder';
import { ASKED } from './names';

const SEARCH = "$('Where to look').first().json";

export function addLookUp(flow: WorkflowBuilder): void {
	const made = makeTables(
		flow,
		{
			'Table: audit events': TABLES.events,
			'Table: parked records': TABLES.parked,
			'Table: requests': TABLES.requests,
		},
		[460, 100],
		{ apart: 180 },
	);
	flow
		.table('Read parked', [1040, 100], readRows(TABLES.parked, {}), ONCE_EVEN_IF_EMPTY)
		.table('Read requests', [1220, 100], readRows(TABLES.requests, {}), ONCE_EVEN_IF_EMPTY)
		.chain(...made, 'Read parked', 'Read requests', 'Where to look', 'Look where?');

	addConfirmation(flow, 'Really replay?', [240, -60], {
		from: 'What is asked for',
		to: made[0]!,
		description:
			'Press Replay to read these records again from GP and to bring Procore to that state.',
		button: 'Replay',
	});

	flow
		.node(
			'Where to look',
			ENGINE,
			1,
			[1320, 100],
			{
				resource: 'request',
				operation: 'search',
				question: `={{ ${ASKED} }}`,
				parkedRows: rows('Read parked'),
			},
			ONCE,
		)
		.node('Look where?', 'n8n-nodes-base.switch', 3.2, [1420, 100], lookWhere(), ONCE)
		.node(
			'Names',
			'n8n-nodes-base.set',
			3.4,
			[1660, -120],
			fields(assignment('names', `={{ ${SEARCH}.names }}`, 'array')),
			ONCE,
		)
		.node('One by one', 'n8n-nodes-base.splitOut', 1, [1840, -120], {
			fieldToSplitOut: 'names',
			options: { destinationFieldName: 'name' },
		})
		.table(
			'Find events by name',
			[2020, -120],
			selectRows(TABLES.events, {
				any: true,
				where: [
					['gp_key', 'ilike', '=%{{ $json.name }}%'],
					['gp_label', 'ilike', '=%{{ $json.name }}%'],
				],
				newestBy: 'id',
				// Every invoice names its vendor: their events stand before that one's own.
				limit: 5_000,
			}),
			EVEN_IF_EMPTY,
		)
		.table(
			'Find events by day',
			[2020, 100],
			selectRows(TABLES.events, {
				where: [
					['at', 'gte', `={{ ${SEARCH}.since }}`],
					['at', 'lt', `={{ ${SEARCH}.until }}`],
				],
			}),
			ONCE_EVEN_IF_EMPTY,
		)
		.link('Look where?', 'Names', 0)
		.chain('Names', 'One by one', 'Find events by name', 'Plan requests')
		.link('Look where?', 'Find events by day', 1)
		.link('Find events by day', 'Plan requests')
		.link('Look where?', 'Plan requests', 2);
}

/** By name, by day, or nowhere: the parked table is enough, or GP itself is asked. */
function lookWhere() {
	return {
		...route(`={{ ${SEARCH}.where }}`, [
			['name', 'By name'],
			['day', 'By day'],
		]),
		options: { fallbackOutput: 'extra', renameFallbackOutput: 'Nowhere' },
	};
}
