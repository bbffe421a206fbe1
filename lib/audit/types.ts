import type { Completeness, RecheckReport, Watermark } from '../model/gp-changes';
import type { Decimal } from '../model/money';
import type { Entity } from '../model/desired';
import type { RunPart } from '../streams/streams';
import type { TableRow } from '../tables/tables';

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
	/** Host of the GP server it reads, and how many runs may read that at once; absent: not known. */
	gpServer?: string;
	gpRuns?: number;
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
export type AuditEventRow = TableRow<'events'>;

/** Row of the lease table: which run may write for a GP company. */
export type LeaseRow = TableRow<'lease'>;

/** Row of the journal: a batch that was started, until it is known that its events are written. */
export type JournalRow = TableRow<'journal'>;

/** Row of the parked table: what waits, why, and what to do. */
export type ParkedRow = TableRow<'parked'>;

/** Row of the runs table. */
export type RunRow = TableRow<'runs'>;
