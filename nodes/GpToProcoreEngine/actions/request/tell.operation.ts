import { NodeOperationError } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import {
	type ReplayPlan,
	type RequestRow,
	tellReplay,
} from '../../../../lib/run/requests/requests';
import { escapeHtml } from '../../../../lib/model/foreign-text';
import type { AuditEventRow } from '../../../../lib/audit/types';
import { toItem } from '../../../shared/item-kinds';
import { readList, readObject } from '../../../shared/read-list';
import { rowsProperty } from '../../../shared/rows-property';
import type { BatchOperation, OperationOption } from '../../../shared/operations';

export const option: OperationOption = {
	name: 'Tell',
	value: 'tell',
	action: 'Tell what became of requests',
	description: 'Say in plain words what became of the records that were asked for',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Plan',
		name: 'plan',
		type: 'json',
		default: '={{ $json }}',
		required: true,
		description: 'What the Plan operation put out',
	},
	{
		displayName: 'Problem',
		name: 'problem',
		type: 'string',
		default: '',
		description: 'Why the run could not be started, or failed; empty when it ended well',
	},
	rowsProperty('Event Rows', 'eventRows', 'Rows of the events table since the request was made'),
	rowsProperty('Request Rows', 'requestRows', 'Rows that still wait in the requests table'),
];

export const execute: BatchOperation = async function () {
	const plan = readObject<ReplayPlan & { asked_at?: string }>(this, 'plan');
	if (!plan || !Array.isArray(plan.rows) || !Array.isArray(plan.lines)) {
		throw new NodeOperationError(this.getNode(), 'There is no plan to tell about', {
			description: "Give the parameter 'Plan' what the Plan operation put out.",
		});
	}
	const lines = tellReplay({
		plan,
		problem: String(this.getNodeParameter('problem', 0, '') ?? '').trim(),
		events: readList<AuditEventRow>(this, 'eventRows'),
		requests: readList<RequestRow>(this, 'requestRows').filter((row) => Boolean(row.gp_key)),
		since: plan.asked_at ?? '',
	});
	// n8n's form pages let some markup through, such as frames: labels come from GP, so none is left.
	return [[toItem({ lines, text: lines.join('\n'), html: lines.map(escapeHtml).join('<br>') }, 0)]];
};
