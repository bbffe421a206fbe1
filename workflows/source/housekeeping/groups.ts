import { groupTables } from '../node-groups';
import type { WorkflowBuilder } from '../workflow-builder';
import { WEEKLY_STEPS } from './weekly-mail';

export function addGroups(flow: WorkflowBuilder): void {
	groupTables(flow, {
		name: 'Check the audit trail',
		description:
			'Checks the hash chain of the newest runs: a changed, removed or inserted row is an alert.',
		others: [
			'Alerts',
			'Which runs?',
			'Runs to check',
			'Their events',
			'Check chains',
			'Alert when broken',
		],
	});
	flow
		.group(
			'What may go?',
			'Keeps the alert of a broken chain, and finds the events that are older than the settings say.',
			[
				...['Any alert?', 'Save alerts', 'Old runs', 'Old events', 'Failures'],
				...['Each record once', 'Newest event', 'Parked', 'What may go'],
			],
		)
		.group('Remove', 'Takes out old events; runs stay as long as they tell something.', [
			...['Any events?', 'List: Old events to go', 'Old events to go', 'Remove events'],
			...['Any runs?', 'List: Runs without events', 'Runs without events', 'Mark runs'],
			...['Any empty runs?', 'List: Runs that did nothing', 'Runs that did nothing', 'Remove runs'],
		])
		.group(
			'Read what to export',
			'Events, runs, waiting records, or the verdict on the hash chains, as an Excel or CSV file.',
			[
				...[
					'What to export',
					'Really export?: by form?',
					'Really export?',
					'Really export?: pressed?',
					'Make sure of gpp_run',
					'Make sure of gpp_event',
					'Make sure of gpp_parked',
				],
				...[
					'Which table?',
					'Events to export',
					'Runs to export',
					'Parked to export',
					'Runs to verify',
				],
				...['Events to verify', 'Verify', 'Safe for a spreadsheet'],
				...['Excel?', 'Excel file', 'CSV file', 'Download'],
			],
		)
		.group(
			'Workbook of the week',
			'Events of the last seven days, what waits and the reconciliation, as one Excel file.',
			WEEKLY_STEPS,
		);
	flow.place({
		'Every night': [0, 0],
		'Clean up now': [0, 180],
		Settings: [200, 80],
		'Check the audit trail': [400, 80],
		'What may go?': [880, 80],
		Remove: [1360, 80],
		'Export form': [0, 640],
		'Read what to export': [200, 640],
		'Every Monday': [0, 860],
		'Workbook of the week': [200, 860],
		'Mail to the accountant': [680, 860],
	});
}
