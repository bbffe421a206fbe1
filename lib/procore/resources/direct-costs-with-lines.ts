import type { ProcoreClient } from '../procore-client';
import { readId, type ProcoreId } from '../procore-id';
import { listLines, readLine } from './direct-cost-lines';
import { listDirectCosts, type DirectCostFilter } from './direct-costs';

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
		if (!id) continue;
		const own = byCost.get(id);
		if (own) own.push(line);
		else byCost.set(id, [line]);
	}
	return costs.map((cost) => ({ ...cost, line_items: byCost.get(readId(cost.id) ?? '') ?? [] }));
}
