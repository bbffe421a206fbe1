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
