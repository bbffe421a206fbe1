import { NodeOperationError, updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { toWireId } from '../../../../lib/procore/wire';
import {
	createDirectCost,
	type DirectCostInput,
} from '../../../../lib/procore/resources/direct-costs';
import { directCostFields, statusField } from '../../descriptions/direct-cost-fields.description';
import { newLines } from '../../descriptions/direct-cost-lines.description';
import { projectLocator, vendorLocator } from '../../descriptions/locators.description';
import { directCostInput } from '../../parameters/direct-cost-input';
import { nestedLines } from '../../parameters/direct-cost-lines';
import { requiredId } from '../../parameters/locator-value';
import type { ProcoreOperation } from '../operation.types';

/** These have a vendor and the vendor's own number; expenses and payroll may. */
const INVOICES = ['invoice', 'subcontractor_invoice'];

const invoiceNumber: INodeProperties = {
	displayName: 'Invoice Number',
	name: 'invoiceNumber',
	type: 'string',
	default: '',
	placeholder: 'e.g. INV-88',
	description: 'Number the vendor gave it. A project takes each number of a vendor once.',
};

const additional = (show: string[], ...more: INodeProperties[]): INodeProperties => ({
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	displayOptions: { show: { directCostType: show } },
	options: [...directCostFields, ...more].sort((left, right) =>
		left.displayName < right.displayName ? -1 : 1,
	),
});

const properties: INodeProperties[] = [
	projectLocator(),
	{
		displayName: 'Type',
		name: 'directCostType',
		type: 'options',
		default: 'invoice',
		description: 'What the cost is. It cannot be changed afterwards.',
		options: [
			{ name: 'Expense', value: 'expense' },
			{ name: 'Invoice', value: 'invoice' },
			{ name: 'Payroll', value: 'payroll' },
			{
				name: 'Subcontractor Invoice',
				value: 'subcontractor_invoice',
				description: 'Has to be switched on by Procore for your company',
			},
		],
	},
	{ ...vendorLocator(), displayOptions: { show: { directCostType: INVOICES } } },
	{
		...invoiceNumber,
		required: true,
		displayOptions: { show: { directCostType: INVOICES } },
	},
	statusField,
	newLines,
	additional(INVOICES),
	additional(['expense', 'payroll'], invoiceNumber, vendorLocator({ required: false })),
];

export const description = updateDisplayOptions(
	{ show: { resource: ['directCost'], operation: ['create'] } },
	properties,
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
	const projectId = requiredId(this, 'project', itemIndex);
	const type = this.getNodeParameter('directCostType', itemIndex) as NonNullable<
		DirectCostInput['direct_cost_type']
	>;
	const cost: DirectCostInput = {
		direct_cost_type: type,
		status: this.getNodeParameter('status', itemIndex) as DirectCostInput['status'],
		...directCostInput(this, 'additionalFields', itemIndex),
	};
	if (INVOICES.includes(type)) {
		cost.vendor_id = toWireId(requiredId(this, 'vendor', itemIndex));
		cost.invoice_number = String(this.getNodeParameter('invoiceNumber', itemIndex)).trim();
		if (cost.invoice_number === '') {
			throw new NodeOperationError(this.getNode(), 'The invoice has no number', {
				description: "Fill in 'Invoice Number', or choose the type Expense.",
				itemIndex,
			});
		}
	}
	const lines = await nestedLines(this, client, projectId, itemIndex);
	if (lines.length > 0) cost.line_items = lines;
	return [await createDirectCost(client, projectId, cost)];
};
