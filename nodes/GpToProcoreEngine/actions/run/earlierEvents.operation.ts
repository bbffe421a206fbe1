import type { INodeProperties } from 'n8n-workflow';

import { eventPatterns, type EventPattern } from '../../../../lib/run/may-have-moved';
import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { readJson } from '../../../shared/read-list';

export const option: OperationOption = {
	name: 'Ask for Earlier Events',
	value: 'earlierEvents',
	action: 'Ask for earlier events of documents',
	description:
		'Bring the documents of a batch into as few questions to the audit events as possible',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Keys',
		name: 'keys',
		type: 'json',
		default: '',
		description: 'Keys of the documents; empty: the key of each incoming record',
	},
];

const NOTHING: EventPattern = { condition: 'like', pattern: '-' };

/** One item for each read of the table of events; one that finds nothing where no document is asked for. */
export const execute: BatchOperation = async function () {
	const given = readJson(this, 'keys');
	const keys = Array.isArray(given) ? given : this.getInputData().map(({ json }) => json.key);
	const patterns = eventPatterns(keys.filter((key): key is string => typeof key === 'string'));
	return [(patterns.length > 0 ? patterns : [NOTHING]).map((one) => toItem({ ...one }, 0))];
};
