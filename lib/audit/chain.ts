import { createHash } from 'node:crypto';
import { canonicalJson } from '../model/json-text';
import { groupedBy } from '../model/keys';
import { wentThrough } from '../model/outcome';
import { CHAINED, CHAINED_WHERE_FILLED } from '../tables/columns';
import type { AuditEventRow, RunRow } from './event-row';

/** Head of a run's chain: how many events it has, and the hash of the last. */
export interface ChainHead {
	events: number;
	hash: string;
}

export type ChainVerdict =
	| { intact: true; head: ChainHead }
	| { intact: false; at: number; problem: string };

/** Before the first event of a run; no two runs begin alike. */
export function startOfChain(runId: string): ChainHead {
	return { events: 0, hash: sha256(`run ${runId}`) };
}

/**
 * Numbers events and hashes each together with the one before it, so that a row changed, removed
 * or put in later breaks every hash after it. The head goes into the runs table: with it, rows
 * cut off at the end show too. Whoever may write both tables could rebuild the whole chain; keep
 * an exported head elsewhere where that matters.
 */
export function chainEvents(
	events: readonly AuditEventRow[],
	from: ChainHead,
): { events: AuditEventRow[]; head: ChainHead } {
	let head = from;
	const chained = events.map((event) => {
		head = next(head, event);
		return { ...event, sequence: head.events, chain: head.hash };
	});
	return { events: chained, head };
}

/**
 * Checks the events of one run as read from the table, in any order. The same row twice (a retried
 * insert) is no tampering; two different rows with one number are.
 */
export function verifyChain(
	runId: string,
	rows: readonly AuditEventRow[],
	expected?: ChainHead,
): ChainVerdict {
	const ordered = [...rows].sort((left, right) => (left.sequence ?? 0) - (right.sequence ?? 0));
	let head = startOfChain(runId);
	let last: AuditEventRow | undefined;
	for (const row of ordered) {
		const at = Number(row.sequence ?? 0);
		if (last && at === head.events && row.chain === head.hash) {
			if (contentOf(row) === contentOf(last)) continue;
			return { intact: false, at, problem: `event ${at} stands twice with different content` };
		}
		if (at !== head.events + 1) {
			return { intact: false, at: head.events + 1, problem: `event ${head.events + 1} is missing` };
		}
		const correct = next(head, row);
		if (row.chain !== correct.hash) {
			return { intact: false, at, problem: `event ${at} or one before it was changed` };
		}
		head = correct;
		last = row;
	}
	if (expected && expected.events !== head.events) {
		return {
			intact: false,
			at: head.events + 1,
			problem: `the run wrote ${expected.events} events, ${head.events} are left`,
		};
	}
	if (expected && expected.hash !== head.hash) {
		return {
			intact: false,
			at: head.events,
			problem: 'the last event is not the one the run wrote',
		};
	}
	return { intact: true, head };
}

/**
 * Checks what retention left of a run: each event whose neighbour in front stands too, or which was
 * the first. Gives the number of the first that was changed; null when all are as written.
 */
function changedAmongKept(runId: string, rows: readonly AuditEventRow[]): number | null {
	const standing = new Map(rows.map((row) => [Number(row.sequence ?? 0), row.chain ?? '']));
	standing.set(0, startOfChain(runId).hash);
	for (const row of rows) {
		const at = Number(row.sequence ?? 0);
		const before = standing.get(at - 1);
		if (before === undefined || at === 0) continue;
		if (next({ events: at - 1, hash: before }, row).hash !== row.chain) return at;
	}
	return null;
}

function next(before: ChainHead, event: AuditEventRow): ChainHead {
	return { events: before.events + 1, hash: sha256(`${before.hash}\n${contentOf(event)}`) };
}

/** A table gives null for a blank cell. */
function contentOf(event: AuditEventRow): string {
	const content = CHAINED.map((column): [string, unknown] => [column, event[column] ?? '']);
	for (const column of CHAINED_WHERE_FILLED) {
		if (event[column]) content.push([column, event[column]]);
	}
	return canonicalJson(Object.fromEntries(content));
}

function sha256(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

export interface RunVerdict {
	run_id: string;
	gp_company: string;
	started_at: string;
	/**
	 * `intact`: every event stands as it was written. `broken`: one was changed, removed or put in.
	 * `removed`: retention removed them, what it kept is intact. `open`: the run is still at work. `unchained`: written
	 * without a chain.
	 */
	verdict: 'intact' | 'broken' | 'removed' | 'open' | 'unchained';
	/** What is wrong, and at which event; blank when nothing is. */
	problem: string;
	/** Events that stand in the table. */
	events: number;
	execution_link: string;
}

/**
 * Says for each run whether its events are as the run wrote them. A run that did not end has no
 * head in its row to compare with, so events cut off at its end do not show.
 */
export function verifyRuns(runs: RunRow[], events: AuditEventRow[]): RunVerdict[] {
	const byRun = groupedBy(events, ({ run_id }) => run_id);
	return runs.map((run) => {
		const rows = byRun.get(run.run_id) ?? [];
		return {
			run_id: run.run_id,
			gp_company: run.gp_company,
			started_at: run.started_at,
			...verdictOf(run, rows),
			events: rows.length,
			execution_link: run.execution_link ?? '',
		};
	});
}

function verdictOf(run: RunRow, rows: AuditEventRow[]): Pick<RunVerdict, 'verdict' | 'problem'> {
	if (run.status === 'running') return { verdict: 'open', problem: '' };
	if (run.events_removed_at) {
		const at = changedAmongKept(run.run_id, rows);
		if (at === null) return { verdict: 'removed', problem: '' };
		return {
			verdict: 'broken',
			problem: `Event ${at}, kept when others were removed, was changed.`,
		};
	}
	if (!run.chain && rows.every((row) => !row.chain)) return { verdict: 'unchained', problem: '' };
	const head =
		wentThrough(run) && run.chain
			? { events: Number(run.events) || 0, hash: run.chain }
			: undefined;
	const checked = verifyChain(run.run_id, rows, head);
	return checked.intact
		? { verdict: 'intact', problem: '' }
		: { verdict: 'broken', problem: `Event ${checked.at}: ${checked.problem}.` };
}
