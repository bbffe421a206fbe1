import { readReplayForm } from '../../../../lib/run/forms';
import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation, OperationOption } from '../../../shared/operations';

export const option: OperationOption = {
	name: 'Replay',
	value: 'replay',
	action: 'Read what the replay form asks for',
	description: 'Which records are asked for again, by a form or by another workflow',
};

/** One item, whatever started the workflow. */
export const execute: BatchOperation = async function () {
	const [first] = this.getInputData();
	return [[toItem(readReplayForm(first?.json ?? {}), 0)]];
};
