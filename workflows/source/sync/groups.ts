import { groupTables } from '../node-groups';
import type { WorkflowBuilder } from '../workflow-builder';

/**
 * What is drawn as one box. Outside stands what people set (triggers, Mapping, the nodes with
 * credentials) and what carries the sentence: GP, Map, Sync.
 */
export function addGroups(flow: WorkflowBuilder): void {
	groupTables(flow, {
		description:
			'Has a form confirmed on a second page, and makes the data tables that are not there yet. Tables that exist keep their rows.',
		others: [
			...['Run options', 'Really start?: by form?', 'Really start?'],
			'Really start?: pressed?',
		],
	});
	flow
		.group(
			'Run: lease, batches, close',
			'One run at a time: takes the lease, runs one batch after the other until nothing is left, closes the run and gives the lease back.',
			[
				...['Open run', 'Take lease', 'Clear expired leases', 'Pass later ones'],
				...['Other companies', 'Read leases'],
				...['Read open runs', 'Read watermarks', 'Claim lease', 'Confirm lease', 'Save run row'],
				...[
					'Close abandoned runs',
					'Read runs at GP',
					'Turn at GP?',
					'Wait for GP',
					'Alive in line',
					'Withdraw',
					'Save yielded run',
					'Was it a retry?',
				],
				...[
					'Another run is at work',
					'Prepare batch',
					'Run batch',
					'More batches?',
					'Count waiting',
				],
				...['Close run'],
				...['Update run row', 'Clear journal', 'Give lease back', 'Run result'],
				...['Nobody waits?', 'What it did', 'Sum up', 'Run shown'],
				...['Close failed run', 'Save failed run', 'Free lease', 'Run failed'],
			],
		)
		.group(
			'Read what is known',
			'Reads the crosswalks, waiting records, requests and the batch journal; a first batch also looks at what was changed in the crosswalks.',
			[
				...['Run begins?', 'Look at decisions', 'Look at mapping', 'Look at project crosswalk'],
				...['Look at account crosswalk', 'Look at vendor crosswalk', 'Look at requests'],
				...['Changed in crosswalks', 'Find their records', 'Affected records', 'Ask for them'],
				...['Remember decisions', 'Forget decisions', 'Read lease', 'Read journal'],
				...[
					'Read watermark',
					'Read requests',
					'Begin batch',
					'Anything cut off?',
					'Batches cut off',
				],
				...['Read their events', 'Sign of life due?', 'Renew lease', 'Sign of life'],
				...['Read project crosswalk', 'Read account crosswalk', 'Read vendor crosswalk'],
				...['Read mappings', 'Read findings'],
			],
		)
		.group(
			'Which step?',
			'Vendors, then GL accounts, then payables; of each what was asked for, what changed in GP, and what waits.',
			[
				...['Another mapping?', 'Remember mapping', 'What to try again', 'Read owed'],
				...['Read parked', 'Which step?'],
			],
		)
		.group(
			'Map payables',
			'Invoices, credit memos and voids become direct costs or requisitions. Where one may have moved to another project, its earlier place is read.',
			[
				'May have moved?',
				'Their vouchers',
				'Read events of these',
				'Documents again',
				'Map payables',
			],
		)
		.group(
			'Enter in journal',
			'A batch that sends is noted before it does, so that a write cut off is known again.',
			['Anything to send?', 'Enter in journal', 'Renew before writing'],
		)
		.group(
			'Write down what became of it',
			'Audit events, waiting records, new crosswalk rows, answered requests, and only then the watermark.',
			[
				...['Record outcomes', 'Write audit events', 'Park records', 'Resolve parked'],
				...['Add jobs to crosswalk', 'Add accounts to crosswalk', 'Answer requests'],
				...[
					'Keep requests',
					'Settle journal',
					'Keep waiting',
					'All written',
					'Move watermark?',
					'Move watermark',
				],
				'Batch result',
			],
		)
		.group(
			'What waits',
			'Waiting records that may go now: those that wait for Procore, and those decided before the mapping knew what it knows now.',
			['Keys waiting', 'Rows waiting', 'Load parked'],
		)
		.group('Do they wait already?', 'Rows of the parked table of the records that came from GP.', [
			'Keys read',
			'Rows of these',
		])
		.place({
			'Every hour': [0, -200],
			'Run now': [0, 0],
			'Run with options': [0, 200],
			'Make tables': [260, 0],
			'Procore projects': [760, 0],
			'Run: lease, batches, close': [960, 0],
			'Batch starts': [0, 700],
			'A batch?': [200, 700],
			'Read what is known': [400, 700],
			Mapping: [920, 700],
			'Which step?': [1100, 700],
			'What waits': [1100, 1260],
			'Do they wait already?': [1620, 260],
			'GP vendors': [1620, 500],
			'GP accounts': [1620, 700],
			'GP payables': [1620, 900],
			'Map vendors': [1960, 500],
			'Map accounts': [1960, 700],
			'Map payables': [1800, 900],
			// Above the writing that it announces.
			'Enter in journal': [2160, 260],
			'Sync vendors': [2320, 500],
			'Sync cost codes': [2320, 700],
			'Sync direct costs': [2320, 900],
			// Its first node between the last two, as ever.
			'Write down what became of it': [2640, 180],
		});
}
