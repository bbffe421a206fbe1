import { groupTables } from '../node-groups';
import type { WorkflowBuilder } from '../workflow-builder';

/** What is drawn as one box; thresholds, message and channels stand outside, to be set. */
export function addGroups(flow: WorkflowBuilder): void {
	flow.group(
		'Close the failed run',
		'The run that a failed execution left open is closed as failed, and its lease given back.',
		[
			...['A batch?', 'Let its run fail first', 'Runs, before', 'Leases', 'Close the run'],
			...['Left open?', 'Closed row', 'Save run row', 'Lease held?', 'Give lease back'],
			'Its run is closed',
		],
	);
	groupTables(flow, {
		name: 'Read the tables in turn',
		description:
			'One check at a time, so that nothing is told twice: the turn ends when all is told. Reads the tables it looks into.',
		others: [
			...[
				'Turn',
				'Ask for a turn',
				'Wait a moment',
				'Who is before?',
				'Others first?',
				'Look now',
				'Runs',
				'Parked',
			],
			...[
				'Watermarks',
				'Reconciliation',
				'Alerts',
				'Newest events',
				'Last removal',
				'Oldest event',
			],
			...['Oldest run', 'All tables read', 'All is read', 'End the turn'],
		],
	});
	flow
		.group(
			'Anything to tell?',
			'Keeps what is wrong in the alerts table; goes on where something is new, worse or over.',
			[...['Anything wrong?', 'What is wrong', 'Save alerts', 'Anything to tell?']],
		)
		.group(
			'Remember what was told',
			'Alerts that were sent are marked, those that are over removed.',
			[
				...['Sent?', 'Told', 'Any told?', 'What was told', 'Mark as told', 'Any over?'],
				...['What is over', 'Remove alerts'],
			],
		);
	flow.place({
		'A workflow failed': [0, 0],
		'Every hour': [0, 200],
		'Check now': [0, 400],
		'Close the failed run': [200, 0],
		'Read the tables in turn': [720, 200],
		'Evaluate alerts': [1240, 200],
		'Anything to tell?': [1440, 200],
		Message: [1960, 60],
		'Send an e-mail': [2160, -100],
		'Post to Slack': [2160, 60],
		'Post to Microsoft Teams': [2160, 220],
		'Remember what was told': [2400, 380],
	});
}
