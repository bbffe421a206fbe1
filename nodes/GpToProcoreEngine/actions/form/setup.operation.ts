import { readSetupForm } from '../../../../lib/run/forms';
import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation, OperationOption } from '../../../shared/operations';

export const option: OperationOption = {
	name: 'Setup',
	value: 'setup',
	action: 'Read what the setup form asks for',
	description: 'From when on rows are linked by themselves, and how far back is looked',
};

/** One item, whatever started the workflow. */
export const execute: BatchOperation = async function () {
	const [first] = this.getInputData();
	return [[toItem(readSetupForm(first?.json ?? {}, new Date().toISOString()), 0)]];
};
