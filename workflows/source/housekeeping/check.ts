import { createIfAbsent, readRows, selectRows, upsertRow } from '../data-table-nodes';
import { assignment, isTrue } from '../node-parameters';
import { TABLES } from '../tables';
import type { WorkflowBuilder } from '../workflow-builder';
import {
	GP_TO_PROCORE,
	ONCE,
	EVEN_IF_EMPTY,
	ONCE_EVEN_IF_EMPTY,
	SETTINGS,
	rows,
	list,
	table,
} from './names';

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
			{
				mode: 'manual',
				assignments: {
					assignments: [
						assignment('months_to_keep', '={{ 24 }}', 'number'),
						assignment('days_to_check', '={{ 2 }}', 'number'),
						assignment('runs_a_night', '={{ 200 }}', 'number'),
					],
				},
				options: {},
			},
			ONCE,
		)
		.link('Every night', 'Settings')
		.link('Clean up now', 'Settings');
	const tables = (['runs', 'events', 'parked', 'alerts'] as const).map((key, index) =>
		table(
			flow,
			`Table: ${TABLES[key].name}`,
			[460 + index * 160, 100],
			createIfAbsent(TABLES[key]),
			ONCE,
		),
	);
	flow.chain('Settings', ...tables, 'Alerts', 'Runs to check');
}

export function addCheck(flow: WorkflowBuilder): void {
	table(flow, 'Alerts', [1120, 100], readRows(TABLES.alerts, {}), ONCE_EVEN_IF_EMPTY);
	// Those of the last days, and those an alert stands for: an alert is over when its run is intact.
	table(
		flow,
		'Runs to check',
		[1300, 100],
		selectRows(TABLES.runs, {
			any: true,
			where: [
				[
					'finished_at',
					'gte',
					`={{ $now.minus({ days: ${SETTINGS}.days_to_check }).toUTC().toISO() }}`,
				],
				[
					'run_id',
					'eq',
					`={{ ${rows('Alerts')}.find(row => row.condition === 'chain-broken')?.run_id || 'none' }}`,
				],
			],
			newestBy: 'id',
			limit: 200,
		}),
		ONCE_EVEN_IF_EMPTY,
	);
	table(
		flow,
		'Their events',
		[1480, 100],
		readRows(TABLES.events, { run_id: "={{ $json.run_id || 'none' }}" }),
		EVEN_IF_EMPTY,
	);
	flow
		.node(
			'Check chains',
			GP_TO_PROCORE,
			1,
			[1680, 100],
			{
				resource: 'audit',
				operation: 'verifyChain',
				runRows: list('Runs to check'),
				eventRows: list('Their events'),
			},
			ONCE_EVEN_IF_EMPTY,
		)
		.node(
			'Alert when broken',
			GP_TO_PROCORE,
			1,
			[1880, 100],
			{
				resource: 'alert',
				operation: 'auditChain',
				verdicts: list('Check chains'),
				alertRows: list('Alerts'),
			},
			ONCE_EVEN_IF_EMPTY,
		)
		.node('Any alert?', 'n8n-nodes-base.if', 2.2, [2080, 100], isTrue('={{ !!$json.condition }}'));
	table(
		flow,
		'Save alerts',
		[2280, -20],
		upsertRow(
			TABLES.alerts,
			{ condition: '={{ $json.condition }}', gp_company: '={{ $json.gp_company }}' },
			'fromItem',
		),
	);
	flow
		.chain(
			'Alerts',
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
