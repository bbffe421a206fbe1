import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { listUnitsOfMeasure } from '../../../lib/procore/resources/projects';
import { toNodeError } from '../../shared/to-node-error';
import { connectForPicker } from './search';

export async function getUnitsOfMeasure(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	try {
		const units = (await listUnitsOfMeasure(await connectForPicker(this))) as Array<{
			name?: unknown;
			description?: unknown;
		}>;
		return units
			.map(({ name, description }) => ({
				name: [name, description !== name && description].filter(Boolean).map(String).join(' · '),
				value: String(name ?? ''),
			}))
			.sort((left, right) => left.name.localeCompare(right.name));
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
