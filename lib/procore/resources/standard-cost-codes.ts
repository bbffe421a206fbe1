import { notAList, rowsOf } from '../list-pages';
import type { ProcoreClient } from '../procore-client';
import { type ProcoreId, readId, toWireId } from '../wire';
import { syncRows, type RowResult, type SyncRow } from './sync-rows';
import { all, callRecord, containing, listWhere, soughtBy } from './api-request';

export interface StandardCostCodeFields {
	code?: string;
	name?: string;
	parent_id?: number | string;
	origin_id?: string;
	origin_data?: string;
}

/**
 * The company's lists: GET …/work_breakdown_structure/segments/{segment_id}/lists of the cost code
 * segment, which Procore names as the replacement of its deprecated list of standard cost code lists.
 */
export async function listStandardCostCodeLists(
	client: ProcoreClient,
	limit?: number,
): Promise<unknown[]> {
	const segments = `/rest/v1.0/companies/${client.companyId}/work_breakdown_structure/segments`;
	const what = 'list the standard cost code lists';
	const found = (await wholeList(client, segments, what)) as Array<{
		id?: unknown;
		type?: unknown;
	}>;
	const id = readId(found.find(({ type }) => type === 'cost_code')?.id);
	if (!id) return [];
	return (await wholeList(client, `${segments}/${id}/lists`, what)).slice(0, limit);
}

/** A list that does not page; an answer that is none is an error, not a list without rows. */
async function wholeList(client: ProcoreClient, path: string, what: string): Promise<unknown[]> {
	const answer = await client.call({ method: 'GET', path, what });
	const rows = rowsOf(answer.body);
	if (rows === null) throw notAList(answer, what, client.apiBaseUrl + path);
	return rows;
}

/** GET /rest/v1.0/standard_cost_codes, extended view: the default one has ids only. */
export function listStandardCostCodes(
	client: ProcoreClient,
	listId: ProcoreId,
	filter: { originId?: string; search?: string } = {},
	limit?: number,
): Promise<unknown[]> {
	const call = {
		path: '/rest/v1.0/standard_cost_codes',
		query: {
			company_id: client.companyId,
			standard_cost_code_list_id: listId,
			view: 'extended',
			'filters[origin_id]': filter.originId,
		},
		what: 'list the standard cost codes',
	};
	const test = all(soughtBy(filter), containing(filter.search, 'full_code', 'code', 'name'));
	return listWhere(client, call, test, limit);
}

/** POST /rest/v1.0/standard_cost_codes */
export async function createStandardCostCode(
	client: ProcoreClient,
	listId: ProcoreId,
	fields: StandardCostCodeFields,
): Promise<unknown> {
	const answer = await client.call({
		method: 'POST',
		path: '/rest/v1.0/standard_cost_codes',
		query: { view: 'extended' },
		body: bodyOf(client, listId, { standard_cost_code: fields }),
		what: `create standard cost code ${fields.code ?? ''}`,
	});
	return answer.body;
}

/** PATCH /rest/v1.0/standard_cost_codes/{id} */
export async function updateStandardCostCode(
	client: ProcoreClient,
	listId: ProcoreId,
	id: ProcoreId,
	fields: StandardCostCodeFields,
): Promise<unknown> {
	return await callRecord(client, {
		method: 'PATCH',
		path: `/rest/v1.0/standard_cost_codes/${id}`,
		query: { view: 'extended' },
		body: bodyOf(client, listId, { standard_cost_code: fields }),
		what: `update standard cost code ${id}`,
	});
}

/** PATCH /rest/v1.0/standard_cost_codes/sync. Own segment and parent_id, as on create. */
export function syncStandardCostCodeRows(
	client: ProcoreClient,
	listId: ProcoreId,
	rows: SyncRow[],
): Promise<RowResult[]> {
	return syncRows(
		client,
		{
			path: '/rest/v1.0/standard_cost_codes/sync',
			query: { view: 'extended' },
			body: bodyOf(client, listId, {}),
			what: 'write standard cost codes',
		},
		rows,
	);
}

/** POST /rest/v1.0/cost_codes/copy_from_standard_list: the whole list into a project. */
export async function copyStandardListToProject(
	client: ProcoreClient,
	projectId: ProcoreId,
	listId: ProcoreId,
): Promise<unknown> {
	const answer = await client.call({
		method: 'POST',
		path: '/rest/v1.0/cost_codes/copy_from_standard_list',
		body: { project_id: toWireId(projectId), standard_cost_code_list_id: toWireId(listId) },
		what: `copy the standard cost codes to project ${projectId}`,
		projectId,
	});
	return answer.body;
}

/** POST …/copy_subset_from_standard_list; the ids must include the divisions above. 207 tells which failed. */
export async function copyStandardCostCodesToProject(
	client: ProcoreClient,
	projectId: ProcoreId,
	listId: ProcoreId,
	ids: ProcoreId[],
): Promise<unknown> {
	const answer = await client.call({
		method: 'POST',
		path: '/rest/v1.0/cost_codes/copy_subset_from_standard_list',
		body: {
			project_id: toWireId(projectId),
			standard_cost_code_list_id: toWireId(listId),
			standard_cost_code_ids: ids.map(toWireId),
		},
		what: `copy standard cost codes to project ${projectId}`,
		projectId,
	});
	return answer.body;
}

function bodyOf(
	client: ProcoreClient,
	listId: ProcoreId,
	more: Record<string, unknown>,
): Record<string, unknown> {
	return {
		company_id: toWireId(client.companyId),
		standard_cost_code_list_id: toWireId(listId),
		...more,
	};
}
