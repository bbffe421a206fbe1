import { notProven, type Watermark } from '../model/gp-changes';
import { endStatus, type RunStatus } from '../model/outcome';
import type { Entity } from '../model/desired';
import { startOfChain } from '../audit/chain';
import { cell } from '../audit/event-row';
import { recheckWords } from './recheck-words';
import { byEntity, ENTITY_OF_PART, PARTS_IN_ORDER } from '../streams/streams';
import type { EntityCounts, RunPart, RunRow, RunState } from '../audit/types';

/** A run before its first batch. Parts come in the order in which they must flow; none = all. */
export function openRun(input: {
	runId: string;
	startKind: RunState['startKind'];
	company: string;
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
}): RunState {
	const wanted = PARTS_IN_ORDER.filter((part) => input.parts.includes(part));
	const parts = wanted.length > 0 ? wanted : [...PARTS_IN_ORDER];
	return {
		runId: input.runId,
		startKind: input.startKind,
		company: input.company,
		dryRun: input.dryRun,
		from: input.from?.trim() ? input.from.trim() : null,
		parts,
		...(input.leaseMinutes ? { leaseMinutes: input.leaseMinutes } : {}),
		...(input.onlyRequested ? { onlyRequested: true } : {}),
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

/** The run once it holds its lease: where each stream goes on from. Told before, it stays so. */
export function withWatermarks(
	state: RunState,
	watermarks: Partial<Record<Entity, Watermark>>,
): RunState {
	if (state.watermarks) return state;
	const since = Object.entries(watermarks).map(([entity, { since }]) => [entity, since ?? '']);
	return {
		...state,
		watermark: watermarks[ENTITY_OF_PART[state.parts[0]]] ?? null,
		watermarks,
		reach: { from: Object.fromEntries(since), to: {} },
	};
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
		vendors: countsCell(state, 'vendor'),
		accounts: countsCell(state, 'account'),
		payables: countsCell(state, 'payable'),
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
