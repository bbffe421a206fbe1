import type { INodeProperties } from 'n8n-workflow';

import { costCodeChoice, costTypeChoice, taxCodeChoice } from './mapping-fields.description';

/** Policies that say where a line goes: lists of their own inside the policies. */
export const linePolicies: INodeProperties[] = [
	{
		displayName: 'Lines of Their Own Go To',
		name: 'ownLines',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add line',
		default: {},
		description:
			'Cost code and type of freight, tax and the like where they are lines of their own. Without an entry their own account decides.',
		options: [
			{
				displayName: 'Line',
				name: 'line',
				values: [
					{
						displayName: 'Charge',
						name: 'charge',
						type: 'options',
						default: 'freight',
						options: [
							{ name: 'Freight', value: 'freight' },
							{ name: 'Miscellaneous', value: 'miscellaneous' },
							{ name: 'Retainage', value: 'retainage' },
							{ name: 'Tax', value: 'tax' },
							{ name: 'Trade Discount', value: 'tradeDiscount' },
						],
					},
					{
						...costCodeChoice,
						description: 'As Procore shows it. Empty keeps that of the account.',
					},
					{
						...costTypeChoice,
						description: 'Code of the cost type. Empty keeps that of the account.',
					},
				],
			},
		],
	},
	{
		displayName: 'Tax Codes',
		name: 'taxCodes',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add tax code',
		default: {},
		description: 'Which tax code of Procore a tax detail of GP is, for Tax = Tax Code',
		options: [
			{
				displayName: 'Tax Code',
				name: 'code',
				values: [
					{
						displayName: 'GP Tax Detail',
						name: 'taxDetail',
						type: 'string',
						default: '',
						placeholder: 'e.g. ILSTATE',
						description: 'Empty stands for all others',
					},
					taxCodeChoice,
				],
			},
		],
	},
];
