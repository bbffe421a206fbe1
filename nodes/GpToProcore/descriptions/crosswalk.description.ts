import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

const EXPRESSION_HINT =
	'Usually an expression that hands over all rows of a Data Table read before';

/** The tables people decide in. A row there beats every rule below. */
const TABLES = {
	projects: {
		displayName: 'Project Crosswalk',
		name: 'projectCrosswalk',
		node: 'Read project crosswalk',
		description:
			'Rows that say which Procore project a GP job is: gp_company, gp_job, procore_project_id (id, number or name of the project), action ("send" or "skip")',
	},
	accounts: {
		displayName: 'Account Crosswalk',
		name: 'accountCrosswalk',
		node: 'Read account crosswalk',
		description:
			'Rows that say which cost code and cost type a GL account is: gp_company, gp_account, cost_code, cost_type, action ("send", "skip" or "accrual")',
	},
	vendors: {
		displayName: 'Vendor Crosswalk',
		name: 'vendorCrosswalk',
		node: 'Read vendor crosswalk',
		description:
			'Exceptions only: rows that tie a GP vendor to an existing Procore vendor: gp_company, gp_vendor_id, procore_vendor_id, action',
	},
};

const field = (one: {
	displayName: string;
	name: string;
	node: string;
	description: string;
}): INodeProperties => ({
	displayName: one.displayName,
	name: one.name,
	type: 'json',
	default: '[]',
	placeholder: `={{ $('${one.node}').all() }}`,
	description: one.description,
	hint: EXPRESSION_HINT,
});

/** A field per table, for any operation that needs them. */
export function crosswalkTables(...tables: Array<keyof typeof TABLES>): INodeProperties[] {
	return tables.map((table) => field(TABLES[table]));
}

export const procoreProjects: INodeProperties = field({
	displayName: 'Procore Projects',
	name: 'projects',
	node: 'Procore projects',
	description:
		'List of {ID, name, projectNumber}: the projects the Procore node found. A GP job whose number is a project number needs no crosswalk row.',
});

const mapping = (resources: string[], properties: INodeProperties[]): INodeProperties[] =>
	updateDisplayOptions(
		{ show: { resource: resources, operation: ['map', 'preview'] } },
		properties,
	);

export const crosswalkDescription: INodeProperties[] = [
	...mapping(['account', 'payable'], [procoreProjects, ...crosswalkTables('projects', 'accounts')]),
	...mapping(['payable', 'vendor'], crosswalkTables('vendors')),
	...updateDisplayOptions({ show: { resource: ['payable'], operation: ['map'] } }, [
		{
			displayName: 'Earlier Projects',
			name: 'earlierProjects',
			type: 'json',
			default: '',
			placeholder: 'e.g. {"1;00000000000000417": ["598134325841112"]}',
			description:
				'Procore projects each document was sent to before, by its GP key. Where the mapping no longer names one of them, the document is taken out of the budget there.',
			hint: 'Usually left empty: Earlier Events say the same',
		},
		{
			displayName: 'Earlier Events',
			name: 'earlierEvents',
			type: 'json',
			default: '[]',
			placeholder: "={{ $('Read events of these').all() }}",
			description:
				'Rows of the events table about these documents: where they were written before. They count before Earlier Projects.',
			hint: EXPRESSION_HINT,
		},
	]),
];
