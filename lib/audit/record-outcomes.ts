import { add, type Decimal } from '../base/money';
import type { Outcome } from '../base/outcome';
import type { Checkpoint } from '../gp/changes.types';
import type { AccountCrosswalkRow, ProjectCrosswalkRow } from '../mapping/types';
import { chainEvents } from './chain';
import { countOutcomes } from './count-outcomes';
import { eventRow } from './event-row';
import { nextStep } from './next-step';
import { parkedChanges } from './parked-rows';
import { ENTITY_OF_PART } from './parts';
import { MissingCheckpointError } from './run-errors';
import type { AuditEventRow, ParkedRow, RunState } from './types';

export interface RecordOutcomesInput {
	state: RunState;
	executionId: string;
	/** What the sync made of the records handed to it. */
	outcomes: Outcome[];
	/** What mapping did not hand on. */
	notSent: Outcome[];
	/** Of this batch; null only in the phase `parked`. */
	checkpoint: Checkpoint | null;
	/** Rows standing in the parked table for this company and entity. */
	parkedRows: ParkedRow[];
	newJobs: ProjectCrosswalkRow[];
	newAccounts: AccountCrosswalkRow[];
	/** Crosswalk rows standing in the tables. */
	knownJobs: ProjectCrosswalkRow[];
	knownAccounts: AccountCrosswalkRow[];
	/** UTC instant. */
	now: string;
}

export interface RecordedOutcomes {
	/** To append. */
	events: AuditEventRow[];
	/** To insert, before `resolvedRowIds` are deleted: a crash in between leaves a row too many, never one too few. */
	parked: ParkedRow[];
	resolvedRowIds: number[];
	newJobs: ProjectCrosswalkRow[];
	newAccounts: AccountCrosswalkRow[];
	/** The run moved on; `step` is null when it is done. */
	state: RunState;
	/** To upsert by entity and gp_company, last of all; null in dry runs, backfills and parked steps. */
	watermarkRow: WatermarkRow | null;
}

/** Row of the watermarks table. `seen` is JSON. */
export interface WatermarkRow {
	entity: string;
	gp_company: string;
	modified_since: string;
	seen: string;
	run_id: string;
	updated_at: string;
}

/**
 * What a batch leaves behind: rows for the tables and the run moved on to its next step. Pure; the
 * workflow writes the rows in the order events, parked, resolved, crosswalk, watermark.
 *
 * @throws MissingCheckpointError, RunLoopError
 */
export function recordOutcomes(input: RecordOutcomesInput): RecordedOutcomes {
	const { state, checkpoint, now } = input;
	const step = state.step;
	if (step?.phase === 'changes' && checkpoint === null) {
		throw new MissingCheckpointError(state.runId, step.part);
	}
	const all = [...input.notSent, ...input.outcomes];
	const run = { runId: state.runId, executionId: input.executionId, at: now, dryRun: state.dryRun };
	// Unchanged is the usual case by far: counted, but not worth a row each.
	const plain = all
		.filter((outcome) => outcome.outcome !== 'unchanged')
		.map((outcome) => eventRow(outcome, run));
	const { events, head } = state.chain
		? chainEvents(plain, state.chain)
		: { events: plain, head: undefined };
	const { parked, resolvedRowIds } = state.dryRun
		? { parked: [], resolvedRowIds: [] }
		: parkedChanges({ outcomes: all, rows: input.parkedRows, runId: state.runId, now });
	return {
		events,
		parked,
		resolvedRowIds,
		newJobs: state.dryRun ? [] : unknownJobs(input),
		newAccounts: state.dryRun ? [] : unknownAccounts(input),
		state: { ...movedOn(input, all, resolvedRowIds), ...(head ? { chain: head } : {}) },
		watermarkRow: watermarkRow(input),
	};
}

function movedOn(
	{ state, checkpoint, parkedRows }: RecordOutcomesInput,
	all: Outcome[],
	resolvedRowIds: number[],
): RunState {
	if (state.step === null) return state;
	const entity = ENTITY_OF_PART[state.step.part];
	const resolved = new Set(resolvedRowIds);
	// Rows parked by this very run were tried minutes ago: they wait for the next one.
	const waiting = parkedRows.filter(
		(row) => row.run_id !== state.runId && !(row.id !== undefined && resolved.has(row.id)),
	);
	const more = checkpoint?.more ?? false;
	const cursor = checkpoint?.cursor ?? null;
	const step = nextStep(state, { more, cursor, parkedCount: waiting.length });
	const sameReading = step?.phase === 'changes' && step.part === state.step.part;
	return {
		...state,
		step,
		cursor: sameReading ? cursor : null,
		watermark: sameReading ? (checkpoint?.watermark ?? null) : null,
		counts: { ...state.counts, [entity]: countOutcomes(state.counts[entity], all, checkpoint) },
		gpAmount: total(state.gpAmount, all, (outcome) => outcome.source.amount),
		procoreAmount: total(state.procoreAmount, all, (outcome) => outcome.amount),
		batches: state.batches + 1,
	};
}

function watermarkRow({ state, checkpoint, now }: RecordOutcomesInput): WatermarkRow | null {
	if (checkpoint === null || state.dryRun || state.from !== null) return null;
	if (state.step?.phase !== 'changes') return null;
	return {
		entity: checkpoint.entity,
		gp_company: checkpoint.company,
		modified_since: checkpoint.watermark.since ?? '',
		seen: JSON.stringify(checkpoint.watermark.seen),
		run_id: state.runId,
		updated_at: now,
	};
}

function unknownJobs({ newJobs, knownJobs }: RecordOutcomesInput): ProjectCrosswalkRow[] {
	return withoutKnown(newJobs, knownJobs, (row) => `${row.gp_company} ${row.gp_job}`);
}

function unknownAccounts({
	newAccounts,
	knownAccounts,
}: RecordOutcomesInput): AccountCrosswalkRow[] {
	return withoutKnown(newAccounts, knownAccounts, (row) => `${row.gp_company} ${row.gp_account}`);
}

/** Tables have no unique constraint, so a row is proposed only where none stands. */
function withoutKnown<Row>(rows: Row[], known: Row[], key: (row: Row) => string): Row[] {
	const keys = new Set(known.map((row) => key(row).trim().toUpperCase()));
	return rows.filter((row) => {
		const name = key(row).trim().toUpperCase();
		if (keys.has(name)) return false;
		keys.add(name);
		return true;
	});
}

function total(
	before: Decimal,
	outcomes: Outcome[],
	amount: (outcome: Outcome) => Decimal | undefined,
): Decimal {
	return add(before, ...outcomes.map((outcome) => amount(outcome) ?? '0'));
}
