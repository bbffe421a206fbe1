import { addGroups } from './housekeeping/groups';
import { addCheck, addNight } from './housekeeping/check';
import { addFile, addForm } from './housekeeping/export';
import { addNotes } from './housekeeping/notes';
import { addWeeklyMail } from './housekeeping/weekly-mail';
import { addRetention } from './housekeeping/retention';
import { KEPT, WorkflowBuilder, type WorkflowFile } from './workflow-builder';

/**
 * Keeps the tables small and the audit trail trustworthy: each night old events go and the chains of
 * the last days are checked; by form the accountant downloads what stands there.
 */
export function gpToProcoreHousekeeping(): WorkflowFile {
	const flow = new WorkflowBuilder('gpp-housekeeping', 'GP to Procore: housekeeping');
	addNight(flow);
	addCheck(flow);
	addRetention(flow);
	addForm(flow);
	addFile(flow);
	addWeeklyMail(flow);
	addNotes(flow);
	addGroups(flow);
	return flow.build({ ...KEPT, errorWorkflow: 'gpp-errors' }, ['Dynamics GP', 'Procore']);
}
