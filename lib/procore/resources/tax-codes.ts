import type { ProcoreClient } from '../procore-client';

/** GET /rest/v1.0/tax_codes, at most 100 a page. */
export function listTaxCodes(client: ProcoreClient, limit?: number): Promise<unknown[]> {
	return client.list({
		path: '/rest/v1.0/tax_codes',
		query: { company_id: client.companyId },
		perPage: 100,
		what: 'list the tax codes',
		limit,
	});
}
