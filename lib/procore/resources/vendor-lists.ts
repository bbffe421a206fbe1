import type { ProcoreClient } from '../procore-client';
import type { ProcoreId } from '../procore-id';
import { all, containing, listWhere } from './where';

export interface VendorListFilter {
	originId?: string;
	search?: string;
	/** `YYYY-MM-DDTHH:MM:SSZ` */
	updatedSince?: string;
}

/** Neither list can be asked for these by Procore's own filters: they are narrowed down here. */
function narrowed({ originId, updatedSince }: VendorListFilter) {
	return all(
		originId ? (row) => row.origin_id === originId : undefined,
		updatedSince ? (row) => String(row.updated_at ?? '') >= updatedSince : undefined,
	);
}

/** GET /rest/v1.0/companies/{company_id}/vendors/inactive: the main list leaves these out. */
export function listInactiveVendors(
	client: ProcoreClient,
	filter: VendorListFilter = {},
	limit?: number,
): Promise<unknown[]> {
	const call = {
		path: `/rest/v1.0/companies/${client.companyId}/vendors/inactive`,
		query: { view: 'extended' },
		what: 'list the inactive vendors',
	};
	const found = containing(filter.search, 'name', 'abbreviated_name', 'origin_code', 'trade_name');
	return listWhere(client, call, all(narrowed(filter), found), limit);
}

/** GET /rest/v1.1/projects/{project_id}/vendors: the active vendors in a project's directory. */
export function listProjectVendors(
	client: ProcoreClient,
	projectId: ProcoreId,
	filter: VendorListFilter = {},
	limit?: number,
): Promise<unknown[]> {
	const call = {
		path: `/rest/v1.1/projects/${projectId}/vendors`,
		query: { view: 'extended', 'filters[search]': filter.search },
		what: `list the vendors of project ${projectId}`,
		projectId,
	};
	return listWhere(client, call, narrowed(filter), limit);
}
