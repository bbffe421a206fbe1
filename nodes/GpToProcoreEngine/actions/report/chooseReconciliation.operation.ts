import type { INodeProperties } from 'n8n-workflow';

import { toItem } from '../../../shared/item-kinds';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { readList } from '../../../shared/read-list';
import { rowsProperty } from '../../../shared/rows-property';

export const option: OperationOption = {
	name: 'Choose Reconciliation',
	value: 'chooseReconciliation',
	action: 'Choose which reconciliation is shown',
	description: 'That of the company asked for, or the last one',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Company Database ID',
		name: 'company',
		type: 'string',
		default: '',
		placeholder: 'e.g. TWO',
		description: 'GP company asked for; empty takes the last reconciliation of any',
	},
	rowsProperty('Total Rows', 'totalRows', 'Totals of the reconciliation table, the newest first'),
];

/** One item, blank while there is none. */
export const execute: BatchOperation = async function () {
	const company = String(this.getNodeParameter('company', 0, '') ?? '');
	const totals = readList<{ at: string; gp_company: string }>(this, 'totalRows');
	const chosen = totals.find(({ gp_company }) => gp_company === company) ?? totals[0];
	return [[toItem({ at: chosen?.at ?? '', gp_company: chosen?.gp_company ?? '' }, 0)]];
};
