import { DEFAULT_THRESHOLDS } from '../../../lib/alerts/alerts';
import { createIfAbsent, readRows, selectRows } from '../data-table-nodes';
import { ENGINE, EVEN_IF_ABSENT, ONCE, rows } from '../node-parameters';
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
	const reads: Array<[string, Record<string, unknown>, Record<string, unknown>]> = [
		['Table: alerts', createIfAbsent(TABLES.alerts), ONCE],
		// Four days of five companies every quarter of an hour: else nobody would be told that nothing comes.
		['Runs', selectRows(TABLES.runs, { newestBy: 'id', limit: 2_000 }), EVEN_IF_ABSENT],
		['Parked', readRows(TABLES.parked, {}), EVEN_IF_ABSENT],
		['Watermarks', readRows(TABLES.watermark, {}), EVEN_IF_ABSENT],
		['Reconciliation', readRows(TABLES.reconciliation, { row_kind: 'total' }), EVEN_IF_ABSENT],
		['Alerts', readRows(TABLES.alerts, {}), EVEN_IF_ABSENT],
		// n8n tells no node how large its tables are: that is estimated by their first and last rows.
		['Newest events', selectRows(TABLES.events, { newestBy: 'id', limit: 100 }), EVEN_IF_ABSENT],
		[
			'Last removal',
			selectRows(TABLES.runs, {
				where: [['events_removed_at', 'isNotEmpty', '']],
				newestBy: 'id',
				limit: 1,
			}),
			EVEN_IF_ABSENT,
		],
		[
			'Oldest event',
			selectRows(TABLES.events, {
				where: [['at', 'gte', "={{ $('Last removal').first().json.finished_at ?? '' }}"]],
				oldestBy: 'id',
				limit: 1,
			}),
			EVEN_IF_ABSENT,
		],
		['Oldest run', selectRows(TABLES.runs, { oldestBy: 'id', limit: 1 }), EVEN_IF_ABSENT],
	];
	reads.forEach(([name, parameters, settings], index) => {
		flow.table(name, [2260 + index * 180, 100], parameters, settings);
	});
	flow
		.node(
			'Evaluate alerts',
			ENGINE,
			1,
			[3740, 100],
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
		)
		// The group ends in one node: the other branch behind the last table ends the turn.
		.node('All is read', 'n8n-nodes-base.noOp', 1, [4060, 100], {}, ONCE)
		.chain(...reads.slice(1).map(([name]) => name), 'All is read', 'Evaluate alerts');
}
