import type { ProcoreClient } from '../procore-client';
import { type ProcoreId, readId, textOrNull, toWireId } from '../wire';
import {
	all,
	callRecord,
	changeRecord,
	containing,
	createOnce,
	listWhere,
	soughtBy,
} from './api-request';
import { type RowResult, type SyncRow, syncRows } from './sync-rows';

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

/**
 * Reads one cost code of an answer; undefined without id, or when it was deleted. Undefined too for one of
 * a sub job: it has the number of the project's own, and what is booked on it counts in the sub job.
 */
export function readCostCode(wire: unknown): ActualCostCode | undefined {
	const { biller_type } = (wire ?? {}) as { biller_type?: unknown };
	return biller_type === 'SubJob' ? undefined : readAnyCostCode(wire);
}

function readAnyCostCode(wire: unknown): ActualCostCode | undefined {
	const code = wire as Record<string, unknown>;
	const id = readId(code?.id);
	if (!id || code.deleted_at) return undefined;
	const own = String(code.code ?? '');
	return {
		id,
		code: own,
		fullCode: typeof code.full_code === 'string' && code.full_code ? code.full_code : own,
		name: String(code.name ?? ''),
		parentId:
			readId((code.parent as { id?: unknown } | null)?.id) ?? readId(code.parent_id) ?? null,
		originId: textOrNull(code.origin_id),
		originData: textOrNull(code.origin_data),
	};
}

/**
 * All cost codes of a project, divisions included. `search` is looked for in number and name;
 * Procore has no filter for it, so that the list is narrowed down here.
 */
export function listCostCodes(
	client: ProcoreClient,
	projectId: ProcoreId,
	filter: { originId?: string; search?: string } = {},
	limit?: number,
): Promise<unknown[]> {
	const call = {
		path: '/rest/v1.0/cost_codes',
		query: { project_id: projectId, 'filters[origin_id]': filter.originId },
		what: `list the cost codes of project ${projectId}`,
		projectId,
	};
	const test = all(soughtBy(filter), containing(filter.search, 'full_code', 'code', 'name'));
	return listWhere(client, call, test, limit);
}

/** PATCH /rest/v1.0/cost_codes/sync; the project goes into the query, not the body. */
export function syncCostCodeRows(
	client: ProcoreClient,
	projectId: ProcoreId,
	rows: SyncRow[],
): Promise<RowResult[]> {
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

/** Cost code fields as Procore names them; `code` is the own segment, never the division's prefix. */
export interface CostCodeInput {
	code: string;
	name: string;
	parent_id?: number | string;
	origin_id?: string;
	origin_data?: string;
	standard_cost_code_id?: number | string;
	position?: number;
}

/** POST /rest/v1.0/cost_codes. A lost answer is looked for by origin id, else by number, before sending again. */
export function createCostCode(
	client: ProcoreClient,
	projectId: ProcoreId,
	code: CostCodeInput,
): Promise<unknown> {
	return createOnce(
		client,
		{
			method: 'POST',
			path: '/rest/v1.0/cost_codes',
			body: { project_id: toWireId(projectId), cost_code: code },
			what: `create cost code ${code.code} in project ${projectId}`,
			projectId,
		},
		code.origin_id ?? code.code,
		async () =>
			(await listCostCodes(client, projectId)).find((row) => {
				const standing = readCostCode(row);
				return code.origin_id
					? standing?.originId === code.origin_id
					: standing?.code === code.code &&
							(standing.parentId ?? undefined) === readId(code.parent_id);
			}),
	);
}

/** PATCH /rest/v1.0/cost_codes/{id}. Procore wants number and name every time: what is absent is read first. */
export async function updateCostCode(
	client: ProcoreClient,
	projectId: ProcoreId,
	id: ProcoreId,
	change: Partial<CostCodeInput>,
): Promise<unknown> {
	const standing =
		change.code === undefined || change.name === undefined
			? readAnyCostCode(await getCostCode(client, projectId, id))
			: undefined;
	const code = {
		...change,
		code: change.code ?? standing?.code,
		name: change.name ?? standing?.name,
	};
	const call = {
		path: `/rest/v1.0/cost_codes/${id}`,
		body: { project_id: toWireId(projectId), cost_code: code },
		what: `update cost code ${id}`,
		projectId,
	};
	const look = () => getCostCode(client, projectId, id);
	return await changeRecord(client, call, look, { origin_data: code.origin_data });
}

/** GET /rest/v1.0/cost_codes/{id} */
export async function getCostCode(
	client: ProcoreClient,
	projectId: ProcoreId,
	id: ProcoreId,
): Promise<unknown> {
	return await callRecord(client, {
		method: 'GET',
		path: `/rest/v1.0/cost_codes/${id}`,
		query: { project_id: projectId },
		what: `get cost code ${id}`,
		projectId,
	});
}

/** A cost type, which Procore's API calls line item type (GET /rest/v1.0/line_item_types). */
export interface ActualCostType {
	id: ProcoreId;
	code: string;
	name: string;
	originId: string | null;
	originData: string | null;
}

export function readCostType(wire: unknown): ActualCostType | undefined {
	const type = wire as Record<string, unknown>;
	const id = readId(type?.id);
	if (!id) return undefined;
	return {
		id,
		code: String(type.code ?? '').trim(),
		name: String(type.name ?? ''),
		originId: textOrNull(type.origin_id),
		originData: textOrNull(type.origin_data),
	};
}

/**
 * The company's cost types; they exist per company only. The vendor's schema marks company_id and
 * project_id both as required, its description lets either name the scope.
 */
export function listCostTypes(
	client: ProcoreClient,
	filter: { originId?: string } = {},
	limit?: number,
): Promise<unknown[]> {
	const call = {
		path: '/rest/v1.0/line_item_types',
		query: { company_id: client.companyId, 'filters[origin_id]': filter.originId },
		what: 'list the cost types',
	};
	return listWhere(client, call, soughtBy(filter), limit);
}

/** PATCH /rest/v1.0/line_item_types/sync. The code is called csv_import_code there. */
export function syncCostTypeRows(client: ProcoreClient, rows: SyncRow[]): Promise<RowResult[]> {
	return syncRows(
		client,
		{
			path: '/rest/v1.0/line_item_types/sync',
			body: { company_id: toWireId(client.companyId) },
			what: 'write cost types',
		},
		rows,
	);
}
