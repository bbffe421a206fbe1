/** Columns of one n8n Data Table. Order is the order in the grid: what people look for first. */
export interface TableDefinition {
	/**
	 * n8n finds a table by a part of its name, so no name here may contain another,
	 * and all carry the unusual prefix gpp_ (GP to Procore).
	 */
	name: string;
	columns: Array<{ name: string; type: 'string' | 'number' | 'boolean' | 'date' }>;
}

const text = (...names: string[]) => names.map((name) => ({ name, type: 'string' as const }));
const number = (...names: string[]) => names.map((name) => ({ name, type: 'number' as const }));
const yesNo = (name: string) => [{ name, type: 'boolean' as const }];

/** The tables the flows keep their state in; created when absent, edited by people as in a spreadsheet. */
export const TABLES = {
	watermark: {
		name: 'gpp_watermark',
		columns: text('entity', 'gp_company', 'modified_since', 'seen', 'run_id', 'updated_at'),
	},
	projects: {
		name: 'gpp_project_crosswalk',
		columns: text(
			'gp_company',
			'gp_job',
			'gp_job_name',
			'procore_project_id',
			'procore_project_name',
			'action',
			'note',
		),
	},
	accounts: {
		name: 'gpp_account_crosswalk',
		columns: text(
			'gp_company',
			'gp_account',
			'gp_description',
			'cost_code',
			'cost_code_name',
			'cost_type',
			'action',
			'note',
		),
	},
	vendors: {
		name: 'gpp_vendor_crosswalk',
		columns: text('gp_company', 'gp_vendor_id', 'procore_vendor_id', 'action', 'note'),
	},
	parked: {
		name: 'gpp_parked',
		columns: [
			...text('entity', 'gp_company', 'gp_key', 'gp_label', 'reason_code', 'message', 'remedy'),
			...number('tries'),
			...text('first_parked_at', 'last_tried_at', 'gp_amount', 'run_id', 'payload', 'cause_key'),
		],
	},
	events: {
		name: 'gpp_event',
		columns: [
			...text(
				'at',
				'entity',
				'gp_company',
				'gp_key',
				'gp_label',
				'gp_state',
				'outcome',
				'reason_code',
				'message',
				'remedy',
				'procore_type',
				'procore_id',
				'procore_project_id',
				'origin_id',
				'gp_amount',
				'procore_amount',
				'rule',
				'changes',
				'source_hash',
				'request_id',
				'run_id',
				'execution_id',
				'batch_id',
				'replay_of',
				'mapping_version',
				'procore_link',
				'touches',
			),
			...number('attempt', 'sequence'),
			...text('chain', 'lines', 'vendor_name'),
			...yesNo('dry_run'),
		],
	},
	runs: {
		name: 'gpp_run',
		columns: [
			...text('run_id', 'status', 'started_at', 'finished_at', 'start_kind'),
			...yesNo('dry_run'),
			...text('gp_company', 'read_from'),
			...number(
				'created',
				'updated',
				'unchanged',
				'adopted',
				'voided',
				'parked',
				'skipped',
				'failed',
			),
			...text('gp_amount', 'procore_amount', 'vendors', 'accounts', 'payables', 'execution_id'),
			...number('read', 'calls', 'waited_ms', 'duration_s', 'events'),
			...text(
				'watermark_from',
				'watermark_to',
				'alive_at',
				'error',
				'execution_link',
				'chain',
				'events_removed_at',
				'not_proven',
				'read_again',
			),
		],
	},
	/** One row per GP company: which run may write now. */
	lease: {
		name: 'gpp_lease',
		columns: text('gp_company', 'run_id', 'execution_id', 'taken_at', 'until'),
	},
	/** One row per batch that was started and whose events are not written yet. Normally empty. */
	journal: {
		name: 'gpp_journal',
		columns: text('batch_id', 'run_id', 'gp_company', 'entity', 'started_at', 'places'),
	},
	/** Records to read again from GP by key on the next run: replays, and what a changed crosswalk row affects. */
	requests: {
		name: 'gpp_request',
		columns: [
			...text(
				'entity',
				'gp_company',
				'gp_key',
				'gp_label',
				'reason',
				'requested_at',
				'requested_by',
			),
			...number('tries'),
			...text('payload', 'note'),
		],
	},
	/**
	 * Which mapping decided: one row per company and version, as the Mapping node of the sync had it.
	 * The latest used is the one that counts, for every other workflow too.
	 */
	mappings: {
		name: 'gpp_mapping',
		columns: text('gp_company', 'version', 'used_at', 'settings'),
	},
	/** What setup found in GP and Procore about where things stand: one row per company and subject. */
	findings: {
		name: 'gpp_finding',
		columns: text(
			'gp_company',
			'subject',
			'status',
			'found',
			'coverage',
			'examples',
			'others',
			'settings',
			'accepted',
			'found_at',
			'accepted_at',
		),
	},
	/** What the crosswalks decided when their records were last looked at; rows without an effect are not kept. */
	decisions: {
		name: 'gpp_decision',
		columns: text('gp_company', 'kind', 'gp_key', 'decision', 'name'),
	},
	/** Who did what on the page. Append-only. */
	log: {
		name: 'gpp_page_log',
		columns: [
			...text('at', 'by', 'act', 'subject', 'gp_company', 'before', 'after'),
			...number('records'),
		],
	},
	/** Alerts standing: one row per condition, gone when it clears. */
	alerts: {
		name: 'gpp_alert',
		columns: [
			...text('condition', 'gp_company', 'severity', 'subject', 'message', 'remedy'),
			...text('first_at', 'last_at', 'notified_at', 'run_id', 'link'),
			...number('times', 'level'),
		],
	},
	/** Result of the last reconciliations: one row per difference, and one with the totals. */
	reconciliation: {
		name: 'gpp_reconciliation',
		columns: text(
			'row_kind',
			'project',
			'cost_code',
			'vendor',
			'month',
			'gp_amount',
			'procore_amount',
			'difference',
			'unexplained',
			'explained',
			'cause',
			'gp_label',
			'remedy',
			'at',
			'gp_company',
			'gp_key',
			'procore_project_id',
			'procore_id',
			'run_id',
			'not_proven',
		),
	},
} satisfies Record<string, TableDefinition>;
