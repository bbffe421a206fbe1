import type { ProcoreClient } from '../procore-client';
import type { ProcoreId } from '../procore-id';

/** GET /rest/v1.0/projects/{project_id}/billing_periods: start_date, end_date, due_date, status. */
export function listBillingPeriods(
	client: ProcoreClient,
	projectId: ProcoreId,
	filter: { status?: 'open' | 'closed' } = {},
	limit?: number,
): Promise<unknown[]> {
	return client.list({
		path: `/rest/v1.0/projects/${projectId}/billing_periods`,
		query: { 'filters[status]': filter.status },
		what: `list the billing periods of project ${projectId}`,
		projectId,
		limit,
	});
}
