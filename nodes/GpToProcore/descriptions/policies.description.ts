import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { DEFAULT_MAPPING_SETTINGS } from '../../../lib/mapping/default-settings';
import { shownFor } from './given-mapping.description';
import { linePolicies } from './line-policies.description';

// Destructured because n8n's rules read defaults by name.
const {
	commitmentPattern,
	commitments,
	costDate,
	duplicateNumbers,
	financeCharges,
	foreignCurrency,
	freight,
	functionalCurrency,
	miscellaneous,
	paymentDate,
	payments,
	postedStatus,
	receivedDate,
	retainage,
	tax,
	tradeDiscount,
	unposted,
} = DEFAULT_MAPPING_SETTINGS;

const CHARGE_OPTIONS: INodePropertyOptions[] = [
	{ name: 'Line of Its Own', value: 'ownLine' },
	{ name: 'Spread Over the Cost Lines', value: 'spread' },
];

const LEAVE_OR_EXPENSE: INodePropertyOptions[] = [
	{ name: 'Leave Out', value: 'skip' },
	{ name: 'Send as Expense', value: 'expense' },
];

const policies: INodeProperties[] = [
	{
		displayName: 'Commitment Number Pattern',
		name: 'commitmentPattern',
		type: 'string',
		default: commitmentPattern,
		placeholder: 'e.g. (PO-?\\d+)',
		description:
			'Regular expression over the PO number; the part in parentheses is the number of the commitment. Empty takes the whole PO number.',
	},
	{
		displayName: 'Commitments',
		name: 'commitments',
		type: 'options',
		default: commitments,
		description:
			'What becomes of an invoice whose PO number is a commitment of the project in Procore, so that its cost is never counted twice',
		options: [
			{ name: 'Leave Out', value: 'skip' },
			{ name: 'Send as Any Other Invoice', value: 'ignore' },
			{ name: 'Send as Direct Cost of Type Subcontractor Invoice', value: 'subcontractorInvoice' },
			{ name: 'Send as Subcontractor Invoice Against It', value: 'requisition' },
		],
	},
	{
		displayName: 'Company Currency',
		name: 'functionalCurrency',
		type: 'string',
		default: functionalCurrency,
		placeholder: 'e.g. Z-US$',
		description:
			'GP currency ID of the books of the company. Documents in another one are foreign. Empty treats none as foreign.',
	},
	{
		displayName: 'Date',
		name: 'costDate',
		type: 'options',
		default: costDate,
		description: 'Which date of GP the direct cost gets',
		options: [
			{ name: 'Document Date', value: 'document' },
			{ name: 'Posting Date', value: 'posting' },
		],
	},
	{
		displayName: 'Description Shows',
		name: 'descriptionParts',
		type: 'multiOptions',
		default: ['description', 'purchaseOrder', 'batch'],
		description: 'What the description of the direct cost is put together from',
		options: [
			{ name: 'Batch', value: 'batch' },
			{ name: 'Currency', value: 'currency' },
			{ name: 'Description', value: 'description' },
			{ name: 'Document Number', value: 'documentNumber' },
			{ name: 'Due Date', value: 'dueDate' },
			{ name: 'PO Number', value: 'purchaseOrder' },
			{ name: 'Terms', value: 'terms' },
			{ name: 'Vendor Name', value: 'vendorName' },
			{ name: 'Voucher', value: 'voucher' },
		],
	},
	{
		displayName: 'Due Date Becomes',
		name: 'paymentDate',
		type: 'options',
		default: paymentDate,
		description: 'Procore has no due date; its payment date may hold it',
		options: [
			{ name: 'Nothing', value: 'none' },
			{ name: 'Payment Date', value: 'due' },
		],
	},
	{
		displayName: 'Finance Charges',
		name: 'financeCharges',
		type: 'options',
		default: financeCharges,
		description: 'What becomes of documents that are finance charges',
		options: LEAVE_OR_EXPENSE,
	},
	{
		displayName: 'Foreign Currency',
		name: 'foreignCurrency',
		type: 'options',
		default: foreignCurrency,
		description:
			'What the amounts of distributions are in a foreign document. Only used with Company Currency.',
		options: [
			{ name: 'Company Currency: Send Them', value: 'functional' },
			{ name: 'Foreign Currency: Let the Document Wait', value: 'park' },
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
		displayName: 'Invoice Number Used Twice',
		name: 'duplicateNumbers',
		type: 'options',
		default: duplicateNumbers,
		description:
			'Procore takes each invoice number once per vendor and project; GP may repeat one, for example after a void',
		options: [
			{ name: 'Add the Voucher Number to the Later One', value: 'suffix' },
			{ name: 'Refuse the Later One', value: 'refuse' },
		],
	},
	...linePolicies,
	{
		displayName: 'Miscellaneous Charges',
		name: 'miscellaneous',
		type: 'options',
		default: miscellaneous,
		description: 'How the miscellaneous amount of an invoice is shown in Procore',
		options: CHARGE_OPTIONS,
	},
	{
		displayName: 'Payments',
		name: 'payments',
		type: 'options',
		default: payments,
		description:
			'Payments settle invoices and are no cost, but a manual check may be charged straight to a job',
		options: LEAVE_OR_EXPENSE,
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
		displayName: 'Received Date',
		name: 'receivedDate',
		type: 'options',
		default: receivedDate,
		description: 'Which date of GP becomes the received date in Procore',
		options: [
			{ name: 'Document Date', value: 'document' },
			{ name: 'None', value: 'none' },
			{ name: 'Posted Date', value: 'posted' },
			{ name: 'Posting Date', value: 'posting' },
		],
	},
	{
		displayName: 'Retainage',
		name: 'retainage',
		type: 'options',
		default: retainage,
		description: 'How money held back from the vendor is shown in Procore',
		options: [
			{ name: 'Leave Out, Reported in the Audit', value: 'leaveOut' },
			{ name: 'Line of Its Own', value: 'ownLine' },
			{ name: 'Part of the Cost', value: 'cost' },
		],
	},
	{
		displayName: 'Tax',
		name: 'tax',
		type: 'options',
		default: tax,
		description:
			'How the tax of an invoice is shown in Procore. With a tax code Procore works the tax out itself, and the amount of GP is left out of the lines.',
		options: [...CHARGE_OPTIONS, { name: 'Tax Code', value: 'taxCode' }],
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
			{ name: 'Send as Draft, Approve When Posted', value: 'sendAsDraft' },
		],
	},
];

const byName = (left: INodeProperties, right: INodeProperties) =>
	left.displayName.localeCompare(right.displayName);

/** Choices about invoices only; each has a default that most contractors keep. */
export const policiesDescription: INodeProperties[] = updateDisplayOptions(shownFor('payable'), [
	{
		displayName: 'Policies',
		name: 'policies',
		type: 'collection',
		placeholder: 'Add policy',
		default: {},
		options: [...policies].sort(byName),
	},
]);
