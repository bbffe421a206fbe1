import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { readId } from '../../../lib/procore/procore-id';
import { toNodeError } from '../../shared/to-node-error';
import { connect } from '../transport/connect';
import { listProjects } from '../transport/lists';

interface ProjectRow {
	id?: unknown;
	name?: unknown;
	display_name?: unknown;
	project_number?: unknown;
}

export async function searchProjects(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const wanted = filter?.trim().toLowerCase() ?? '';
	try {
		const rows = (await listProjects(await connect(this))) as ProjectRow[];
		const results = rows.flatMap((row) => {
			const value = readId(row.id);
			const number = String(row.project_number ?? '').trim();
			const name = [number, String(row.name ?? row.display_name ?? '')].filter(Boolean).join(' · ');
			return value && name.toLowerCase().includes(wanted) ? [{ name, value }] : [];
		});
		return { results: results.sort((left, right) => left.name.localeCompare(right.name)) };
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
