import { updateDisplayOptions } from 'n8n-workflow';
import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** Filled in at all: typed, or an expression whose value the editor does not know yet. */
const GIVEN = { mapping: [{ _cnd: { exists: true as const } }] };

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
			displayName: 'Mapping',
			name: 'mapping',
			type: 'json',
			default: '',
			placeholder: "={{ $('Mapping').first().json }}",
			description:
				'Output of a GP to Procore node with resource Mapping, so that all Map nodes of a workflow share one set of rules. Leave empty to set them here.',
			hint: 'Usually an expression that hands over the item of the Mapping node',
		},
		{
			displayName:
				'The rules and policies are those of the Mapping node. Empty the field above to set them here instead.',
			name: 'mappingNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: GIVEN },
		},
	],
);
