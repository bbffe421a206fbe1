import type { INodeProperties } from 'n8n-workflow';

import { type Batch, beforeWriting } from '../../../../lib/run/batch';
import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { readRequired } from '../../../shared/read-list';
import { batchProperty } from './state';

export const option: OperationOption = {
	name: 'Before Writing',
	value: 'beforeWriting',
	action: 'Note what a batch is about to write',
	description:
		'Give a row for the journal and a new end of the lease, if anything is to be written',
};

export const fields: INodeProperties[] = [batchProperty];

/** Mapped records come in; one item goes out, or none. */
export const execute: BatchOperation = async function () {
	const note = beforeWriting(
		readRequired<Batch>(this, 'batch'),
		this.getInputData().map(({ json }) => json),
		new Date().toISOString(),
	);
	return [note ? [toItem(note, 0)] : []];
};
