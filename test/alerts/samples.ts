import type { AlertRow, Finding } from '../../lib/alerts/alerts';
import type { AlertSources } from '../../lib/alerts/findings';
import { runRow } from '../../lib/run/run';
import type { RunRow } from '../../lib/audit/event-row';
import { run } from '../audit/samples';

export const NOW = '2026-03-10T12:00:00.000Z';

export const hoursAgo = (hours: number) =>
	new Date(Date.parse(NOW) - hours * 3_600_000).toISOString();

/** A run that ended an hour ago. */
export function ended(status: string, given: Partial<RunRow> = {}): RunRow {
	return {
		...runRow(run(), { executionId: '40', status: 'success' }),
		started_at: hoursAgo(1),
		finished_at: hoursAgo(1),
		read: 5,
		status,
		...given,
	};
}

export function sources(given: Partial<AlertSources> = {}): AlertSources {
	return {
		runs: [],
		parked: [],
		watermarks: [],
		reconciliation: [],
		standing: [],
		events: [],
		oldestRun: [],
		failure: null,
		...given,
	};
}

export function finding(given: Partial<Finding> = {}): Finding {
	return {
		condition: 'run-failed',
		gp_company: 'TWO',
		severity: 'problem',
		subject: 'The sync failed',
		message: 'GP did not answer',
		remedy: 'Start GP',
		run_id: 'run-2',
		link: 'http://localhost:5678/workflow/gpp-sync/executions/40',
		level: 1,
		...given,
	};
}

export function alert(given: Partial<AlertRow> = {}): AlertRow {
	return {
		id: 1,
		...finding(),
		first_at: hoursAgo(5),
		last_at: hoursAgo(1),
		notified_at: hoursAgo(5),
		times: 5,
		...given,
	};
}
