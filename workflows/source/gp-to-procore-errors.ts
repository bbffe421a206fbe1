import { addReads } from './errors/evaluation';
import { addFailure } from './errors/failure';
import { addGroups } from './errors/groups';
import { addAfterwards, addMessages } from './errors/messages';
import { addNotes } from './errors/notes';
import { addTurn } from './errors/turn';
import { KEPT, WorkflowBuilder, type WorkflowFile } from './workflow-builder';

/**
 * Nothing fails unseen: closes the run a failed execution left open, gives its lease back, and tells
 * once, in one message, what is wrong, what is worse and what is over.
 */
export function gpToProcoreErrors(): WorkflowFile {
	const flow = new WorkflowBuilder('gpp-errors', 'GP to Procore: errors and alerts');
	addFailure(flow);
	addReads(flow);
	addMessages(flow);
	addAfterwards(flow);
	addTurn(flow);
	addNotes(flow);
	addGroups(flow);
	// No error workflow of its own: it would call itself.
	return flow.build(KEPT, ['Dynamics GP', 'Procore']);
}
