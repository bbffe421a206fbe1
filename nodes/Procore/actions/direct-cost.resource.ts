import { NodeOperationError } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import {
	deleteLine,
	listDirectCostsWithLines,
} from '../../../lib/procore/resources/direct-cost-lines';
import {
	type DirectCostInput,
	createDirectCost,
	deleteDirectCost,
	getDirectCost,
	listDirectCosts,
	updateDirectCost,
} from '../../../lib/procore/resources/direct-costs';
import { toWireId } from '../../../lib/procore/wire';
import { resource } from '../../shared/operations';
import { readText } from '../../shared/read-values';
import { returnAllAndLimit } from '../../shared/return-all-and-limit';
import {
	directCostFields,
	statusField,
	changedLines,
	newLines,
} from '../descriptions/direct-cost.description';
import {
	additionalFields,
	byName,
	filters,
	originIdFilter,
	simplify,
	updatedSinceFilter,
	updateFields,
} from '../descriptions/common-fields.description';
import {
	directCostLocator,
	projectLocator,
	vendorLocator,
} from '../descriptions/locators.description';
import { directCostInput, nestedLines } from '../parameters/direct-cost-input';
import { checkedId, idList, requiredId } from '../parameters/read-parameters';
import { getMany } from '../parameters/get-many';
import type { ProcoreOperation } from './operation';
import { simplified } from '../parameters/simplify';
import { executeSync } from './sync.operation';

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

const additional = (show: string[], ...more: INodeProperties[]) =>
	additionalFields(byName([...directCostFields, ...more]), {
		displayOptions: { show: { directCostType: show } },
	});

const create: ProcoreOperation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create a direct cost',
		description: 'Add an invoice, expense or payroll with its lines to a project',
	},
	fields: [
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
	],
	async execute(client, itemIndex) {
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
			cost.invoice_number = readText(this, 'invoiceNumber', 'Invoice Number', itemIndex);
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
	},
};

const remove: ProcoreOperation = {
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete a direct cost',
		description: 'Delete a direct cost and its lines; setting it to draft keeps the trail',
	},
	fields: [projectLocator(), directCostLocator()],
	async execute(client, itemIndex) {
		const projectId = requiredId(this, 'project', itemIndex);
		await deleteDirectCost(client, projectId, requiredId(this, 'directCost', itemIndex));
		return [{ deleted: true }];
	},
};

const get: ProcoreOperation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a direct cost',
		description: 'Read one direct cost with its lines',
	},
	fields: [projectLocator(), directCostLocator(), simplify],
	async execute(client, itemIndex) {
		const projectId = requiredId(this, 'project', itemIndex);
		const cost = await getDirectCost(client, projectId, requiredId(this, 'directCost', itemIndex));
		return simplified(this, itemIndex, 'directCost', [cost]);
	},
};

interface Filters {
	invoiceNumber?: string;
	originId?: string;
	status?: string;
	updatedSince?: unknown;
	vendor?: unknown;
}

const getAll: ProcoreOperation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many direct costs',
		description: 'List the direct costs of a project',
	},
	fields: [
		projectLocator(),
		...returnAllAndLimit,
		{
			displayName: 'Include Lines',
			name: 'includeLines',
			type: 'boolean',
			default: false,
			description: 'Whether to add the lines of each direct cost, which takes one more call or so',
		},
		simplify,
		filters(
			{
				displayName: 'Invoice Number',
				name: 'invoiceNumber',
				type: 'string',
				default: '',
				description: 'Return only direct costs with exactly this number',
			},
			originIdFilter,
			{ ...statusField, description: 'Return only direct costs of this status' },
			updatedSinceFilter,
			vendorLocator({ required: false, description: 'Return only direct costs of this vendor' }),
		),
	],
	async execute(client, itemIndex) {
		const projectId = requiredId(this, 'project', itemIndex);
		const list = this.getNodeParameter('includeLines', itemIndex, false)
			? listDirectCostsWithLines
			: listDirectCosts;
		return await getMany<Filters>(this, itemIndex, 'directCost', (chosen, limit) => {
			const { invoiceNumber, originId, status, updatedAt } = chosen;
			const vendorId = checkedId(this, 'Vendor', chosen.vendor, itemIndex);
			const filter = { invoiceNumber, originId, status, updatedAt, vendorId };
			return list(client, projectId, filter, limit);
		});
	},
};

const update: ProcoreOperation = {
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update a direct cost',
		description: 'Change fields and lines of a direct cost',
	},
	fields: [
		projectLocator(),
		directCostLocator(),
		updateFields(byName([...directCostFields, statusField, vendorLocator({ required: false })]), {
			hint: 'Procore lets nobody change the type or the invoice number this way',
		}),
		changedLines,
		{
			displayName: 'Lines to Delete',
			name: 'linesToDelete',
			type: 'string',
			default: '',
			placeholder: 'e.g. 4896147, 4896148',
			description: 'Procore IDs of lines to take off, with commas between them',
		},
	],
	async execute(client, itemIndex) {
		const projectId = requiredId(this, 'project', itemIndex);
		const id = requiredId(this, 'directCost', itemIndex);
		const fields = directCostInput(this, 'updateFields', itemIndex);
		const lines = await nestedLines(this, client, projectId, itemIndex);
		for (const line of idList(this, 'linesToDelete', itemIndex)) {
			await deleteLine(client, projectId, id, line);
		}
		const cost = { ...fields, ...(lines.length > 0 ? { line_items: lines } : {}) };
		const isChange = Object.keys(cost).length > 0;
		return [
			isChange
				? await updateDirectCost(client, projectId, id, cost)
				: await getDirectCost(client, projectId, id),
		];
	},
};

const sync: ProcoreOperation = {
	option: {
		name: 'Sync',
		value: 'sync',
		action: 'Sync direct costs',
		description:
			'Bring direct costs to the state the incoming items describe; running it twice changes nothing',
	},
	executeAll: executeSync,
};

export const directCost = resource('directCost', 'getAll', [
	create,
	remove,
	get,
	getAll,
	sync,
	update,
]);
