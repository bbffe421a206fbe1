import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { DEFAULT_MAPPING_SETTINGS } from '../../../lib/mapping/default-settings';
import { shownFor } from './given-mapping.description';

// Destructured because n8n's rules read defaults by name.
const { financeCharges, freight, miscellaneous, postedStatus, tax, tradeDiscount, unposted } =
	DEFAULT_MAPPING_SETTINGS;

const CHARGE_OPTIONS: INodePropertyOptions[] = [
	{ name: 'Line of Its Own', value: 'ownLine' },
	{ name: 'Spread Over the Cost Lines', value: 'spread' },
];

/** Choices about invoices only; each has a default that most contractors keep. */
export const policiesDescription: INodeProperties[] = updateDisplayOptions(shownFor('payable'), [
	{
		displayName: 'Policies',
		name: 'policies',
		type: 'collection',
		placeholder: 'Add policy',
		default: {},
		options: [
			{
				displayName: 'Finance Charges',
				name: 'financeCharges',
				type: 'options',
				default: financeCharges,
				description: 'What becomes of documents that are finance charges',
				options: [
					{ name: 'Leave Out', value: 'skip' },
					{ name: 'Send as Expense', value: 'expense' },
				],
			},
			{
				displayName: 'Freight',
				name: 'freight',
				type: 'options',
				default: freight,
				description: 'How the freight of an invoice is shown in Procore',
				options: CHARGE_OPTIONS,
			},
			{
				displayName: 'Miscellaneous Charges',
				name: 'miscellaneous',
				type: 'options',
				default: miscellaneous,
				description: 'How the miscellaneous amount of an invoice is shown in Procore',
				options: CHARGE_OPTIONS,
			},
			{
				displayName: 'Posted Invoices Become',
				name: 'postedStatus',
				type: 'options',
				default: postedStatus,
				description: 'Status of the direct cost. Only approved ones count in the budget.',
				options: [
					{ name: 'Approved', value: 'approved' },
					{ name: 'Pending', value: 'pending' },
				],
			},
			{
				displayName: 'Tax',
				name: 'tax',
				type: 'options',
				default: tax,
				description: 'How the tax of an invoice is shown in Procore',
				options: CHARGE_OPTIONS,
			},
			{
				displayName: 'Trade Discount',
				name: 'tradeDiscount',
				type: 'options',
				default: tradeDiscount,
				description: 'How the trade discount of an invoice is shown in Procore',
				options: CHARGE_OPTIONS,
			},
			{
				displayName: 'Unposted Invoices',
				name: 'unposted',
				type: 'options',
				default: unposted,
				description: 'What becomes of documents not posted in GP yet',
				options: [
					{ name: 'Leave Until Posted', value: 'leave' },
					{ name: 'Send as Draft', value: 'sendAsDraft' },
				],
			},
		],
	},
]);
