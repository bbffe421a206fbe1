import { WAITING_OUTCOMES, type OutcomeKind } from '../../model/outcome';
import type { AuditEventRow } from '../../audit/types';
import { recordId } from '../../audit/event-row';
import type { ReplayPlan, RequestRow } from './request.types';

const MOST_TOLD = 15;

/**
 * What became of a replay, in plain words: looked up after the run in what it left behind. A
 * record without a fresh event stood as it should already, since unchanged records leave none.
 */
export function tellReplay(input: {
	plan: ReplayPlan;
	/** Why the run could not be started or failed; blank when it ended well. */
	problem: string;
	/** Requests table after the run. */
	requests: RequestRow[];
	/** Events since the request was made. */
	events: AuditEventRow[];
	/** UTC instant at which it was asked. */
	since: string;
}): string[] {
	const { plan, problem } = input;
	if (!plan.start) return plan.lines;
	const lines = [...plan.lines];
	if (problem !== '') {
		lines.push(
			`The sync could not be started from here, or did not end well: ${problem}`,
			plan.readFrom === ''
				? 'Nothing is lost: the records stay in gpp_request and are taken by the next run.'
				: 'Start the workflow "GP to Procore: sync" from its form "Run with options" and give it the day there.',
		);
	}
	if (plan.rows.length === 0) {
		if (problem === '') lines.push('The run has ended. Its numbers stand in gpp_run.');
		return lines;
	}
	const waiting = new Set(input.requests.map(recordId));
	const byRecord = new Map<string, AuditEventRow[]>();
	for (const event of input.events) {
		if (event.dry_run || event.at < input.since) continue;
		const id = recordId(event);
		byRecord.set(id, [...(byRecord.get(id) ?? []), event]);
	}
	const counts = { went: 0, unchanged: 0, waits: 0 };
	const failures: string[] = [];
	const leftOut: string[] = [];
	for (const row of plan.rows) {
		const id = recordId(row);
		const events = byRecord.get(id) ?? [];
		const failed = events.find((event) => WAITING_OUTCOMES.includes(event.outcome as OutcomeKind));
		if (failed) {
			failures.push(
				`${row.gp_label}: ${failed.outcome}. ${failed.message} ${failed.remedy}`.trim(),
			);
		} else if (events.length > 0 && events.every(({ outcome }) => outcome === 'skipped')) {
			leftOut.push(`${row.gp_label}: ${events[0]!.message}`);
		} else if (events.length > 0) counts.went++;
		else if (waiting.has(id)) counts.waits++;
		else counts.unchanged++;
	}
	if (counts.went > 0) lines.push(`${counts.went} went to Procore.`);
	if (counts.unchanged > 0)
		lines.push(`${counts.unchanged} stood in Procore as they should already.`);
	lines.push(
		...someOf(failures, `${failures.length} did not go and stand in gpp_parked:`),
		...someOf(leftOut, `${leftOut.length} left out on purpose:`),
	);
	if (counts.waits > 0 && problem === '') {
		lines.push(
			`${counts.waits} wait for the next run: another run is at work, or none was started.`,
		);
	}
	return lines;
}

function someOf(details: string[], heading: string): string[] {
	if (details.length === 0) return [];
	const more = details.length - MOST_TOLD;
	return [heading, ...details.slice(0, MOST_TOLD), ...(more > 0 ? [`… and ${more} more.`] : [])];
}
