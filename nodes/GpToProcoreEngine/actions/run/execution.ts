import type { IExecuteFunctions } from 'n8n-workflow';

/** Which execution this is, and where it stands in n8n's list. */
export function executionOf(context: IExecuteFunctions): {
	executionId: string;
	executionLink: string;
} {
	const executionId = context.getExecutionId();
	const { id } = context.getWorkflow();
	const base = context.getInstanceBaseUrl();
	const executionLink = base && id ? `${base}workflow/${id}/executions/${executionId}` : '';
	return { executionId, executionLink };
}
