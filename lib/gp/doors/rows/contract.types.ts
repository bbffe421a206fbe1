import type { RowSetName } from './row-sets';

/** A value of a key: text, or a whole number. */
export type KeyValue = string | number;

/** What a workflow that gives rows of GP is asked for: one item. */
export interface RowRequest {
	/** To be given back with the answer, so that an answer of nothing is known to be one. */
	request: string;
	/** Database id of the GP company; a source that holds another one has to fail. */
	company: string;
	/** Which rows, see ROW_SETS. */
	rows: RowSetName;
	/** Columns every row has to have, by name without case; a value may be null. */
	columns: readonly string[];
	/** Columns of the key: rows come in its order. */
	key: readonly string[];
	/** Only rows after this key; null from the beginning. */
	after: readonly KeyValue[] | null;
	/** Only rows changed at or after this moment in UTC; null: all. */
	since: string | null;
	/** Only rows whose column has one of these values; null: all. */
	only: { column: string; values: readonly KeyValue[] } | null;
	/** Most rows of one answer. */
	limit: number;
	/** Most rows of the table to go through in search of changed ones; the last of them is given whatever it says. */
	window: number;
	/**
	 * Only of the second look. `backward`: rows in the opposite order of the key, `after` meaning those
	 * before it. `count`: one row with GPP_TOTAL, how many rows there are; a source may leave that
	 * unanswered. Absent: forward.
	 */
	look?: 'backward' | 'count';
}

/** What the last node of the workflow gives: one item. */
export interface RowAnswer {
	request: string;
	/** In the order of the key. Fewer than `limit` is no sign of an end: an empty answer is. */
	rows: unknown[];
}

/** Calls the workflow; resolves with the items its last node gave. */
export type RowSource = (request: RowRequest, signal?: AbortSignal) => Promise<unknown[]>;
