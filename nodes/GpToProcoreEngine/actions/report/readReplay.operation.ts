import { readAct } from '../../../../lib/report/acts/read-act';
import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { webhookCall } from './webhook-call';

export const option: OperationOption = {
	name: 'Read Replay',
	value: 'readReplay',
	action: 'Read a pressed replay button',
	description:
		'Check that a button was pressed on a page made for this visitor, and read what it asks for',
};

export const execute: BatchOperation = async function () {
	const { body, authorization } = webhookCall(this);
	return [[toItem(readAct(body, authorization, Date.now()), 0)]];
};
