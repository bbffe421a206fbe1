import { readReplayForm } from '../../../../lib/report/replay/replay-form';
import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { webhookCall } from './webhook-call';

export const option: OperationOption = {
	name: 'Read Replay',
	value: 'readReplay',
	action: 'Read a pressed replay button',
	description: 'Check that a replay was pressed on a page made for this visitor',
};

export const execute: BatchOperation = async function () {
	const { body, authorization } = webhookCall(this);
	return [[toItem(readReplayForm(body, authorization, Date.now()), 0)]];
};
