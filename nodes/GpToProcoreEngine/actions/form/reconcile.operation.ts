import { readReconcileForm } from '../../../../lib/run/forms';
import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation, OperationOption } from '../../../shared/operations';

export const option: OperationOption = {
	name: 'Reconcile',
	value: 'reconcile',
	action: 'Read what the reconcile form asks for',
	description: 'Which months are compared, and what becomes of differences',
};

/** One item, whatever started the workflow. */
export const execute: BatchOperation = async function () {
	const [first] = this.getInputData();
	return [[toItem(readReconcileForm(first?.json ?? {}, new Date().toISOString()), 0)]];
};
