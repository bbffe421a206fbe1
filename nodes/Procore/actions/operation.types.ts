import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { ProcoreClient } from '../../../lib/procore/procore-client';

/** What an operation does for one input item: the records it gives. */
export type ProcoreOperation = (
	this: IExecuteFunctions,
	client: ProcoreClient,
	itemIndex: number,
) => Promise<unknown[]>;

/** Works on all items together: that is what makes few calls of many records. */
export type ProcoreBatchOperation = (this: IExecuteFunctions) => Promise<INodeExecutionData[]>;

/** What each `<Resource>.resource.ts` exports. */
export interface ProcoreResource {
	description: INodeProperties[];
	operations: Record<string, ProcoreOperation>;
	batchOperations?: Record<string, ProcoreBatchOperation>;
}
