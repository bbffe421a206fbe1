import { DEFAULT_THRESHOLDS } from '../../../lib/alerts/alerts';
import { createIfAbsent, readRows, selectRows } from '../data-table-nodes';
import { assignment, ENGINE, EVEN_IF_ABSENT, fields, ONCE, rows } from '../node-parameters';
import { TABLES } from '../../../lib/tables/tables';
import type { WorkflowBuilder } from '../workflow-builder';
import { FAILURE } from './names';

export function addReads(flow: WorkflowBuilder): void {
	flow
		.node('Every hour', 'n8n-nodes-base.scheduleTrigger', 1.2, [1820, 260], {
			rule: { interval: [{ field: 'hours', hoursInterval: 1, triggerAtMinute: 50 }] },
		})
		.node('Check now', 'n8n-nodes-base.manualTrigger', 1, [1820, 440], {})
		.link('Every hour', 'Table: alerts')
		.link('Check now', 'Table: alerts');
	const reads: Array<[string, Record<string, unknown>]> = [
		// Four days of five companies every quarter of an hour: else nobody would be told that nothing comes.
		['Runs', selectRows(TABLES.runs, { newestBy: 'id', limit: 2_000 })],
		['Parked', readRows(TABLES.parked, {})],
		['Watermarks', readRows(TABLES.watermark, {})],
		['Reconciliation', readRows(TABLES.reconciliation, { row_kind: 'total' })],
		['Alerts', readRows(TABLES.alerts, {})],
		// n8n tells no node how large its tables are: that is estimated by their first and last rows.
		['Newest events', selectRows(TABLES.events, { newestBy: 'id', limit: 100 })],
		[
			'Last removal',
			selectRows(TABLES.runs, {
				where: [['events_removed_at', 'isNotEmpty', '']],
				newestBy: 'id',
				limit: 1,
			}),
		],
		[
			'Oldest event',
			selectRows(TABLES.events, {
				where: [['at', 'gte', "={{ $('Last removal').first().json.finished_at ?? '' }}"]],
				oldestBy: 'id',
				limit: 1,
			}),
		],
		['Oldest run', selectRows(TABLES.runs, { oldestBy: 'id', limit: 1 })],
	];
	flow
		.table('Table: alerts', [2260, 100], createIfAbsent(TABLES.alerts), ONCE)
		// Where the database fails n8n hands on the item that came in: this one, which is no row of any table. With a read
		// behind a read it would be a row of another table, or as nothing as an empty table is.
		.node(
			'Look now',
			'n8n-nodes-base.set',
			3.4,
			[2980, 300],
			fields(assignment('no_row', '={{ true }}', 'boolean')),
			ONCE,
		)
		.node('All tables read', 'n8n-nodes-base.merge', 3.2, [3380, 300], {
			mode: 'append',
			numberInputs: reads.length,
		})
		// What somebody put behind it in 0.9.1 stays there.
		.node('All is read', 'n8n-nodes-base.noOp', 1, [3560, 300], {}, ONCE)
		.chain('All tables read', 'All is read', 'Evaluate alerts');
	reads.forEach(([name, parameters], index) => {
		flow
			.table(name, [3180, 300 + index * 180], parameters, EVEN_IF_ABSENT)
			.link('Look now', name)
			.link(name, 'All tables read', 0, index);
	});
	flow.node(
		'Evaluate alerts',
		ENGINE,
		1,
		[3740, 300],
		{
			resource: 'alert',
			operation: 'evaluate',
			runRows: rows('Runs'),
			parkedRows: rows('Parked'),
			watermarkRows: rows('Watermarks'),
			reconciliationRows: rows('Reconciliation'),
			alertRows: rows('Alerts'),
			eventRows: rows('Newest events'),
			oldestEvent: rows('Oldest event'),
			oldestRun: rows('Oldest run'),
			failure: `={{ ${FAILURE}.isExecuted ? ${FAILURE}.first().json : '' }}`,
			thresholds: { ...DEFAULT_THRESHOLDS },
		},
		ONCE,
	);
}
