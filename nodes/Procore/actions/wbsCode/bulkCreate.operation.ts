import { NodeOperationError, updateDisplayOptions } from 'n8n-workflow';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { bulkCreateWbsCodes, wbsCodesOf } from '../../../../lib/procore/resources/wbs-codes';
import {
	costCodeLocator,
	costTypeLocator,
	projectLocator,
} from '../../descriptions/locators.description';
import { checkedId, requiredId } from '../../parameters/locator-value';
import type { ProcoreOperation } from '../operation.types';

const properties: INodeProperties[] = [
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
];

export const description = updateDisplayOptions(
	{ show: { resource: ['wbsCode'], operation: ['bulkCreate'] } },
	properties,
);

export const execute: ProcoreOperation = async function (client, itemIndex) {
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
};
