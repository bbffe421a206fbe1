import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { breather } from '../../../lib/http/read-body';
import type { ProcoreClient } from '../../../lib/procore/procore-client';
import { presentable } from '../../../lib/procore/wire';
import { toItem } from '../../shared/item-kinds';
import { chosenOperation, runPerItem } from '../../shared/operations';
import { toNodeError } from '../../shared/to-node-error';
import { optionalId } from '../parameters/read-parameters';
import { connect } from '../transport/connect';
import { RESOURCES } from './resources';

/** Runs the operation a node has chosen: for all items at once, or for each with the client of its company. */
export async function runProcoreOperation(
	context: IExecuteFunctions,
): Promise<INodeExecutionData[][]> {
	const { execute, executeAll } = chosenOperation(context, RESOURCES);
	if (executeAll) return [await executeAll.call(context)];
	const clientOf = clientsByCompany(context);
	return [
		await runPerItem.call(context, async (itemIndex) => {
			const rows = await execute.call(context, await clientOf(itemIndex), itemIndex);
			const items: INodeExecutionData[] = [];
			const pause = breather();
			for (const row of rows) {
				const isRecord = typeof row === 'object' && row !== null;
				items.push(toItem(presentable(isRecord ? row : { answer: row }) as object));
				await pause();
			}
			return items;
		}),
	];
}

/** One client for each company named by the items; most often there is one in all. */
function clientsByCompany(
	context: IExecuteFunctions,
): (itemIndex: number) => Promise<ProcoreClient> {
	const clients = new Map<string, Promise<ProcoreClient>>();
	return async (itemIndex) => {
		const companyId = optionalId(context, 'company', itemIndex);
		const key = companyId ?? '';
		const client = clients.get(key) ?? connect(context, { companyId });
		clients.set(key, client);
		try {
			return await client;
		} catch (error) {
			throw toNodeError(context.getNode(), error, itemIndex);
		}
	};
}
