import { RunLoopError } from './run-errors';
import type { RunState } from '../audit/types';

/** More batches than this in one run is a loop, not a company: 500 documents each. */
export const MOST_BATCHES = 20_000;

type Step = NonNullable<RunState['step']>;

/**
 * What comes after the step in hand: further batches of records asked for by name, while there
 * were any; then of changes, while GP has more; then, where rows of this part wait from earlier
 * runs, one step that tries them again; then the next part. Null when the run is done.
 *
 * @throws RunLoopError when reading does not get on
 */
export function nextStep(
	state: Pick<RunState, 'runId' | 'parts' | 'step' | 'cursor' | 'batches' | 'onlyRequested'>,
	after: { more: boolean; cursor: string | null; parkedCount: number; requestCount: number },
): Step | null {
	const { step } = state;
	if (step === null) return null;
	if (state.batches >= MOST_BATCHES) {
		throw new RunLoopError(state.runId, `${state.batches} batches were read and GP still has more`);
	}
	if (step.phase === 'requested') {
		// The next batch looks whether anything is left, and goes on to the changes if not.
		if (after.requestCount > 0) return { ...step, batch: step.batch + 1 };
		if (!state.onlyRequested) return { part: step.part, phase: 'changes', batch: 1 };
	}
	if (step.phase === 'changes' && after.more) {
		if (after.cursor === null || after.cursor === state.cursor) {
			throw new RunLoopError(
				state.runId,
				`GP says that more ${step.part} wait but gives the same place to go on from`,
			);
		}
		return { ...step, batch: step.batch + 1 };
	}
	if (step.phase === 'changes' && after.parkedCount > 0) {
		return { part: step.part, phase: 'parked', batch: 1 };
	}
	const next = state.parts[state.parts.indexOf(step.part) + 1];
	return next ? { part: next, phase: 'requested', batch: 1 } : null;
}
