import type { ProcoreClient } from '../../../lib/procore/procore-client';

/** GET /rest/v1.0/companies: those in which the app is installed. */
export async function listCompanies(client: ProcoreClient, limit?: number): Promise<unknown[]> {
	return await client.list({ path: '/rest/v1.0/companies', what: 'list the companies', limit });
}

/**
 * GET /rest/v1.0/projects: active ones the account may see. Version 1.0 carries the project number;
 * Procore gives at most 300 a page.
 */
export async function listProjects(client: ProcoreClient, limit?: number): Promise<unknown[]> {
	return await client.list({
		path: '/rest/v1.0/projects',
		query: { company_id: client.companyId },
		what: 'list the projects',
		perPage: 300,
		limit,
	});
}
