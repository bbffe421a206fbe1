import {
	type Checkpoint,
	type CheckpointItem,
	type RecheckReport,
	together,
} from '../model/gp-changes';
import { canonicalKey } from '../model/keys';
import { add, type Decimal } from '../model/money';
import type { Outcome } from '../model/outcome';
import type { AccountCrosswalkRow, ProjectCrosswalkRow } from '../mapping/types';
import { settledBySearch } from './batch';
import {
	type AuditEventRow,
	countOutcomes,
	type JournalRow,
	type ParkedRow,
	type RunState,
} from '../audit/event-row';
import { eventsOfBatch, recordsLacked, type WatermarkRow } from './events-of-batch';
import { MissingCheckpointError, nextStep } from './run';
import {
	isOwed,
	isStillOwed,
	parkedChanges,
	rowsByKey,
	waitsFor,
	withoutStillWaiting,
} from './parked-rows';
import { leftUnseen, type StillWaiting, stillWaiting, type TryAgain } from './look-up';
import { ENTITY_OF_PART } from '../streams/streams';
import { type RequestResults, type RequestRow, resultsOfRequests } from './requests/requests';

export interface RecordOutcomesInput {
	state: RunState;
	executionId: string;
	/** What the sync made of the records handed to it. */
	outcomes: Outcome[];
	/** What mapping did not hand on. */
	notSent: Outcome[];
	/** Of this batch; null only in the phase `parked`. Syncs add the calls they made. */
	checkpoint:
		| (CheckpointItem & {
				procore?: { calls: number; waitedMs: number };
				/** What was found in Procore of batches that were cut off. */
				unrecorded?: { batches: string[]; writes: Outcome[] };
		  })
		| null;
	/** Rows standing in the parked table for this company and entity. */
	parkedRows: ParkedRow[];
	/** Which rows of that table the batch looked for to try again, and those found; absent = all of the above. */
	tried?: { again: TryAgain; rows: ParkedRow[] };
	newJobs: ProjectCrosswalkRow[];
	newAccounts: AccountCrosswalkRow[];
	/** Crosswalk rows standing in the tables. */
	knownJobs: ProjectCrosswalkRow[];
	knownAccounts: AccountCrosswalkRow[];
	/** UTC instant. */
	now: string;
	batchId?: string;
	/** Columns the table of events lacks, in workflows of an earlier release. */
	lackingColumns?: readonly string[];
	/** Events already written by batches that were cut off, earlier attempts at this one among them. */
	recordedEvents?: AuditEventRow[];
	/** Rows of the request table this batch worked off. */
	requests?: RequestRow[];
	/** Journal rows of this company, and those known to be done with. */
	journal?: JournalRow[];
	settledRowIds?: number[];
}

export interface RecordedOutcomes {
	/** To append. */
	events: AuditEventRow[];
	/** To insert, before `resolvedRowIds` are deleted: a crash in between leaves a row too many, never one too few. */
	parked: ParkedRow[];
	resolvedRowIds: number[];
	/** Rows to keep, as decided by what is known now. */
	stillWaiting: StillWaiting | null;
	newJobs: ProjectCrosswalkRow[];
	newAccounts: AccountCrosswalkRow[];
	/** Rows of the request table to delete, and to change. */
	answeredRowIds: number[];
	repeatRequests: RequestResults['repeat'];
	/** Rows of the journal to delete: the events of those batches are written. */
	settledRowIds: number[];
	/** The run moved on; `step` is null when it is done. */
	state: RunState;
	/** To upsert by entity and gp_company, last of all; null in dry runs, backfills and parked steps, and where it did not move. */
	watermarkRow: WatermarkRow | null;
}

/**
 * What a batch leaves behind: rows for the tables and the run moved on to its next step. Pure; the
 * workflow writes the rows in the order events, parked, resolved, crosswalk, requests, journal,
 * watermark.
 *
 * @throws MissingCheckpointError, RunLoopError
 */
export function recordOutcomes(input: RecordOutcomesInput): RecordedOutcomes {
	const { state, checkpoint, now } = input;
	const step = state.step;
	if (step?.phase === 'changes' && checkpoint === null) {
		throw new MissingCheckpointError(state.runId, step.part);
	}
	const requested = resultsOfRequests(
		input.requests ?? [],
		[...input.notSent, ...input.outcomes],
		state,
	);
	const all = requested.outcomes;
	const waits = waitsFor(input.outcomes, input.tried?.again.known ?? null);
	const told = withoutStillWaiting(all, { state, rows: input.parkedRows, now, waitsFor: waits });
	const standing = rowsByKey(input.parkedRows);
	const { events, chain } = eventsOfBatch({
		outcomes:
			step?.phase === 'changes' && !state.dryRun
				? told.filter((outcome) => !isStillOwed(outcome, standing, now))
				: told,
		context: {
			runId: state.runId,
			executionId: input.executionId,
			at: now,
			dryRun: state.dryRun,
			batchId: input.batchId,
		},
		recorded: input.recordedEvents ?? [],
		lacking: input.lackingColumns,
		found: (checkpoint?.unrecorded?.writes ?? []).map((write) => ({
			...write,
			source: { ...write.source, company: state.company },
		})),
		parkedRows: input.parkedRows,
		requests: input.requests ?? [],
		chain: state.chain,
	});
	const run = { runId: state.runId, now };
	const { parked, resolvedRowIds } = state.dryRun
		? { parked: [], resolvedRowIds: [] }
		: parkedChanges({
				...run,
				outcomes: told,
				rows: input.parkedRows,
				waitsFor: waits,
				portion: step?.phase === 'parked' ? input.tried?.rows : [],
			});
	const lacked = recordsLacked(all, input.parkedRows, run);
	const toRead = [...lacked, ...leftUnseen(events, input.outcomes, run)];
	const found = checkpoint?.unrecorded?.batches ?? [];
	const moved = { ...movedOn(input, all, resolvedRowIds, found), ...(chain ? { chain } : {}) };
	return {
		events,
		parked: [...parked, ...(state.dryRun ? [] : toRead)],
		resolvedRowIds,
		stillWaiting: input.tried ? stillWaiting(state, input.tried.rows, input.tried.again) : null,
		newJobs: state.dryRun ? [] : unknownJobs(input),
		newAccounts: state.dryRun ? [] : unknownAccounts(input),
		// Nothing was written, so what was asked for is still to be done; it is tried once per run.
		answeredRowIds: state.dryRun ? [] : requested.answeredRowIds,
		repeatRequests: state.dryRun ? [] : requested.repeat,
		settledRowIds: [
			...(input.settledRowIds ?? []),
			...(state.dryRun ? [] : settledBySearch(state, found, input.journal ?? [])),
		],
		state: moved,
		watermarkRow: watermarkRow(input),
	};
}

function movedOn(
	{ state, batchId, checkpoint, parkedRows, requests, tried }: RecordOutcomesInput,
	all: Outcome[],
	resolvedRowIds: number[],
	found: readonly string[],
): RunState {
	if (state.step === null) return state;
	const entity = ENTITY_OF_PART[state.step.part];
	// Rows parked by this very run were tried minutes ago: they wait for the next one.
	const earlier = (tried?.rows ?? parkedRows).filter(({ run_id }) => run_id !== state.runId);
	// One that was looked for, to learn whether there are any, stands for all, whatever it is itself.
	const goesOn = (row: ParkedRow) => !isOwed(row) && !resolvedRowIds.includes(row.id ?? 0);
	const waiting = tried ? earlier : earlier.filter(goesOn);
	const more = checkpoint?.more ?? false;
	const cursor = checkpoint?.cursor ?? null;
	const step = nextStep(state, {
		more,
		cursor,
		parkedCount: waiting.length,
		// A dry run deletes no request, so it would find the same ones for ever.
		requestCount: state.dryRun ? 0 : (requests?.length ?? 0),
	});
	const sameReading = state.step.phase === 'changes' && step?.phase === 'changes';
	const nextPortion = state.step.phase === 'parked' && step?.phase === 'parked';
	const since = state.step.phase === 'changes' ? checkpoint?.watermark.since : undefined;
	const { gp, procore, waitedMs } = state.traffic ?? { gp: 0, procore: 0, waitedMs: 0 };
	const { repeats: _repeats, cutOff = [], ...run } = state;
	const stillCutOff = cutOff.filter((batchId) => !found.includes(batchId));
	return {
		...run,
		...(batchId ? { lastBatch: batchId } : {}),
		...((requests?.length ?? 0) > 0 ? { asked: true as const } : {}),
		...(stillCutOff.length > 0 ? { cutOff: stillCutOff } : {}),
		step,
		...readingOf(state, step, sameReading ? { cursor, checkpoint } : null),
		...(nextPortion ? { cursor } : {}),
		...(state.reach && since
			? { reach: { ...state.reach, to: { ...state.reach.to, [entity]: since } } }
			: {}),
		counts: { ...state.counts, [entity]: countOutcomes(state.counts[entity], all, checkpoint) },
		...(checkpoint?.completeness
			? {
					completeness: {
						...state.completeness,
						[entity]: together(state.completeness?.[entity], checkpoint.completeness),
					},
				}
			: {}),
		...(checkpoint?.recheck
			? { recheck: { ...state.recheck, [entity]: withoutRead(checkpoint.recheck) } }
			: {}),
		traffic: {
			gp: gp + (checkpoint?.counts.requests ?? 0),
			procore: procore + (checkpoint?.procore?.calls ?? 0),
			waitedMs: waitedMs + (checkpoint?.procore?.waitedMs ?? 0),
		},
		gpAmount: total(state.gpAmount, all, (outcome) => outcome.source.amount),
		procoreAmount: total(state.procoreAmount, all, (outcome) => outcome.amount),
		batches: state.batches + 1,
	};
}

function withoutRead({
	read: _read,
	...report
}: NonNullable<Checkpoint['recheck']>): RecheckReport {
	return report;
}

/** Where the next step reads on: behind this batch, or where its own stream stood. */
function readingOf(
	state: RunState,
	step: RunState['step'],
	behind: { cursor: string | null; checkpoint: CheckpointItem | null } | null,
): Pick<RunState, 'cursor' | 'watermark' | 'watermarks'> {
	if (state.watermarkInTable) return { cursor: behind?.cursor ?? null, watermark: null };
	if (behind) return { cursor: behind.cursor, watermark: behind.checkpoint?.watermark ?? null };
	if (step?.part === state.step?.part) return { cursor: null, watermark: state.watermark };
	const watermarks = { ...state.watermarks };
	if (state.step) delete watermarks[ENTITY_OF_PART[state.step.part]];
	return {
		cursor: null,
		watermark: step ? (watermarks[ENTITY_OF_PART[step.part]] ?? null) : null,
		...(state.watermarks ? { watermarks } : {}),
	};
}

function watermarkRow({ state, checkpoint, now }: RecordOutcomesInput): WatermarkRow | null {
	if (checkpoint === null || state.dryRun || state.from !== null) return null;
	// When it was read last stands in the row of its run: each write makes n8n measure all its tables.
	if (state.step?.phase !== 'changes' || checkpoint.unmoved) return null;
	const { entity, company, watermark } = checkpoint;
	const { since, seen } = watermark;
	return {
		...{ entity, gp_company: company, modified_since: since ?? '' },
		seen: typeof seen === 'string' ? seen : JSON.stringify(seen),
		run_id: state.runId,
		updated_at: now,
	};
}

function unknownJobs({ newJobs, knownJobs }: RecordOutcomesInput): ProjectCrosswalkRow[] {
	return withoutKnown(newJobs, knownJobs, (row) => [row.gp_company, row.gp_job]);
}

function unknownAccounts({
	newAccounts,
	knownAccounts,
}: RecordOutcomesInput): AccountCrosswalkRow[] {
	return withoutKnown(newAccounts, knownAccounts, (row) => [row.gp_company, row.gp_account]);
}

/** Tables have no unique constraint, so a row is proposed only where none stands. */
function withoutKnown<Row>(rows: Row[], known: Row[], key: (row: Row) => string[]): Row[] {
	const nameOf = (row: Row) => JSON.stringify(key(row).map(canonicalKey));
	const keys = new Set(known.map(nameOf));
	return rows.filter((row) => {
		const name = nameOf(row);
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
