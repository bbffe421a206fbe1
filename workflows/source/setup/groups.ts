import { groupTables } from '../node-groups';
import { CHECK_STEPS } from './check';
import { PREVIEW_READS } from './preview';
import type { WorkflowBuilder } from '../workflow-builder';

export function addGroups(flow: WorkflowBuilder): void {
	groupTables(flow, {
		name: 'Make tables and read them',
		description: 'Makes every data table that is not there yet, and reads mapping and crosswalks.',
		others: [
			...['Setup options', 'Really set up?: by form?', 'Really set up?'],
			...[
				'Really set up?: pressed?',
				'Read mapping',
				'Read project crosswalk',
				'Read account crosswalk',
			],
			'Read vendor crosswalk',
			'Read findings',
		],
	});
	flow.group(
		'Answer the form',
		'Somebody who asked by form sees what was found and accepts it; what rests on it is then added.',
		[
			...['Asked by form?', 'Anything to accept?', 'Result', 'Accept what was found?'],
			...['Accept what was found?: pressed?', 'What was held', 'Jobs held', 'Add jobs held'],
			...[
				'Accounts held',
				'Add accounts held',
				'Findings to accept',
				'Accept findings',
				'Accepted',
			],
		],
	);
	flow.group(
		'Preview: what is known',
		'Asks whether to look, and reads mapping, findings and crosswalks as they stand.',
		PREVIEW_READS,
	);
	flow.group(
		'Check: ask first',
		'Asks whether to look, and reads of which GP company the runs so far were.',
		CHECK_STEPS,
	);
	flow.place({
		'Set up now': [0, 0],
		'Set up with options': [0, 200],
		'Make tables and read them': [260, 100],
		'Suggest rows': [740, 100],
		'Write findings': [960, -220],
		'Add jobs': [960, -60],
		'Add accounts': [960, 100],
		'Add vendors alike': [960, 260],
		'Answer the form': [960, 420],
		'Preview documents': [0, 600],
		'Preview: what is known': [260, 600],
		'Preview lines': [740, 600],
		'Preview shown': [960, 600],
		'Check both connections': [0, 800],
		'Check: ask first': [260, 800],
		'Check connections': [740, 800],
		'Connections shown': [960, 800],
	});
}
