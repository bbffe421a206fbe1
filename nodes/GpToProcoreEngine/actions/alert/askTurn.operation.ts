import { turnRow } from '../../../../lib/alerts/alerts';
import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation, OperationOption } from '../../../shared/operations';

export const option: OperationOption = {
	name: 'Ask for a Turn',
	value: 'askTurn',
	action: 'Ask for a turn to look at alerts',
	description: 'Give a row for the leases table: alerts are looked at by one execution at a time',
};

export const execute: BatchOperation = async function () {
	return [[toItem(turnRow(this.getExecutionId(), new Date().toISOString()), 0)]];
};
