import type { INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import type { CrosswalkChoice } from '../../../../lib/report/acts/read-act';
import { planCrosswalk } from '../../../../lib/report/acts/plan-acts';
import { toItem } from '../../../shared/item-kinds';
import { readObject, readTables } from '../../../shared/read-list';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { tablesProperty } from './tables-property';

export const option: OperationOption = {
	name: 'Plan Crosswalk',
	value: 'planCrosswalk',
	action: 'Plan what a chosen crosswalk row changes',
	description: 'Turn a choice made on the page into a crosswalk row and requests',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Choice',
		name: 'choice',
		type: 'json',
		default: '={{ $json.choice }}',
		required: true,
		description: 'What was chosen, as Read Replay gave it',
	},
	tablesProperty('jobs, accounts and vendors (the rows about it), events, parked and requests'),
];

/** One item: `found`, the crosswalk rows to upsert, the requests to insert, and where the browser goes on. */
export const execute: BatchOperation = async function () {
	const choice = readObject<CrosswalkChoice>(this, 'choice');
	if (choice === null) throw new NodeOperationError(this.getNode(), "There is no 'Choice'");
	const tables = readTables(this, 'tables');
	const plan = planCrosswalk(choice, tables, new Date().toISOString());
	if (typeof plan === 'string') {
		return [[toItem({ found: false, status: 409, message: plan }, 0)]];
	}
	return [[toItem({ found: true, kind: choice.kind, ...plan }, 0)]];
};
