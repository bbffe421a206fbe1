import { startOfChain } from '../audit/chain';
import {
	cell,
	type EntityCounts,
	type RunPart,
	type RunRow,
	type RunState,
} from '../audit/event-row';
import { ConnectorError } from '../model/connector-error';
import { notProven, type RecheckReport, type Watermark } from '../model/gp-changes';
import { endStatus, type RunStatus } from '../model/outcome';
import {
	byEntity,
	byPart,
	type Entity,
	ENTITY_OF_PART,
	PARTS_IN_ORDER,
	STREAMS,
} from '../streams/streams';

/** Of documents only those that are open may change so. */
const openOf = (entity: Entity) =>
	entity === 'payable' ? 'open documents' : STREAMS[entity].short;

/**
 * Cell `read_again` of the runs table: what may change in GP without a date that moves is read again in
 * turn, and how long a turn takes. "34 open documents are read again every 6 runs"; blank where nothing is.
 */
export function recheckWords(reports: Partial<Record<Entity, RecheckReport>> | undefined): string {
	return (Object.entries(reports ?? {}) as Array<[Entity, RecheckReport]>)
		.flatMap(([entity, { open, openRuns, closed, closedRuns, listed }]) => [
			inTurn(open, openOf(entity), openRuns),
			inTurn(closed, 'documents in history', closedRuns),
			...(listed > 0
				? [`${listed} ${openOf(entity)}, of which the list tells all, are compared once a day`]
				: []),
		])
		.filter(Boolean)
		.join('; ');
}

function inTurn(count: number, what: string, runs: number): string {
	if (count === 0) return '';
	if (runs === 0) return `${count} ${what} are not read again: "recheck" of the site profile is 0`;
	return `${count} ${what} are read again every ${runs === 1 ? 'run' : `${runs} runs`}`;
}

/** A run before its first batch. Parts come in the order in which they must flow; none = all. */
export function openRun(input: {
	runId: string;
	startKind: RunState['startKind'];
	company: string;
	companyNamed?: boolean;
	dryRun: boolean;
	/** `YYYY-MM-DD`; null or blank goes on from the watermark. */
	from: string | null;
	parts: readonly RunPart[];
	/** UTC instant. */
	now: string;
	/** Keep a hash chain over the events: the tables need the columns `sequence`, `events`, `chain`. */
	chained?: boolean;
	/** Only what stands in the request table. */
	onlyRequested?: boolean;
	/** How long its lease lasts without a sign of life. */
	leaseMinutes?: number;
	/** Host of the GP server, and how many runs may read it at once. */
	gpServer?: string;
	gpRuns?: number;
}): RunState {
	const wanted = PARTS_IN_ORDER.filter((part) => input.parts.includes(part));
	const parts = wanted.length > 0 ? wanted : [...PARTS_IN_ORDER];
	return {
		runId: input.runId,
		startKind: input.startKind,
		company: input.company,
		...(input.companyNamed ? { companyNamed: true as const } : {}),
		dryRun: input.dryRun,
		from: input.from?.trim() ? input.from.trim() : null,
		parts,
		...(input.leaseMinutes ? { leaseMinutes: input.leaseMinutes } : {}),
		...(input.onlyRequested ? { onlyRequested: true } : {}),
		...(input.gpServer ? { gpServer: input.gpServer, gpRuns: input.gpRuns } : {}),
		step: { part: parts[0], phase: 'requested', batch: 1 },
		cursor: null,
		watermark: null,
		counts: byEntity(noCounts),
		traffic: { gp: 0, procore: 0, waitedMs: 0 },
		gpAmount: '0',
		procoreAmount: '0',
		batches: 0,
		startedAt: input.now,
		...(input.chained ? { chain: startOfChain(input.runId) } : {}),
	};
}

/**
 * The run once it holds its lease: where each stream goes on from. Told before, it stays so.
 *
 * @param inTable the batches read the watermark of their stream themselves
 */
export function withWatermarks(
	state: RunState,
	watermarks: Partial<Record<Entity, Watermark>>,
	inTable: boolean,
): RunState {
	if (state.reach) return state;
	const since = Object.entries(watermarks).map(([entity, { since }]) => [entity, since ?? '']);
	const reach = { from: Object.fromEntries(since), to: {} };
	if (inTable) return { ...state, reach, watermarkInTable: true };
	const watermark = watermarks[ENTITY_OF_PART[state.parts[0]]] ?? null;
	return { ...state, reach, watermark, watermarks };
}

/** Row of a run that ended; `status` says how. One that succeeded with failed records says so itself. */
export function closeRun(
	state: RunState,
	input: {
		executionId: string;
		executionLink?: string;
		status: RunStatus;
		now: string;
		error?: string;
	},
): RunRow {
	const row = runRow(state, { ...input, finishedAt: input.now });
	return input.status === 'success' ? { ...row, status: endStatus(row) } : row;
}

/** Row of a run at any time; an open one has a blank `finished_at`. */
export function runRow(
	state: RunState,
	input: {
		executionId: string;
		executionLink?: string;
		status: RunStatus;
		finishedAt?: string;
		/** UTC instant of the last sign of life. */
		aliveAt?: string;
		error?: string;
	},
): RunRow {
	const all = Object.values(state.counts);
	const sum = (name: keyof EntityCounts) => all.reduce((total, counts) => total + counts[name], 0);
	const lastSign = input.finishedAt ?? input.aliveAt ?? state.startedAt;
	return {
		run_id: state.runId,
		execution_id: input.executionId,
		started_at: state.startedAt,
		finished_at: input.finishedAt ?? '',
		status: input.status,
		start_kind: state.startKind,
		dry_run: state.dryRun,
		gp_company: state.company,
		read_from: state.onlyRequested ? 'requests' : (state.from ?? 'watermark'),
		...byPart((entity) => countsCell(state, entity)),
		created: sum('created'),
		// A reactivated vendor is one that was changed back.
		updated: sum('updated') + sum('reactivated'),
		unchanged: sum('unchanged'),
		adopted: sum('adopted'),
		voided: sum('voided'),
		parked: sum('parked'),
		skipped: sum('skipped'),
		failed: sum('failed'),
		gp_amount: state.gpAmount,
		procore_amount: state.procoreAmount,
		read: sum('read'),
		calls: (state.traffic?.gp ?? 0) + (state.traffic?.procore ?? 0),
		waited_ms: state.traffic?.waitedMs ?? 0,
		duration_s: Math.round((Date.parse(lastSign) - Date.parse(state.startedAt)) / 100) / 10,
		watermark_from: JSON.stringify(state.reach?.from ?? {}),
		watermark_to: JSON.stringify(state.reach?.to ?? {}),
		alive_at: lastSign,
		error: cell(input.error),
		not_proven: cell(notProven(state.completeness)),
		read_again: cell(recheckWords(state.recheck)),
		execution_link: input.executionLink ?? '',
		...(state.chain ? { events: state.chain.events, chain: state.chain.hash } : {}),
	};
}

/** Counts of one stream as JSON, e.g. `{"read":3,"created":1,…}`. */
function countsCell(state: RunState, entity: Entity): string {
	return JSON.stringify(state.counts[entity]);
}

function noCounts(): EntityCounts {
	return {
		read: 0,
		created: 0,
		updated: 0,
		unchanged: 0,
		adopted: 0,
		reactivated: 0,
		voided: 0,
		parked: 0,
		skipped: 0,
		failed: 0,
	};
}

/** Reading goes round in circles: the run stops before it can do so for ever. */
class RunLoopError extends ConnectorError {
	readonly code = 'run-loop';
	readonly scope = 'configuration' as const;

	constructor(runId: string, problem: string) {
		super(`Run ${runId} was stopped: ${problem}`, {
			remedy:
				'Nothing is lost: the watermark stands behind the last finished batch. Check the paging settings of the GP site profile, then start the run again.',
			runId,
		});
	}
}

/** A batch of changes ended without its checkpoint, so nobody knows how far reading got. */
export class MissingCheckpointError extends ConnectorError {
	readonly code = 'missing-checkpoint';
	readonly scope = 'configuration' as const;

	constructor(runId: string, part: string) {
		super(
			`Run ${runId}: the ${part} batch came without its checkpoint, so the watermark cannot move`,
			{
				remedy:
					'Check that the last item of the GP node (kind "checkpoint") reaches the audit step, then retry the execution.',
				runId,
			},
		);
	}
}

export const LEASE_LOST = 'lease-lost';

/** Another run took over while this one was silent for too long. */
export class LeaseLostError extends ConnectorError {
	readonly code = LEASE_LOST;
	readonly scope = 'configuration' as const;

	constructor(runId: string, holder: { run_id: string; execution_id: string } | null) {
		super(
			holder
				? `Run ${runId} does not go on: run ${holder.run_id} (execution ${holder.execution_id}) took over while it was silent`
				: `Run ${runId} does not go on: it no longer holds the lease`,
			{
				remedy:
					'Nothing is lost: what this run had not finished, the other one or the next takes up. If runs are often silent for long, make the lease in the node "Open run" longer.',
				runId,
			},
		);
	}
}

/** More batches than this in one run is a loop, not a company: 500 documents each. */
export const MOST_BATCHES = 20_000;

type Step = NonNullable<RunState['step']>;

/**
 * What comes after the step in hand: further batches of records asked for by name, while there
 * were any; then of changes, while GP has more; then, where rows of this part wait from earlier
 * runs, one step that tries them again; then the next part. Null when the run is done.
 *
 * @throws RunLoopError when reading does not get on
 */
export function nextStep(
	state: Pick<RunState, 'runId' | 'parts' | 'step' | 'cursor' | 'batches' | 'onlyRequested'>,
	after: { more: boolean; cursor: string | null; parkedCount: number; requestCount: number },
): Step | null {
	const { step } = state;
	if (step === null) return null;
	if (state.batches >= MOST_BATCHES) {
		throw new RunLoopError(state.runId, `${state.batches} batches were read and GP still has more`);
	}
	if (step.phase === 'requested') {
		// The next batch looks whether anything is left, and goes on to the changes if not.
		if (after.requestCount > 0) return { ...step, batch: step.batch + 1 };
		if (!state.onlyRequested) return { part: step.part, phase: 'changes', batch: 1 };
	}
	if (step.phase !== 'requested' && after.more) {
		if (after.cursor === null || after.cursor === state.cursor) {
			const who = step.phase === 'changes' ? 'GP' : 'The table of parked records';
			throw new RunLoopError(
				state.runId,
				`${who} says that more ${step.part} wait but gives the same place to go on from`,
			);
		}
		return { ...step, batch: step.batch + 1 };
	}
	if (step.phase === 'changes' && after.parkedCount > 0) {
		return { part: step.part, phase: 'parked', batch: 1 };
	}
	const next = state.parts[state.parts.indexOf(step.part) + 1];
	return next ? { part: next, phase: 'requested', batch: 1 } : null;
}
