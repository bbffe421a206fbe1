import { text } from '../../../../lib/mapping/crosswalk-index';
import type { ProcoreCandidates } from '../../../../lib/mapping/suggest/crosswalk-rows';
import type { ProjectCandidate, ProjectCrosswalkRow } from '../../../../lib/mapping/types';
import type { ProcoreClient } from '../../../../lib/procore/procore-client';
import {
	listCostCodes,
	listCostTypes,
	readCostCode,
	readCostType,
} from '../../../../lib/procore/resources/cost-codes';
import { listProjects, readProject } from '../../../../lib/procore/resources/projects';
import { eachVendorPage, readVendor } from '../../../../lib/procore/resources/vendors';

export async function readProjects(procore: ProcoreClient): Promise<ProjectCandidate[]> {
	return (await listProjects(procore)).flatMap((row) => {
		const project = readProject(row);
		return project
			? [{ id: project.id, name: project.name, projectNumber: project.projectNumber }]
			: [];
	});
}

export async function readVendors(
	procore: ProcoreClient,
): Promise<Array<ProcoreCandidates['vendors'][number]>> {
	const vendors: Array<ProcoreCandidates['vendors'][number]> = [];
	await eachVendorPage(procore, (rows) => {
		for (const row of rows) {
			const vendor = readVendor(row);
			if (vendor) {
				const { id, name, originId, originCode } = vendor;
				vendors.push({ id, name, originId, originCode });
			}
		}
	});
	return vendors;
}

type CostCodes = Array<ProcoreCandidates['costCodes'][number]>;

/** What was read before and need not be read again. */
export interface ReadInProcore {
	costTypes: Array<{ code: string; name: string }>;
	/** By project. */
	costCodes: Map<string, CostCodes>;
}

/** The company's cost types. */
export async function readCostTypes(
	procore: ProcoreClient,
): Promise<Array<{ code: string; name: string }>> {
	return (await listCostTypes(procore)).flatMap((row) => {
		const type = readCostType(row);
		return type ? [{ code: type.code, name: type.name }] : [];
	});
}

/** Cost codes of these projects. */
export async function readCodesOf(
	procore: ProcoreClient,
	projectIds: readonly string[],
): Promise<Map<string, CostCodes>> {
	const costCodes = new Map<string, CostCodes>();
	for (const projectId of projectIds) {
		const codes: CostCodes = [];
		for (const row of await listCostCodes(procore, projectId)) {
			const code = readCostCode(row);
			if (code) codes.push({ projectId, code: code.fullCode, name: code.name });
		}
		costCodes.set(projectId, codes);
	}
	return costCodes;
}

/** Vendors, cost types, and the cost codes of the projects that a job is linked to by row or number. */
export async function readCandidates(
	procore: ProcoreClient,
	projects: readonly ProjectCandidate[],
	jobs: readonly ProjectCrosswalkRow[],
	read: ReadInProcore,
): Promise<ProcoreCandidates> {
	const vendors = await readVendors(procore);
	const visible = new Set(projects.map(({ id }) => id));
	const linked = new Set(
		jobs.map((row) => text(row.procore_project_id)).filter((id) => visible.has(id)),
	);
	const others = await readCodesOf(
		procore,
		[...linked].filter((id) => !read.costCodes.has(id)),
	);
	return {
		vendors,
		costTypes: read.costTypes.map(({ code }) => code),
		costCodes: [...read.costCodes.values(), ...others.values()].flat(),
	};
}
