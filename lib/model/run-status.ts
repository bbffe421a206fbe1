/**
 * How a run stands, in the words of the runs table. `success` is green: every record that was handled
 * went, waits for a mapping, or was left out on purpose, and all that was read is proven complete.
 */
export type RunStatus =
	| 'running'
	| 'success'
	/** It went to its end, but records failed or what it read is not proven complete. */
	| 'success with problems'
	| 'failed'
	| 'stopped'
	/** n8n was ended or killed while it ran. */
	| 'abandoned'
	/** Another run held the lease, so this one did nothing. */
	| 'skipped';

/** What of a run's row says how it ended. */
export interface RunEnd {
	status: string;
	/** Records that failed, are locked or in conflict. */
	failed?: unknown;
	/** What is not proven complete; blank when all is. */
	not_proven?: unknown;
}

const STATUSES: readonly RunStatus[] = [
	'running',
	'success',
	'success with problems',
	'failed',
	'stopped',
	'abandoned',
	'skipped',
];

/** Status of a run that went to its end. */
export function endStatus(run: Omit<RunEnd, 'status'>): RunStatus {
	return Number(run.failed) > 0 || isText(run.not_proven) ? 'success with problems' : 'success';
}

/**
 * Status a row stands for: releases up to 0.2.0 called a skipped run `yielded`, and every run that
 * went to its end `success`. A word nobody knows counts as failed, so that it is looked at.
 */
export function runStatusOf(run: RunEnd): RunStatus {
	if (run.status === 'success') return endStatus(run);
	if (run.status === 'yielded') return 'skipped';
	const status = run.status as RunStatus;
	return STATUSES.includes(status) ? status : 'failed';
}

/** It went to its end, so what was read is where it belongs or waits. */
export function wentThrough(run: RunEnd): boolean {
	return runStatusOf(run).startsWith('success');
}

/** It ended without getting to its end. */
export function endedBadly(run: RunEnd): boolean {
	return ['failed', 'abandoned'].includes(runStatusOf(run));
}

/** What is wrong with a run that went to its end, for people; blank when nothing is. */
export function problemsOf(run: RunEnd): string {
	const failed = Number(run.failed) || 0;
	return [
		...(failed > 0 ? [`${failed} ${failed === 1 ? 'record' : 'records'} failed`] : []),
		...(isText(run.not_proven) ? [`not proven complete: ${run.not_proven}`] : []),
	].join('; ');
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '';
}
