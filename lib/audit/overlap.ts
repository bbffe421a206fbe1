import type { RunRow } from './types';

export interface Overlap {
	/** A run that is still at work: the new one yields. */
	yieldTo: RunRow | null;
	/** Rows of runs that died without closing, closed now as `abandoned`. */
	abandoned: Array<RunRow & { id?: number }>;
}

/**
 * What a new run does about those still marked as running. A run shows it is alive with every
 * batch (`lastSignOf`: when it last moved a watermark or wrote an event); one silent for longer
 * than `silentMinutes` is dead: n8n was stopped, or its execution failed and nobody retried it.
 * Runs of another GP company and dry runs are in nobody's way.
 */
export function overlapOf(input: {
	runs: ReadonlyArray<RunRow & { id?: number }>;
	company: string;
	dryRun: boolean;
	/** UTC instant of the last sign of life; null when there was none after the start. */
	lastSignOf: (runId: string) => string | null;
	silentMinutes: number;
	/** UTC instant. */
	now: string;
}): Overlap {
	const open = input.runs.filter(
		(run) => run.status === 'running' && run.gp_company === input.company,
	);
	const silentSince = Date.parse(input.now) - input.silentMinutes * 60_000;
	const isAlive = (run: RunRow) => {
		const signs = [run.started_at, input.lastSignOf(run.run_id) ?? ''].map(Date.parse);
		return signs.some((sign) => sign >= silentSince);
	};
	const inTheWay = open.filter((run) => isAlive(run) && !run.dry_run && !input.dryRun);
	inTheWay.sort((left, right) => (left.started_at < right.started_at ? -1 : 1));
	return {
		yieldTo: inTheWay[0] ?? null,
		abandoned: open
			.filter((run) => !isAlive(run))
			.map((run) => ({ ...run, status: 'abandoned', finished_at: input.now })),
	};
}
