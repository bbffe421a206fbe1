import { weekBefore } from '../../../../lib/report/read/rows';
import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation, OperationOption } from '../../../shared/operations';

export const option: OperationOption = {
	name: 'Last Week',
	value: 'lastWeek',
	action: 'Tell the days of the last week',
	description: 'The seven whole days before now, as a workbook is asked for',
};

export const execute: BatchOperation = async function () {
	return [[toItem(weekBefore(new Date().toISOString()), 0)]];
};
