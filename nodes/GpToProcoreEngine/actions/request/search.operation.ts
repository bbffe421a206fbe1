import type { INodeProperties } from 'n8n-workflow';

import type { ParkedRow } from '../../../../lib/audit/types';
import { type ReplayQuestion, searchFor } from '../../../../lib/run/forms';
import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { readList, readRequired } from '../../../shared/read-list';
import { rowsProperty } from '../../../shared/rows-property';

export const option: OperationOption = {
	name: 'Search',
	value: 'search',
	action: 'Say where the records asked for are looked up',
	description: 'By name or by day among the events, or nowhere: the parked table is enough',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Question',
		name: 'question',
		type: 'json',
		default: '={{ $json }}',
		required: true,
		description: 'What is asked for, as Replay of the resource Form gave it',
	},
	rowsProperty('Parked Rows', 'parkedRows', 'Rows of the parked table'),
];

export const execute: BatchOperation = async function () {
	const question = readRequired<ReplayQuestion>(this, 'question');
	return [[toItem(searchFor(question, readList<ParkedRow>(this, 'parkedRows')), 0)]];
};
