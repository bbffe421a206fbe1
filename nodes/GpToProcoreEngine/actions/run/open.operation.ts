import { randomUUID } from 'node:crypto';

import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { checkTables } from '../../../../lib/run/failed-run';
import { LEASE_MINUTES, leaseRow } from '../../../../lib/run/lease';
import { ENTITIES, PARTS_IN_ORDER, STREAMS } from '../../../../lib/streams/streams';
import { openRun } from '../../../../lib/run/run';
import type { RunPart, RunState } from '../../../../lib/audit/types';
import { toItem } from '../../../shared/item-kinds';
import { readList } from '../../../shared/read-list';
import { rowsProperty } from '../../../shared/rows-property';
import type { BatchOperation, OperationOption } from '../../../shared/operations';

export const option: OperationOption = {
	name: 'Open',
	value: 'open',
	action: 'Open a run',
	description: 'Begin a run: its state, and the lease it asks for',
};

export const fields: INodeProperties[] = [
	{
		displayName: 'Start Kind',
		name: 'startKind',
		type: 'options',
		default: 'manual',
		description: 'What started the run; shown in the runs table',
		options: [
			{ name: 'Form', value: 'form' },
			{ name: 'Manual', value: 'manual' },
			{ name: 'Replay', value: 'replay' },
			{ name: 'Schedule', value: 'schedule' },
		],
	},
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: false,
		description: 'Whether to do everything but write to Procore',
	},
	{
		displayName: 'Read From',
		name: 'readFrom',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-01-31',
		description:
			'Read everything changed since this date again. Empty goes on from where the last run ended. The watermark is left alone.',
	},
	{
		displayName: 'Parts',
		name: 'parts',
		type: 'multiOptions',
		default: [...PARTS_IN_ORDER],
		description: 'What the run covers. Vendors and GL accounts always go before invoices.',
		options: ENTITIES.map((entity) => {
			const { option, part } = STREAMS[entity];
			return { name: `${option}s`, value: part };
		}).sort((left, right) => (left.name < right.name ? -1 : 1)),
	},
	{
		displayName: 'Only Requested',
		name: 'onlyRequested',
		type: 'boolean',
		default: false,
		description:
			'Whether to do only what stands in the requests table, and neither read what changed nor try again what waits',
	},
	{
		displayName: 'Lease Minutes',
		name: 'leaseMinutes',
		type: 'number',
		typeOptions: { minValue: 0.01 },
		default: LEASE_MINUTES,
		description:
			'How long the run may be silent before another one takes over. While it holds its lease, other runs of the company are skipped.',
	},
	rowsProperty(
		'Tables',
		'tables',
		'Tables as the nodes gave them that make them. One that lacks a column of this release stops the run before anything is read.',
	),
	{
		displayName: 'Company Database ID',
		name: 'company',
		type: 'string',
		default: '',
		placeholder: 'e.g. TWO',
		description:
			'GP company of the run. Leave empty to take it from the Dynamics GP credential above.',
	},
];

export const execute: BatchOperation = async function () {
	const now = new Date().toISOString();
	checkTables(readList(this, 'tables'));
	const state = openRun({
		runId: randomUUID(),
		startKind: this.getNodeParameter('startKind', 0, 'manual') as RunState['startKind'],
		company: await companyOf(this),
		dryRun: this.getNodeParameter('dryRun', 0, false) as boolean,
		from: dateOf(this),
		parts: this.getNodeParameter('parts', 0, []) as RunPart[],
		now,
		chained: true,
		onlyRequested: this.getNodeParameter('onlyRequested', 0, false) as boolean,
		leaseMinutes: Number(this.getNodeParameter('leaseMinutes', 0, LEASE_MINUTES)) || LEASE_MINUTES,
	});
	const lease = leaseRow(state, { executionId: this.getExecutionId(), now });
	return [[toItem({ state, lease }, 0)]];
};

async function companyOf(context: IExecuteFunctions): Promise<string> {
	const typed = String(context.getNodeParameter('company', 0, '') ?? '').trim();
	if (typed) return typed;
	if (context.getNode().credentials?.dynamicsGpApi) {
		const credential = await context.getCredentials('dynamicsGpApi');
		const company = String(credential.companyId ?? '').trim();
		if (company) return company;
	}
	throw new NodeOperationError(context.getNode(), 'The GP company of the run is not known', {
		description:
			"Choose the Dynamics GP credential in this node, or fill in 'Company Database ID'.",
	});
}

/** `YYYY-MM-DD`; a form gives a date, an expression perhaps a time. */
function dateOf(context: IExecuteFunctions): string | null {
	const text = String(context.getNodeParameter('readFrom', 0, '') ?? '').trim();
	if (text === '') return null;
	const date = text.slice(0, 10);
	if (/^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date))) return date;
	throw new NodeOperationError(
		context.getNode(),
		`The parameter 'Read From' is not a date: ${text}`,
		{
			description: 'Give a date as 2026-01-31, or leave it empty.',
		},
	);
}
