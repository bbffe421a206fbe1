import { type AuditEventRow, type ParkedRow, recordId, type RunState } from '../../audit/event-row';
import { contentHash } from '../../model/json-text';
import type { Entity } from '../../model/desired';
import { canonicalKey, groupedBy } from '../../model/keys';
import { type Outcome, type OutcomeKind, WAITING_OUTCOMES } from '../../model/outcome';
import { PART_OF_ENTITY } from '../../streams/streams';
import type { TableRow } from '../../tables/tables';

/** Row of the requests table: a record to be read again from GP by its key on the next run. */
export type RequestRow = TableRow<'requests'>;

/** What a person asks for. */
export interface ReplayAsk {
	/**
	 * `records`: the records named in `search`; `waiting`: everything in the parked table;
	 * `handled`: everything that left an event between two days; `changed`: everything GP changed
	 * since a day (a backfill: no list of records, the run reads from that day).
	 */
	choice: 'records' | 'waiting' | 'handled' | 'changed';
	/** Vouchers, vendor ids, accounts or pieces of them, one per line or separated by commas. */
	search: string;
	/** Blank means any kind. */
	entity: Entity | '';
	/** GP company database id; blank means any company that is in the tables. */
	company: string;
	/** `YYYY-MM-DD`, both days included; blank where not given. */
	from: string;
	to: string;
	/** Read the record from GP again, or use what was stored when it was parked. */
	use: 'gp' | 'stored';
	by: string;
}

/** What is known about records, from the tables. Every list may hold more than is needed. */
export interface KnownRecords {
	parked: ParkedRow[];
	events: AuditEventRow[];
	/** Rows already waiting. */
	requests: RequestRow[];
}

export interface ReplayPlan {
	/** To insert, in the order in which the run must take them. */
	rows: RequestRow[];
	/** Read everything GP changed since this day (`YYYY-MM-DD`); blank for a list of records. */
	readFrom: string;
	/** Whether there is anything for a run to do. */
	start: boolean;
	/** What was found and asked for, and what was not, in plain words; one line each. */
	lines: string[];
}

/** In so many runs a record that GP does not give is asked for; then it waits as any record that is owed. */
export const MOST_TRIES = 5;

/** The rows this step tries: of its entity, and not tried by this run already. */
export function requestsToTry(
	rows: readonly RequestRow[],
	state: Pick<RunState, 'runId' | 'company' | 'step'>,
): RequestRow[] {
	return rows.filter(
		(row) =>
			row.gp_company === state.company &&
			PART_OF_ENTITY[row.entity as Entity] === state.step?.part &&
			row.note !== state.runId,
	);
}

export interface RequestResults {
	/** To delete: they were answered, or the record waits in the parked table from now on. */
	answeredRowIds: number[];
	/** To update: GP did not give the record this time. */
	repeat: Array<{ row_id: number; tries: number; note: string }>;
	/** Outcomes as they are recorded: those of requests that ended without an answer say so. */
	outcomes: Outcome[];
}

/**
 * What became of the requests. Whatever GP gave is answered, also when Procore refused it: it waits
 * in the parked table then. Only a record that could not be read is asked for again. After `MOST_TRIES`
 * runs the request ends; the record stays owed and is read by its key on every run, see parked-rows.ts.
 */
export function resultsOfRequests(
	requests: readonly RequestRow[],
	outcomes: readonly Outcome[],
	state: Pick<RunState, 'runId' | 'company'>,
): RequestResults {
	const results: RequestResults = { answeredRowIds: [], repeat: [], outcomes: [...outcomes] };
	const byKey = groupedBy(outcomes, ({ source }) => keyOf(source.entity, source.key));
	const unanswered = new Map<string, RequestRow>();
	for (const row of requests) {
		const key = keyOf(row.entity, row.gp_key);
		const ofRow = byKey.get(key) ?? [];
		const read = ofRow.some((outcome) => outcome.outcome !== 'failed' || outcome.originId);
		const tries = (Number(row.tries) || 0) + 1;
		if (!read && tries >= MOST_TRIES) unanswered.set(key, row);
		if (row.id === undefined) continue;
		if (read || tries >= MOST_TRIES) results.answeredRowIds.push(row.id);
		else results.repeat.push({ row_id: row.id, tries, note: state.runId });
	}
	for (const [key, row] of unanswered) {
		const known = results.outcomes.findIndex(
			(outcome) => keyOf(outcome.source.entity, outcome.source.key) === key,
		);
		if (known >= 0) results.outcomes[known] = endedUnanswered(results.outcomes[known]);
		else results.outcomes.push(endedUnanswered(unheardOf(row, state.company)));
	}
	return results;
}

/** Id of the request that asked for a record; the first of several. */
export function requestOf(requests: readonly RequestRow[], entity: string, key: string): string {
	const wanted = keyOf(entity, key);
	const row = requests.find((one) => keyOf(one.entity, one.gp_key) === wanted);
	return row?.id === undefined ? '' : String(row.id);
}

function endedUnanswered(outcome: Outcome): Outcome {
	const { message, remedy } = outcome.reason ?? { message: 'GP did not give it', remedy: '' };
	return {
		...outcome,
		reason: {
			...outcome.reason,
			code: 'gave-up',
			message: `Asked for in ${MOST_TRIES} runs, and GP gave it in none: ${message.replace(/\.$/, '')}. The request ended; the record waits, and is read again on every run.`,
			remedy:
				`${remedy} Nothing has to be asked for again: it goes as soon as it can be read.`.trim(),
		},
	};
}

function unheardOf(row: RequestRow, company: string): Outcome {
	return {
		kind: 'outcome',
		outcome: 'failed',
		source: {
			company,
			entity: row.entity as Entity,
			key: row.gp_key,
			label: row.gp_label || row.gp_key,
			hash: contentHash([row.entity, row.gp_key]),
		},
		dryRun: false,
	};
}

function keyOf(entity: string, key: string): string {
	return JSON.stringify([entity, canonicalKey(key)]);
}

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
	const handled = input.events.filter(({ dry_run, at }) => !dry_run && at >= input.since);
	const byRecord = groupedBy(handled, recordId);
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
		lines.push(
			`${counts.unchanged} stood in Procore as ${counts.unchanged === 1 ? 'it' : 'they'} should already.`,
		);
	lines.push(
		...someOf(
			failures,
			`${failures.length} did not go and ${failures.length === 1 ? 'stands' : 'stand'} in gpp_parked:`,
		),
		...someOf(leftOut, `${leftOut.length} left out on purpose:`),
	);
	if (counts.waits > 0 && problem === '') {
		lines.push(
			`${counts.waits} ${counts.waits === 1 ? 'waits' : 'wait'} for the next run: another run is at work, or none was started.`,
		);
	}
	return lines;
}

function someOf(details: string[], heading: string): string[] {
	if (details.length === 0) return [];
	const more = details.length - MOST_TOLD;
	return [heading, ...details.slice(0, MOST_TOLD), ...(more > 0 ? [`… and ${more} more.`] : [])];
}
