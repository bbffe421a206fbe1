import type { INodeProperties } from 'n8n-workflow';

import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { readRequired } from '../../../shared/read-list';

export const option: OperationOption = {
	name: 'Answer',
	value: 'answer',
	action: 'Say where the browser goes on',
	description:
		'After a button: to the page that says it was done, or that it waits for the next run',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Plan',
		name: 'plan',
		type: 'json',
		default: '={{ $json }}',
		required: true,
		description: 'What the button asked for, with the addresses "started" and "queued"',
	},
];

/** One item: the plan; `started` is where to go, also when what was to be started could not be. */
export const execute: BatchOperation = async function () {
	const plan = readRequired<{ started: string; queued: string }>(this, 'plan');
	const [first] = this.getInputData();
	const started = first?.json.error ? plan.queued : plan.started;
	return [[toItem({ found: true, rows: [], start: false, ...plan, started }, 0)]];
};
