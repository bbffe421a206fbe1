import { addTo } from '../../model/keys';
import type { Decimal } from '../../model/money';
import { ProcoreProjectBlockedError } from '../errors/procore-errors';
import type { ProcoreClient } from '../procore-client';
import { deleteRecord } from './api-request';
import { type ProcoreId, readAmount, readId, textOrNull } from '../wire';
import { type DirectCostFilter, listDirectCosts } from './direct-costs';
import { type RowResult, type SyncRow, syncRows } from './sync-rows';

/** A line of a direct cost (GET /rest/v1.0/projects/{project_id}/direct_costs/line_items). */
export interface ActualLine {
	id: ProcoreId;
	directCostId: ProcoreId | null;
	originId: string | null;
	amount: Decimal | null;
	costCodeId: ProcoreId | null;
	costTypeId: ProcoreId | null;
}

export function readLine(wire: unknown): ActualLine | undefined {
	const line = wire as Record<string, unknown>;
	const id = readId(line?.id);
	if (!id) return undefined;
	return {
		id,
		directCostId: idOf(line.holder) ?? readId(line.direct_cost_id) ?? null,
		originId: textOrNull(line.origin_id),
		amount: readAmount(line.amount) ?? readAmount(line.total_amount),
		costCodeId: idOf(line.cost_code) ?? readId(line.cost_code_id) ?? null,
		costTypeId: idOf(line.line_item_type) ?? readId(line.line_item_type_id) ?? null,
	};
}

/**
 * What a line that was written counts, as its answer tells. Null where it came under a tax code that was not
 * sent, such as the company's usual one: then more may count, and only the head tells.
 */
export function amountTold({ row, entity }: RowResult): Decimal | null {
	const code = idOf(entity?.tax_code) ?? readId(entity?.tax_code_id);
	return code && row.tax_code_id === undefined ? null : (readLine(entity)?.amount ?? null);
}

function idOf(value: unknown): ProcoreId | undefined {
	return readId((value as { id?: unknown } | null)?.id);
}

/** Lines of one direct cost, or of the whole project. */
export function listLines(
	client: ProcoreClient,
	projectId: ProcoreId,
	directCostId?: ProcoreId,
	limit?: number,
): Promise<unknown[]> {
	return client.list({
		path: `/rest/v1.0/projects/${projectId}/direct_costs/line_items`,
		query: { 'filters[direct_cost_id]': directCostId },
		what: `list the direct cost lines of project ${projectId}`,
		projectId,
		limit,
	});
}

/** PATCH …/direct_costs/line_items/sync, across many direct costs; the lines of one stay in one call. */
export async function syncLineRows(
	client: ProcoreClient,
	projectId: ProcoreId,
	rows: SyncRow[],
): Promise<RowResult[]> {
	const target = {
		path: `/rest/v1.0/projects/${projectId}/direct_costs/line_items/sync`,
		what: `write direct cost lines of project ${projectId}`,
		projectId,
		withoutIds: true,
	};
	const ofOneCost = (row: SyncRow) => row.direct_cost_id;
	const results = await syncRows(client, target, rows, undefined, ofOneCost).catch(
		(error: unknown): RowResult[] => {
			// The heads may stand by now: what became of each record has to be told.
			if (!(error instanceof ProcoreProjectBlockedError)) throw error;
			return rows.map((row) => ({ row, fault: error }));
		},
	);
	return results.map(whereMeant);
}

/** A line found by its origin id under another direct cost, as one deleted there keeps its own, was not written where it was meant. */
function whereMeant({ entity, ...result }: RowResult): RowResult {
	const cost = entity && readLine(entity)?.directCostId;
	if (!cost || cost === readId(result.row.direct_cost_id))
		return { ...result, ...(entity ? { entity } : {}) };
	return { ...result, errors: { origin_id: [`is that of a line of direct cost ${cost}`] } };
}

/** DELETE …/direct_costs/{direct_cost_id}/line_items/{id} */
export async function deleteLine(
	client: ProcoreClient,
	projectId: ProcoreId,
	directCostId: ProcoreId,
	id: ProcoreId,
): Promise<void> {
	await deleteRecord(client, {
		path: `/rest/v1.0/projects/${projectId}/direct_costs/${directCostId}/line_items/${id}`,
		what: `delete line ${id} of direct cost ${directCostId}`,
		projectId,
	});
}

/** Up to this many direct costs are asked for their lines one by one, more by reading the project's. */
const FEW = 3;

/** Direct costs as listed, each with its `line_items`: one call for all lines of the project, or one each for a few. */
export async function listDirectCostsWithLines(
	client: ProcoreClient,
	projectId: ProcoreId,
	filter: DirectCostFilter = {},
	limit?: number,
): Promise<unknown[]> {
	const costs = (await listDirectCosts(client, projectId, filter, limit)) as Array<{
		id?: unknown;
	}>;
	const lines: unknown[] = [];
	if (costs.length > FEW) lines.push(...(await listLines(client, projectId)));
	else {
		for (const { id } of costs) lines.push(...(await listLines(client, projectId, readId(id))));
	}
	const byCost = new Map<ProcoreId, unknown[]>();
	for (const line of lines) {
		const id = readLine(line)?.directCostId;
		if (id) addTo(byCost, id, line);
	}
	return costs.map((cost) => ({ ...cost, line_items: byCost.get(readId(cost.id) ?? '') ?? [] }));
}
