import type { JournalRow } from '../audit/types';
import { everyUnrecordedMark } from '../sync/batch-mark';

/** Batches that were begun and whose events are not written: what they wrote, nobody has told yet. */
export interface Unrecorded {
	batches: number;
	/** Records of Procore that carry the mark of one. */
	writes: number;
	/** When the first of them was begun, UTC; blank where there is none. */
	since: string;
}

type Row = Pick<JournalRow, 'batch_id' | 'started_at'>;

/** The rows of gpp_journal of one company, and the records met that their batches wrote. */
export class UnrecordedBatches {
	private readonly ids: string[];
	private readonly since: string;
	private writes = 0;

	constructor(rows: readonly Row[]) {
		this.ids = [...new Set(rows.map(({ batch_id }) => batch_id))].filter(Boolean);
		this.since = rows.map(({ started_at }) => started_at).sort()[0] ?? '';
	}

	/** Whether one of them wrote the record, by the mark it left in `origin_data`. */
	wrote(originData: unknown): boolean {
		const marks = everyUnrecordedMark(originData, { unrecordedBatches: this.ids });
		this.writes += marks.length > 0 ? 1 : 0;
		return marks.length > 0;
	}

	found(): Unrecorded {
		return { batches: this.ids.length, writes: this.writes, since: this.since };
	}
}
