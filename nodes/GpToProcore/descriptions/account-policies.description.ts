import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_MAPPING_SETTINGS } from '../../../lib/mapping/types';
import { shownFor, standardListChoice } from './mapping-fields.description';
import { policyChoice } from './policy-choice';

// Destructured because n8n's rules read defaults by name.
const { costCodesGoTo } = DEFAULT_MAPPING_SETTINGS;

/** Choices about the cost codes that GL accounts become. */
export const accountPoliciesDescription: INodeProperties[] = updateDisplayOptions(
	shownFor('account'),
	[
		{
			displayName: 'Cost Code Policies',
			name: 'accountPolicies',
			type: 'collection',
			placeholder: 'Add policy',
			default: {},
			options: [
				{
					displayName: 'Cost Codes Go To',
					name: 'costCodesGoTo',
					type: 'options',
					default: costCodesGoTo,
					description: 'Which projects get the cost code of an account',
					options: [
						{ name: 'Every Project', value: 'everyProject' },
						{ name: 'Every Project Linked to a GP Job', value: 'linkedProjects' },
						{
							name: 'The Project of Its Job',
							value: 'ownProject',
							description: 'Accounts of no single job are left out',
						},
						{
							name: 'The Standard List of the Company',
							value: 'standardList',
							description: 'New projects copy it; needs the ID of the list',
						},
					],
				},
				{
					displayName: 'Division Names',
					name: 'divisionNames',
					type: 'fixedCollection',
					typeOptions: { multipleValues: true },
					placeholder: 'Add division',
					default: {},
					description:
						'Names of the divisions above cost codes such as 03-300. A division without a name here is called Division 03.',
					options: [
						{
							displayName: 'Division',
							name: 'division',
							values: [
								{
									displayName: 'Division',
									name: 'number',
									type: 'string',
									default: '',
									placeholder: 'e.g. 03',
								},
								{
									displayName: 'Name',
									name: 'name',
									type: 'string',
									default: '',
									placeholder: 'e.g. Concrete',
								},
							],
						},
					],
				},
				policyChoice(
					'inactiveAccounts',
					'Inactive Accounts',
					'What becomes of accounts that are inactive in GP. Whether their cost codes stay usable is set in the Procore node.',
					{ leaveOut: 'Leave Out', send: 'Send as Inactive' },
				),
				standardListChoice,
			],
		},
	],
);
