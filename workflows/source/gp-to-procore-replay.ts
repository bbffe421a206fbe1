import { addGroups } from './replay/groups';
import { addAnswer } from './replay/answer';
import { addLookUp } from './replay/look-up';
import { addNotes } from './replay/notes';
import { addPlan, addRun } from './replay/run';
import { addStarts } from './replay/starts';
import { KEPT, WorkflowBuilder, type WorkflowFile } from './workflow-builder';

/**
 * Replays records: finds what a person names in the audit trail, puts it into the requests table and
 * starts the sync for these records alone. Other workflows may call it with the same fields.
 */
export function gpToProcoreReplay(): WorkflowFile {
	const flow = new WorkflowBuilder('gpp-replay', 'GP to Procore: replay');
	addStarts(flow);
	addLookUp(flow);
	addPlan(flow);
	addRun(flow);
	addAnswer(flow);
	addNotes(flow);
	addGroups(flow);
	return flow.build({ ...KEPT, errorWorkflow: 'gpp-errors' }, ['Dynamics GP', 'Procore']);
}
