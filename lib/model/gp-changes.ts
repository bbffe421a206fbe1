import { type Entity, STREAMS } from '../streams/streams';
import type { ConnectorError } from './connector-error';
import type { GpPayable, GpRecord, Stamp } from './gp-records';
import type { Decimal } from './money';

/**
 * How the end of a list was shown: the server's count agreed, nothing stood behind the last row, its
 * links came to an end, a further page number gave the last page again, or the whole list came in
 * one answer that shows no sign of a cap.
 */
export type Proof = 'count' | 'nothingBehind' | 'links' | 'lastPageRepeated' | 'wholeAnswer';

/** Whether all of a list was read, as a value that travels from the reader to the run, the page and the doctor. */
export type Completeness = { proven: true; by: Proof } | { proven: false; why: string };

/** A list nobody has to ask for. */
export const NOTHING_TO_READ: Completeness = { proven: true, by: 'nothingBehind' };

/** What holds for both together: one list that may be cut makes the whole unproven. */
export function together(
	one: Completeness | undefined,
	other: Completeness | undefined,
): Completeness | undefined {
	if (!one || !other) return one ?? other;
	if (one.proven) return other.proven ? one : other;
	if (other.proven || one.why.includes(other.why)) return one;
	return { proven: false, why: `${one.why}; ${other.why}` };
}

/** Characters of the run's cell. */
const LONGEST = 1000;

/**
 * Cell `not_proven` of the runs table: "payables: exactly 100 rows came: …"; blank when each list that
 * was read was read to its end.
 */
export function notProven(
	read: Partial<Record<Entity, Completeness | undefined>> | undefined,
): string {
	const all = Object.entries(read ?? {}) as Array<[Entity, Completeness | undefined]>;
	return all
		.flatMap(([entity, one]) =>
			!one || one.proven ? [] : [`${STREAMS[entity].short}: ${one.why}`],
		)
		.join(' · ')
		.slice(0, LONGEST);
}

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

/**
 * As an item of n8n holds it: as the row of gpp_watermark does where it was given as that, else as an object. n8n copies
 * items and writes them down with each batch, and what is remembered of 20,000 rows is one text then.
 */
export interface WatermarkItem {
	since: Stamp | null;
	seen: string | Watermark['seen'];
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
	/** It is as it was before this batch: there is nothing to write. */
	unmoved?: true;
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

/** A checkpoint as an item of n8n. */
export type CheckpointItem = Omit<Checkpoint, 'watermark'> & { watermark: WatermarkItem };

export function checkpointItem(checkpoint: Checkpoint): CheckpointItem {
	const { since, seen } = checkpoint.watermark;
	return { ...checkpoint, watermark: { since, seen: JSON.stringify(seen) } };
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

/** A payables document as a list of GP shows it, read for control totals: what is not told is null. */
export interface ControlRow {
	/** Canonical key, as everywhere. */
	key: string;
	/** GP vendor id, canonical; blank where the list does not name it. */
	vendor: string;
	/** `YYYY-MM` of the document date; blank where the list does not tell it. */
	month: string;
	/** Document amount: positive for invoices and charges, negative for returns, credit memos and payments. */
	amount: Decimal | null;
	voided: boolean | null;
	state: GpPayable['state'];
	modified: Stamp | null;
}
