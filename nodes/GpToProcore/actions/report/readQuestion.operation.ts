import { readQuestion } from '../../../../lib/report/read/question';
import { replayToken } from '../../../../lib/report/replay/replay-token';
import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation } from '../router';
import { webhookCall } from './webhook-call';

/** The login itself goes no further than this: what follows gets a token made from it. */
export const execute: BatchOperation = async function () {
	const now = Date.now();
	const { query, authorization } = webhookCall(this);
	const question = readQuestion(query, new Date(now).toISOString());
	return [[toItem({ ...question, token: replayToken(authorization, now) }, 0)]];
};
