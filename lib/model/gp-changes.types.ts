import type { Completeness } from './completeness';
import type { ConnectorError } from './connector-error';
import type { Entity } from './source';
import type { GpRecord, Stamp } from './gp-records';

/**
 * How far one entity has been read. Kept in the watermark table: `since` in a column people may
 * edit, `seen` beside it. Never past an unprocessed row.
 */
export interface Watermark {
	/** Highest stamp up to which every row was processed; null before the first read. */
	since: Stamp | null;
	/**
	 * Rows that were processed, key → what is known of them (reading/seen-mark): those within the overlap
	 * before `since`, and open documents, which may change without a stamp.
	 */
	seen: Record<string, string>;
}

export const EMPTY_WATERMARK: Watermark = { since: null, seen: {} };

/** How far the turn of the open documents is: what a person is told. */
export interface RecheckReport {
	/** Open documents (without stamps: vendors and accounts too) that come up in turn, and in how many runs (0: never). */
	open: number;
	openRuns: number;
	/** Without stamps: documents in history, and in how many runs each comes up. */
	closed: number;
	closedRuns: number;
	/** Open documents whose list rows say everything: compared once a day with the whole list. */
	listed: number;
}

/**
 * Last item of every batch: where reading stands once everything before it is acknowledged.
 * It flows through mapping and sync behind the records it vouches for.
 */
export interface Checkpoint {
	kind: 'checkpoint';
	entity: Entity;
	company: string;
	watermark: Watermark;
	/** More batches wait in this run. */
	more: boolean;
	/** Hand back to the next call of the same run; null when nothing waits. */
	cursor: string | null;
	/** Rows read, rows that turned out to be seen already, GP requests made. */
	counts: { read: number; unchanged: number; requests: number };
	/** Whether the list behind it was read to its end; absent where no list was read. */
	completeness?: Completeness;
	/** In the first batch of a run: details read again although no list row says that they changed. */
	recheck?: RecheckReport & { read: number };
}

export interface ChangeBatch {
	records: GpRecord[];
	checkpoint: Checkpoint;
	/** Changed rows that could not be understood; the checkpoint vouches for them too, so park them. */
	faults?: ChangeFault[];
	/** Keys of owed records that GP has no more, neither by their key nor in its list. */
	gone?: string[];
}

/** One record that could not be read, while the others of its batch could. */
export interface ChangeFault {
	/** GP key as far as it could be read; "#" and a fingerprint when not even that. */
	key: string;
	/** What a person calls it. */
	label: string;
	error: ConnectorError;
}
