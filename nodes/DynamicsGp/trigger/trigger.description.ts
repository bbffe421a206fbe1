import type { INodeProperties } from 'n8n-workflow';
import { documentTypeOptions, simplify } from '../descriptions/common-fields.description';

/** What to wait for and from when on; how to read the site stands in the options shared with the node. */
export const triggerDescription: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		default: 'payable',
		description:
			'GP keeps only when a record was last touched, which does not distinguish a new record from a changed one. A record touched several times between two polls comes once, in its last state. Deleted records leave no trace here.',
		options: [
			{
				name: 'GL Account Created or Changed',
				value: 'account',
			},
			{
				name: 'Payables Invoice Created or Changed',
				value: 'payable',
				description: 'Also when it is posted, paid in full or voided',
			},
			{
				name: 'Vendor Created or Changed',
				value: 'vendor',
			},
		],
	},
	{
		displayName: 'Start With',
		name: 'startWith',
		type: 'options',
		default: 'now',
		description:
			'Where reading begins once the workflow is active. Afterwards each poll goes on where the last one ended. Changing this, the resource or the company later begins anew.',
		options: [
			{
				name: 'A Date',
				value: 'date',
				description: 'What was created or changed on a date or later, then new changes',
			},
			{
				name: 'Everything',
				value: 'everything',
				description: 'All records there are, then new changes',
			},
			{
				name: 'New Changes',
				value: 'now',
				description: 'Only what changes after the workflow was made active',
			},
		],
	},
	{
		displayName: 'Start Date',
		name: 'startDate',
		type: 'dateTime',
		default: '',
		required: true,
		displayOptions: { show: { startWith: ['date'] } },
		description:
			'Records last touched before it are left out. Without a zone: that of the workflow.',
	},
	{
		displayName: 'Document States',
		name: 'documentStates',
		type: 'multiOptions',
		default: [],
		displayOptions: { show: { resource: ['payable'] } },
		description:
			'Leave empty for all. A document comes when it arrives in one of these states and again whenever it changes there; leaving them is not reported.',
		options: [
			{ name: 'History', value: 'history', description: 'Paid in full' },
			{ name: 'Open', value: 'open', description: 'Posted, not yet paid in full' },
			{
				name: 'Unposted',
				value: 'unposted',
				description: 'Still in a batch; may change or vanish',
			},
			{
				name: 'Voided',
				value: 'voided',
				description: 'Only where the company keeps history: otherwise voided documents vanish',
			},
		],
	},
	{
		displayName: 'Document Types',
		name: 'documentTypes',
		type: 'multiOptions',
		default: [],
		displayOptions: { show: { resource: ['payable'] } },
		description: 'Leave empty for all',
		options: documentTypeOptions,
	},
	simplify,
	{
		displayName: 'Max Records per Poll',
		name: 'maxRecords',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 5000 },
		default: 500,
		description: 'When more changed, the rest comes with the next polls',
	},
	{
		displayName:
			'Each record counts as handed out once its execution has started: if a later node fails, retry that execution. If the reading itself fails, do not retry: that reads nothing. The next poll reads again from the same place.',
		name: 'retryNotice',
		type: 'notice',
		default: '',
	},
];
