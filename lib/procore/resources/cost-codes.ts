import type { ProcoreClient } from '../procore-client';
import { readId, toWireId, type ProcoreId } from '../procore-id';
import { syncRows, type RowResult, type SyncRow } from '../sync/sync-rows';

/** A project cost code (GET /rest/v1.0/cost_codes). */
export interface ActualCostCode {
	id: ProcoreId;
	/** Own segment, "300". */
	code: string;
	/** With the divisions above, "03-300". */
	fullCode: string;
	name: string;
	parentId: ProcoreId | null;
	originId: string | null;
	originData: string | null;
}

/** Reads one cost code of an answer; undefined without id, or when it was deleted. */
export function readCostCode(wire: unknown): ActualCostCode | undefined {
	const code = wire as Record<string, unknown>;
	const id = readId(code?.id);
	if (!id || code.deleted_at) return undefined;
	const own = String(code.code ?? '');
	return {
		id,
		code: own,
		fullCode: typeof code.full_code === 'string' && code.full_code ? code.full_code : own,
		name: String(code.name ?? ''),
		parentId: readId((code.parent as { id?: unknown } | null)?.id) ?? readId(code.parent_id) ?? null,
		originId: typeof code.origin_id === 'string' && code.origin_id ? code.origin_id : null,
		originData: typeof code.origin_data === 'string' ? code.origin_data : null,
	};
}

/** All cost codes of a project, divisions included. */
export function listCostCodes(
	client: ProcoreClient,
	projectId: ProcoreId,
	filter: { originId?: string } = {},
	limit?: number,
): Promise<unknown[]> {
	return client.list({
		path: '/rest/v1.0/cost_codes',
		query: { project_id: projectId, 'filters[origin_id]': filter.originId },
		what: `list the cost codes of project ${projectId}`,
		projectId,
		limit,
	});
}

/** PATCH /rest/v1.0/cost_codes/sync; the project goes into the query, not the body. */
export function syncCostCodeRows(client: ProcoreClient, projectId: ProcoreId, rows: SyncRow[]): Promise<RowResult[]> {
	return syncRows(
		client,
		{
			path: '/rest/v1.0/cost_codes/sync',
			query: { project_id: projectId },
			what: `write cost codes of project ${projectId}`,
			projectId,
		},
		rows,
	);
}

/** POST /rest/v1.0/cost_codes */
export async function createCostCode(
	client: ProcoreClient,
	projectId: ProcoreId,
	code: { code: string; name: string; parentId?: ProcoreId | null; originId?: string },
): Promise<unknown> {
	const answer = await client.call({
		method: 'POST',
		path: '/rest/v1.0/cost_codes',
		body: {
			project_id: toWireId(projectId),
			cost_code: {
				code: code.code,
				name: code.name,
				...(code.parentId ? { parent_id: toWireId(code.parentId) } : {}),
				...(code.originId ? { origin_id: code.originId } : {}),
			},
		},
		what: `create cost code ${code.code} in project ${projectId}`,
		projectId,
	});
	return answer.body;
}
