import type { INodeProperties } from 'n8n-workflow';

import { recordsToRetry } from '../../../../lib/run/parked-rows';
import { ENTITY_OF_PART } from '../../../../lib/streams/streams';
import type { ParkedRow, RunState } from '../../../../lib/audit/types';
import { type Checkpoint, EMPTY_WATERMARK } from '../../../../lib/model/gp-changes';
import { toItem } from '../../../shared/item-kinds';
import { readList } from '../../../shared/read-list';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { parkedRowsProperty, readState, stateProperty } from './state';

export const option: OperationOption = {
	name: 'Load Parked',
	value: 'loadParked',
	action: 'Load parked records of a run',
	description: 'Turn rows of the parked table back into GP records, to try them again',
};

export const fields: INodeProperties[] = [stateProperty, parkedRowsProperty];

export const execute: BatchOperation = async function () {
	const state = readState(this);
	// A run of requests that finds none passes here with nothing but its checkpoint.
	const retries = state.step?.phase !== 'requested';
	const rows = retries ? readList<ParkedRow>(this, 'parkedRows') : [];
	const records = recordsToRetry(rows, state);
	return [[...records.map((record) => toItem(record, 0)), toItem(checkpointOfParked(state), 0)]];
};

/** Nothing was read from GP, so it vouches for nothing; it keeps the chain of nodes going. */
function checkpointOfParked(state: RunState): Checkpoint {
	return {
		kind: 'checkpoint',
		entity: ENTITY_OF_PART[state.step?.part ?? state.parts[0]],
		company: state.company,
		watermark: state.watermark ?? EMPTY_WATERMARK,
		more: false,
		cursor: null,
		counts: { read: 0, unchanged: 0, requests: 0 },
	};
}
