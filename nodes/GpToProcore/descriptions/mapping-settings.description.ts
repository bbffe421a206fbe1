import type { INodeProperties } from 'n8n-workflow';

import { accountPoliciesDescription } from './account-policies.description';
import { policiesDescription } from './policies.description';
import { rulesDescription } from './rules.description';

export const matchProjectNumber: INodeProperties = {
	displayName: 'Match Project Numbers',
	name: 'matchProjectNumber',
	type: 'boolean',
	default: true,
	description:
		'Whether a job without a crosswalk row goes to the Procore project that has this same project number',
};

/** What is decided about records once it is known where things stand. */
export const mappingPolicies: INodeProperties[] = [
	...rulesDescription,
	...policiesDescription,
	...accountPoliciesDescription,
];
