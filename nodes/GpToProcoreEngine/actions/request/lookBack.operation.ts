import type { INodeProperties } from 'n8n-workflow';

import { daysBefore } from '../../../../lib/run/forms';
import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation, OperationOption } from '../../../shared/operations';

export const option: OperationOption = {
	name: 'Look Back',
	value: 'lookBack',
	action: 'Say from when on events are looked at',
	description: 'Give the instant so many days ago',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Days',
		name: 'days',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 90,
		description: 'How far back to look',
	},
];

export const execute: BatchOperation = async function () {
	const days = Number(this.getNodeParameter('days', 0, 90)) || 90;
	return [[toItem({ since: daysBefore(new Date().toISOString(), days) }, 0)]];
};
