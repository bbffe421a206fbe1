import type { JournalRow } from '../audit/types';
import type { Batch } from './batch';
import { leaseEnd } from './lease';

/** What a batch notes before its first write to Procore. */
export interface BeforeWriting {
	journal: JournalRow;
	/** New end of the lease: the sync writes no longer than that lasts. */
	until: string;
}

/** Of a desired record, as far as it says where it is written. */
type Placed = { kind?: unknown; projectId?: unknown; standardListId?: unknown };

/** Null for a dry run, and where no record is to be written: that costs no row. */
export function beforeWriting(
	batch: Pick<Batch, 'state' | 'journal'>,
	desired: readonly Placed[],
	now: string,
): BeforeWriting | null {
	if (batch.state.dryRun || desired.every(({ kind }) => kind === 'checkpoint')) return null;
	const places = desired
		.map(({ standardListId, projectId }) =>
			standardListId ? `list ${String(standardListId)}` : projectId ? String(projectId) : '',
		)
		.filter(Boolean);
	return {
		journal: { ...batch.journal, places: [...new Set(places)].join(',') },
		until: leaseEnd(batch.state, now),
	};
}
