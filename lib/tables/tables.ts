import {
	ALERT,
	byHand,
	type Column,
	type Columns,
	COUNT,
	EVENT,
	INSTANT,
	later,
	PAGE_LOG,
	PARKED,
	RECONCILIATION,
	type RowOf,
	RUN,
	TEXT,
	words,
} from './columns';

/** Which Procore project a GP job is. */
const PROJECT = {
	gp_company: TEXT,
	gp_job: TEXT,
	gp_job_name: byHand(TEXT),
	/** Empty = not decided yet. */
	procore_project_id: byHand(TEXT),
	procore_project_name: byHand(TEXT),
	/** "send" (default) or "skip". */
	action: byHand(TEXT),
	note: byHand(TEXT),
} as const satisfies Columns;

/** Which cost code and cost type an account is. */
const ACCOUNT = {
	gp_company: TEXT,
	gp_account: TEXT,
	gp_description: byHand(TEXT),
	cost_code: byHand(TEXT),
	cost_code_name: byHand(TEXT),
	cost_type: byHand(TEXT),
	action: byHand(TEXT),
	note: byHand(TEXT),
} as const satisfies Columns;

/** Which Procore vendor a GP vendor is: exceptions only. */
const VENDOR = {
	gp_company: TEXT,
	gp_vendor_id: TEXT,
	procore_vendor_id: byHand(TEXT),
	action: byHand(TEXT),
	note: byHand(TEXT),
} as const satisfies Columns;

/** How far GP was read, by stream. */
const WATERMARK = {
	entity: TEXT,
	gp_company: TEXT,
	modified_since: TEXT,
	/** JSON. */
	seen: TEXT,
	run_id: TEXT,
	updated_at: INSTANT,
} as const satisfies Columns;

/** One row per GP company: which run may write now. */
const LEASE = {
	gp_company: TEXT,
	run_id: TEXT,
	execution_id: TEXT,
	taken_at: INSTANT,
	/** Renewed with every batch. */
	until: INSTANT,
	/** Host of the GP server it reads: few runs read one at once. Empty: not known. */
	gp_server: later(TEXT),
} as const satisfies Columns;

/** One row per batch that was started, until it is known that its events are written. Normally empty. */
const JOURNAL = {
	batch_id: TEXT,
	run_id: TEXT,
	gp_company: TEXT,
	entity: TEXT,
	started_at: INSTANT,
	/** Where it was to write, with commas: Procore projects, standard lists as `list 5`. Empty: not known. */
	places: later(TEXT),
} as const satisfies Columns;

/** Records to read again from GP by key on the next run: replays, and what a changed crosswalk row affects. */
const REQUEST = {
	entity: TEXT,
	gp_company: TEXT,
	/** SourceReference.key: vendor id, account string, or `{documentType};{voucher}`. */
	gp_key: TEXT,
	gp_label: TEXT,
	reason: words<'replay' | 'crosswalk' | 'reconcile' | 'deleted'>(),
	/** The same for all rows asked for together. */
	requested_at: INSTANT,
	requested_by: TEXT,
	tries: COUNT,
	/** Stored GP record as JSON, to use instead of reading GP; blank reads GP. */
	payload: TEXT,
	note: TEXT,
} as const satisfies Columns;

/**
 * Which mapping decided: one row per company and version, as the Mapping node of the sync had it.
 * The latest used is the one that counts, for every other workflow too.
 */
const MAPPING = {
	gp_company: TEXT,
	version: TEXT,
	used_at: INSTANT,
	/** Output of the Mapping node, as JSON. */
	settings: TEXT,
} as const satisfies Columns;

/** What setup found in GP and Procore about where things stand: one row per company and subject. */
const FINDING = {
	gp_company: TEXT,
	/** A subject of the proposal, or "all lines". */
	subject: TEXT,
	/** "proposed", "accepted", "accepted, found otherwise since", "not sure", "not found any more". */
	status: TEXT,
	/** In words. */
	found: TEXT,
	/** "96.3 % of 1,240 lines". */
	coverage: TEXT,
	examples: TEXT,
	/** What else was looked at. */
	others: TEXT,
	/** Settings as found now, as JSON; empty where nothing is set by it. */
	settings: TEXT,
	/** Settings a person accepted, as JSON: these are in force. */
	accepted: TEXT,
	found_at: INSTANT,
	accepted_at: INSTANT,
} as const satisfies Columns;

/** What the crosswalks decided when their records were last looked at; rows without an effect are not kept. */
const DECISION = {
	gp_company: TEXT,
	/** Job, account or vendor; "M" for the version of the mapping that the others were judged by. */
	kind: TEXT,
	/** Job, account or vendor id, in upper case. */
	gp_key: TEXT,
	decision: TEXT,
	/** Accounts only: the name a person gave the cost code. */
	name: TEXT,
} as const satisfies Columns;

/** Every table by what the code calls it. The order of columns is that in the grid: what people look for first. */
export const COLUMNS = {
	watermark: WATERMARK,
	projects: PROJECT,
	accounts: ACCOUNT,
	vendors: VENDOR,
	parked: PARKED,
	events: EVENT,
	runs: RUN,
	lease: LEASE,
	journal: JOURNAL,
	requests: REQUEST,
	mappings: MAPPING,
	findings: FINDING,
	decisions: DECISION,
	log: PAGE_LOG,
	alerts: ALERT,
	reconciliation: RECONCILIATION,
} as const;

export type TableKey = keyof typeof COLUMNS;

/**
 * Columns that the tables of releases up to 0.3.0 lack. n8n refuses a row with a column that its table has not, so
 * workflows of that time, which hand rows on as they come, are given none of these until the installer was run.
 */
export const ADDED_AFTER_0_3 = [
	'cause_key',
	'lines',
	'vendor_name',
	'not_proven',
	'read_again',
] as const;

/** A row of a table, e.g. `TableRow<'events'>`. */
export type TableRow<Key extends TableKey> = RowOf<(typeof COLUMNS)[Key]>;

/**
 * Whether a row, as the Data Table node handed it on, is one of this table. Where nothing may stop a workflow, a read
 * that fails hands on `error`, or, when the database failed, the row that came in from the table read before.
 */
export function isRowOf(key: TableKey, row: object): boolean {
	return OF_EACH_RELEASE[key].every((name) => name in row);
}

/** Columns that each table had from the beginning. */
const OF_EACH_RELEASE = Object.fromEntries(
	Object.entries<Columns>(COLUMNS).map(([key, columns]) => [
		key,
		Object.keys(columns).filter(
			(name) =>
				columns[name].lacking === undefined &&
				!(ADDED_AFTER_0_3 as readonly string[]).includes(name),
		),
	]),
) as Record<TableKey, string[]>;

/** A row as it may be written: n8n's own columns cannot be. */
export function ownCells<Row extends { id?: number }>(row: Row): Omit<Row, 'id'> {
	const {
		id: _id,
		createdAt: _created,
		updatedAt: _updated,
		...cells
	} = row as Row & Record<'createdAt' | 'updatedAt', unknown>;
	return cells as unknown as Omit<Row, 'id'>;
}

/** One n8n Data Table. */
export interface TableDefinition {
	/**
	 * n8n finds a table by a part of its name, so no name here may contain another,
	 * and all carry the unusual prefix gpp_ (GP to Procore).
	 */
	name: string;
	columns: Array<{ name: string; type: Column['type'] }>;
}

const NAMES: Record<TableKey, string> = {
	watermark: 'gpp_watermark',
	projects: 'gpp_project_crosswalk',
	accounts: 'gpp_account_crosswalk',
	vendors: 'gpp_vendor_crosswalk',
	parked: 'gpp_parked',
	events: 'gpp_event',
	runs: 'gpp_run',
	lease: 'gpp_lease',
	journal: 'gpp_journal',
	requests: 'gpp_request',
	mappings: 'gpp_mapping',
	findings: 'gpp_finding',
	decisions: 'gpp_decision',
	log: 'gpp_page_log',
	alerts: 'gpp_alert',
	reconciliation: 'gpp_reconciliation',
};

/** The tables the flows keep their state in; created when absent, edited by people as in a spreadsheet. */
export const TABLES = Object.fromEntries(
	(Object.keys(COLUMNS) as TableKey[]).map((key) => [key, definition(key)]),
) as Record<TableKey, TableDefinition>;

function definition(key: TableKey): TableDefinition {
	const columns = Object.entries<Column>(COLUMNS[key]);
	return { name: NAMES[key], columns: columns.map(([name, { type }]) => ({ name, type })) };
}

export type CrosswalkTable = 'projects' | 'accounts' | 'vendors';

/**
 * Words a crosswalk row may have as its action; blank is the first of them. Any other word is refused
 * with the row's name: "skp" must not send what somebody wanted to keep back.
 */
export const CROSSWALK_ACTIONS = {
	projects: ['send', 'skip'],
	/** accrual: a purchase accrual account, whose cost stands on the purchase receipt. */
	accounts: ['send', 'skip', 'accrual'],
	vendors: ['send', 'skip'],
} as const satisfies Record<CrosswalkTable, readonly string[]>;
