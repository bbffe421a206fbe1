import type { LeaseRow } from '../audit/types';

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
