import type { INodePropertyOptions } from 'n8n-workflow';

import { ENTITIES, STREAMS } from '../../../lib/streams/streams';
import type { Resource } from '../../shared/operations';
import { audit } from './audit/Audit.resource';
import { crosswalk } from './crosswalk/Crosswalk.resource';
import { mapResources } from './map/Map.resource';
import { mapping } from './mapping/Mapping.resource';
import { reconciliation } from './reconciliation/Reconciliation.resource';

/** What people put into workflows of their own, by the value of *Resource*. */
export const RESOURCES: Record<string, Resource> = {
	...mapResources,
	audit,
	crosswalk,
	mapping,
	reconciliation,
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
