import { readExportForm } from '../../../../lib/audit/export';
import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation, OperationOption } from '../../../shared/operations';

export const option: OperationOption = {
	name: 'Export',
	value: 'export',
	action: 'Read what the export form asks for',
	description: 'Which rows of which table are to go into which file',
};

/** One item, whatever started the workflow. */
export const execute: BatchOperation = async function () {
	const [first] = this.getInputData();
	return [[toItem(readExportForm(first?.json ?? {}), 0)]];
};
