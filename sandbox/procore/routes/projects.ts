import { notFound } from '../http/api-error';
import { type Call, requiredId, type Route } from '../http/call';
import { filter, keep, keepBetween, page } from '../http/list';
import type { Project } from '../state/records';

/** Sign-in, companies, projects and their tools (facts 3.7). */
export const projectRoutes: Route[] = [
	{
		method: 'GET',
		path: '/rest/v1.0/me',
		handle: () => ({
			body: { id: 11, login: 'service-account@example.com', name: 'Service Account' },
		}),
	},
	{
		method: 'GET',
		path: '/rest/v1.0/companies',
		handle: (call) => page(call, [call.company], (company) => ({ ...company, ...companyDetails })),
	},
	{ method: 'GET', path: '/rest/v1.1/projects', handle: (call) => list(call, 300) },
	{ method: 'GET', path: '/rest/v1.0/projects', handle: (call) => list(call, 2000) },
	{
		method: 'GET',
		path: '/rest/v1.0/projects/{id}',
		project: (call) => call.params.id,
		handle(call) {
			requiredId(call, 'company_id');
			return { body: showProject(call, projectOf(call, call.params.id)) };
		},
	},
	{
		method: 'GET',
		path: '/rest/v1.0/projects/{project_id}/tools',
		handle(call) {
			const project = projectOf(call, call.params.project_id);
			const wanted = call.query['filters[is_active]'];
			const tools = toolNames
				.map((name, index) => ({
					id: index + 1,
					engine_name: name,
					title: name.replace(/_/g, ' '),
					is_active: name !== 'direct_costs' || !directCostsDisabled(call, project),
					position: index + 1,
					required: false,
				}))
				.filter((tool) => wanted === undefined || String(tool.is_active) === wanted);
			return page(call, tools, (tool) => tool);
		},
	},
];

const companyDetails = {
	is_active: true,
	logo_url: null,
	pcn_business_experience: false,
	my_company: true,
};

const toolNames = ['home', 'directory', 'budget', 'commitments', 'direct_costs', 'requisitions'];

/** The project, or 404 as for any record that is absent or not visible. */
export function projectOf(call: Call, id: unknown): Project {
	const project = call.store.projects.get(id);
	if (!project) throw notFound();
	return project;
}

/** Whether a list of project ids or numbers names this project. */
export function names(list: Array<number | string>, project: Project): boolean {
	return list.some(
		(one) => String(one) === String(project.id) || String(one) === project.project_number,
	);
}

export function directCostsDisabled(call: Pick<Call, 'switches'>, project: Project): boolean {
	return names(call.switches.toolDisabledProjects, project);
}

function list(call: Call, cap: number) {
	requiredId(call, 'company_id');
	const { permittedProjects } = call.switches;
	const status = filter(call, 'by_status')?.[0] ?? 'Active';
	let rows = call.store.projects
		.all()
		.filter((project) => !permittedProjects || names(permittedProjects, project))
		.filter((project) => status === 'All' || project.active === (status === 'Active'));
	rows = keep(call, rows, 'id', (project) => project.id);
	rows = keep(call, rows, 'origin_id', (project) => project.origin_id);
	rows = keep(call, rows, 'project_number', (project) => project.project_number);
	rows = keep(call, rows, 'name', (project) => project.name);
	rows = keep(call, rows, 'synced', (project) => project.origin_id !== null);
	rows = keepBetween(call, rows, 'updated_at', (project) => project.updated_at);
	rows = keepBetween(call, rows, 'created_at', (project) => project.created_at);
	const vendorId = filter(call, 'vendor_id')?.[0];
	if (vendorId) rows = rows.filter((project) => project.vendor_ids.includes(Number(vendorId)));
	if (call.query.view === 'ids') {
		return page(call, rows, ({ id }) => ({ id }), { cap: 200000, standard: 200000 });
	}
	if (call.query.view === 'compact' || call.query.serializer_view === 'compact') {
		const compact = ({ id, name, project_number }: Project) => ({
			id,
			name,
			display_name: displayName(name, project_number),
		});
		return page(call, rows, compact, { cap });
	}
	return page(call, rows, (project) => showProject(call, project), { cap });
}

const displayName = (name: string, number: string) => (number ? `${number} - ${name}` : name);

function showProject(call: Call, project: Project) {
	const { id, name, project_number, active, origin_id, origin_data, origin_code } = project;
	return {
		id,
		name,
		display_name: displayName(name, project_number),
		project_number,
		accounting_project_number: project_number,
		active,
		city: project.city,
		state_code: project.state_code,
		country_code: 'US',
		time_zone: 'US/Central',
		is_demo: false,
		origin_id,
		origin_data,
		origin_code,
		stage: 'Course of Construction',
		project_stage: { id: 1, name: 'Course of Construction' },
		total_value: '0.0',
		company: { id: call.company.id, name: call.company.name },
		created_at: project.created_at,
		updated_at: project.updated_at,
	};
}
