import type { INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { planReplay } from '../../../../lib/report/acts/plan-acts';
import type { ReplayOrder } from '../../../../lib/report/acts/read-act';
import { toItem } from '../../../shared/item-kinds';
import { readObject, readTables } from '../../../shared/read-list';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { tablesProperty } from './tables-property';

export const option: OperationOption = {
	name: 'Plan Replay',
	value: 'planReplay',
	action: 'Plan what a replay button asks for',
	description: 'Turn a pressed button into rows of the requests table',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Order',
		name: 'order',
		type: 'json',
		default: '={{ $json.order }}',
		required: true,
		description: 'What was pressed, as Read Replay gave it',
	},
	tablesProperty('parked, events and requests'),
];

/** One item: `found`, the rows to insert, and where the browser goes on. */
export const execute: BatchOperation = async function () {
	const order = readObject<ReplayOrder>(this, 'order');
	if (order === null) throw new NodeOperationError(this.getNode(), "There is no 'Order'");
	const tables = readTables(this, 'tables');
	const plan = planReplay(order, tables, new Date().toISOString());
	if (plan === null) {
		const message = 'No table knows this record. Open the page again: it may have changed.';
		return [[toItem({ found: false, status: 404, message }, 0)]];
	}
	return [[toItem({ found: true, ...plan }, 0)]];
};
