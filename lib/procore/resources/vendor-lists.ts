import type { ProcoreClient } from '../procore-client';
import type { ProcoreId } from '../procore-id';
import { all, containing, listWhere } from './where';

/**
 * GET /rest/v1.0/companies/{company_id}/vendors/inactive: the main list leaves these out. It has no
 * filters of its own, so that it is read and narrowed down here.
 * @param filter.updatedSince `YYYY-MM-DDTHH:MM:SSZ`
 */
export function listInactiveVendors(
	client: ProcoreClient,
	filter: { originId?: string; search?: string; updatedSince?: string } = {},
	limit?: number,
): Promise<unknown[]> {
	const { originId, search, updatedSince } = filter;
	const test = all(
		originId ? (row) => row.origin_id === originId : undefined,
		containing(search, 'name', 'abbreviated_name', 'origin_code', 'trade_name'),
		updatedSince ? (row) => String(row.updated_at ?? '') >= updatedSince : undefined,
	);
	const call = {
		path: `/rest/v1.0/companies/${client.companyId}/vendors/inactive`,
		query: { view: 'extended' },
		what: 'list the inactive vendors',
	};
	return listWhere(client, call, test, limit);
}

/** GET /rest/v1.1/projects/{project_id}/vendors: the active vendors in a project's directory. */
export function listProjectVendors(
	client: ProcoreClient,
	projectId: ProcoreId,
	filter: { search?: string } = {},
	limit?: number,
): Promise<unknown[]> {
	return client.list({
		path: `/rest/v1.1/projects/${projectId}/vendors`,
		query: { view: 'extended', 'filters[search]': filter.search },
		what: `list the vendors of project ${projectId}`,
		projectId,
		limit,
	});
}
