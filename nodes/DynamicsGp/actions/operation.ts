import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Entity } from '../../../lib/streams/streams';
import type { Operation, OperationOption, Resource } from '../../shared/operations';
import type { GpConnection } from '../transport/gp-connection';

/** What an operation does for one input item. */
export type RunForItem = (
	this: IExecuteFunctions,
	connection: GpConnection,
	itemIndex: number,
) => Promise<INodeExecutionData[]>;

export type GpOperation = Operation<RunForItem>;
export type GpResource = Resource<GpOperation>;

/** What a stream is called in the texts of an operation: "a vendor", "vendors". */
export interface StreamWords {
	one: string;
	all: string;
}

/** An operation on the records of any stream: vendors, GL accounts and payables are read alike. */
export interface RecordOperation {
	option(words: StreamWords): OperationOption;
	/** Parameters of every stream, and those of one alone. */
	fields?: INodeProperties[];
	fieldsOf?: Partial<Record<Entity, INodeProperties[]>>;
	execute: RunForItem;
}
