import type { INodeProperties } from 'n8n-workflow';

import { dateField } from './date-field.description';
import { originDataField, originIdField } from './origin.description';

export const statusField: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	default: 'draft',
	description: 'Drafts are not in the budget; every other status counts as a direct cost',
	options: [
		{ name: 'Approved', value: 'approved' },
		{ name: 'Draft', value: 'draft' },
		{ name: 'Pending', value: 'pending' },
		{ name: 'Revise and Resubmit', value: 'revise_and_resubmit' },
	],
};

/** Fields of a direct cost that may be written at any time (Procore's "Direct Costs" pages). */
export const directCostFields: INodeProperties[] = [
	dateField('Date', 'directCostDate', 'Date of the invoice, expense or payroll'),
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		description: 'What the cost is for',
	},
	{
		displayName: 'Employee ID',
		name: 'employeeId',
		type: 'string',
		default: '',
		description: 'Procore ID of the person the cost is for, out of the project directory',
	},
	originDataField,
	originIdField,
	dateField('Paid On', 'paymentDate', 'Date of the payment'),
	dateField('Received On', 'receivedDate', 'Date the document came in'),
	{
		displayName: 'Terms',
		name: 'terms',
		type: 'string',
		default: '',
		placeholder: 'e.g. Net 30',
		description: 'Payment terms, in words',
	},
];
