import { DEFAULT_THRESHOLDS } from '../../../lib/alerts/alert.types';
import { createIfAbsent, DATA_TABLE, readRows, selectRows } from '../data-table-nodes';
import { TABLES } from '../tables';
import type { WorkflowBuilder } from '../workflow-builder';
import { GP_TO_PROCORE, ONCE, READ, FAILURE, rows } from './names';

export function addReads(flow: WorkflowBuilder): void {
	flow
		.node('Every hour', 'n8n-nodes-base.scheduleTrigger', 1.2, [1820, 260], {
			rule: { interval: [{ field: 'hours', hoursInterval: 1, triggerAtMinute: 50 }] },
		})
		.node('Check now', 'n8n-nodes-base.manualTrigger', 1, [1820, 440], {})
		.link('Every hour', 'Table: alerts')
		.link('Check now', 'Table: alerts');
	const reads: Array<[string, Record<string, unknown>, object]> = [
		['Table: alerts', createIfAbsent(TABLES.alerts), ONCE],
		['Runs', selectRows(TABLES.runs, { newestBy: 'id', limit: 500 }), READ],
		['Parked', readRows(TABLES.parked, {}), READ],
		['Watermarks', readRows(TABLES.watermark, {}), READ],
		['Reconciliation', readRows(TABLES.reconciliation, { row_kind: 'total' }), READ],
		['Alerts', readRows(TABLES.alerts, {}), READ],
		['Table sizes', { resource: 'table', operation: 'list', returnAll: true, options: {} }, READ],
	];
	reads.forEach(([name, parameters, settings], index) => {
		flow.node(name, DATA_TABLE.type, DATA_TABLE.version, [2260 + index * 180, 100], parameters, {
			...settings,
		});
	});
	flow
		.node(
			'Evaluate alerts',
			GP_TO_PROCORE,
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
				tables: rows('Table sizes'),
				failure: `={{ ${FAILURE}.isExecuted ? ${FAILURE}.first().json : '' }}`,
				thresholds: { ...DEFAULT_THRESHOLDS },
			},
			ONCE,
		)
		.chain(...reads.map(([name]) => name), 'Evaluate alerts');
}
