import type { ProcoreClient } from '../procore-client';

/** GET /rest/v1.0/companies/{company_id}/uoms: a line's unit must be one of these. */
export function listUnitsOfMeasure(client: ProcoreClient, limit?: number): Promise<unknown[]> {
	return client.list({
		path: `/rest/v1.0/companies/${client.companyId}/uoms`,
		what: 'list the units of measure',
		limit,
	});
}
