import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_MAPPING_SETTINGS } from '../../../lib/mapping/types';
import { shownFor } from './mapping-fields.description';
import { linePolicies } from './line-policies.description';
import { policyChoice } from './policy-choice';

// Destructured because n8n's rules read defaults by name.
const { commitmentPattern, functionalCurrency } = DEFAULT_MAPPING_SETTINGS;

const CHARGE = { ownLine: 'Line of Its Own', spread: 'Spread Over the Cost Lines' };

const LEAVE_OR_EXPENSE = { skip: 'Leave Out', expense: 'Send as Expense' };

const policies: INodeProperties[] = [
	{
		displayName: 'Accrual Accounts',
		name: 'accrualAccounts',
		type: 'string',
		default: '',
		placeholder: 'e.g. 000-2105-00, ^000-21[67]',
		description:
			'Accounts that purchase receipts are accrued on, separated by commas; each an account or a regular expression over the whole account. An invoice that debits one waits: its cost stands on the receipt. Single accounts may also have the action "accrual" in the account crosswalk.',
	},
	policyChoice(
		'balanceSheetTax',
		'Balance Sheet Tax',
		'What becomes of tax on an account of the balance sheet, such as recoverable VAT',
		{ asTax: 'As Any Other Tax', leaveOut: 'Leave Out, Reported in the Audit' },
	),
	{
		displayName: 'Commitment Number Pattern',
		name: 'commitmentPattern',
		type: 'string',
		default: commitmentPattern,
		placeholder: 'e.g. (PO-?\\d+)',
		description:
			'Regular expression over the PO number; the part in parentheses is the number of the commitment. Empty takes the whole PO number.',
	},
	policyChoice(
		'commitments',
		'Commitments',
		'What becomes of an invoice whose PO number is a commitment of the project in Procore, so that its cost is never counted twice',
		{
			skip: 'Leave Out',
			ignore: 'Send as Any Other Invoice',
			subcontractorInvoice: 'Send as Direct Cost of Type Subcontractor Invoice',
			requisition: 'Send as Subcontractor Invoice Against It',
		},
	),
	policyChoice(
		'inactiveCostCodes',
		'Cost Codes of Inactive Accounts',
		'What happens when a project lacks a cost code because its account is inactive in GP',
		{ wait: 'Let the Document Wait', make: 'Make Them When a Cost Needs Them' },
	),
	{
		displayName: 'Company Currency',
		name: 'functionalCurrency',
		type: 'string',
		default: functionalCurrency,
		placeholder: 'e.g. Z-US$',
		description:
			'GP currency ID of the books of the company. Documents in another one are foreign. Empty treats none as foreign.',
	},
	policyChoice('costDate', 'Date', 'Which date of GP the direct cost gets', {
		document: 'Document Date',
		posting: 'Posting Date',
	}),
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
		displayName: 'Documents From',
		name: 'documentsFrom',
		type: 'dateTime',
		default: '',
		description:
			'First load: documents dated before this day are left out and reported, unless they were sent already. Empty sends them all. For an earlier day later on, start Run with options with "Read again from this date".',
	},
	{
		displayName: 'Only These Projects',
		name: 'onlyProjects',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getProjects' },
		default: [],
		// eslint-disable-next-line n8n-nodes-base/node-param-description-wrong-for-dynamic-multi-options
		description:
			'First load: only these projects get cost codes and costs; what belongs to another one is left out and reported, and what stands there already stays. None chosen means all. Choose from the list, or give IDs by an <a href="https://docs.n8n.io/code/expressions/">expression</a>. After adding one, start Run with options with "Read again from this date".',
	},
	// No policy any more. Twice, so that n8n hands on what an older workflow has set and the editor
	// shows it there, and only there, to be removed.
	{ displayName: 'Due Date Becomes', name: 'paymentDate', type: 'hidden', default: 'none' },
	{
		displayName: 'Due Date Becomes',
		name: 'paymentDate',
		type: 'options',
		default: 'none',
		displayOptions: { show: { '/policies.paymentDate': ['due', 'none'] } },
		description:
			'No longer used: the payment date in Procore is the day a cost was paid. Remove this policy.',
		options: [{ name: 'Nothing', value: 'none' }],
	},
	policyChoice(
		'financeCharges',
		'Finance Charges',
		'What becomes of documents that are finance charges',
		LEAVE_OR_EXPENSE,
	),
	policyChoice(
		'foreignCurrency',
		'Foreign Currency',
		'What the amounts of distributions are in a foreign document. Only used with Company Currency.',
		{ functional: 'Company Currency: Send Them', park: 'Foreign Currency: Let the Document Wait' },
	),
	policyChoice('freight', 'Freight', 'How the freight of an invoice is shown in Procore', CHARGE),
	policyChoice(
		'duplicateNumbers',
		'Invoice Number Used Twice',
		'Procore takes each invoice number once per vendor and project; GP may repeat one, for example after a void',
		{ suffix: 'Add the Voucher Number to the Later One', refuse: 'Refuse the Later One' },
	),
	...linePolicies,
	policyChoice(
		'miscellaneous',
		'Miscellaneous Charges',
		'How the miscellaneous amount of an invoice is shown in Procore',
		CHARGE,
	),
	policyChoice(
		'payments',
		'Payments',
		'Payments settle invoices and are no cost, but a manual check may be charged straight to a job',
		LEAVE_OR_EXPENSE,
	),
	policyChoice(
		'postedStatus',
		'Posted Invoices Become',
		'Status of the direct cost. Both count in the budget; approved ones go into the invoice to the owner, too.',
		{ approved: 'Approved', pending: 'Pending' },
	),
	policyChoice(
		'receivedDate',
		'Received Date',
		'Which date of GP becomes the received date in Procore',
		{ document: 'Document Date', none: 'None', posted: 'Posted Date', posting: 'Posting Date' },
	),
	policyChoice(
		'retainage',
		'Retainage',
		'How money held back from the vendor is shown in Procore',
		{
			leaveOut: 'Leave Out, Reported in the Audit',
			ownLine: 'Line of Its Own',
			cost: 'Part of the Cost',
		},
	),
	policyChoice(
		'tax',
		'Tax',
		'How the tax of an invoice is shown in Procore. With a tax code Procore works the tax out itself, and the amount of GP is left out of the lines.',
		{ ...CHARGE, taxCode: 'Tax Code' },
	),
	policyChoice(
		'tradeDiscount',
		'Trade Discount',
		'How the trade discount of an invoice is shown in Procore',
		CHARGE,
	),
	policyChoice('unposted', 'Unposted Invoices', 'What becomes of documents not posted in GP yet', {
		leave: 'Leave Until Posted',
		sendAsDraft: 'Send as Draft, Approve When Posted',
	}),
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
