import type { Completeness } from '../model/completeness';
import type { Decimal } from '../model/money';
import type { Entity } from '../model/source';
import type { RecheckReport, Watermark } from '../model/gp-changes.types';
import type { RunPart } from '../streams/streams';

export type { RunPart } from '../streams/streams';

/** What a part does, in this order: records asked for again, what changed in GP, what waits. */
export type RunPhase = 'requested' | 'changes' | 'parked';

/** Sums over a run, by outcome. */
export interface EntityCounts {
	read: number;
	created: number;
	updated: number;
	unchanged: number;
	adopted: number;
	reactivated: number;
	voided: number;
	parked: number;
	skipped: number;
	failed: number;
}

/**
 * What the outer run hands to each batch, and gets back, moved on. Small: it is the only
 * thing the parent execution keeps.
 */
export interface RunState {
	runId: string;
	startKind: 'schedule' | 'manual' | 'form' | 'replay';
	/** GP company database id. */
	company: string;
	dryRun: boolean;
	/** `YYYY-MM-DD`: read from here and leave the watermark alone; null = go on from the watermark. */
	from: string | null;
	parts: RunPart[];
	/** Only the records asked for by name: neither what changed nor what waits. */
	onlyRequested?: boolean;
	/** Step in hand; null when the run is done. */
	step: { part: RunPart; phase: RunPhase; batch: number } | null;
	/** Cursor from the last checkpoint of this step. */
	cursor: string | null;
	/** Watermark carried inside the run (dry runs and backfills never store it). */
	watermark: Watermark | null;
	/**
	 * Where the streams not begun yet go on from, as read when the run took its lease: a batch that is
	 * retried begins where it began, even when its first attempt had moved the watermark already.
	 */
	watermarks?: Partial<Record<Entity, Watermark>>;
	/** `since` of each stream's watermark before the run and behind its last batch. */
	reach?: { from: Partial<Record<Entity, string>>; to: Partial<Record<Entity, string>> };
	counts: Record<Entity, EntityCounts>;
	/** Whether what was read of GP was all there is, by stream; absent for a stream not read. */
	completeness?: Partial<Record<Entity, Completeness>>;
	/** How far the turn is of what is read again without a sign of change, by stream. */
	recheck?: Partial<Record<Entity, RecheckReport>>;
	/** Calls made so far, and time spent waiting for Procore's limits. */
	traffic?: { gp: number; procore: number; waitedMs: number };
	/** Sum of GP cost seen, and of Procore amounts acknowledged, exact. */
	gpAmount: Decimal;
	procoreAmount: Decimal;
	/** Every batch acknowledged advanced this by one: names the batches, and guards against loops. */
	batches: number;
	startedAt: string;
	/** How long its lease lasts without a sign of life. */
	leaseMinutes?: number;
	/** The outermost execution, the one to look at and to retry. */
	execution?: { id: string; link: string };
	/** It failed and was retried: without its lease it must not end quietly. */
	resumed?: boolean;
	/** Attempts at batches of this run that failed before they were recorded. */
	cutOff?: string[];
	/** The batch recorded last: its journal row goes when the next one begins, or the run is closed. */
	lastBatch?: string;
	/** How often in a row the batch in hand took longer than its lease. */
	repeats?: number;
	/** Head of the event hash chain; absent where none is kept. */
	chain?: { events: number; hash: string };
}

/** Row of the events table: append-only, one per record handled. All text, so the grid shows it. */
export interface AuditEventRow {
	run_id: string;
	execution_id: string;
	at: string;
	entity: string;
	gp_company: string;
	gp_key: string;
	gp_label: string;
	gp_state: string;
	source_hash: string;
	rule: string;
	outcome: string;
	reason_code: string;
	message: string;
	remedy: string;
	procore_type: string;
	procore_id: string;
	procore_project_id: string;
	origin_id: string;
	gp_amount: string;
	procore_amount: string;
	changes: string;
	/** What GP calls the vendor of a document. */
	vendor_name?: string;
	/** Cost lines as they were sent, JSON, see lib/audit/lines-cell; blank where nothing was to be changed. */
	lines?: string;
	request_id: string;
	dry_run: boolean;
	/** Batch that wrote the record: `{run id}/{number}`. */
	batch_id?: string;
	/** How often this record has been handled since it last stood as it should: 1 = the first time. */
	attempt?: number;
	/** Id of the row in gpp_request that asked for it: a replay or a changed crosswalk row. */
	replay_of?: string;
	/** contentHash of the mapping settings that decided. */
	mapping_version?: string;
	/** Address of the record in Procore's own pages. */
	procore_link?: string;
	/**
	 * What a person or a changed crosswalk row looks the record up by, in upper case:
	 * `|V:ACME0001|VOUCHER:00417|J:300|A:300-5110-02|P:9001|`.
	 */
	touches?: string;
	/** Place in the run's hash chain, from 1; only where the chain is kept. */
	sequence?: number;
	/** Hash over this row and the one before it. */
	chain?: string;
}

/** Row of the lease table: which run may write for a GP company. */
export interface LeaseRow {
	id?: number;
	gp_company: string;
	run_id: string;
	execution_id: string;
	taken_at: string;
	/** UTC instant; renewed with every batch. */
	until: string;
}

/** Row of the journal: a batch that was started, until it is known that its events are written. */
export interface JournalRow {
	id?: number;
	batch_id: string;
	run_id: string;
	gp_company: string;
	entity: string;
	started_at: string;
	/** Where it was to write, with commas: Procore projects, standard lists as `list 5`. Empty: not known. */
	places?: string;
}

/** Row of the parked table: what waits, why, and what to do. */
export interface ParkedRow {
	id?: number;
	run_id: string;
	entity: string;
	gp_company: string;
	gp_key: string;
	gp_label: string;
	reason_code: string;
	/** What it waits for, see lib/model/cause-key; rows of earlier versions have none. */
	cause_key?: string;
	message: string;
	remedy: string;
	tries: number;
	first_parked_at: string;
	last_tried_at: string;
	gp_amount: string;
	/** The GP record as JSON, so that trying again costs no call. */
	payload: string;
}

/** Row of the runs table. */
export interface RunRow {
	run_id: string;
	execution_id: string;
	started_at: string;
	finished_at: string;
	status: string;
	start_kind: string;
	dry_run: boolean;
	gp_company: string;
	read_from: string;
	vendors: string;
	accounts: string;
	payables: string;
	created: number;
	updated: number;
	unchanged: number;
	adopted: number;
	voided: number;
	parked: number;
	skipped: number;
	failed: number;
	/** What of the reading is not proven complete, see lib/model/completeness; blank or absent when all is. */
	not_proven?: string;
	/** What is read again in turn, and how many runs a turn takes, see lib/run/recheck-words. */
	read_again?: string;
	gp_amount: string;
	procore_amount: string;
	/** GP records read, Procore and GP calls made, time spent waiting for limits, whole duration. */
	read?: number;
	calls?: number;
	waited_ms?: number;
	duration_s?: number;
	/** Watermarks before and after, as JSON by entity. */
	watermark_from?: string;
	watermark_to?: string;
	/** When the run last finished a batch: sign of life. */
	alive_at?: string;
	/** Why it failed, redacted. */
	error?: string;
	/** Address of the execution in n8n. */
	execution_link?: string;
	/** Events written and hash of the last; only where the chain is kept. */
	events?: number;
	chain?: string;
	/** When retention removed the events of this run, all of them; blank while they stand. */
	events_removed_at?: string;
}
