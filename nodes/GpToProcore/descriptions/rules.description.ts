import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import {
	shownFor,
	costCodeChoice,
	costTypeChoice,
	projectChoice,
} from './mapping-fields.description';

/** One visual rule; `readRules` turns it into a MappingRule of the library. */
export const rulesDescription: INodeProperties[] = updateDisplayOptions(
	shownFor('account', 'payable'),
	[
		{
			displayName: 'Rules',
			name: 'rules',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add rule',
			default: {},
			description:
				'Exceptions for single lines, tried from the top. All conditions filled in must hold. A crosswalk row beats them; they beat the fields above.',
			options: [
				{
					displayName: 'Rule',
					name: 'rule',
					values: [
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							default: '',
							placeholder: 'e.g. Rebar goes to concrete',
							description: 'Shown in the audit wherever this rule decided',
						},
						{
							displayName: 'If',
							name: 'when',
							type: 'collection',
							placeholder: 'Add condition',
							default: {},
							options: [
								{
									displayName: 'Account From',
									name: 'accountFrom',
									type: 'string',
									default: '',
									placeholder: 'e.g. 300-5100-00',
									description: 'First account of a range; fill in Account To as well',
								},
								{
									displayName: 'Account Matches',
									name: 'accountPattern',
									type: 'string',
									default: '',
									placeholder: 'e.g. ^300-51',
									description: 'Regular expression over the whole account',
								},
								{
									displayName: 'Account Segment',
									name: 'accountSegment',
									type: 'number',
									typeOptions: { minValue: 1, maxValue: 10 },
									default: 1,
									description: 'Number of a segment; fill in Segment Values as well',
								},
								{
									displayName: 'Account To',
									name: 'accountTo',
									type: 'string',
									default: '',
									placeholder: 'e.g. 300-5199-99',
									description: 'Last account of a range',
								},
								{
									displayName: 'Accounts',
									name: 'accounts',
									type: 'string',
									default: '',
									placeholder: 'e.g. 300-5110-02, 301-5110-02',
									description: 'Exact accounts, separated by commas',
								},
								{
									displayName: 'Description Matches',
									name: 'description',
									type: 'string',
									default: '',
									placeholder: 'e.g. ^change order',
									description: 'Regular expression over the description of the document',
								},
								{
									displayName: 'Document Types',
									name: 'documentTypes',
									type: 'multiOptions',
									default: [],
									options: [
										{ name: 'Credit Memo', value: 'creditMemo' },
										{ name: 'Finance Charge', value: 'financeCharge' },
										{ name: 'Invoice', value: 'invoice' },
										{ name: 'Miscellaneous Charge', value: 'miscellaneousCharge' },
										{ name: 'Return', value: 'return' },
									],
								},
								{
									displayName: 'PO Number Matches',
									name: 'purchaseOrder',
									type: 'string',
									default: '',
									placeholder: 'e.g. ^(\\d{3})-PO',
									description: 'Regular expression over the PO number',
								},
								{
									displayName: 'Reference Matches',
									name: 'reference',
									type: 'string',
									default: '',
									placeholder: 'e.g. rebar|steel',
									description: 'Regular expression over the reference of the distribution',
								},
								{
									displayName: 'Segment Values',
									name: 'segmentValues',
									type: 'string',
									default: '',
									placeholder: 'e.g. 5110, 5120',
									description: 'Values of the account segment, separated by commas',
								},
								{
									displayName: 'Vendor Classes',
									name: 'vendorClasses',
									type: 'string',
									default: '',
									placeholder: 'e.g. SUBS, SUPPLIERS',
									description:
										'GP vendor class IDs, separated by commas. The Dynamics GP node has to add the class to the payables: option Add Vendor Class.',
								},
								{
									displayName: 'Vendor IDs',
									name: 'vendorIds',
									type: 'string',
									default: '',
									placeholder: 'e.g. ACME0001, BOLT0002',
									description: 'GP vendor IDs, separated by commas',
								},
							],
						},
						{
							displayName: 'Then',
							name: 'set',
							type: 'collection',
							placeholder: 'Add result',
							default: {},
							description:
								'What the patterns captured may be used as $1, $2, and segments of the account as $&lt;segment2&gt;',
							options: [
								costCodeChoice,
								costTypeChoice,
								{
									displayName: 'GP Job',
									name: 'job',
									type: 'string',
									default: '',
									placeholder: 'e.g. 301 or $1',
									description: 'Goes through crosswalk and project number like any other job',
								},
								{
									displayName: 'Leave Out Because',
									name: 'skip',
									type: 'string',
									default: '',
									placeholder: 'e.g. Office supplies are no job cost',
									description: 'Leaves the line out of Procore, with this reason in the audit',
								},
								{
									displayName: 'Line Description',
									name: 'description',
									type: 'string',
									default: '',
								},
								projectChoice,
							],
						},
						{
							displayName: 'Enabled',
							name: 'enabled',
							type: 'boolean',
							default: true,
							description: 'Whether the rule is used',
						},
					],
				},
			],
		},
	],
);
