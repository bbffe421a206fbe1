import type { INodeProperties } from 'n8n-workflow';

import { beginBatch } from '../../../../lib/run/batch';
import type { RequestRow } from '../../../../lib/run/requests/requests';
import type { JournalRow, LeaseRow } from '../../../../lib/audit/types';
import { toItem } from '../../../shared/item-kinds';
import { readList } from '../../../shared/read-list';
import { rowsProperty } from '../../../shared/rows-property';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { executionOf } from './execution';
import { readState, stateProperty } from './state';

export const option: OperationOption = {
	name: 'Begin Batch',
	value: 'beginBatch',
	action: 'Begin a batch of a run',
	description: 'Name a batch, renew the lease, and find out what was cut off before it',
};

export const fields: INodeProperties[] = [
	stateProperty,
	rowsProperty('Lease Rows', 'leaseRows', 'Rows of the leases table'),
	rowsProperty('Journal Rows', 'journalRows', 'Rows of the journal table for this company'),
	rowsProperty(
		'Request Rows',
		'requestRows',
		'Rows of the requests table for this company and entity, the oldest first',
	),
];

export const execute: BatchOperation = async function () {
	const own = executionOf(this);
	const state = readState(this);
	const batch = beginBatch({
		state,
		executionId: state.execution?.id ?? own.executionId,
		executionLink: state.execution?.link ?? own.executionLink,
		leases: readList<LeaseRow>(this, 'leaseRows'),
		journal: readList<JournalRow>(this, 'journalRows'),
		requests: readList<RequestRow>(this, 'requestRows'),
		now: new Date().toISOString(),
	});
	return [[toItem(batch, 0)]];
};
