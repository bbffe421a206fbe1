import type { LeaseRow, RunRow } from '../audit/types';
import { linkToExecution, type WorkflowFailure } from './workflow-failure';

export interface FailedRun {
	/** To upsert by run_id; null when no open run belongs to the failure. */
	row: RunRow | null;
	/** Lease to delete, so that the next run need not wait for it to expire; null when there is none. */
	release: Pick<LeaseRow, 'gp_company' | 'run_id'> | null;
}

/**
 * Closes the run of a failed execution. The run knows its outermost execution. A batch that
 * failed inside has another one, and is left to its run, which closes itself before it fails. A run
 * that is closed already stays as it is.
 */
export function failedRun(input: {
	failure: WorkflowFailure;
	runs: RunRow[];
	leases: LeaseRow[];
	/** UTC instant. */
	now: string;
}): FailedRun {
	const { failure, leases, now } = input;
	const run = runOf(input);
	if (run === null) return { row: null, release: null };
	const lease = leases.find((row) => row.run_id === run.run_id);
	if (lease && isNewer(lease, failure)) return { row: null, release: null };
	const release = lease ? { gp_company: lease.gp_company, run_id: lease.run_id } : null;
	if (run.status !== 'running') return { row: null, release };
	const execution_id = failure.executionId || run.execution_id;
	return {
		row: {
			...withoutSystemColumns(run),
			status: 'failed',
			finished_at: now,
			execution_id,
			execution_link: linkToExecution(failure, execution_id),
			error: failure.node ? `${failure.node}: ${failure.message}` : failure.message,
			duration_s: secondsBetween(run.started_at, now),
		},
		release,
	};
}

function runOf({ failure, runs, leases }: Parameters<typeof failedRun>[0]): RunRow | null {
	const byExecution = (id: string) =>
		id === '' ? undefined : runs.find((run) => run.execution_id === id);
	const known = byExecution(failure.executionId) ?? byExecution(failure.retryOf);
	if (known) return known;
	// Only a retry of a retry may be told by what is open: any other workflow has no run. The run of a
	// batch closes itself, and may be at work again by now because somebody pressed Retry.
	if (failure.mode !== 'retry') return null;
	const open = runs.filter((run) => run.status === 'running');
	const leased = open.filter((run) => leases.some((lease) => lease.run_id === run.run_id));
	const candidates = (leased.length > 0 ? leased : open).filter((run) => !isNewer(run, failure));
	return candidates.length === 1 ? candidates[0]! : null;
}

/** n8n counts its executions: a higher number was begun after the one that failed. */
function isNewer(row: { execution_id: string }, { executionId }: WorkflowFailure): boolean {
	return Number(row.execution_id) > Number(executionId || Number.NaN);
}

/** n8n's own columns cannot be written. */
function withoutSystemColumns(run: RunRow): RunRow {
	const {
		id: _id,
		createdAt: _created,
		updatedAt: _updated,
		...row
	} = run as RunRow & Record<'id' | 'createdAt' | 'updatedAt', unknown>;
	return row;
}

function secondsBetween(from: string, to: string): number {
	return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000)) || 0;
}
