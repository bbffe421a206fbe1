import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { listProjects, readProject } from '../../../lib/procore/resources/projects';
import { connectForPicker, label } from '../../Procore/methods/search';
import { toNodeError } from '../../shared/to-node-error';

/** Active projects the account sees, by number and name. */
export async function getProjects(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	try {
		const rows = await listProjects(await connectForPicker(this), { status: 'Active' });
		return rows
			.flatMap((row) => {
				const project = readProject(row);
				return project
					? [{ name: label(project.projectNumber, project.name), value: String(project.id) }]
					: [];
			})
			.sort((left, right) => left.name.localeCompare(right.name));
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
