import { recordIdentity } from '../model/keys';
import { WAITING_OUTCOMES, type Outcome } from '../model/outcome';
import { cell } from '../audit/event-row';
import { rowsByKey } from './parked-rows';
import type { ParkedRow, RunState } from '../audit/types';

/** So long after a record was last told of, it is told again that it still waits. */
const TOLD_AGAIN_AFTER_MS = 24 * 3_600_000;

/**
 * Leaves out the records that were tried again from the parked table and still wait, fail, are locked
 * or in conflict for the same reason as before: nothing became different, and a record that waits a
 * month would leave an event each hour. Their rows stay as they are; once a day they are told of
 * again. What was written to such a record all the same is told at once.
 */
export function withoutStillWaiting(
	outcomes: Outcome[],
	given: { state: RunState; rows: readonly ParkedRow[]; now: string },
): Outcome[] {
	const { state, rows, now } = given;
	if (state.step?.phase !== 'parked' || state.dryRun) return outcomes;
	const standing = rowsByKey(rows);
	const isAsRecorded = ({ outcome, source, reason, unrecorded, recovered, wrote }: Outcome) => {
		// Of two rows one was left over by a batch that was cut off: it is to be resolved.
		const [row, another] = standing.get(recordIdentity(source)) ?? [];
		return (
			WAITING_OUTCOMES.includes(outcome) &&
			unrecorded === undefined &&
			recovered === undefined &&
			wrote === undefined &&
			another === undefined &&
			row?.reason_code === (reason?.code ?? outcome) &&
			row.message === cell(reason?.message) &&
			Date.parse(now) - Date.parse(row.last_tried_at) < TOLD_AGAIN_AFTER_MS
		);
	};
	// Of a document with several outcomes all or none: its row is resolved by any that is heard of.
	const changed = new Set(
		outcomes
			.filter((outcome) => !isAsRecorded(outcome))
			.map((outcome) => recordIdentity(outcome.source)),
	);
	return outcomes.filter((outcome) => changed.has(recordIdentity(outcome.source)));
}
