import { selectRows } from '../data-table-nodes';
import { addButtonPage, addForm } from '../guarded-triggers';
import { ENGINE, EVEN_IF_ABSENT, ONCE, rows } from '../node-parameters';
import { TABLES } from '../../../lib/tables/tables';
import type { WorkflowBuilder } from '../workflow-builder';

/** Nodes of this part that are drawn as one box. */
export const CHECK_STEPS = ['Really check?', 'Really check?: pressed?', 'Earlier runs'];

/** The step before all others: do both systems let these workflows in, and if not, which field is wrong? */
export function addCheck(flow: WorkflowBuilder): void {
	addForm(flow, 'Check both connections', [0, 1800], {
		webhookId: 'gpp-check-form',
		title: 'Check both connections',
		description:
			'Logs in to Dynamics GP and to Procore with the credentials of this workflow and says what works and which field is wrong. Nothing is written. Mind that since March 2026 Procore admits only approved apps to companies in production.',
		fields: [],
		button: 'Go on',
	});
	const pressed = addButtonPage(flow, 'Really check?', [240, 1800], {
		description: 'Press Check to log in to both systems and read a record of each kind.',
		button: 'Check',
	});
	flow
		.link('Check both connections', 'Really check?')
		.table(
			'Earlier runs',
			[660, 1800],
			selectRows(TABLES.runs, { newestBy: 'id', limit: 50 }),
			EVEN_IF_ABSENT,
		)
		.node(
			'Check connections',
			ENGINE,
			1,
			[880, 1800],
			{ resource: 'connection', operation: 'check', runRows: rows('Earlier runs') },
			ONCE,
		)
		.link(pressed, 'Earlier runs')
		.chain('Earlier runs', 'Check connections');
}
