import type { JournalRow } from '../audit/types';

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

	/** @param carriesMark whether a record's `origin_data` has a mark of one of these batches */
	constructor(
		rows: readonly Row[],
		private readonly carriesMark: (originData: unknown, batches: readonly string[]) => boolean,
	) {
		this.ids = [...new Set(rows.map(({ batch_id }) => batch_id))].filter(Boolean);
		this.since = rows.map(({ started_at }) => started_at).sort()[0] ?? '';
	}

	/** Whether one of them wrote the record, by the mark it left in `origin_data`. */
	wrote(originData: unknown): boolean {
		const wrote = this.ids.length > 0 && this.carriesMark(originData, this.ids);
		this.writes += wrote ? 1 : 0;
		return wrote;
	}

	found(): Unrecorded {
		return { batches: this.ids.length, writes: this.writes, since: this.since };
	}
}
