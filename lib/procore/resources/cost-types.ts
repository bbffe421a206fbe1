import type { ProcoreClient } from '../procore-client';
import { readId, toWireId, type ProcoreId } from '../procore-id';
import { syncRows, type RowResult, type SyncRow } from './sync-rows';

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
		code: String(type.code ?? ''),
		name: String(type.name ?? ''),
		originId: typeof type.origin_id === 'string' && type.origin_id ? type.origin_id : null,
		originData: typeof type.origin_data === 'string' ? type.origin_data : null,
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
	return client.list({
		path: '/rest/v1.0/line_item_types',
		query: { company_id: client.companyId, 'filters[origin_id]': filter.originId },
		what: 'list the cost types',
		limit,
	});
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
