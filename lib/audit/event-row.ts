import { storable } from '../model/foreign-text';
import type { Entity } from '../model/desired';
import type {
	CheckpointItem,
	Completeness,
	RecheckReport,
	Watermark,
	WatermarkItem,
} from '../model/gp-changes';
import { recordIdentity, withAffectedKey } from '../model/keys';
import type { Decimal } from '../model/money';
import type { FieldChange, Outcome, OutcomeLine } from '../model/outcome';
import { redactChange, redactText } from '../model/redact';
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
	/** It was typed in the workflow, not taken from the credential. */
	companyNamed?: true;
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
	/**
	 * Each batch reads the watermark of its stream from the table: what is remembered of twenty thousand
	 * open documents is more than a run of hundreds of batches may carry along.
	 */
	watermarkInTable?: true;
	/** Watermark carried inside the run, in workflows up to 0.6.0. */
	watermark: WatermarkItem | null;
	/** In those: where the streams not begun yet go on from, as read when the run took its lease. */
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
	/** Records were asked for by name: they may come once more with what changed. */
	asked?: true;
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

/** Letters a cell takes: some 25 lines. */
const LONGEST = 2_000;
const LONGEST_DESCRIPTION = 60;

/** Cost code, cost type, amount, description. */
type Written = [costCode: string, costType: string, amount: string, description: string];

/** Lines as a cell of gpp_event holds them: whole ones only; those that do not fit are counted at the end. */
export function linesCell(lines: readonly OutcomeLine[]): string {
	const parts: string[] = [];
	let length = 0;
	for (const { costCode = '', costType = '', amount, description = '' } of lines) {
		const text = storable(redactText(description)).slice(0, LONGEST_DESCRIPTION);
		const part = JSON.stringify([costCode, costType, amount, text] satisfies Written);
		if (length + part.length > LONGEST) {
			parts.push(String(lines.length - parts.length));
			break;
		}
		length += part.length + 1;
		parts.push(part);
	}
	return parts.length === 0 ? '' : `[${parts.join(',')}]`;
}

/** What stands in such a cell, and how many lines did not fit; null for any other text. */
export function readLinesCell(cell: string): { lines: OutcomeLine[]; more: number } | null {
	try {
		const list: unknown = JSON.parse(cell);
		if (!Array.isArray(list)) return null;
		const more: unknown = list.at(-1);
		const written = typeof more === 'number' ? list.slice(0, -1) : list;
		const fits = (one: unknown): one is Written =>
			Array.isArray(one) && one.length === 4 && one.every((part) => typeof part === 'string');
		if (!written.every(fits)) return null;
		return {
			lines: written.map(([costCode, costType, amount, description]) => ({
				...{ costCode, costType, amount, description },
			})),
			more: typeof more === 'number' ? more : 0,
		};
	} catch {
		return null;
	}
}

const LONGEST_TEXT = 1000;
const LONGEST_CHANGES = 4000;

export interface EventContext {
	runId: string;
	executionId: string;
	/** UTC instant. */
	at: string;
	dryRun: boolean;
	batchId?: string;
	/** How often the record has been tried since it last stood as it should. */
	attempt?: number;
	/** Id of the request that asked for it. */
	replayOf?: string;
}

/** One outcome as a row of the events table. */
export function eventRow(outcome: Outcome, run: EventContext): AuditEventRow {
	const { source, reason, procore } = outcome;
	return {
		run_id: run.runId,
		execution_id: run.executionId,
		at: run.at,
		entity: source.entity,
		gp_company: source.company,
		gp_key: source.key,
		gp_label: cell(source.label),
		gp_state: source.state ?? '',
		source_hash: source.hash,
		rule: cell(source.rule),
		outcome: outcome.outcome,
		reason_code: reason?.code ?? '',
		message: cell(reason?.message),
		remedy: cell(reason?.remedy),
		procore_type: procore?.type ?? '',
		procore_id: procore?.id ?? '',
		procore_project_id: procore?.projectId ?? '',
		origin_id: outcome.originId ?? '',
		gp_amount: source.amount ?? '',
		procore_amount: outcome.amount ?? '',
		changes: changesCell(outcome.changes ?? []),
		vendor_name: cell(source.vendorName),
		lines: linesCell(outcome.lines ?? []),
		request_id: cell(reason?.requestId),
		dry_run: run.dryRun || outcome.dryRun,
		batch_id: run.batchId ?? '',
		attempt: run.attempt ?? 1,
		replay_of: run.replayOf ?? '',
		mapping_version: source.mappingVersion ?? '',
		procore_link: procore?.link ?? '',
		touches: withAffectedKey(
			source.touches ?? '',
			{ kind: 'P', value: procore?.projectId ?? '' },
			LONGEST_TEXT,
		),
	};
}

/** Text as it may stand in a table: no secrets, no greater than a person reads, the same when read back. */
export function cell(text: string | undefined): string {
	const clean = redactText(text ?? '');
	return storable(clean.length <= LONGEST_TEXT ? clean : `${clean.slice(0, LONGEST_TEXT - 1)}…`);
}

/**
 * Changes as JSON, whole ones only: what does not fit is counted at the end. Of what stood blank before only the new
 * value is told: most events make something new, and events are most of what n8n's tables hold.
 */
function changesCell(changes: FieldChange[]): string {
	if (changes.length === 0) return '';
	const parts: string[] = [];
	let length = 0;
	for (const change of changes) {
		const { field, before, after } = redactChange(change);
		const part = JSON.stringify({ field, ...(before === null ? {} : { before }), after });
		if (length + part.length > LONGEST_CHANGES) {
			parts.push(JSON.stringify({ field: '…', more: changes.length - parts.length }));
			break;
		}
		length += part.length;
		parts.push(part);
	}
	return `[${parts.join(',')}]`;
}

/** Of any row that is about a record: equal where it is the same record of GP. */
export function recordId(row: { gp_company: string; entity: string; gp_key: string }): string {
	return recordIdentity({ company: row.gp_company, entity: row.entity, key: row.gp_key });
}

/**
 * Counts after a batch. Rows GP returned again unchanged count as read and unchanged although
 * they were never handed on; locked and conflicting records count as failed.
 */
export function countOutcomes(
	before: EntityCounts,
	outcomes: Outcome[],
	checkpoint: CheckpointItem | null,
): EntityCounts {
	const counts = { ...before };
	for (const { outcome } of outcomes) {
		if (outcome === 'locked' || outcome === 'conflict') counts.failed++;
		else counts[outcome]++;
	}
	counts.read += checkpoint?.counts.read ?? 0;
	counts.unchanged += checkpoint?.counts.unchanged ?? 0;
	return counts;
}
