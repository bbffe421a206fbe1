import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import type { Entity } from '../../../../lib/model/source';
import type { GpRecord } from '../../../../lib/model/gp-records';
import { toItem } from '../../../shared/item-kinds';
import { returnAllAndLimit } from '../../../shared/return-all-and-limit';
import type { GpOperation } from '../operation.types';
import { toStamp } from './to-stamp';
import { withLookups } from './lookups';

const properties: INodeProperties[] = [
	...returnAllAndLimit,
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
		hint: 'Leaves out the fields only your site has. What the GP to Procore node needs is kept.',
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: [
			{
				displayName: 'Modified Since',
				name: 'modifiedSince',
				type: 'dateTime',
				default: '',
				description: 'Return only records changed at or after this time',
			},
			{
				displayName: 'Modified Until',
				name: 'modifiedUntil',
				type: 'dateTime',
				default: '',
				description: 'Return only records changed at or before this time',
			},
			{
				displayName: 'Search',
				name: 'search',
				type: 'string',
				default: '',
				description: 'Return only records whose number or name contains this text',
			},
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['account', 'payable', 'vendor'], operation: ['getAll'] } },
	properties,
);

export const execute: GpOperation = async function (connection, itemIndex) {
	const entity = this.getNodeParameter('resource', itemIndex) as Entity;
	const returnAll = this.getNodeParameter('returnAll', itemIndex);
	const filters = this.getNodeParameter('filters', itemIndex, {}) as {
		modifiedSince?: string;
		modifiedUntil?: string;
		search?: string;
	};
	const listed = await connection.client.list(entity, {
		modifiedSince: toStamp('Modified Since', filters.modifiedSince, this.getTimezone()),
		modifiedUntil: toStamp('Modified Until', filters.modifiedUntil, this.getTimezone()),
		search: filters.search?.trim() || undefined,
		limit: returnAll ? undefined : (this.getNodeParameter('limit', itemIndex) as number),
	});
	const records = await withLookups(this, connection, listed, itemIndex);
	const simplify = this.getNodeParameter('simplify', itemIndex, true) as boolean;
	return records.map((record) => toItem(simplify ? withoutSiteFields(record) : record));
};

/** Keeps `raw`, which is asked for by an option of its own. */
function withoutSiteFields(record: GpRecord): Omit<GpRecord, 'extra'> {
	const { extra: _extra, ...known } = record;
	return known;
}
