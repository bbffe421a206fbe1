import { groupedBy } from '../model/keys';
import { type OutcomeKind, WAITING_OUTCOMES } from '../model/outcome';
import { type AuditEventRow, type ParkedRow, recordId, type RunRow } from './event-row';

type StoredEvent = AuditEventRow & { id: number };

/** Rows of one run to delete: those with `after < id < before`. */
export interface EventRange {
	run_id: string;
	after: number;
	before: number;
}

export interface Retention {
	/** Events to delete. */
	ranges: EventRange[];
	/** Runs to be marked once their events are deleted: cut off in between, the next time does it. */
	marked: Array<Pick<RunRow, 'run_id'> & { events_removed_at: string }>;
	/** Runs that handled nothing: their rows go altogether. */
	emptyRuns: Array<Pick<RunRow, 'run_id'>>;
	/** Events kept although they are old. */
	kept: number;
}

/** Instant before which a run is old. */
export function cutoff(months: number, now: string): string {
	const date = new Date(now);
	const day = date.getUTCDate();
	date.setUTCMonth(date.getUTCMonth() - months);
	// A month without such a day: its last one, not one of the next month, which is not as old.
	if (date.getUTCDate() !== day) date.setUTCDate(0);
	return date.toISOString();
}

/**
 * What may go of old runs. The row of a run stays, with the head of its chain and the day its
 * events were removed. Of a record that is parked, or whose last outcome is a failure, nothing goes
 * but tries that only repeat an earlier one with the same reason; the event in front of a kept one
 * stays too, since the kept one is checked against it. Nothing else of a run is kept in part.
 */
export function planRetention(input: {
	/** Runs to look at. */
	runs: RunRow[];
	/** Every event of these runs. */
	events: StoredEvent[];
	parked: ParkedRow[];
	/** Newest event of each record that failed in one of these runs. */
	latest: AuditEventRow[];
	months: number;
	/** UTC instant. */
	now: string;
}): Retention {
	const limit = cutoff(input.months, input.now);
	const stuck = new Set([
		...input.parked.map(recordId),
		...input.latest.filter(isFailure).map(recordId),
	]);
	const inOrder = [...input.events].sort((left, right) => left.id - right.id);
	const byRun = groupedBy(inOrder, ({ run_id }) => run_id);
	const plan: Retention = { ranges: [], marked: [], emptyRuns: [], kept: 0 };
	const reported = new Set<string>();
	for (const run of [...input.runs].sort((a, b) => (a.started_at < b.started_at ? -1 : 1))) {
		if (!isOld(run, limit)) continue;
		const events = byRun.get(run.run_id) ?? [];
		if (events.length === 0 && !Number(run.events)) plan.emptyRuns.push({ run_id: run.run_id });
		else {
			const kept = keptIds(events, stuck, reported);
			plan.kept += kept.size;
			plan.ranges.push(...rangesBetween(run.run_id, events, kept));
			plan.marked.push({ run_id: run.run_id, events_removed_at: input.now });
		}
	}
	return plan;
}

function isOld(run: RunRow, limit: string): boolean {
	if (run.status === 'running' || run.events_removed_at) return false;
	return (run.finished_at || run.started_at) < limit;
}

function keptIds(events: StoredEvent[], stuck: Set<string>, reported: Set<string>): Set<number> {
	const kept = new Set<number>();
	events.forEach((event, index) => {
		if (!stuck.has(recordId(event))) return;
		const story = JSON.stringify([
			recordId(event),
			event.outcome,
			event.reason_code,
			event.source_hash,
		]);
		if (isFailure(event) && reported.has(story)) return;
		reported.add(story);
		kept.add(event.id);
		const before = events[index - 1];
		if (before) kept.add(before.id);
	});
	return kept;
}

function rangesBetween(run_id: string, events: StoredEvent[], kept: Set<number>): EventRange[] {
	const ranges: EventRange[] = [];
	let range: EventRange | null = null;
	for (const { id } of events) {
		if (kept.has(id)) range = null;
		else if (range) range.before = id + 1;
		else ranges.push((range = { run_id, after: id - 1, before: id + 1 }));
	}
	return ranges;
}

function isFailure(event: AuditEventRow): boolean {
	return !event.dry_run && WAITING_OUTCOMES.includes(event.outcome as OutcomeKind);
}

/** Which runs the housekeeping looks at tonight. */
export interface NightPlan {
	/** UTC instant: runs that ended since are checked. */
	check_since: string;
	/** The run a standing alert says is broken; an alert is over when its run is intact. Else `none`. */
	alerted_run: RunRow['run_id'];
	/** UTC instant: events of runs that ended before may go. */
	remove_before: string;
}

/** Which runs are checked tonight, and up to when events may go. */
export function planNight(input: {
	daysToCheck: number;
	monthsToKeep: number;
	alerts: ReadonlyArray<{ condition: string; run_id?: string; last_at?: string }>;
	/** UTC instant. */
	now: string;
}): NightPlan {
	// One a night, of several companies in turn: one that is still broken is noted anew.
	const [broken] = input.alerts
		.filter(({ condition }) => condition === 'chain-broken')
		.sort((left, right) => ((left.last_at ?? '') < (right.last_at ?? '') ? -1 : 1));
	return {
		check_since: new Date(Date.parse(input.now) - input.daysToCheck * 86_400_000).toISOString(),
		alerted_run: broken?.run_id || 'none',
		remove_before: cutoff(input.monthsToKeep, input.now),
	};
}
