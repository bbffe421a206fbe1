import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { ProcoreClient } from '../../../lib/procore/procore-client';
import type { OperationDescription, Resource } from '../../shared/operations';

/** What an operation does for one input item: the records it gives. */
type ForEachItem = (
	this: IExecuteFunctions,
	client: ProcoreClient,
	itemIndex: number,
) => Promise<unknown[]>;

/** Works on all items together: that is what makes few calls of many records. */
type ForAllItems = (this: IExecuteFunctions) => Promise<INodeExecutionData[]>;

/** An operation of the Procore node: what people see of it, and one of the two ways to run. */
export type ProcoreOperation = OperationDescription &
	({ execute: ForEachItem; executeAll?: never } | { executeAll: ForAllItems; execute?: never });

export type ProcoreResource = Resource<ProcoreOperation>;
