import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import {
	bulkCreateWbsCodes,
	listWbsCodes,
	wbsCodesOf,
} from '../../../lib/procore/resources/wbs-codes';
import { resource } from '../../shared/operations';
import { returnAllAndLimit } from '../../shared/return-all-and-limit';
import {
	filters,
	searchFilter,
	updatedSinceFilter,
} from '../descriptions/common-fields.description';
import {
	costCodeLocator,
	costTypeLocator,
	projectLocator,
} from '../descriptions/locators.description';
import { checkedId, requiredId } from '../parameters/read-parameters';
import { getMany } from '../parameters/get-many';
import type { ProcoreOperation } from './operation';

const bulkCreate: ProcoreOperation = {
	option: {
		name: 'Bulk Create',
		value: 'bulkCreate',
		action: 'Bulk create WBS codes',
		description: 'Make budget codes out of cost codes and cost types; repeating it does no harm',
	},
	fields: [
		projectLocator(),
		{
			displayName: 'Codes',
			name: 'codes',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add code',
			default: {},
			required: true,
			description: 'A code that exists already only gets the new description',
			options: [
				{
					displayName: 'Code',
					name: 'code',
					values: [
						costCodeLocator(),
						costTypeLocator(),
						{
							displayName: 'Description',
							name: 'description',
							type: 'string',
							default: '',
							description: 'Empty takes the names of cost code and cost type',
						},
					],
				},
			],
		},
	],
	async execute(client, itemIndex) {
		const projectId = requiredId(this, 'project', itemIndex);
		const rows = this.getNodeParameter('codes.code', itemIndex, []) as IDataObject[];
		const refuse = (message: string) =>
			new NodeOperationError(this.getNode(), message, {
				description: "Choose a cost code and a cost type for each of the 'Codes'.",
				itemIndex,
			});
		if (rows.length === 0) throw refuse('No codes are given');
		const pairs = rows.map((row, index) => {
			const costCodeId = checkedId(this, 'Cost Code', row.costCode, itemIndex);
			const costTypeId = checkedId(this, 'Cost Type', row.costType, itemIndex);
			if (!costCodeId || !costTypeId) throw refuse(`Code ${index + 1} is not complete`);
			return { costCodeId, costTypeId, description: String(row.description ?? '').trim() };
		});
		const bulk = await wbsCodesOf(client, projectId, pairs);
		const { entities, errors } = (await bulkCreateWbsCodes(client, projectId, bulk)) as {
			entities?: unknown[];
			errors?: unknown[];
		};
		if (errors && errors.length > 0) {
			throw new NodeOperationError(
				this.getNode(),
				`Procore refused ${errors.length} of ${bulk.length} codes: ${JSON.stringify(errors).slice(0, 300)}`,
				{
					description:
						'Choose cost codes of the lowest tier and cost types that are active. The other codes were made; sending them again changes nothing.',
					itemIndex,
				},
			);
		}
		return entities ?? [];
	},
};

interface Filters {
	search?: string;
	status?: 'active' | 'inactive';
	updatedSince?: unknown;
}

const getAll: ProcoreOperation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many WBS codes',
		description: 'List the budget codes of a project',
	},
	fields: [
		projectLocator(),
		...returnAllAndLimit,
		filters(
			searchFilter('Return only budget codes that contain this text'),
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				default: 'active',
				description: 'Return only budget codes of this status',
				options: [
					{ name: 'Active', value: 'active' },
					{ name: 'Inactive', value: 'inactive' },
				],
			},
			updatedSinceFilter,
		),
	],
	async execute(client, itemIndex) {
		const projectId = requiredId(this, 'project', itemIndex);
		return await getMany<Filters>(this, itemIndex, null, ({ search, status, updatedAt }, limit) =>
			listWbsCodes(client, projectId, { status, text: search, updatedAt }, limit),
		);
	},
};

export const wbsCode = resource('wbsCode', 'getAll', [bulkCreate, getAll]);
