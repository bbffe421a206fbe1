import type { RunVerdict } from '../audit/chain';
import { type AuditEventRow, cell, type LeaseRow, type RunRow } from '../audit/event-row';
import { groupedBy } from '../model/keys';
import { STALE_HOURS } from '../model/outcome';
import type { TableRow } from '../tables/tables';

/** How bad: a problem stops records from getting there, a warning will become one. */
export type Severity = 'problem' | 'warning';

/** Something that is wrong now, as found in the tables. */
export interface Finding {
	/** Stable name; with the company it is what is alerted about once. */
	condition: string;
	/** GP company database id; blank when it concerns all. */
	gp_company: string;
	severity: Severity;
	subject: string;
	/** What happened, to which records, why. */
	message: string;
	/** What to do next. */
	remedy: string;
	run_id: string;
	/** Address of the execution in n8n; blank when there is none. */
	link: string;
	/** How much of it there is (failed runs in a row, records, hours): twice as much is worse. */
	level: number;
}

/** Row of the alerts table: a condition that stands. */
export type AlertRow = TableRow<'alerts'>;

/** Lists of what the tables hold, by the parameter that gives them. */
export type Source =
	| 'runRows'
	| 'parkedRows'
	| 'watermarkRows'
	| 'reconciliationRows'
	| 'eventRows';

/** Conditions that are looked at every time, and in which list; other rows are another flow's to clear. */
export const SOURCE_OF: Readonly<Record<string, Source>> = {
	'run-failed': 'runRows',
	'login-refused': 'runRows',
	'records-failed': 'runRows',
	'not-proven-complete': 'runRows',
	'nothing-read': 'runRows',
	'watermark-stale': 'watermarkRows',
	'records-parked': 'parkedRows',
	'request-given-up': 'parkedRows',
	'books-differ': 'reconciliationRows',
	'books-not-proven': 'reconciliationRows',
	'tables-nearly-full': 'eventRows',
	'mappings-in-turn': 'eventRows',
};

export interface Thresholds {
	/** Records in the parked table of a company from which it is alerted. */
	parkedRecords: number;
	/** Records that failed in the last run from which it is alerted. */
	failedRecords: number;
	/** Days without a single record read from GP. */
	silentDays: number;
	/** Hours since GP was last read to the end. */
	staleHours: number;
	/** Megabytes that n8n allows all Data Tables together, and the share from which it is alerted. */
	tableLimitMb: number;
	tableLimitPercent: number;
	/** Hours until a standing condition is told again. */
	repeatHours: number;
}

export const DEFAULT_THRESHOLDS: Thresholds = {
	parkedRecords: 25,
	failedRecords: 10,
	silentDays: 4,
	staleHours: STALE_HOURS,
	tableLimitMb: 200,
	tableLimitPercent: 80,
	repeatHours: 24,
};

/** One message about everything that is due, ready for each channel. */
export interface Digest {
	/** One line, no line breaks. */
	subject: string;
	/** Plain text. */
	text: string;
	/** HTML fragment for e-mail and Microsoft Teams; everything from the tables is escaped. */
	html: string;
	/** Slack's mrkdwn; everything from the tables is escaped. */
	slack: string;
}

export interface AlertChanges {
	/** Rows of what was found, to upsert by condition and gp_company before anybody is told. */
	standing: AlertRow[];
	/** Rows to tell about: new, or due again, or worse. */
	raised: AlertRow[];
	repeated: AlertRow[];
	/** Rows whose condition is gone: to tell, then to delete. */
	cleared: AlertRow[];
}

/**
 * Compares what is wrong now with the alerts that stand. A condition is told once, again after
 * `repeatHours`, and at once when it has become twice as bad; when it is gone that is told once.
 *
 * @param checked whether the condition of a row was looked at just now: any other row stands as it
 *   is. A row somebody else found to be over carries the severity `resolved`.
 */
export function evaluateAlerts(input: {
	findings: Finding[];
	rows: AlertRow[];
	checked: (row: AlertRow) => boolean;
	repeatHours: number;
	/** UTC instant. */
	now: string;
}): AlertChanges {
	const changes: AlertChanges = { standing: [], raised: [], repeated: [], cleared: [] };
	const found = new Set<string>();
	const rows = new Map(input.rows.map((row) => [idOf(row), row]));
	for (const finding of input.findings) {
		if (found.has(idOf(finding))) continue;
		found.add(idOf(finding));
		const before = rows.get(idOf(finding));
		const row = standingRow(finding, before, input.now);
		changes.standing.push(row);
		tell(row, finding.level);
	}
	for (const row of rows.values()) {
		if (found.has(idOf(row))) continue;
		if (row.severity === 'resolved' || input.checked(row)) changes.cleared.push(row);
		else tell(row, Number(row.level) || 0);
	}
	return changes;

	function tell(row: AlertRow, level: number): void {
		if (!row.notified_at) changes.raised.push(row);
		else if (isWorse(level, row.level) || isDue(row.notified_at)) changes.repeated.push(row);
	}

	function isDue(notifiedAt: string): boolean {
		return Date.parse(notifiedAt) + input.repeatHours * 3_600_000 <= Date.parse(input.now);
	}
}

/** The rows told about as they stand afterwards, so that they are not told again. */
export function notifiedRows(changes: AlertChanges, findings: Finding[], now: string): AlertRow[] {
	const levels = new Map(findings.map((finding) => [idOf(finding), finding.level]));
	return [...changes.raised, ...changes.repeated].map((row) => ({
		...row,
		notified_at: now,
		level: levels.get(idOf(row)) ?? row.level,
	}));
}

function idOf(row: { condition: string; gp_company: string | null }): string {
	return JSON.stringify([row.condition, row.gp_company ?? '']);
}

function standingRow(finding: Finding, before: AlertRow | undefined, now: string): AlertRow {
	const { level, ...said } = finding;
	return {
		...said,
		subject: cell(said.subject),
		message: cell(said.message),
		remedy: cell(said.remedy),
		first_at: before?.first_at || now,
		last_at: now,
		notified_at: before?.notified_at ?? '',
		times: (Number(before?.times) || 0) + 1,
		// Stays what was told last, so that a slow growth is noticed too.
		level: before?.notified_at ? Number(before.level) || 0 : level,
	};
}

function isWorse(level: number, notified: number): boolean {
	return notified > 0 && level >= notified * 2;
}

const DAY_MS = 24 * 3_600_000;

/**
 * Runs of one day that decided by two versions of the mapping in turn: n8n's schedule may start an older version of a
 * workflow beside the published one (n8n-io/n8n 30607), and whichever run gets the lease writes by its own. Once there
 * and back somebody may well have changed it.
 */
export function mappingFindings(
	events: ReadonlyArray<Partial<AuditEventRow>>,
	now: string,
): Finding[] {
	const versions = new Map<string, string[]>();
	const inOrder = [...events].sort((left, right) => (left.id ?? 0) - (right.id ?? 0));
	for (const { gp_company: company = '', mapping_version: version, at = '', dry_run } of inOrder) {
		if (!version || dry_run || !(Date.parse(at) > Date.parse(now) - DAY_MS)) continue;
		const turns = versions.get(company) ?? [];
		if (turns.at(-1) !== version) versions.set(company, [...turns, version]);
	}
	return [...versions].flatMap(([gp_company, turns]) => {
		const [first, second, third, fourth] = turns.slice(-4);
		if (fourth === undefined || first !== third || second !== fourth) return [];
		return {
			condition: 'mappings-in-turn',
			gp_company,
			severity: 'problem' as const,
			subject: 'Two versions of the mapping decide in turn',
			message: `The runs of the last day decided by the mapping versions ${third} and ${fourth} in turn, so documents are sent by settings that were changed since.`,
			remedy:
				'If nobody starts the sync from an unpublished draft, n8n still runs an older version of "GP to Procore: sync" beside the published one: restart n8n (all its processes). Then start "Run with options" with "Read again from this date", from the day it began.',
			run_id: '',
			link: '',
			level: turns.length,
		};
	});
}

/** Records a run read from GP: its own column, or the sum of its counts in an older row. */
export function readOf(run: RunRow): number {
	if (run.read !== undefined && run.read !== null) return Number(run.read);
	return [run.vendors, run.accounts, run.payables].reduce((sum, counts) => {
		const read = /"read":(\d+)/.exec(counts ?? '')?.[1];
		return sum + Number(read ?? 0);
	}, 0);
}

/** What a run made of its records, for people: "3 created, 1 failed". */
export function handledOf(run: RunRow): string {
	const names = ['created', 'updated', 'adopted', 'voided', 'parked', 'failed'] as const;
	const counts = names.flatMap((name) => (Number(run[name]) > 0 ? [`${run[name]} ${name}`] : []));
	return counts.length > 0 ? counts.join(', ') : 'nothing yet';
}

/** In the lease table, in place of a company. */
export const TURN = '(alerts)';
/** Longer than a slow mail server takes; what was killed meanwhile keeps others waiting no longer. */
const MINUTES = 2;

/** Row with which an execution asks to look at alerts; the one with the lowest id is next. */
export function turnRow(executionId: string, now: string): LeaseRow {
	return {
		gp_company: TURN,
		run_id: executionId,
		execution_id: executionId,
		taken_at: now,
		until: new Date(Date.parse(now) + MINUTES * 60_000).toISOString(),
	};
}

export const CHAIN_BROKEN = 'chain-broken';
const MOST_NAMED = 5;

/**
 * What a check of audit chains leaves in the alerts table: a row for each company with a broken
 * run. A standing row is over only when the run it names was checked again and is intact. It is
 * marked `resolved`, so that whoever tells about alerts tells that too.
 */
export function chainAlerts(verdicts: RunVerdict[], standing: AlertRow[], now: string): AlertRow[] {
	const rows = standing.filter((row) => row.condition === CHAIN_BROKEN);
	const repaired = new Set(
		verdicts.filter(({ verdict }) => verdict !== 'broken').map(({ run_id }) => run_id),
	);
	const changes = evaluateAlerts({
		findings: chainFindings(verdicts),
		rows,
		checked: (row) => repaired.has(row.run_id),
		repeatHours: Infinity,
		now,
	});
	return [
		...changes.standing,
		...changes.cleared.map((row) => ({ ...row, severity: 'resolved', last_at: now })),
	];
}

function chainFindings(verdicts: RunVerdict[]): Finding[] {
	const brokenOnes = verdicts.filter(({ verdict }) => verdict === 'broken');
	const companies = groupedBy(brokenOnes, ({ gp_company }) => gp_company);
	return [...companies.entries()].map(([gp_company, broken]) => ({
		condition: CHAIN_BROKEN,
		gp_company,
		severity: 'problem',
		subject: 'The audit trail was changed',
		message: broken
			.slice(0, MOST_NAMED)
			.map(({ run_id, started_at, problem }) => `Run ${run_id} of ${started_at}: ${problem}`)
			.join('\n'),
		remedy:
			'Find out who changed gpp_event or gpp_run: n8n shows when a row was last updated. The records in Procore are not affected. To acknowledge, delete this row of gpp_alert.',
		run_id: broken[0]!.run_id,
		link: broken[0]!.execution_link,
		level: broken.length,
	}));
}
