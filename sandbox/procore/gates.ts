import { ApiError, noAccess, notFound } from './http/api-error';
import type { Call, Route } from './http/call';
import { directCostsDisabled, names } from './routes/projects';

/** The company header: Procore's document shows a text, production apps report a 404. */
export function checkCompanyHeader(call: Call, header: string | undefined, grant: string): void {
	const { missingHeader } = call.switches;
	if (header === undefined || header === '') {
		// A person may ask who they are and which companies they have; a service account may not.
		if (grant === 'authorization_code' && withoutCompany.includes(call.path)) return;
		if (missingHeader === 'allow') return;
		if (missingHeader === '404') throw notFound();
		throw new ApiError(400, { errors: 'Missing Procore-Company-Id header!' });
	}
	if (header !== String(call.company.id)) throw notFound();
}

export const withoutCompany = ['/rest/v1.0/me', '/rest/v1.0/companies'];

/** The app must still be installed in the company. */
export function checkConnected(call: Call): void {
	if (!call.switches.appConnected) {
		throw new ApiError(403, { errors: ['App is not connected to this company.'] });
	}
}

/** The project must be permitted to the service account, and its tool switched on. */
export function checkProject(call: Call, route: Route): void {
	const id = route.project ? route.project(call) : call.params.project_id;
	if (id === undefined) return;
	const project = call.store.projects.get(id);
	if (!project) return;
	const { permittedProjects } = call.switches;
	if (permittedProjects && !names(permittedProjects, project)) throw noAccess();
	if (route.directCostsTool && directCostsDisabled(call, project)) throw noAccess();
}

/** A company id in the path, query or body must be the one of the header. */
export function checkCompanyId(call: Call): void {
	const body = call.body as { company_id?: unknown } | undefined;
	const given = call.params.company_id ?? call.query.company_id ?? body?.company_id;
	if (given !== undefined && String(given) !== String(call.company.id)) throw notFound();
}
