import type { AuditEventRow, ParkedRow, RunRow } from '../audit/event-row';
import { endedBadly, isReplay, readToTheEnd, runStatusOf, wentThrough } from '../model/outcome';
import { isCompared } from '../model/connection-check';
import type { WatermarkRow } from '../run/events-of-batch';
import { readFault } from '../model/connector-error';
import { saysLoginRefused, type WorkflowFailure } from '../run/failed-run';
import { TABLES } from '../tables/tables';
import {
	type AlertRow,
	type Finding,
	handledOf,
	mappingFindings,
	readOf,
	SOURCE_OF,
	type Thresholds,
} from './alerts';
import {
	booksFindings,
	parkedFindings,
	type ReconciliationTotal,
	requestFindings,
	sizeFindings,
	byCompany,
	type HeldRows,
	lastTotals,
} from './table-findings';

const RETRY =
	'Look at the failed execution. When the cause is gone, press Retry on the outermost execution, or wait for the next run: it goes on behind the last finished batch and nothing is written twice.';

/** What the runs of one GP company say, newest first; dry runs count for nothing. */
function runFindings(
	runs: RunRow[],
	thresholds: Pick<Thresholds, 'failedRecords' | 'silentDays'>,
	now: string,
): Finding[] {
	const real = runs.filter((run) => !run.dry_run && runStatusOf(run) !== 'skipped');
	const newestFirst = [...real].sort((a, b) => (a.started_at < b.started_at ? 1 : -1));
	return [...byCompany(newestFirst).values()].flatMap((ofCompany) => [
		// A replay of one record that went says nothing about all the others.
		...badEnd(ofCompany.filter((run) => !isReplay(run) || endedBadly(run))),
		...failedRecords(withoutReplays(ofCompany), thresholds.failedRecords),
		...notProven(withoutReplays(ofCompany)),
		...nothingRead(ofCompany, thresholds.silentDays, now),
	]);
}

const withoutReplays = (runs: RunRow[]) => runs.filter((run) => !isReplay(run));

/** A workflow that failed without leaving a run: a form, the setup, or a sync before its first row. */
function failureFinding(failure: WorkflowFailure): Finding {
	const login = saysLoginRefused(failure.message);
	const at = failure.node ? ` at the node "${failure.node}"` : '';
	return {
		condition: login ? 'login-refused' : `workflow-failed ${failure.workflowId}`,
		gp_company: '',
		severity: 'problem',
		subject: login ? LOGIN_REFUSED : `The workflow "${failure.workflowName}" failed`,
		message: `"${failure.workflowName}" failed${at}: ${failure.message}`,
		remedy: login
			? LOGIN_REMEDY
			: 'Open the execution, read what the node says, and start it again.',
		run_id: '',
		link: failure.link,
		level: 1,
	};
}

const LOGIN_REFUSED = 'A login was refused';
const LOGIN_REMEDY =
	'Check user and password of the credential that is named (Dynamics GP API or Procore OAuth2 API) and press its Test button. It is tried once per run, so that the account is not locked.';

/** One finding, whatever the cause: a run that failed for its login is not told twice. */
function badEnd(runs: RunRow[]): Finding[] {
	const ended = runs.filter((run) => run.status !== 'running');
	const good = ended.findIndex((run) => !endedBadly(run));
	const bad = good === -1 ? ended : ended.slice(0, good);
	const latest = bad[0];
	if (!latest) return [];
	const why =
		latest.error ||
		'n8n was stopped in the middle, or the run was ended by hand or by a time limit.';
	const { message, remedy } = readFault(why);
	const login = saysLoginRefused(message);
	const times = bad.length === 1 ? 'The last run' : `The last ${bad.length} runs`;
	return [
		{
			condition: login ? 'login-refused' : 'run-failed',
			gp_company: latest.gp_company,
			severity: 'problem',
			subject: login ? LOGIN_REFUSED : 'The sync failed',
			message: `${times} did not finish. The latest began at ${latest.started_at} and had handled ${handledOf(latest)}. Why: ${message}`,
			remedy: login ? LOGIN_REMEDY : [remedy, RETRY].filter(Boolean).join(' '),
			run_id: latest.run_id,
			link: latest.execution_link ?? '',
			level: bad.length,
		},
	];
}

function failedRecords(runs: RunRow[], threshold: number): Finding[] {
	const last = runs.find((run) => run.status !== 'running');
	const failed = Number(last?.failed) || 0;
	if (!last || failed < threshold) return [];
	return [
		{
			condition: 'records-failed',
			gp_company: last.gp_company,
			severity: 'problem',
			subject: `${failed} records were refused in one run`,
			message: `The run of ${last.started_at} sent records that Procore refused, ${failed} of them. They are kept in gpp_parked with the reason of each.`,
			remedy:
				'Open gpp_parked or the dashboard: the same reason on many records usually has one cause, such as a missing permission or a closed project.',
			run_id: last.run_id,
			link: last.execution_link ?? '',
			level: failed,
		},
	];
}

/** What the last run read may be cut off: a record GP has may be missing from Procore. */
function notProven(runs: RunRow[]): Finding[] {
	const last = runs.find(wentThrough);
	if (!last?.not_proven) return [];
	return [
		{
			condition: 'not-proven-complete',
			gp_company: last.gp_company,
			severity: 'warning',
			subject: 'What was read from GP is not proven complete',
			message: `The run of ${last.started_at} cannot tell whether it read everything: ${last.not_proven}`,
			remedy:
				'Run "Survey" of the Dynamics GP node and paste the profile override it suggests into the options of the GP nodes; until then compare with the reconciliation.',
			run_id: last.run_id,
			link: last.execution_link ?? '',
			level: 1,
		},
	];
}

function nothingRead(runs: RunRow[], days: number, now: string): Finding[] {
	const since = Date.parse(now) - days * 86_400_000;
	const oldest = runs.at(-1);
	// A young installation has not been silent for long enough to say so.
	if (!oldest || Date.parse(oldest.started_at) > since) return [];
	const latest = runs.find(wentThrough);
	// Runs that fail, or none at all, have findings of their own.
	if (!latest || Date.parse(latest.started_at) < since) return [];
	const read = runs.find((run) => readOf(run) > 0);
	if (read && Date.parse(read.started_at) >= since) return [];
	return [
		{
			condition: 'nothing-read',
			gp_company: latest.gp_company,
			severity: 'warning',
			subject: `Nothing came from GP for ${days} days`,
			message: `The runs succeed, but GP gave no changed record since ${read ? read.started_at : `${days} days`}.`,
			remedy:
				'If nothing was entered or posted in GP, all is well. Otherwise check that the GP user of the credential still has access to vendors and payables of this company, and that gpp_watermark does not lie in the future.',
			run_id: latest.run_id,
			link: latest.execution_link ?? '',
			level: days,
		},
	];
}

/**
 * GP was not read to the end for too long: the schedule is off, or every run stops before the end. A
 * watermark is written when it moves; that a stream was read without anything new stands in the row of its run.
 */
function staleFindings(
	rows: WatermarkRow[],
	runs: RunRow[],
	hours: number,
	now: string,
): Finding[] {
	const stale = rows
		.filter((row) => row.updated_at)
		.map((row) => ({ ...row, read_at: lastRead(row, runs) }))
		.filter(({ read_at }) => Date.parse(read_at) + hours * 3_600_000 < Date.parse(now));
	return [...byCompany(stale)].map(([company, ofCompany]) => {
		const oldest = ofCompany.map((row) => row.read_at).sort()[0]!;
		const age = Math.floor((Date.parse(now) - Date.parse(oldest)) / 3_600_000);
		return {
			condition: 'watermark-stale',
			gp_company: company,
			severity: 'problem' as const,
			subject: `GP was not read for ${age} hours`,
			message: ofCompany.map((row) => `${row.entity}: last read ${row.read_at}`).join('\n'),
			remedy:
				'Check that the workflow "GP to Procore: sync" is published and that its last executions succeeded, then press Run now.',
			run_id: '',
			link: '',
			level: age,
		};
	});
}

function lastRead({ gp_company, entity, updated_at }: WatermarkRow, runs: RunRow[]): string {
	const read = runs.find((run) => run.gp_company === gp_company && readToTheEnd(run, entity));
	return [updated_at, read?.finished_at ?? ''].sort().at(-1)!;
}

/** What the tables hold, newest rows at least; anything may be missing. */
export interface AlertSources {
	runs: RunRow[];
	parked: ParkedRow[];
	watermarks: WatermarkRow[];
	reconciliation: ReconciliationTotal[];
	/** Alerts that stand. */
	standing: AlertRow[];
	/** The newest events, and the oldest of those that retention has not come by yet. */
	events: Array<Partial<AuditEventRow>>;
	/** The first row of the runs table. */
	oldestRun: Array<{ id?: number }>;
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
		...booksFindings(sources.reconciliation, sources.standing),
		...sizeFindings(heldRows(sources), thresholds),
		...mappingFindings(sources.events, now),
	];
	// Runs that fail leave GP unread: that is said already.
	for (const stale of staleFindings(sources.watermarks, sources.runs, thresholds.staleHours, now)) {
		if (!stopped.has(stale.gp_company)) findings.push(stale);
	}
	return findings;
}

/** The tables that grow; the others hold little. */
function heldRows({ events, runs, oldestRun, parked }: AlertSources): HeldRows[] {
	return [
		{ name: TABLES.events.name, rows: events },
		{ name: TABLES.runs.name, rows: [...runs, ...oldestRun] },
		{ name: TABLES.parked.name, rows: parked, whole: true },
	];
}

const ROOT_CAUSES = ['run-failed', 'login-refused'];

/**
 * Whether a row without a finding is over. A failure that left no run is over when the same
 * workflow ran well since, as the runs table tells of the sync; of another workflow, whose success
 * leaves no trace, when it did not come again for `repeatHours`.
 */
export function isOver(
	row: AlertRow,
	{ repeatHours }: Pick<Thresholds, 'repeatHours'>,
	{ runs, reconciliation }: Pick<AlertSources, 'runs' | 'reconciliation'>,
	now: string,
): boolean {
	if (row.condition.startsWith('books-')) {
		const last = lastTotals(reconciliation).find((one) => one.gp_company === row.gp_company);
		return isCompared(row.message, last);
	}
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
	return Object.hasOwn(SOURCE_OF, row.condition);
}

function isLoginOutsideRuns(row: AlertRow): boolean {
	return row.condition === 'login-refused' && !row.gp_company;
}

/**
 * A failure nobody sees in the runs table, also where the row of its run could not be closed: n8n's tables
 * were full. A batch (mode `integrated`) fails inside a run, which is told about once.
 */
function unseenFailure({ failure, runs }: AlertSources): Finding[] {
	if (failure === null || failure.mode === 'integrated') return [];
	const seen = runs.some(
		({ execution_id: id, status }) =>
			id !== '' && status !== 'running' && [failure.executionId, failure.retryOf].includes(id),
	);
	return seen ? [] : [failureFinding(failure)];
}
