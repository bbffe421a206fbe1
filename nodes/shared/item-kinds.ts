import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Outcome } from '../../lib/model/outcome';
import type { CheckpointItem } from '../../lib/model/gp-changes';

/** What flows through a sync besides the records themselves. */
export function isCheckpoint(json: unknown): json is CheckpointItem {
	return kindOf(json) === 'checkpoint';
}

export function isOutcome(json: unknown): json is Outcome {
	return kindOf(json) === 'outcome';
}

/** An empty item only keeps the chain of nodes going. */
export function isBlank(json: object): boolean {
	return Object.keys(json).length === 0;
}

/** `kind` of a record, checkpoint or outcome; undefined for anything else. */
export function kindOf(json: unknown): string | undefined {
	const kind = (json as { kind?: unknown } | null)?.kind;
	return typeof kind === 'string' ? kind : undefined;
}

/** An n8n item of any plain record. Records are JSON by construction. */
export function toItem(json: object, item?: number): INodeExecutionData {
	return { json: json as IDataObject, ...(item === undefined ? {} : { pairedItem: { item } }) };
}
