import type { Selection } from '../data-table-nodes';
import { RUNS_READ } from '../../../lib/report/pages/overview-parts';
import { SUMS_READ } from '../../../lib/report/pages/reconciliation';
import { TABLES, type TableDefinition } from '../../../lib/tables/tables';
import { newest } from './shared';

/** The question asked by the visitor, in expressions. */
export const ASKED = "$('Read question').first().json";
const asked = (name: string) => `={{ ${ASKED}.${name} }}`;

interface Read {
	/** Under which name the rows are handed to the page. */
	rows: string;
	table: TableDefinition;
	selection: Selection;
}

/** One page: what it reads, in order. */
export interface Lane {
	page: string;
	title: string;
	reads: Read[];
}

/** In any spelling, and whatever contains the key: the page leaves out what only looks like it. */
const THE_RECORD: Selection['where'] = [
	['entity', 'eq', asked('entity')],
	['gp_company', 'eq', asked('company')],
	['gp_key', 'ilike', asked('key')],
];
/** So many rows whose keys only contain the record's own may stand before it. */
const LOOKALIKES = 2_000;
/** The reconciliation shown: that of the company asked for, or the last one. */
export const CHOSEN = 'Reconciliation: which';
const chosen = (name: string) => `={{ $('${CHOSEN}').first().json.${name} }}`;
const THE_RECONCILIATION: Array<[string, string, string]> = [
	['at', 'eq', chosen('at')],
	['gp_company', 'eq', chosen('gp_company')],
	['procore_project_id', 'gte', asked('projectFrom')],
	['procore_project_id', 'lte', asked('projectTo')],
];
/** Sums that are shown; the differences are read for themselves. */
const BREAKDOWNS: Array<[string, string, string]> = [
	...['difference', 'vendor difference', 'cost code difference', 'documents by vendor'],
	...[asked('kindsLeftOut[0]'), asked('kindsLeftOut[1]')],
].map((kind) => ['row_kind', 'neq', kind]);

const NAMES_OF_PROJECTS: Read = {
	rows: 'jobs',
	table: TABLES.projects,
	selection: { where: [['procore_project_id', 'neq', '']], ...newest, limit: 1_000 },
};

/** Rows of a crosswalk table whose key or name fits what is asked for. */
function crosswalk(rows: string, table: TableDefinition, kind: string, columns: string[]): Read {
	const pattern = asked(`crosswalk.${kind}.pattern`);
	return {
		rows,
		table,
		selection: {
			any: true,
			where: columns.map((column): [string, string, string] => [column, 'ilike', pattern]),
			oldestBy: 'id',
			limit: asked(`crosswalk.${kind}.limit`),
		},
	};
}

/** What an export reads: the events of the days asked for, and all that waits or was compared. */
export const exportReads = (day: (name: 'from' | 'toEnd') => string): Read[] => [
	{
		rows: 'events',
		table: TABLES.events,
		selection: {
			where: [
				['at', 'gte', day('from')],
				['at', 'lt', day('toEnd')],
			],
			...newest,
			limit: 10_001,
		},
	},
	{ rows: 'parked', table: TABLES.parked, selection: { ...newest, limit: 10_001 } },
	{ rows: 'differences', table: TABLES.reconciliation, selection: { ...newest, limit: 10_001 } },
];
export const EXPORT_READS = exportReads(asked);

/** What each page reads, and no more: n8n makes an item of every row. */
export const LANES: Lane[] = [
	{
		page: 'overview',
		title: 'Overview',
		reads: [
			{
				rows: 'runs',
				table: TABLES.runs,
				selection: { where: [['started_at', 'gte', asked('since')]], ...newest, limit: RUNS_READ },
			},
			{ rows: 'parked', table: TABLES.parked, selection: { ...newest, limit: asked('limit') } },
			{ rows: 'watermarks', table: TABLES.watermark, selection: { ...newest, limit: 50 } },
			{ rows: 'requests', table: TABLES.requests, selection: { ...newest, limit: asked('limit') } },
			{ rows: 'alerts', table: TABLES.alerts, selection: { ...newest, limit: 50 } },
			{
				rows: 'totals',
				table: TABLES.reconciliation,
				selection: { where: [['row_kind', 'eq', 'total']], ...newest, limit: 20 },
			},
		],
	},
	{
		page: 'waiting',
		title: 'Waiting',
		reads: [
			{
				rows: 'parked',
				table: TABLES.parked,
				selection: {
					where: [['id', 'lt', asked('before')]],
					...newest,
					limit: asked('limit'),
				},
			},
			{ rows: 'requests', table: TABLES.requests, selection: { ...newest, limit: asked('limit') } },
		],
	},
	{
		page: 'search',
		title: 'Search',
		reads: [
			{
				rows: 'events',
				table: TABLES.events,
				selection: {
					any: true,
					where: [
						// Voucher, vendor, document, job, account, project; the label has the names.
						['touches', 'like', asked('upperPattern')],
						['gp_label', 'ilike', asked('pattern')],
						['vendor_name', 'ilike', asked('pattern')],
						['gp_amount', 'eq', asked('amount')],
						['gp_amount', 'eq', asked('shortAmount')],
						['gp_amount', 'eq', asked('turnedAmount')],
						['gp_amount', 'eq', asked('shortTurnedAmount')],
						['at', 'like', asked('dayPattern')],
					],
					...newest,
					limit: asked('limit'),
				},
			},
			NAMES_OF_PROJECTS,
		],
	},
	{
		page: 'story',
		title: 'Story',
		reads: [
			{
				rows: 'events',
				table: TABLES.events,
				selection: {
					where: [
						['entity', 'eq', asked('entity')],
						['gp_company', 'eq', asked('company')],
						['gp_key', 'eq', asked('exactKey')],
					],
					...newest,
					limit: asked('limit'),
				},
			},
			{
				// Events of versions up to 0.2.0, which kept keys as GP spells them.
				rows: 'spellings',
				table: TABLES.events,
				selection: { where: THE_RECORD, ...newest, limit: asked('limit') },
			},
			NAMES_OF_PROJECTS,
			{
				rows: 'parked',
				table: TABLES.parked,
				selection: { where: THE_RECORD, ...newest, limit: LOOKALIKES },
			},
			{
				rows: 'requests',
				table: TABLES.requests,
				selection: { where: THE_RECORD, ...newest, limit: LOOKALIKES },
			},
		],
	},
	{
		page: 'crosswalks',
		title: 'Crosswalks',
		reads: [
			crosswalk('jobs', TABLES.projects, 'job', ['gp_job', 'gp_job_name', 'procore_project_name']),
			crosswalk('accounts', TABLES.accounts, 'account', [
				'gp_account',
				'gp_description',
				'cost_code',
			]),
			crosswalk('vendors', TABLES.vendors, 'vendor', ['gp_vendor_id', 'note']),
			{
				rows: 'parked',
				table: TABLES.parked,
				selection: { where: [['cause_key', 'eq', asked('waitsFor')]], ...newest, limit: 5_000 },
			},
		],
	},
	{
		page: 'runs',
		title: 'Runs',
		reads: [
			{
				rows: 'runs',
				table: TABLES.runs,
				selection: {
					where: [
						['run_id', 'ilike', asked('runPattern')],
						['id', 'lt', asked('before')],
					],
					...newest,
					limit: asked('limit'),
				},
			},
			{
				rows: 'events',
				table: TABLES.events,
				selection: {
					where: [
						['run_id', 'eq', asked('run')],
						['id', 'gt', asked('eventsAfter')],
						['outcome', 'ilike', asked('outcomePattern')],
					],
					oldestBy: 'id',
					limit: asked('limit'),
				},
			},
			{ rows: 'log', table: TABLES.log, selection: { ...newest, limit: 50 } },
		],
	},
	{
		page: 'reconciliation',
		title: 'Reconciliation',
		reads: [
			{
				rows: 'totals',
				table: TABLES.reconciliation,
				selection: { where: [['row_kind', 'eq', 'total']], ...newest, limit: 20 },
			},
			{
				rows: 'breakdowns',
				table: TABLES.reconciliation,
				selection: {
					where: [...THE_RECONCILIATION, ...BREAKDOWNS],
					oldestBy: 'id',
					limit: SUMS_READ,
				},
			},
			{
				rows: 'records',
				table: TABLES.reconciliation,
				selection: {
					// "vendor difference", "cost code difference".
					where: [...THE_RECONCILIATION, ['row_kind', 'ilike', '% difference']],
					oldestBy: 'id',
					limit: asked('limit'),
				},
			},
			{
				rows: 'differences',
				table: TABLES.reconciliation,
				selection: {
					where: [...THE_RECONCILIATION, ['row_kind', 'eq', 'difference']],
					oldestBy: 'id',
					limit: asked('limit'),
				},
			},
		],
	},
];
