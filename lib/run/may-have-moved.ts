import type { RunState } from '../audit/types';

/** What the decision needs of a GP record: a payable, or the checkpoint behind the batch. */
interface ReadRecord {
	state?: unknown;
	distributions?: unknown;
}

/**
 * Whether documents of this batch may stand in Procore elsewhere than the mapping sends them now. While
 * it was never changed and nothing goes before it is posted, they stand where it sends them, and nobody
 * need look. Of a document in history that has lost its distributions only the earlier events tell
 * that it was sent. What was asked for by key has had its events read already.
 */
export function mayHaveMoved(batch: {
	phase: NonNullable<RunState['step']>['phase'] | undefined;
	records: readonly ReadRecord[];
	/** Of the mapping, now and as the run of any earlier batch knew it. */
	version: string;
	knownVersions: readonly unknown[];
	/** Drafts are sent before they are posted, and may be edited until then. */
	sendsDrafts: boolean;
}): boolean {
	if (batch.phase === 'requested') return false;
	return (
		batch.sendsDrafts ||
		batch.knownVersions.some((known) => Boolean(known) && known !== batch.version) ||
		batch.records.some(
			({ state, distributions }) =>
				state === 'history' && Array.isArray(distributions) && distributions.length === 0,
		)
	);
}
