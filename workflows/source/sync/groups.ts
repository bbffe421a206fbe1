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
			'Every hour': [540, -220],
			'Run now': [540, -60],
			'Run with options': [540, 100],
			'Make tables': [760, -60],
			'Procore projects': [1220, -60],
			'Run: lease, batches, close': [1400, -60],
			'Batch starts': [0, 610],
			'A batch?': [180, 610],
			'Read what is known': [360, 610],
			Mapping: [840, 610],
			'Which step?': [1000, 610],
			'What waits': [1000, 950],
			'Do they wait already?': [1480, 240],
			'GP vendors': [1480, 450],
			'GP accounts': [1480, 610],
			'GP payables': [1480, 770],
			'Map vendors': [1800, 450],
			'Map accounts': [1800, 610],
			'Map payables': [1660, 770],
			// Above the writing that it announces.
			'Enter in journal': [1940, 240],
			'Sync vendors': [2140, 450],
			'Sync cost codes': [2140, 610],
			'Sync direct costs': [2140, 770],
			// Its first node between the last two, as ever.
			'Write down what became of it': [2400, 160],
		});
}
