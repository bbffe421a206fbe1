import type { INodeProperties } from 'n8n-workflow';

import { crosswalkRequests } from '../../../../lib/run/requests/make-requests';
import type { RequestRow } from '../../../../lib/run/requests/requests';
import type { AuditEventRow } from '../../../../lib/audit/types';
import type { ChangedDecision } from '../../../../lib/mapping/crosswalk-changes';
import { isBlank, toItem } from '../../../shared/item-kinds';
import { readList } from '../../../shared/read-list';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import { companyProperty } from './changed.operation';

export const option: OperationOption = {
	name: 'Ask for Affected Records',
	value: 'request',
	action: 'Ask for the records that changed rows concern',
	description: 'Turn the events found for changed rows into requests for the next run',
};

export const fields: INodeProperties[] = [
	companyProperty,
	{
		displayName: 'Changed Rows',
		name: 'changedRows',
		type: 'json',
		default: '[]',
		placeholder: "={{ $('Changed in crosswalks').all() }}",
		description: 'What the operation Find Changed put out first',
	},
	{
		displayName: 'Request Rows',
		name: 'requestRows',
		type: 'json',
		default: '[]',
		description: 'Rows of the table gpp_request: what waits already is not asked for again',
		hint: 'Usually an expression that hands over all rows of a Data Table read before',
	},
];

/** Events that were found for changed rows come in; rows for gpp_request go out. */
export const execute: BatchOperation = async function () {
	const events = this.getInputData()
		.map(({ json }) => json)
		.filter((json) => !isBlank(json)) as unknown as AuditEventRow[];
	const rows = crosswalkRequests({
		events,
		changed: readList<ChangedDecision>(this, 'changedRows'),
		waiting: readList<RequestRow>(this, 'requestRows'),
		company: String(this.getNodeParameter('company', 0, '') ?? '').trim(),
		now: new Date().toISOString(),
	});
	return [rows.map((row) => toItem(row, 0))];
};
