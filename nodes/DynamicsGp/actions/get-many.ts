import type { GpError } from '../../../lib/gp/errors/gp-error';
import { notProven } from '../../../lib/model/gp-changes';
import type { Entity } from '../../../lib/model/desired';
import type { GpRecord } from '../../../lib/model/gp-records';
import { toItem } from '../../shared/item-kinds';
import { markProblems } from '../../shared/tell';
import { plainText } from '../../shared/read-values';
import { limitOf, returnAllAndLimit } from '../../shared/return-all-and-limit';
import type { RecordOperation } from './operation';
import { toStamp } from './read-positions';
import { withLookups } from './lookups';
import { simplify } from '../descriptions/common-fields.description';

export const getMany: RecordOperation = {
	option: ({ all }) => ({
		name: 'Get Many',
		value: 'getAll',
		action: `Get many ${all}`,
		description: `Read many ${all}, optionally only those modified since a date`,
	}),
	fields: [
		...returnAllAndLimit,
		simplify,
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
	],
	async execute(connection, itemIndex) {
		const entity = this.getNodeParameter('resource', itemIndex) as Entity;
		const filters = this.getNodeParameter('filters', itemIndex, {}) as {
			modifiedSince?: unknown;
			modifiedUntil?: unknown;
			search?: unknown;
		};
		const listed = await connection.client.listWithFaults(entity, {
			modifiedSince: toStamp('Modified Since', filters.modifiedSince, this.getTimezone()),
			modifiedUntil: toStamp('Modified Until', filters.modifiedUntil, this.getTimezone()),
			search: plainText(filters.search) || undefined,
			limit: limitOf(this, itemIndex),
		});
		const records = await withLookups(this, connection, listed.records, itemIndex);
		const simplify = this.getNodeParameter('simplify', itemIndex, true) as boolean;
		const why = notProven({ [entity]: listed.completeness ?? undefined });
		markProblems(this, [
			...(why === ''
				? []
				: [`Not proven complete: ${why}. Run Survey (Service) and use the profile it proposes.`]),
			...leftOut(listed.faults),
		]);
		return records.map((record) =>
			toItem({
				...(simplify ? withoutSiteFields(record) : record),
				...(why === '' ? {} : { notProven: why }),
			}),
		);
	},
};

/** Faults shown on the node. */
const MOST_SHOWN = 3;

/** Records that are no item because they could not be understood: never without a word. */
function leftOut(faults: readonly GpError[]): string[] {
	if (faults.length === 0) return [];
	const shown = faults.slice(0, MOST_SHOWN).map(({ message }) => message);
	const further = faults.length - shown.length;
	return [
		`${faults.length} ${faults.length === 1 ? 'record is' : 'records are'} left out: ${shown.join(' ')}${further > 0 ? ` And ${further} more.` : ''}`,
	];
}

/** Keeps `raw`, which is asked for by an option of its own. */
function withoutSiteFields(record: GpRecord): Omit<GpRecord, 'extra'> {
	const { extra: _extra, ...known } = record;
	return known;
}
