import { cell } from '../audit/event-row';
import type { AlertRow, Finding } from './alert.types';

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

export function idOf(row: { condition: string; gp_company: string | null }): string {
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
