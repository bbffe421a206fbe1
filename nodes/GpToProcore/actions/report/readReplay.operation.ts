import { readReplayForm } from '../../../../lib/report/replay/replay-form';
import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation } from '../router';
import { webhookCall } from './webhook-call';

export const execute: BatchOperation = async function () {
	const { body, authorization } = webhookCall(this);
	return [[toItem(readReplayForm(body, authorization, Date.now()), 0)]];
};
