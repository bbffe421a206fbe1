import { cutoff } from './retention';
import type { RunRow } from './types';

/** Which runs the housekeeping looks at tonight. */
export interface NightPlan {
	/** UTC instant: runs that ended since are checked. */
	check_since: string;
	/** The run a standing alert says is broken; an alert is over when its run is intact. Else `none`. */
	alerted_run: RunRow['run_id'];
	/** UTC instant: events of runs that ended before may go. */
	remove_before: string;
}

export function planNight(input: {
	daysToCheck: number;
	monthsToKeep: number;
	alerts: ReadonlyArray<{ condition: string; run_id?: string }>;
	/** UTC instant. */
	now: string;
}): NightPlan {
	const broken = input.alerts.find(({ condition }) => condition === 'chain-broken');
	return {
		check_since: new Date(Date.parse(input.now) - input.daysToCheck * 86_400_000).toISOString(),
		alerted_run: broken?.run_id || 'none',
		remove_before: cutoff(input.monthsToKeep, input.now),
	};
}
