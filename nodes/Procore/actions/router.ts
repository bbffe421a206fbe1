import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { breather } from '../../../lib/http/read-body';
import { presentable } from '../../../lib/procore/wire';
import type { ProcoreClient } from '../../../lib/procore/procore-client';
import { toItem } from '../../shared/item-kinds';
import { runPerItem } from '../../shared/run-per-item';
import { toNodeError } from '../../shared/to-node-error';
import { optionalId } from '../parameters/locator-value';
import { connect } from '../transport/connect';
import { RESOURCES } from './resources';

export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const resource = this.getNodeParameter('resource', 0);
	const name = this.getNodeParameter('operation', 0);
	const batch = RESOURCES[resource]?.batchOperations?.[name];
	if (batch) return [await batch.call(this)];
	const operation = RESOURCES[resource]?.operations[name];
	if (!operation) {
		throw new NodeOperationError(
			this.getNode(),
			`There is no operation '${name}' of '${resource}' here`,
		);
	}
	const clientOf = clientsByCompany(this);
	return [
		await runPerItem.call(this, async (itemIndex) => {
			const rows = await operation.call(this, await clientOf(itemIndex), itemIndex);
			const items: INodeExecutionData[] = [];
			const pause = breather();
			for (const row of rows) {
				items.push(toItem(presentable(row) as object));
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
