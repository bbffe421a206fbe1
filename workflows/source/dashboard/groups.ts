import type { WorkflowBuilder } from '../workflow-builder';

const PAGES: Array<[page: string, shows: string]> = [
	['Overview', 'Last runs, what waits, alerts and the last reconciliation.'],
	['Waiting', 'Records that wait, with reason, remedy and a replay button.'],
	['Search', 'Events by voucher, vendor or text.'],
	['Story', 'All that ever happened to one record.'],
	['Crosswalks', 'What jobs, accounts and vendors are in Procore, and the form to change it.'],
	['Runs', 'All runs, or one with its events, and who did what on the page.'],
	['Reconciliation', 'GP against Procore, to the cent, with causes.'],
];

/** One box a page. */
export function addGroups(flow: WorkflowBuilder): void {
	flow.group('Which page?', 'Reads from the address which page is wanted, and of what.', [
		'Read question',
		'Which page?',
	]);
	for (const [page, shows] of PAGES) {
		const nodes = flow.nodeNames().filter((name) => name.startsWith(`${page}: `));
		flow.group(`Page: ${page.toLowerCase()}`, shows, [...nodes, `Draw ${page.toLowerCase()}`]);
	}
	flow.group(
		'Export',
		'A workbook: events of the days asked for, what waits, the reconciliation.',
		[
			...flow.nodeNames().filter((name) => name.startsWith('Export: ')),
			...['Make workbook', 'Send file'],
		],
	);
	flow.group(
		'Replay',
		'Checks that it was pressed on our page; asks for records, saves a crosswalk row or reconciles; goes back.',
		[
			...['Read replay', 'Accepted?', 'Which button?'],
			...['Replay: parked', 'Replay: events', 'Replay: requests', 'Plan replay'],
			...['Choice: jobs', 'Choice: accounts', 'Choice: vendors', 'Choice: events'],
			...['Choice: parked', 'Choice: requests', 'Plan choice', 'Possible?', 'Rows to save'],
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
		'Which page?': [200, 0],
		'Page: overview': [720, -480],
		'Page: waiting': [720, -320],
		'Page: search': [720, -160],
		'Page: story': [720, 0],
		'Page: crosswalks': [720, 160],
		'Page: runs': [720, 320],
		'Page: reconciliation': [720, 480],
		'Send page': [1240, 0],
		Export: [720, 640],
		'Replay pressed': [0, 820],
		Replay: [200, 820],
	});
}
