import { updateDisplayOptions } from 'n8n-workflow';
import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** A choice of its own: of an expression the editor does not know whether it will hold anything. */
const GIVEN = { mappingFrom: ['node'] };

/**
 * Fields of the mapping: in the Mapping resource always, in a node that maps these records as long
 * as it is not handed the mapping of a Mapping node.
 */
export function shownFor(...resources: string[]): IDisplayOptions {
	return {
		show: { resource: ['mapping', ...resources], operation: ['define', 'map', 'preview'] },
		hide: GIVEN,
	};
}

/** Takes all settings from a Mapping node instead of the fields of this one. */
export const givenMapping: INodeProperties[] = updateDisplayOptions(
	{ show: { resource: ['account', 'payable', 'vendor'], operation: ['map', 'preview'] } },
	[
		{
			displayName: 'Rules and Policies From',
			name: 'mappingFrom',
			type: 'options',
			default: 'fields',
			options: [
				{ name: 'Mapping Node', value: 'node' },
				{ name: 'This Node', value: 'fields' },
			],
			description:
				'Whether they are set here or in a GP to Procore node with resource Mapping, so that all Map nodes of a workflow share one set of rules',
		},
		{
			displayName: 'Mapping',
			name: 'mapping',
			type: 'json',
			default: '',
			required: true,
			placeholder: "={{ $('Mapping').first().json }}",
			displayOptions: { show: GIVEN },
			description: 'Output of the Mapping node',
			hint: 'Usually an expression that hands over the item of the Mapping node',
		},
		{
			displayName:
				'The rules and policies are those of the Mapping node. Choose This Node above to set them here instead.',
			name: 'mappingNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: GIVEN },
		},
	],
);

interface Choice {
	displayName: string;
	name: string;
	/** Method of methods/list-search.ts. */
	list: string;
	description?: string;
	/** For the field where it is typed. */
	placeholder: string;
}

/**
 * A value picked from the live account, or written: text, an expression, or what a pattern captured.
 * Lists need the Procore credential in this node; writing does not.
 */
function choice({ displayName, name, list, description, placeholder }: Choice): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		...(description ? { description } : {}),
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: list, searchable: true },
			},
			{ displayName: 'Written', name: 'text', type: 'string', placeholder },
		],
	};
}

export const projectChoice = choice({
	displayName: 'Procore Project',
	name: 'projectId',
	list: 'searchProjects',
	placeholder: 'e.g. 598134325841112',
	description: 'Project the line goes to. Written, it is the ID of the project.',
});

export const costCodeChoice = choice({
	displayName: 'Cost Code',
	name: 'costCode',
	list: 'searchCostCodeNumbers',
	placeholder: 'e.g. 03-300 or $1',
	description:
		'Cost code as Procore shows it. The list has the codes of the project chosen beside it, else the standard codes of the company.',
});

export const costTypeChoice = choice({
	displayName: 'Cost Type',
	name: 'costType',
	list: 'searchCostTypeCodes',
	placeholder: 'e.g. M',
	description: 'Code of the cost type in Procore',
});

export const taxCodeChoice = choice({
	displayName: 'Procore Tax Code',
	name: 'taxCodeId',
	list: 'searchTaxCodes',
	placeholder: 'e.g. 1201',
	description: 'Written, it is the ID of the tax code',
});

export const standardListChoice = choice({
	displayName: 'Standard List',
	name: 'standardListId',
	list: 'searchStandardCostCodeLists',
	placeholder: 'e.g. 1187',
	description: 'For Cost Codes Go To = The Standard List. Written, it is the ID of the list.',
});
