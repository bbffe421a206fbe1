import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import * as getAll from './list/getAll.operation';
import * as sync from './sync/sync.operation';

export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const operation = this.getNodeParameter('operation', 0);
	switch (operation) {
		case 'getAll':
			return [await getAll.execute.call(this)];
		case 'sync':
			return [await sync.execute.call(this)];
		default:
			throw new NodeOperationError(this.getNode(), `There is no operation '${operation}' here`);
	}
}
