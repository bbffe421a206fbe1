import type { Entity } from '../base/source';
import { startOfChain } from './chain';
import { PARTS_IN_ORDER } from './parts';
import type { EntityCounts, RunPart, RunRow, RunState } from './types';

export type RunStatus = 'running' | 'success' | 'failed' | 'stopped' | 'abandoned';

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
		step: { part: parts[0], phase: 'changes', batch: 1 },
		cursor: null,
		watermark: null,
		counts: { vendor: noCounts(), account: noCounts(), payable: noCounts() },
		gpAmount: '0',
		procoreAmount: '0',
		batches: 0,
		startedAt: input.now,
		...(input.chained ? { chain: startOfChain(input.runId) } : {}),
	};
}

/** Row of a run that ended; `status` says how. */
export function closeRun(
	state: RunState,
	input: { executionId: string; status: RunStatus; now: string },
): RunRow {
	return runRow(state, { ...input, finishedAt: input.now });
}

/** Row of a run at any time; an open one has a blank `finished_at`. */
export function runRow(
	state: RunState,
	input: { executionId: string; status: RunStatus; finishedAt?: string },
): RunRow {
	const all = Object.values(state.counts);
	const sum = (name: keyof EntityCounts) => all.reduce((total, counts) => total + counts[name], 0);
	return {
		run_id: state.runId,
		execution_id: input.executionId,
		started_at: state.startedAt,
		finished_at: input.finishedAt ?? '',
		status: input.status,
		start_kind: state.startKind,
		dry_run: state.dryRun,
		gp_company: state.company,
		read_from: state.from ?? 'watermark',
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
