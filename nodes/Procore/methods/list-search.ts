import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { listProjects, readProject } from '../../../lib/procore/resources/projects';
import { toNodeError } from '../../shared/to-node-error';
import { connect } from '../transport/connect';

export async function searchProjects(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const wanted = filter?.trim().toLowerCase() ?? '';
	try {
		const projects = (await listProjects(await connect(this))).map(readProject);
		const results = projects.flatMap((project) => {
			if (!project) return [];
			const name = [project.projectNumber, project.name].filter(Boolean).join(' · ');
			return name.toLowerCase().includes(wanted) ? [{ name, value: project.id }] : [];
		});
		return { results: results.sort((left, right) => left.name.localeCompare(right.name)) };
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
