import { wentThrough } from '../model/outcome';
import { changedAmongKept, verifyChain } from './chain';
import type { AuditEventRow, RunRow } from './types';

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
	const byRun = new Map<string, AuditEventRow[]>();
	for (const event of events) {
		const group = byRun.get(event.run_id);
		if (group) group.push(event);
		else byRun.set(event.run_id, [event]);
	}
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
