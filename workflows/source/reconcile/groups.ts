import { groupTables } from '../node-groups';
import type { WorkflowBuilder } from '../workflow-builder';

export function addGroups(flow: WorkflowBuilder): void {
	groupTables(flow, {
		name: 'Read what is known',
		description:
			'Makes absent tables; reads the mapping of the last run, the crosswalks, waiting records, requests, and what runs left out.',
		others: [
			...['Reconcile options', 'Really reconcile?: by form?', 'Really reconcile?'],
			...['Really reconcile?: pressed?', 'Read mapping', 'Read project crosswalk'],
			...[
				'Read account crosswalk',
				'Read vendor crosswalk',
				'Read parked',
				'Read requests',
				'Read journal',
			],
			...['Read watermarks', 'Documents left out', 'A run without events'],
		],
	});
	flow
		.group(
			'Keep the result',
			'Totals, breakdowns and differences replace those of the last comparison; somebody who asked by form sees them.',
			['Save rows', 'Remove earlier rows', 'Asked by form?', 'Result'],
		)
		.group('Mend', 'Where it was asked for, the next run is told to send again what differs.', [
			'Mend?',
			'Ask the next run',
		])
		.group(
			'Unposted documents sent',
			'Each night: which unposted documents were sent in the last 90 days?',
			[
				...['Deletion options', 'Since when?', 'Make sure of events', 'Make sure of requests'],
				'Unposted documents sent',
			],
		)
		.group(
			'Have them withdrawn',
			'What GP no longer has is asked for, so that the next run takes it out of Procore.',
			[
				...['The newest of them', 'What was heard of them', 'Requests that wait'],
				...['Deleted documents', 'Have them withdrawn'],
			],
		);
	flow.place({
		'Every week': [0, -200],
		'Run now': [0, 0],
		'Reconcile with options': [0, 200],
		'Asked by the page': [0, 360],
		'Read what is known': [260, 0],
		'Compare books': [740, 0],
		// Higher, so first: the last page of a form waits for its reader.
		Mend: [960, -80],
		'Keep the result': [960, 80],
		'Every night': [0, 520],
		'Unposted documents sent': [260, 520],
		'Not in GP any more': [740, 520],
		'Have them withdrawn': [960, 520],
	});
}
