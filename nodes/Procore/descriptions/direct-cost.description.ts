import type { INodeProperties } from 'n8n-workflow';

import { byName, dateField, originDataField, originIdField } from './common-fields.description';
import { costCodeLocator, costTypeLocator, taxCodeLocator } from './locators.description';

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

const lineFields: INodeProperties[] = [
	{
		displayName: 'Amount',
		name: 'amount',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1250.00',
		description:
			'Exact amount with a dot before the cents; negative for a credit. Leave empty to have Procore multiply quantity and unit cost.',
	},
	costCodeLocator({ required: false }),
	costTypeLocator({ required: false }),
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		description: 'What the line is for',
	},
	originIdField,
	{
		displayName: 'Quantity',
		name: 'quantity',
		type: 'string',
		default: '',
		placeholder: 'e.g. 12.5',
		description: 'How many units',
	},
	taxCodeLocator({ required: false }),
	{
		displayName: 'Unit Cost',
		name: 'unitCost',
		type: 'string',
		default: '',
		placeholder: 'e.g. 100.00',
		description: 'Cost of one unit',
	},
	{
		displayName: 'Unit of Measure Name or ID',
		name: 'uom',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getUnitsOfMeasure' },
		default: '',
		description:
			'One of the units of the company. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'WBS Code ID',
		name: 'wbsCode',
		type: 'string',
		default: '',
		description:
			'Procore ID of the budget code, instead of cost code and cost type. Needed where budget codes have more parts than these two.',
	},
];

const lineId: INodeProperties = {
	displayName: 'Line ID',
	name: 'id',
	type: 'string',
	default: '',
	description: 'Procore ID of the line to change; leave empty to add a line',
};

function collection(values: INodeProperties[], description: string): INodeProperties {
	return {
		displayName: 'Lines',
		name: 'lines',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add line',
		default: {},
		description,
		options: [{ displayName: 'Line', name: 'line', values }],
	};
}

export const newLines = collection(
	lineFields,
	'At most 100. Each needs an amount and says where the cost belongs: cost code and cost type, or WBS code.',
);

export const changedLines = collection(
	byName([...lineFields, lineId]),
	'Lines to change or add; lines that are not named stay as they are',
);
