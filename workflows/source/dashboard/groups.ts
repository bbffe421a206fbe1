import type { WorkflowBuilder } from '../workflow-builder';

const PAGES = ['Overview', 'Waiting', 'Search', 'Story', 'Crosswalks', 'Runs', 'Reconciliation'];

/** A box for what is looked at, one for what is pressed. */
export function addGroups(flow: WorkflowBuilder): void {
	flow.group(
		'Draw the page',
		'Reads what is asked for, reads its tables, and sends a page, or a workbook of events, what waits and the reconciliation.',
		[
			...['Read question', 'Which page?', 'Send page', 'Make workbook', 'Send file'],
			...PAGES.flatMap((page) => [
				...flow.nodeNames().filter((name) => name.startsWith(`${page}: `)),
				`Draw ${page.toLowerCase()}`,
			]),
			...flow.nodeNames().filter((name) => name.startsWith('Export: ')),
		],
	);
	flow.group(
		'Replay',
		'Checks that it was pressed on our page; asks for records, saves a crosswalk row or reconciles; goes back.',
		[
			...['Read replay', 'Accepted?', 'Which button?'],
			...['Replay: parked', 'Replay: events', 'Replay: requests', 'Replay: all read'],
			'Plan replay',
			...['Choice: jobs', 'Choice: accounts', 'Choice: vendors', 'Choice: events'],
			...[
				'Choice: parked',
				'Choice: requests',
				'Choice: all read',
				'Plan choice',
				'Possible?',
				'Rows to save',
			],
			...['Which table?', 'Save job', 'Save account', 'Save vendor', 'Choice saved'],
			...[
				'Start reconcile',
				'Reconcile asked',
				'The plan',
				'Known?',
				'Table: page log',
				'Log it',
				'New requests?',
				'Requests to make',
				'Request rows',
				'Save requests',
			],
			...[
				'Anything to do?',
				'How to run',
				'Start sync',
				'Where to',
				'Go back to the page',
				'Refuse',
			],
		],
	);
	flow.place({
		'Page opened': [0, 0],
		'Draw the page': [260, 0],
		'Replay pressed': [0, 200],
		Replay: [260, 200],
	});
}
