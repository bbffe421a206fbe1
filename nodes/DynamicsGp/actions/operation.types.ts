import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { GpConnection } from '../transport/gp-connection';

/** What an operation does for one input item. */
export type GpOperation = (
	this: IExecuteFunctions,
	connection: GpConnection,
	itemIndex: number,
) => Promise<INodeExecutionData[]>;
