import type { IExecuteFunctions } from 'n8n-workflow';

import type { AuditEventRow, ParkedRow } from '../../../lib/audit/event-row';
import { howToRun, planRequests } from '../../../lib/run/requests/plan-requests';
import type { ReplayAsk, RequestRow } from '../../../lib/run/requests/requests';
import { toItem } from '../../shared/item-kinds';
import type { Operation } from '../../shared/operations';
import { readList } from '../../shared/read-values';
import { rowsProperty } from '../../shared/rows-property';

export const plan: Operation = {
	option: {
		name: 'Plan',
		value: 'plan',
		action: 'Plan requests for records',
		description: 'Find the records somebody wants to have again, as rows of the requests table',
	},
	fields: [
		{
			displayName: 'Which Records',
			name: 'choice',
			type: 'options',
			default: 'records',
			description: 'What to have again',
			options: [
				{
					name: 'All Changed in GP Since a Day',
					value: 'changed',
					description: 'Everything GP changed since a day is read again: a backfill',
				},
				{
					name: 'All Handled Between Two Days',
					value: 'handled',
					description: 'Everything that left an event in the audit trail in that time',
				},
				{
					name: 'All That Wait',
					value: 'waiting',
					description: 'Everything that failed or was parked, from the parked table',
				},
				{
					name: 'Records Named Below',
					value: 'records',
					description: 'Vouchers, vendors or accounts by key or by a piece of it',
				},
			],
		},
		{
			displayName: 'Records',
			name: 'search',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: 'e.g. 00000000000000417',
			description:
				'Vouchers, vendor IDs, accounts or pieces of them, one per line or separated by commas. A piece that several records match is not guessed: it is named and left out.',
			displayOptions: { show: { choice: ['records'] } },
		},
		{
			displayName: 'From Day',
			name: 'from',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2026-01-31',
			description: 'First day of the time',
			displayOptions: { show: { choice: ['handled', 'changed'] } },
		},
		{
			displayName: 'To Day',
			name: 'to',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2026-02-28',
			description: 'Last day of the time; empty means up to now',
			displayOptions: { show: { choice: ['handled', 'changed'] } },
		},
		{
			displayName: 'Kind',
			name: 'entity',
			type: 'options',
			default: '',
			description: 'Only records of this kind',
			options: [
				{ name: 'Any', value: '' },
				{ name: 'GL Account', value: 'account' },
				{ name: 'Payables Document', value: 'payable' },
				{ name: 'Vendor', value: 'vendor' },
			],
		},
		{
			displayName: 'Company Database ID',
			name: 'company',
			type: 'string',
			default: '',
			placeholder: 'e.g. TWO',
			description: 'Only records of this GP company; empty means all',
		},
		{
			displayName: 'Use',
			name: 'use',
			type: 'options',
			default: 'gp',
			description: 'Which data to send',
			options: [
				{
					name: 'GP, Read Again',
					value: 'gp',
					description: 'The record as it stands in GP at the time of the run',
				},
				{
					name: 'Stored Record',
					value: 'stored',
					description:
						'The record as it was when it was parked. Refused when newer data went to Procore since.',
				},
			],
		},
		{
			displayName: 'Asked By',
			name: 'by',
			type: 'string',
			default: '',
			placeholder: 'e.g. accounts payable',
			description: 'Who asks; kept with the request',
		},
		rowsProperty('Event Rows', 'eventRows', 'Rows of the events table that may be meant'),
		rowsProperty('Parked Rows', 'parkedRows', 'Rows of the parked table'),
		rowsProperty('Request Rows', 'requestRows', 'Rows that wait in the requests table already'),
	],
	async execute() {
		const now = new Date().toISOString();
		const ask = readAsk(this);
		const plan = planRequests(
			ask,
			{
				events: readList<AuditEventRow>(this, 'eventRows'),
				parked: readList<ParkedRow>(this, 'parkedRows'),
				requests: readList<RequestRow>(this, 'requestRows'),
			},
			now,
		);
		return [[toItem({ ...plan, ...howToRun(plan, ask), asked_at: now }, 0)]];
	},
};

function readAsk(context: IExecuteFunctions): ReplayAsk {
	const text = (name: string) => String(context.getNodeParameter(name, 0, '') ?? '').trim();
	return {
		choice: text('choice') as ReplayAsk['choice'],
		search: text('search'),
		entity: text('entity') as ReplayAsk['entity'],
		company: text('company'),
		// A form gives a date, an expression perhaps a time.
		from: text('from').slice(0, 10),
		to: text('to').slice(0, 10),
		use: text('use') === 'stored' ? 'stored' : 'gp',
		by: text('by'),
	};
}
