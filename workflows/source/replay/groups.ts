import { groupTables } from '../node-groups';
import type { WorkflowBuilder } from '../workflow-builder';

export function addGroups(flow: WorkflowBuilder): void {
	groupTables(flow, {
		name: 'What is asked for',
		description:
			'The names, reasons or days given; a form is confirmed. Makes absent tables and reads what waits.',
		others: [
			...['What is asked for', 'Really replay?: by form?', 'Really replay?'],
			...['Really replay?: pressed?', 'Read parked', 'Read requests'],
		],
	});
	flow
		.group(
			'Find the records',
			'By name or day among the events, by reason among the records that wait.',
			[
				...[
					'Where to look',
					'Look where?',
					'Names',
					'One by one',
					'Find events by name',
					'Find events by day',
				],
				'Plan requests',
			],
		)
		.group(
			'Ask for them and run',
			'Adds a request for each, starts the sync for these alone, and looks what became of them.',
			[
				...['New requests?', 'Request rows', 'Save requests', 'Anything to do?', 'How to run'],
				...['Start sync', 'Not run', 'What still waits', 'What became of them', 'In plain words'],
			],
		)
		.group('Answer', 'Tells each record that was found and what became of it.', [
			'Asked by form?',
			'Answer page',
			'Answer',
		]);
	flow.place({
		'Replay form': [0, 0],
		'Called by a workflow': [0, 220],
		'What is asked for': [260, 100],
		'Find the records': [740, 100],
		'Ask for them and run': [1220, 100],
		Answer: [1700, 100],
	});
}
