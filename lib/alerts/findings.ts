import { wentThrough } from '../model/outcome';
import type { WatermarkRow } from '../run/watermark-rows';
import type { ParkedRow, RunRow } from '../audit/types';
import type { WorkflowFailure } from '../run/workflow-failure';
import type { AlertRow, Finding, Thresholds } from './alert.types';
import { failureFinding, runFindings } from './run-findings';
import {
	booksFindings,
	parkedFindings,
	requestFindings,
	sizeFindings,
	staleFindings,
	type ReconciliationTotal,
	type TableSize,
} from './table-findings';

/** What the tables hold, newest rows at least; anything may be missing. */
export interface AlertSources {
	runs: RunRow[];
	parked: ParkedRow[];
	watermarks: WatermarkRow[];
	reconciliation: ReconciliationTotal[];
	tables: TableSize[];
	/** The workflow whose failure started the evaluation; null on schedule. */
	failure: WorkflowFailure | null;
}

/** Everything that is wrong now. One cause gives one finding: the root, not what follows from it. */
export function findAll(sources: AlertSources, thresholds: Thresholds, now: string): Finding[] {
	const runs = runFindings(sources.runs, thresholds, now);
	const stopped = new Set(
		runs
			.filter(({ condition }) => ROOT_CAUSES.includes(condition))
			.map((finding) => finding.gp_company),
	);
	const findings = [
		...runs,
		...unseenFailure(sources),
		...parkedFindings(sources.parked, thresholds.parkedRecords),
		...requestFindings(sources.parked),
		...booksFindings(sources.reconciliation),
		...sizeFindings(sources.tables, thresholds),
	];
	// Runs that fail leave GP unread: that is said already.
	for (const stale of staleFindings(sources.watermarks, thresholds.staleHours, now)) {
		if (!stopped.has(stale.gp_company)) findings.push(stale);
	}
	return findings;
}

const ROOT_CAUSES = ['run-failed', 'login-refused'];

/** Conditions that `findAll` looks at every time; other rows are another flow's to clear. */
const LOOKED_AT = [
	...ROOT_CAUSES,
	'records-failed',
	'records-parked',
	'not-proven-complete',
	'nothing-read',
	'watermark-stale',
	'request-given-up',
	'books-differ',
	'books-not-proven',
	'tables-nearly-full',
];

/**
 * Whether a row without a finding is over. A failure that left no run is over when the same
 * workflow ran well since, as the runs table tells of the sync; of another workflow, whose success
 * leaves no trace, when it did not come again for `repeatHours`.
 */
export function isOver(
	row: AlertRow,
	{ repeatHours }: Thresholds,
	runs: RunRow[],
	now: string,
): boolean {
	if (row.condition.startsWith('workflow-failed') || isLoginOutsideRuns(row)) {
		const workflow = /\/workflow\/[^/]+\//.exec(row.link ?? '')?.[0];
		const ranWell = runs.some(
			(run) =>
				wentThrough(run) &&
				run.started_at > row.last_at &&
				workflow !== undefined &&
				(run.execution_link ?? '').includes(workflow),
		);
		return ranWell || Date.parse(row.last_at) + repeatHours * 3_600_000 <= Date.parse(now);
	}
	return LOOKED_AT.includes(row.condition);
}

function isLoginOutsideRuns(row: AlertRow): boolean {
	return row.condition === 'login-refused' && !row.gp_company;
}

/**
 * A failure nobody sees in the runs table. A batch (mode `integrated`) fails inside a run, which
 * is told about once.
 */
function unseenFailure({ failure, runs }: AlertSources): Finding[] {
	if (failure === null || failure.mode === 'integrated') return [];
	const seen = runs.some(
		({ execution_id: id }) => id !== '' && [failure.executionId, failure.retryOf].includes(id),
	);
	return seen ? [] : [failureFinding(failure)];
}
