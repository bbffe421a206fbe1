import type { INodeProperties } from 'n8n-workflow';

import { dateField, originDataField, originIdField } from './common-fields.description';
import { billingPeriodLocator } from './locators.description';

const amount = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder: 'e.g. 1250.00',
	description,
});

export const requisitionStatus: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	default: 'draft',
	description: 'Without admin rights on the project only Draft and Under Review can be set',
	options: [
		{ name: 'Approved', value: 'approved' },
		{ name: 'Approved as Noted', value: 'approved_as_noted' },
		{ name: 'Draft', value: 'draft' },
		{ name: 'Pending Owner Approval', value: 'pending_owner_approval' },
		{ name: 'Revise and Resubmit', value: 'revise_and_resubmit' },
		{ name: 'Under Review', value: 'under_review' },
	],
};

/** Fields of a subcontractor invoice (Procore's "Requisitions (Subcontractor Invoices)" pages). */
export const requisitionFields: INodeProperties[] = [
	dateField('Billing Date', 'billingDate', 'Date of the invoice'),
	billingPeriodLocator({ required: false }),
	{
		displayName: 'Final',
		name: 'final',
		type: 'boolean',
		default: false,
		description: 'Whether this is the last invoice of the commitment',
	},
	{
		displayName: 'Invoice Number',
		name: 'invoiceNumber',
		type: 'string',
		default: '',
		description: 'Number the subcontractor gave it',
	},
	originDataField,
	originIdField,
	dateField('Paid On', 'paymentDate', 'Date of the payment'),
	dateField('Period End', 'requisitionEnd', 'Last day of the work billed'),
	dateField('Period Start', 'requisitionStart', 'First day of the work billed'),
	requisitionStatus,
	dateField('Submitted On', 'submittedAt', 'Date the subcontractor sent it'),
];

const lineFields: INodeProperties[] = [
	{
		displayName: 'Comment',
		name: 'comment',
		type: 'string',
		default: '',
		description: 'Remark on the line',
	},
	{
		displayName: 'Commitment Line ID',
		name: 'lineItem',
		type: 'string',
		default: '',
		description: 'Procore ID of the line billed: see Get Lines of Commitment',
	},
	amount('Materials Stored', 'materialsPresentlyStored', 'Materials stored at present'),
	amount(
		'Retainage Released',
		'workCompletedRetainageReleasedThisPeriod',
		'Retainage paid out in this period',
	),
	amount(
		'Retainage Retained',
		'workCompletedRetainageRetainedThisPeriod',
		'Retainage kept back from the work completed',
	),
	amount(
		'Work Completed',
		'workCompletedThisPeriod',
		'Amount billed for work completed in this period, before retainage',
	),
];

export const requisitionLines: INodeProperties = {
	displayName: 'Lines',
	name: 'lines',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add line',
	default: {},
	description: 'What is billed on each line of the commitment; amounts with a dot before the cents',
	options: [{ displayName: 'Line', name: 'line', values: lineFields }],
};
