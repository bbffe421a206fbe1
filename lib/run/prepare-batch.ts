import type { RunState } from '../audit/types';
import type { Entity } from '../model/desired';
import { leaseCompany } from './lease';
import { ENTITY_OF_PART } from '../streams/streams';

/** What the run hands to the execution that does one batch; what is read there goes by it. */
export interface PreparedBatch {
	state: RunState;
	/** Of the step in hand, before it is known whether anything was asked for. */
	entity: Entity;
	/** The lease's name of the company: a dry run has one of its own. */
	leaseCompany: string;
	/** The first batch of a run that looks for crosswalk rows people changed. */
	looksAtCrosswalks: boolean;
}

export function prepareBatch(state: RunState): PreparedBatch {
	return {
		state,
		entity: ENTITY_OF_PART[(state.step ?? { part: state.parts[0] }).part],
		leaseCompany: leaseCompany(state),
		looksAtCrosswalks: state.batches === 0 && !state.dryRun && !state.onlyRequested,
	};
}
