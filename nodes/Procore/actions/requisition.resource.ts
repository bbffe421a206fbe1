import { NodeOperationError } from 'n8n-workflow';

import {
	type RequisitionFields,
	createRequisition,
	getRequisition,
	listRequisitions,
	updateRequisition,
	upsertRequisition,
	withItemIds,
} from '../../../lib/procore/resources/commitments';
import { readId } from '../../../lib/procore/wire';
import { resource } from '../../shared/operations';
import { readText } from '../../shared/read-values';
import { returnAllAndLimit } from '../../shared/return-all-and-limit';
import {
	additionalFields,
	filters,
	originIdFilter,
	simplify,
	updatedSinceFilter,
	originIdField,
	updateFields,
} from '../descriptions/common-fields.description';
import {
	billingPeriodLocator,
	commitmentLocator,
	projectLocator,
	requisitionLocator,
} from '../descriptions/locators.description';
import {
	requisitionFields,
	requisitionLines,
	requisitionStatus,
} from '../descriptions/requisition-fields.description';
import { checkedId, requiredId } from '../parameters/read-parameters';
import { requisitionInput } from '../parameters/requisition-input';
import { getMany } from '../parameters/get-many';
import type { ProcoreOperation } from './operation';
import { simplified } from '../parameters/simplify';

const create: ProcoreOperation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create a requisition',
		description: 'Add a subcontractor invoice to a commitment',
	},
	fields: [
		projectLocator(),
		commitmentLocator(),
		requisitionLines,
		additionalFields(requisitionFields),
	],
	async execute(client, itemIndex) {
		const projectId = requiredId(this, 'project', itemIndex);
		const commitmentId = requiredId(this, 'commitment', itemIndex);
		const fields = requisitionInput(this, 'additionalFields', itemIndex);
		return [await createRequisition(client, projectId, commitmentId, fields)];
	},
};

const get: ProcoreOperation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a requisition',
		description: 'Read one subcontractor invoice with its lines',
	},
	fields: [projectLocator(), requisitionLocator(), simplify],
	async execute(client, itemIndex) {
		const projectId = requiredId(this, 'project', itemIndex);
		const found = await getRequisition(
			client,
			projectId,
			requiredId(this, 'requisition', itemIndex),
		);
		return simplified(this, itemIndex, 'requisition', [found]);
	},
};

interface Filters {
	billingPeriod?: unknown;
	commitment?: unknown;
	originId?: string;
	status?: RequisitionFields['status'];
	updatedSince?: unknown;
}

const getAll: ProcoreOperation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many requisitions',
		description: 'List the subcontractor invoices of a project',
	},
	fields: [
		projectLocator(),
		...returnAllAndLimit,
		{
			displayName: 'Include Lines',
			name: 'includeLines',
			type: 'boolean',
			default: false,
			description: 'Whether to add what is billed on each line of the commitment',
		},
		simplify,
		filters(
			billingPeriodLocator({ required: false }),
			commitmentLocator({ required: false }),
			originIdFilter,
			{ ...requisitionStatus, description: 'Return only requisitions of this status' },
			updatedSinceFilter,
		),
	],
	async execute(client, itemIndex) {
		const projectId = requiredId(this, 'project', itemIndex);
		const view = this.getNodeParameter('includeLines', itemIndex, false) ? 'items' : undefined;
		return await getMany<Filters>(this, itemIndex, 'requisition', (chosen, limit) => {
			const { originId, status, updatedAt } = chosen;
			const commitmentId = checkedId(this, 'Commitment', chosen.commitment, itemIndex);
			const periodId = checkedId(this, 'Billing Period', chosen.billingPeriod, itemIndex);
			const filter = { commitmentId, originId, periodId, status, updatedAt };
			return listRequisitions(client, projectId, filter, limit, view);
		});
	},
};

const update: ProcoreOperation = {
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update a requisition',
		description: 'Change fields and lines of a subcontractor invoice',
	},
	fields: [
		projectLocator(),
		requisitionLocator(),
		requisitionLines,
		updateFields(requisitionFields, {
			description: 'Fields and lines that are not added stay as they are',
		}),
	],
	/** Procore wants the commitment beside the requisition, and item ids: both are read first. */
	async execute(client, itemIndex) {
		const projectId = requiredId(this, 'project', itemIndex);
		const id = requiredId(this, 'requisition', itemIndex);
		const fields = requisitionInput(this, 'updateFields', itemIndex);
		const standing = (await getRequisition(client, projectId, id)) as { commitment_id?: unknown };
		const commitmentId = readId(standing.commitment_id);
		if (!commitmentId) {
			throw new NodeOperationError(
				this.getNode(),
				`Procore did not say which commitment requisition ${id} belongs to`,
				{ description: 'Check in Procore that its commitment still exists.', itemIndex },
			);
		}
		const items = withItemIds(fields.items, standing);
		const change = { ...fields, ...(items ? { items } : {}) };
		return [await updateRequisition(client, projectId, commitmentId, id, change)];
	},
};

const upsert: ProcoreOperation = {
	option: {
		name: 'Create or Update',
		value: 'upsert',
		action: 'Create or update a requisition',
		description: 'Create a new record, or update the current one if it already exists (upsert)',
	},
	fields: [
		projectLocator(),
		commitmentLocator(),
		{ ...originIdField, required: true, placeholder: 'e.g. GP:TWO:PM:1:00417' },
		requisitionLines,
		additionalFields(requisitionFields.filter(({ name }) => name !== 'originId')),
	],
	async execute(client, itemIndex) {
		const projectId = requiredId(this, 'project', itemIndex);
		const commitmentId = requiredId(this, 'commitment', itemIndex);
		const originId = readText(this, 'originId', 'Origin ID', itemIndex);
		if (originId === '') {
			throw new NodeOperationError(this.getNode(), 'The requisition has no origin ID', {
				description: "Fill in 'Origin ID': by it a second run recognises what the first one made.",
				itemIndex,
			});
		}
		const fields = requisitionInput(this, 'additionalFields', itemIndex);
		const { created, requisition } = await upsertRequisition(client, projectId, commitmentId, {
			...fields,
			origin_id: originId,
		});
		return [{ ...(requisition as object), created }];
	},
};

export const requisition = resource('requisition', 'getAll', [create, get, getAll, update, upsert]);
