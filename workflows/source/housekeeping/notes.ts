import type { WorkflowBuilder } from '../workflow-builder';

export function addNotes(flow: WorkflowBuilder): void {
	flow
		.note(
			[
				'## Every night',
				'Publish this workflow and it cleans up at 2:20. **Settings** holds how long to keep:',
				'- `months_to_keep`: events of runs that ended longer ago are removed. Ask your auditor before you lower it.',
				'- `days_to_check`: runs of so many days are checked for tampering.',
				'- `runs_a_night`: so many old runs are cleaned at a time.',
				'',
				'n8n allows **all Data Tables together 200 MB** (50 MB before n8n 2.27; `N8N_DATA_TABLES_MAX_SIZE_BYTES` on the server). *GP to Procore: errors and alerts* warns at 80%.',
			].join('\n'),
			[-40, -320],
			660,
			250,
			4,
		)
		.note(
			[
				'## Was anything changed?',
				'Each event carries a hash over itself and the one before it, and the row of a run the last one. A cell that was changed, or a row that was removed or put in, shows. It is alerted about.',
			].join('\n'),
			[660, -320],
			620,
			140,
			5,
		)
		.note(
			[
				'## What goes and what stays',
				'Rows of **runs** stay, with the head of their chain and the day their events were removed; only runs that handled nothing go altogether. **Parked records** stay. Of a record that is parked, or whose last outcome is a failure, the events stay too, but for tries that only repeat an earlier one.',
			].join('\n'),
			[1320, -320],
			700,
			160,
			5,
		)
		.note(
			[
				'## A file for the accountant',
				'Open **Export form**, choose or create a *Basic Auth* credential (a user name and a password of your choice: what stands here is not for strangers), and publish. The address of the form stands in that node.',
				'',
				'Text that a spreadsheet would take for a formula gets an apostrophe in front. Amounts are numbers; those of more than 15 digits stay text: nothing is rounded.',
			].join('\n'),
			[-40, 420],
			660,
			200,
			4,
		)
		.note(
			[
				'## By mail each Monday',
				'Off until you want it: fill in both addresses and an SMTP credential in **Mail to the accountant**, switch on that node and **Every Monday** (right click, *Activate*), and publish. The workbook of the last seven days comes after the weekly reconciliation.',
			].join('\n'),
			[660, 420],
			620,
			150,
			4,
		);
}
