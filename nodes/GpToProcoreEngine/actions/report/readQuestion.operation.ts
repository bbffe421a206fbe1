import { readQuestion } from '../../../../lib/report/read/question';
import { replayToken } from '../../../../lib/report/acts/read-act';
import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { webhookCall } from './webhook-call';

export const option: OperationOption = {
	name: 'Read Question',
	value: 'readQuestion',
	action: 'Read what a visitor of the report asks for',
	description: 'Read the address of a page into checked values for table filters',
};

/** The login itself goes no further than this: what follows gets a token made from it. */
export const execute: BatchOperation = async function () {
	const now = Date.now();
	const { query, authorization, language } = webhookCall(this);
	const question = readQuestion(query, new Date(now).toISOString(), language);
	return [[toItem({ ...question, token: replayToken(authorization, now) }, 0)]];
};
