import { makeTables, readRows, selectRows, upsertRow } from '../data-table-nodes';
import {
	assignment,
	ENGINE,
	EVEN_IF_EMPTY,
	EVEN_IF_FULL,
	exists,
	fields,
	GP_TO_PROCORE,
	ONCE,
	ONCE_EVEN_IF_EMPTY,
	rows,
} from '../node-parameters';
import { TABLES } from '../../../lib/tables/tables';
import type { WorkflowBuilder } from '../workflow-builder';
import { NIGHT, SETTINGS } from './names';

export function addNight(flow: WorkflowBuilder): void {
	flow
		.node('Every night', 'n8n-nodes-base.scheduleTrigger', 1.2, [0, 0], {
			rule: { interval: [{ field: 'days', triggerAtHour: 2, triggerAtMinute: 20 }] },
		})
		.node('Clean up now', 'n8n-nodes-base.manualTrigger', 1, [0, 180], {})
		.node(
			'Settings',
			'n8n-nodes-base.set',
			3.4,
			[240, 100],
			fields(
				assignment('months_to_keep', '={{ 24 }}', 'number'),
				assignment('days_to_check', '={{ 2 }}', 'number'),
				assignment('runs_a_night', '={{ 200 }}', 'number'),
			),
			ONCE,
		)
		.link('Every night', 'Settings')
		.link('Clean up now', 'Settings');
	const steps = [TABLES.runs, TABLES.events, TABLES.parked, TABLES.alerts].map((table) => [
		`Table: ${table.name}`,
		table,
	]);
	const tables = makeTables(flow, Object.fromEntries(steps), [460, 100], { apart: 160 });
	flow.chain('Settings', ...tables, 'Alerts');
}

export function addCheck(flow: WorkflowBuilder): void {
	flow.table('Alerts', [1120, 100], readRows(TABLES.alerts, {}), ONCE_EVEN_IF_EMPTY);
	flow.node(
		'Which runs?',
		ENGINE,
		1,
		[1210, 100],
		{
			resource: 'audit',
			operation: 'planNight',
			daysToCheck: `={{ ${SETTINGS}.days_to_check }}`,
			monthsToKeep: `={{ ${SETTINGS}.months_to_keep }}`,
			alertRows: rows('Alerts'),
		},
		ONCE,
	);
	// Those of the last days, and those an alert stands for: an alert is over when its run is intact.
	flow.table(
		'Runs to check',
		[1300, 100],
		selectRows(TABLES.runs, {
			any: true,
			where: [
				['finished_at', 'gte', `={{ ${NIGHT}.check_since }}`],
				['run_id', 'eq', `={{ ${NIGHT}.alerted_run }}`],
			],
			newestBy: 'id',
			// All of a day where runs begin every two minutes, or every half an hour for each of twenty companies.
			limit: 1_000,
		}),
		ONCE_EVEN_IF_EMPTY,
	);
	flow.table(
		'Their events',
		[1480, 100],
		readRows(TABLES.events, { run_id: "={{ $json.run_id ?? 'none' }}" }),
		EVEN_IF_EMPTY,
	);
	flow
		.node(
			'Check chains',
			GP_TO_PROCORE,
			2,
			[1680, 100],
			{
				resource: 'audit',
				operation: 'verifyChain',
				runRows: rows('Runs to check'),
				eventRows: rows('Their events'),
			},
			ONCE_EVEN_IF_EMPTY,
		)
		.node(
			'Alert when broken',
			ENGINE,
			1,
			[1880, 100],
			{
				resource: 'alert',
				operation: 'auditChain',
				verdicts: rows('Check chains'),
				alertRows: rows('Alerts'),
			},
			ONCE_EVEN_IF_EMPTY,
		)
		.node(
			'Any alert?',
			'n8n-nodes-base.if',
			2.2,
			[2080, 100],
			exists('={{ $json.condition }}', 'string'),
		);
	flow.table(
		'Save alerts',
		[2280, -20],
		upsertRow(
			TABLES.alerts,
			{ condition: '={{ $json.condition }}', gp_company: '={{ $json.gp_company }}' },
			'fromItem',
		),
		EVEN_IF_FULL,
	);
	flow
		.chain(
			'Alerts',
			'Which runs?',
			'Runs to check',
			'Their events',
			'Check chains',
			'Alert when broken',
			'Any alert?',
		)
		.link('Any alert?', 'Save alerts', 0)
		.link('Any alert?', 'Old runs', 1)
		.link('Save alerts', 'Old runs');
}
