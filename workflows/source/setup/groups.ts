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
		'Write and answer',
		'Writes findings and rows into the tables. Who asked by form sees them and accepts; what rests on that is then added.',
		[
			...['What was found', 'Which table?', 'Write findings', 'Add jobs', 'Add accounts'],
			...['Add vendors alike', 'Asked by form?', 'Anything to accept?', 'Result'],
			...['Accept what was found?', 'Accept what was found?: pressed?', 'What was held'],
			...['Jobs held', 'Add jobs held', 'Accounts held', 'Add accounts held'],
			...['Findings to accept', 'Accept findings', 'Accepted'],
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
		'Write and answer': [1020, 100],
		'Preview documents': [0, 400],
		'Preview: what is known': [260, 400],
		'Preview lines': [740, 400],
		'Check both connections': [0, 600],
		'Check: ask first': [260, 600],
		'Check connections': [740, 600],
		'Show what was seen': [1060, 500],
	});
}
