import { addNotes } from './sql-source/notes';
import { addReading, SQL_SOURCE_ID } from './sql-source/reading';
import { WorkflowBuilder, type WorkflowFile } from './workflow-builder';

/**
 * Optional: gives the Dynamics GP node rows of GP by SQL. It is called once per page, so executions
 * that went well are not kept; one that failed is, and the caller tells of it.
 */
export function gpToProcoreSqlSource(): WorkflowFile {
	const flow = new WorkflowBuilder(SQL_SOURCE_ID, 'GP to Procore: rows of GP by SQL');
	addReading(flow);
	addNotes(flow);
	return flow.build(
		{
			saveDataErrorExecution: 'all',
			saveDataSuccessExecution: 'none',
			saveManualExecutions: true,
			callerPolicy: 'workflowsFromSameOwner',
			executionTimeout: 600,
		},
		['Dynamics GP', 'Procore'],
	);
}
