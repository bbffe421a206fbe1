import type { INodeProperties } from 'n8n-workflow';

import type { Place } from '../../../../lib/reconcile/reconcile.types';
import { connectionOptions } from '../../../DynamicsGp/descriptions/connection-options.description';
import { crosswalkTables } from '../../descriptions/crosswalk.description';
import { mappingRowsProperty } from '../map/mapping-rows';

/** Breakdowns beside the total. */
export const BREAKDOWNS: Record<string, ReadonlyArray<keyof Place>> = {
	project: ['projectId'],
	costCode: ['projectId', 'costCode'],
	vendor: ['vendor'],
	month: ['month'],
	everything: ['projectId', 'costCode', 'vendor', 'month'],
};

const rowsOf = (
	displayName: string,
	name: string,
	table: string,
	why = 'what waits is explained and not asked for again',
): INodeProperties => ({
	displayName,
	name,
	type: 'json',
	default: '[]',
	description: `Rows of the table ${table} of this company: ${why}`,
	hint: 'Usually an expression that hands over all rows of a Data Table read before',
});

export const fields: INodeProperties[] = [
	mappingRowsProperty,
	...crosswalkTables('projects', 'accounts', 'vendors'),
	rowsOf('Parked Rows', 'parkedRows', 'gpp_parked'),
	rowsOf('Request Rows', 'requestRows', 'gpp_request'),
	rowsOf(
		'Journal Rows',
		'journalRows',
		'gpp_journal',
		'what a batch wrote that never recorded it is named',
	),
	rowsOf(
		'Left Out Rows',
		'leftOutRows',
		'gpp_event',
		'events of outcome skipped, for each document left out has to have one',
	),
	rowsOf(
		'Shortened Run Rows',
		'shortenedRunRows',
		'gpp_run',
		'runs whose events were removed, one is enough: then an event may be missing',
	),
	rowsOf(
		'Watermark Rows',
		'watermarkRows',
		'gpp_watermark',
		'how far runs have read. Without them nothing is said about what became of the documents.',
	),
	{
		displayName: 'From Month',
		name: 'fromMonth',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-01',
		description: 'First month to compare, by document date. Empty begins with the first document.',
	},
	{
		displayName: 'To Month',
		name: 'toMonth',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-03',
		description: 'Last month to compare, by document date. Empty goes on to the last document.',
	},
	{
		displayName: 'Edited in Procore',
		name: 'drift',
		type: 'options',
		default: 'keep',
		description: 'What becomes of amounts, codes and dates that somebody changed in Procore',
		options: [
			{ name: "Put GP's Values Back", value: 'overwrite' },
			{ name: 'Report and Keep', value: 'keep' },
		],
	},
	{
		displayName: 'Breakdowns',
		name: 'breakdowns',
		type: 'multiOptions',
		default: ['project', 'costCode', 'vendor', 'month'],
		description: 'How to split the totals, one set of rows each',
		options: [
			{ name: 'By Cost Code', value: 'costCode' },
			{ name: 'By Month', value: 'month' },
			{ name: 'By Project', value: 'project' },
			{ name: 'By Project, Cost Code, Vendor and Month', value: 'everything' },
			{ name: 'By Vendor', value: 'vendor' },
		],
	},
	{
		displayName: 'Most Differences',
		name: 'mostDifferences',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100000 },
		default: 5000,
		description:
			'How many differences to list one by one, greatest first; the totals hold them all',
	},
	{
		displayName: 'Closed Projects',
		name: 'closedProjects',
		type: 'boolean',
		default: false,
		description:
			'Whether to look for direct costs in inactive projects too. Those that GP documents belong to are always compared.',
	},
	{
		displayName: 'Vendors and Cost Codes',
		name: 'compareRecords',
		type: 'boolean',
		default: false,
		description:
			'Whether to compare vendors and cost codes, too. Parked Rows and Request Rows must then hold the rows of all kinds of records.',
	},
	connectionOptions,
];
