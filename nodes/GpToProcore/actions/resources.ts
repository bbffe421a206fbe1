import type { INodePropertyOptions } from 'n8n-workflow';

import { ENTITIES, STREAMS } from '../../../lib/streams/streams';
import { type Resource, resource } from '../../shared/operations';
import { audit } from './audit.resource';
import { crosswalk } from './crosswalk/crosswalk.resource';
import { mapResources } from './map/map.resource';
import { mapping } from './mapping.resource';
import * as compare from './reconciliation/compare.operation';

/** What people put into workflows of their own, by the value of *Resource*. */
export const RESOURCES: Record<string, Resource> = {
	...mapResources,
	audit,
	crosswalk,
	mapping,
	reconciliation: resource('reconciliation', 'compare', [compare]),
};

export const RESOURCE_OPTIONS: INodePropertyOptions[] = [
	{
		name: 'Audit',
		value: 'audit',
		description: 'The audit trail: exported, checked',
	},
	{
		name: 'Crosswalk',
		value: 'crosswalk',
		description: 'The tables that say which job, account and vendor is what in Procore',
	},
	...ENTITIES.map((entity) => ({ name: STREAMS[entity].option, value: entity })),
	{
		name: 'Mapping',
		value: 'mapping',
		description: 'How GP is read into Procore, set once for all Map nodes of a workflow',
	},
	{
		name: 'Reconciliation',
		value: 'reconciliation',
		description: 'GP against Procore, each difference explained by its documents',
	},
];
