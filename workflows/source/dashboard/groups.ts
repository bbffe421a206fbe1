import type { WorkflowBuilder } from '../workflow-builder';

const PAGES: Array<[page: string, shows: string]> = [
	['Overview', 'Last runs, what waits, alerts and the last reconciliation.'],
	['Waiting', 'Records that wait, with reason, remedy and a replay button.'],
	['Search', 'Events by voucher, vendor or text.'],
	['Story', 'All that ever happened to one record.'],
	['Run', 'One run with its events.'],
	['Runs', 'All runs, newest first.'],
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
		'Replay',
		'Checks that the button was pressed on our page, asks for the record, starts the sync, goes back.',
		[
			...['Read replay', 'Accepted?', 'Replay: parked', 'Replay: events', 'Replay: requests'],
			...['Plan replay', 'Known?', 'New requests?', 'Request rows', 'Save requests'],
			...['Anything to do?', 'How to run', 'Start sync', 'Go back to the page', 'Refuse'],
		],
	);
	flow.place({
		'Page opened': [0, 0],
		'Which page?': [200, 0],
		'Page: overview': [720, -480],
		'Page: waiting': [720, -320],
		'Page: search': [720, -160],
		'Page: story': [720, 0],
		'Page: run': [720, 160],
		'Page: runs': [720, 320],
		'Page: reconciliation': [720, 480],
		'Send page': [1240, 0],
		'Replay pressed': [0, 760],
		Replay: [200, 760],
	});
}
