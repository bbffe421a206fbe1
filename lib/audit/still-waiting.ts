import type { Outcome } from '../base/outcome';
import { cell } from './event-row';
import { keyOf } from './parked-rows';
import type { ParkedRow, RunState } from './types';

/** So long after a record was last told of, it is told again that it still waits. */
const TOLD_AGAIN_AFTER_MS = 24 * 3_600_000;

/**
 * Leaves out the records that were tried again from the parked table and wait for the same reason as
 * before: nothing was sent, nothing became different, and a record that waits a month would leave an
 * event each hour. Their rows stay as they are; once a day they are told of again.
 */
export function withoutStillWaiting(
	outcomes: Outcome[],
	given: { state: RunState; rows: readonly ParkedRow[]; now: string },
): Outcome[] {
	const { state, rows, now } = given;
	if (state.step?.phase !== 'parked' || state.dryRun) return outcomes;
	const told = new Map<string, ParkedRow>();
	for (const row of rows) {
		if (Date.parse(now) - Date.parse(row.last_tried_at) < TOLD_AGAIN_AFTER_MS) {
			told.set(keyOf({ company: row.gp_company, entity: row.entity, key: row.gp_key }), row);
		}
	}
	// Of a document with several outcomes all or none: its row is resolved by any that is heard of.
	const changed = new Set(
		outcomes
			.filter((outcome) => !isAsTold(outcome, told.get(keyOf(outcome.source))))
			.map((outcome) => keyOf(outcome.source)),
	);
	return outcomes.filter((outcome) => changed.has(keyOf(outcome.source)));
}

function isAsTold({ outcome, reason }: Outcome, row: ParkedRow | undefined): boolean {
	return (
		row !== undefined &&
		outcome === 'parked' &&
		row.reason_code === (reason?.code ?? outcome) &&
		row.message === cell(reason?.message)
	);
}
