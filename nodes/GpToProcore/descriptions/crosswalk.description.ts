import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

const EXPRESSION_HINT =
	'Usually an expression that hands over all rows of a Data Table read before';

const crosswalk = (
	resources: string[],
	displayName: string,
	name: string,
	node: string,
	description: string,
): INodeProperties[] =>
	updateDisplayOptions({ show: { resource: resources, operation: ['map', 'preview'] } }, [
		{
			displayName,
			name,
			type: 'json',
			default: '[]',
			placeholder: `={{ $('${node}').all().map(row => row.json) }}`,
			description,
			hint: EXPRESSION_HINT,
		},
	]);

/** The tables people decide in. A row there beats every rule below. */
export const crosswalkDescription: INodeProperties[] = [
	...crosswalk(
		['account', 'payable'],
		'Procore Projects',
		'projects',
		'Procore projects',
		'List of {ID, name, projectNumber}: the projects the Procore node found. A GP job whose number is a project number needs no crosswalk row.',
	),
	...crosswalk(
		['account', 'payable'],
		'Project Crosswalk',
		'projectCrosswalk',
		'Read project crosswalk',
		'Rows that say which Procore project a GP job is: gp_company, gp_job, procore_project_id, action ("send" or "skip")',
	),
	...crosswalk(
		['account', 'payable'],
		'Account Crosswalk',
		'accountCrosswalk',
		'Read account crosswalk',
		'Rows that say which cost code and cost type a GL account is: gp_company, gp_account, cost_code, cost_type, action',
	),
	...crosswalk(
		['payable', 'vendor'],
		'Vendor Crosswalk',
		'vendorCrosswalk',
		'Read vendor crosswalk',
		'Exceptions only: rows that tie a GP vendor to an existing Procore vendor: gp_company, gp_vendor_id, procore_vendor_id, action',
	),
];
