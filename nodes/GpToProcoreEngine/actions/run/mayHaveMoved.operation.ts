import type { INodeProperties } from 'n8n-workflow';

import { mayHaveMoved } from '../../../../lib/run/may-have-moved';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { readList, readObject } from '../../../shared/read-list';
import { rowsProperty } from '../../../shared/rows-property';
import { readState, stateProperty } from './state';

export const option: OperationOption = {
	name: 'May Have Moved',
	value: 'mayHaveMoved',
	action: 'Find out whether documents may have moved',
	description:
		'Decide once for a batch whether its documents have to be looked up where they were sent',
};

export const outputs = ['May Have Moved', 'Stand Where They Are Sent'] as const;

export const fields: INodeProperties[] = [
	stateProperty,
	{
		displayName: 'Mapping',
		name: 'mapping',
		type: 'json',
		default: '{}',
		description: 'What the Mapping node gave: its version, and its settings',
	},
	rowsProperty(
		'Mapping Rows',
		'mappingRows',
		'Rows that tell which versions of the mapping were in use',
	),
];

/** All items take one way: a batch has one mapping, and n8n's own If node would decide item by item. */
export const execute: BatchOperation = async function () {
	const items = this.getInputData();
	const mapping = readObject<{ version?: string; settings?: { unposted?: string } }>(
		this,
		'mapping',
	);
	const { step, reach } = readState(this);
	const moved = mayHaveMoved({
		phase: step?.phase,
		records: items.map(({ json }) => json),
		version: mapping?.version ?? '',
		knownVersions: readList<{ version?: unknown }>(this, 'mappingRows').map(
			({ version }) => version,
		),
		sendsDrafts: mapping?.settings?.unposted === 'sendAsDraft',
		readBefore: reach?.from.payable !== undefined,
	});
	return moved ? [items, []] : [[], items];
};
