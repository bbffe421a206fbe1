import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { DELIVERED_UNTIL_0_3, type JobRule } from '../../../lib/mapping/types';
import { givenMapping, shownFor } from './mapping-fields.description';
import { mappingPolicies, matchProjectNumber } from './mapping-settings.description';

// Destructured because n8n's rules read defaults by name.
const {
	costAccountPattern,
	costCodeFormat,
	costCodeSegment,
	costTypes,
	costTypeSegment,
	defaultCostType,
	jobRules: defaultJobRules,
} = DELIVERED_UNTIL_0_3;

const asFields = (rule: JobRule) =>
	rule.from === 'accountSegment' ? { ...rule, ignore: rule.ignore.join(', ') } : { ...rule };

const jobRules: INodeProperties = {
	displayName: 'Job Found In',
	name: 'jobRules',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add place to look',
	default: { rule: defaultJobRules.map(asFields) },
	description:
		'Where the job number of a cost stands. The places are tried from the top; the first that gives a job wins.',
	options: [
		{
			displayName: 'Place',
			name: 'rule',
			values: [
				{
					displayName: 'Ignore',
					name: 'ignore',
					type: 'string',
					default: '',
					placeholder: 'e.g. 000, 999',
					displayOptions: { show: { from: ['accountSegment'] } },
					description: 'Values of the segment that mean "no job", separated by commas',
				},
				{
					displayName: 'Look In',
					name: 'from',
					type: 'options',
					default: 'accountSegment',
					options: [
						{ name: 'Account Segment', value: 'accountSegment' },
						{ name: 'Distribution Reference', value: 'reference' },
						{ name: 'Document Description', value: 'description' },
						{ name: 'PO Number', value: 'purchaseOrder' },
					],
				},
				{
					displayName: 'Pattern',
					name: 'pattern',
					type: 'string',
					default: '',
					placeholder: 'e.g. JOB ?(\\d+)',
					displayOptions: { show: { from: ['reference', 'description', 'purchaseOrder'] } },
					description:
						'Regular expression; the part in parentheses is the job number, or all of it when there are none',
				},
				{
					displayName: 'Segment',
					name: 'segment',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: 10 },
					default: 1,
					displayOptions: { show: { from: ['accountSegment'] } },
					description: 'Which segment of the account: 1 is the first',
				},
			],
		},
	],
};

const fields: INodeProperties[] = [
	jobRules,
	matchProjectNumber,
	{
		displayName: 'Cost Accounts',
		name: 'costAccountPattern',
		type: 'string',
		default: costAccountPattern,
		description:
			'Regular expression over the whole account, for example 300-5110-02: which accounts are job cost. All others stay out of Procore.',
	},
	{
		displayName: 'Cost Code From',
		name: 'costCodeFrom',
		type: 'options',
		default: 'segment',
		description:
			'Where the cost code of an account stands, unless the account crosswalk says otherwise',
		options: [
			{ name: 'Account Segment', value: 'segment' },
			{ name: 'Pattern Over the Account', value: 'pattern' },
		],
	},
	{
		displayName: 'Cost Code Pattern',
		name: 'costCodePattern',
		type: 'string',
		default: '',
		placeholder: 'e.g. ^\\d{3}-(\\d{2})(\\d{2})',
		displayOptions: { show: { costCodeFrom: ['pattern'] } },
		description:
			'Regular expression; Cost Code Format says what is made of the parts in parentheses',
	},
	{
		displayName: 'Cost Code Format',
		name: 'costCodeFormat',
		type: 'string',
		default: costCodeFormat,
		placeholder: 'e.g. $1-$2',
		displayOptions: { show: { costCodeFrom: ['pattern'] } },
		description:
			'Cost code as Procore shows it, from the captured parts: $1-$2 makes 51-10 of 5110. What stands before the first dash is the division.',
	},
	{
		displayName: 'Cost Code Segment',
		name: 'costCodeSegment',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 10 },
		default: costCodeSegment,
		displayOptions: { show: { costCodeFrom: ['segment'] } },
		description: 'Which segment of the account is the cost code',
	},
	{
		displayName: 'Cost Type Segment',
		name: 'costTypeSegment',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 10 },
		default: costTypeSegment,
		description: 'Which segment of the account gives the cost type; 0 when none does',
	},
	{
		displayName: 'Cost Types',
		name: 'costTypes',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add cost type',
		default: {
			costType: Object.entries(costTypes).map(([segmentValue, costType]) => ({
				segmentValue,
				costType,
			})),
		},
		description: 'What the cost type segment means in Procore',
		options: [
			{
				displayName: 'Cost Type',
				name: 'costType',
				values: [
					{
						displayName: 'Segment Value',
						name: 'segmentValue',
						type: 'string',
						default: '',
						placeholder: 'e.g. 02',
					},
					{
						displayName: 'Procore Cost Type',
						name: 'costType',
						type: 'string',
						default: '',
						placeholder: 'e.g. M',
						description: 'Code of the cost type in Procore',
					},
				],
			},
		],
	},
	{
		displayName: 'Default Cost Type',
		name: 'defaultCostType',
		type: 'string',
		default: defaultCostType,
		description: 'Code of the cost type in Procore for values not in the list above',
	},
];

/** As nodes of releases up to 0.3.0 have it: the places of one company as defaults. */
export const mappingSettingsV1: INodeProperties[] = [
	...givenMapping,
	...updateDisplayOptions(shownFor('account', 'payable'), fields),
	...mappingPolicies,
];
