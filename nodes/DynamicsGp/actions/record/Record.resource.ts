import type { INodeProperties } from 'n8n-workflow';

import { ENTITIES, STREAMS } from '../../../../lib/streams/streams';
import * as findDeleted from './findDeleted.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as getChanges from './getChanges.operation';
import { lookupsDescription } from './lookups';

/** Vendors, GL accounts and payables invoices are read alike; only the words differ. */
const WORDS = ENTITIES.map((entity) => {
	const { action, a } = STREAMS[entity];
	return { resource: entity, one: a, many: `many ${action}`, all: action };
}).sort((left, right) => (left.resource < right.resource ? -1 : 1));

export const description: INodeProperties[] = [
	...WORDS.map(
		({ resource, one, many, all }): INodeProperties => ({
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: [resource] } },
			options: [
				{
					name: 'Find Deleted',
					value: 'findDeleted',
					action: `Find deleted ${all}`,
					description: `Compare known keys with all ${all} GP lists now; run it now and then, since a deletion leaves no change to read`,
				},
				{
					name: 'Get',
					value: 'get',
					action: `Get ${one}`,
					description: `Read ${one} by its key`,
				},
				{
					name: 'Get Changes',
					value: 'getChanges',
					action: `Get changes of ${all}`,
					description: `Read the ${all} changed since a watermark, in batches, for a sync`,
				},
				{
					name: 'Get Many',
					value: 'getAll',
					action: `Get ${many}`,
					description: `Read ${many}, optionally only those modified since a date`,
				},
			],
			default: 'getAll',
		}),
	),
	...findDeleted.description,
	...get.description,
	...getAll.description,
	...getChanges.description,
	...lookupsDescription,
];
