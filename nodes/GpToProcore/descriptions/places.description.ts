import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { givenMapping, shownFor } from './mapping-fields.description';
import { mappingPolicies, matchProjectNumber } from './mapping-settings.description';

const findings: INodeProperties[] = [
	{
		displayName:
			'What is left empty is as setup found it in your books. Execute this step to see it, with where each part comes from.',
		name: 'placesNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Found by Setup',
		name: 'findingRows',
		type: 'json',
		default: '[]',
		placeholder: "={{ $('Read findings').all().map(row => row.json) }}",
		description: 'Rows of the table gpp_finding of this company',
		hint: 'Usually an expression that hands over all rows of a Data Table read before',
	},
];

const usedBefore: INodeProperties = {
	displayName: 'Used Before',
	name: 'mappingRows',
	type: 'json',
	default: '[]',
	placeholder: "={{ $('Read mappings').all().map(row => row.json) }}",
	description:
		'Rows of the table gpp_mapping of this company: where setup never looked, a company keeps what it was synced with',
	hint: 'Usually an expression that hands over all rows of a Data Table read before',
};

const patternOf = (from: string[]) => ({ show: { from } });

const jobRules: INodeProperties = {
	displayName: 'Job Found In',
	name: 'jobRules',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add place to look',
	default: {},
	description:
		'Where the job number of a cost stands. The places are tried from the top; the first that gives a job wins. Empty: as setup found it.',
	options: [
		{
			displayName: 'Place',
			name: 'rule',
			values: [
				{
					displayName: 'Format',
					name: 'format',
					type: 'string',
					default: '',
					placeholder: 'e.g. $1-$2',
					displayOptions: patternOf(['account', 'reference', 'description', 'purchaseOrder']),
					description:
						'Project number as Procore has it, from the parts in parentheses. Empty: the first part, or all of it.',
				},
				{
					displayName: 'Ignore',
					name: 'ignore',
					type: 'string',
					default: '',
					placeholder: 'e.g. 000, 999',
					displayOptions: patternOf(['accountSegment', 'account']),
					description: 'Values that mean "no job", separated by commas',
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
						{ name: 'Whole Account', value: 'account' },
					],
				},
				{
					displayName: 'Pattern',
					name: 'pattern',
					type: 'string',
					default: '',
					placeholder: 'e.g. JOB ?(\\d+)',
					displayOptions: patternOf(['account', 'reference', 'description', 'purchaseOrder']),
					description:
						'Regular expression; the part in parentheses is the job number, or all of it when there are none',
				},
				{
					displayName: 'Segment',
					name: 'segment',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: 10 },
					default: 1,
					displayOptions: patternOf(['accountSegment']),
					description: 'Which segment of the account: 1 is the first',
				},
			],
		},
	],
};

const costCode: INodeProperties[] = [
	{
		displayName: 'Cost Code From',
		name: 'costCodeFrom',
		type: 'options',
		default: 'setup',
		description:
			'Where the cost code of an account stands, unless the account crosswalk says otherwise',
		options: [
			{ name: 'Account Segment', value: 'segment' },
			{ name: 'As Setup Found It', value: 'setup' },
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
		default: '$1',
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
		default: 1,
		displayOptions: { show: { costCodeFrom: ['segment'] } },
		description: 'Which segment of the account is the cost code',
	},
];

const costType: INodeProperties[] = [
	{
		displayName: 'Cost Type From',
		name: 'costTypeFrom',
		type: 'options',
		default: 'setup',
		description: 'Where the cost type of an account stands',
		options: [
			{ name: 'Account Segment', value: 'segment' },
			{ name: 'As Setup Found It', value: 'setup' },
			{ name: 'Nowhere: Always the Default', value: 'default' },
			{ name: 'Pattern Over the Account', value: 'pattern' },
		],
	},
	{
		displayName: 'Cost Type Segment',
		name: 'costTypeSegment',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 10 },
		default: 1,
		displayOptions: { show: { costTypeFrom: ['segment'] } },
		description: 'Which segment of the account gives the cost type',
	},
	{
		displayName: 'Cost Type Pattern',
		name: 'costTypePattern',
		type: 'string',
		default: '',
		placeholder: 'e.g. ([LMSE])$',
		displayOptions: { show: { costTypeFrom: ['pattern'] } },
		description:
			'Regular expression; the part in parentheses is the value that Cost Types translates',
	},
	{
		displayName: 'Cost Types',
		name: 'costTypes',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add cost type',
		default: {},
		displayOptions: { show: { costTypeFrom: ['segment', 'pattern'] } },
		description: 'What the values mean in Procore',
		options: [
			{
				displayName: 'Cost Type',
				name: 'costType',
				values: [
					{
						displayName: 'Value',
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
		default: '',
		placeholder: 'e.g. O',
		description:
			'Code of the cost type in Procore for accounts that give none. Empty: as setup found it.',
	},
];

const places: INodeProperties[] = [
	...findings,
	jobRules,
	matchProjectNumber,
	{
		displayName: 'Cost Accounts',
		name: 'costAccountPattern',
		type: 'string',
		default: '',
		placeholder: 'e.g. ^\\d{3}-5',
		description:
			'Regular expression over the whole account: which accounts are job cost. All others stay out of Procore. Empty: as setup found it.',
	},
	...costCode,
	...costType,
];

/** No place is the default of any company: what is not filled in is as setup found it. */
export const mappingSettingsV2: INodeProperties[] = [
	...givenMapping,
	...updateDisplayOptions(shownFor('account', 'payable'), places),
	...updateDisplayOptions({ show: { resource: ['mapping'], operation: ['define'] } }, [usedBefore]),
	...mappingPolicies,
];
