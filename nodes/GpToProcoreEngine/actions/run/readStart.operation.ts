import { readStart } from '../../../../lib/run/forms';
import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation, OperationOption } from '../../../shared/operations';

export const option: OperationOption = {
	name: 'Read Start',
	value: 'readStart',
	action: 'Read how a run was started',
	description: 'Tell from what a trigger or a form gave how the run is to go',
};

/** One item, whatever started the workflow. */
export const execute: BatchOperation = async function () {
	const [first] = this.getInputData();
	return [[toItem(readStart(first?.json ?? {}), 0)]];
};
