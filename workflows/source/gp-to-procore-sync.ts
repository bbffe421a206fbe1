import { addBatchBegin } from './sync/batch';
import { addBatchWrites } from './sync/batch-writes';
import { addCrosswalkChanges } from './sync/crosswalk-changes';
import { addGroups } from './sync/groups';
import { addLanes } from './sync/lanes';
import { addNotes } from './sync/notes';
import { addRunLoop } from './sync/run-loop';
import { addStarts, addTables } from './sync/starts';
import { KEPT, WorkflowBuilder, type WorkflowFile } from './workflow-builder';

/**
 * The main flow: one file that calls itself once per batch, so that an execution never holds more
 * than one batch in memory, and a retry goes on where the last acknowledged batch ended.
 */
export function gpToProcoreSync(): WorkflowFile {
	const flow = new WorkflowBuilder('gpp-sync', 'GP to Procore: sync');
	addStarts(flow);
	addTables(flow);
	addRunLoop(flow);
	addBatchBegin(flow);
	addCrosswalkChanges(flow);
	addLanes(flow);
	addBatchWrites(flow);
	addNotes(flow);
	addGroups(flow);
	return flow.build({ ...KEPT, errorWorkflow: 'gpp-errors' }, ['Dynamics GP', 'Procore']);
}
