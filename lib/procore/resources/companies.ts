import type { ProcoreClient } from '../procore-client';

/** GET /rest/v1.0/companies: the companies the credential can see, those where the app is installed. */
export function listCompanies(client: ProcoreClient, limit?: number): Promise<unknown[]> {
	return client.list({ path: '/rest/v1.0/companies', what: 'list the companies', limit });
}
