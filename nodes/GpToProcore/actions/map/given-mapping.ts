import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';

import { DEFAULT_MAPPING_SETTINGS, type MappingSettings } from '../../../../lib/mapping/types';
import { readObject } from '../../../shared/read-list';

/** What a Mapping node put out, handed over by the parameter `mapping`; null where none is. */
export function givenMappingOf(context: IExecuteFunctions): MappingSettings | null {
	const given = readObject<{ kind?: string; settings?: Partial<MappingSettings> }>(
		context,
		'mapping',
	);
	if (given === null) return null;
	if (given.kind === 'mapping' && given.settings && typeof given.settings === 'object') {
		// A policy younger than the mapping handed over keeps its default.
		return { ...DEFAULT_MAPPING_SETTINGS, ...given.settings, company: '' };
	}
	throw new NodeOperationError(context.getNode(), "The parameter 'Mapping' holds no mapping", {
		description:
			"Hand over the output of a GP to Procore node with resource Mapping, or choose 'This Node' above.",
	});
}
