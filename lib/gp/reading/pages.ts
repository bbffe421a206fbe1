import { breather } from '../../http/read-body';
import type { Completeness } from '../../model/gp-changes';
import type { GpRecord, Stamp } from '../../model/gp-records';
import { contentHash } from '../../model/json-text';
import { canonicalKey } from '../../model/keys';
import { GpRecordMalformed } from '../errors/gp-error';
import type { RawRecord } from '../normalise/field-reader';

/** Pages as a source gives them; what it returns is known only once they came to their end. */
export type PageSource<Row, End> = AsyncGenerator<readonly Row[], End, undefined>;

/**
 * Pages of rows for `for await`, and what is known of them once they came to their end. Nothing is asked
 * for before the first turn of the loop, nor after the last: whoever leaves it ends the reading, and
 * `end` stays null.
 */
export class Pages<Row, End> implements AsyncIterable<readonly Row[]> {
	#end: End | null = null;

	constructor(private readonly source: PageSource<Row, End>) {}

	/** Null while pages may follow, and for ever where the loop was left early. */
	get end(): End | null {
		return this.#end;
	}

	async *[Symbol.asyncIterator](): AsyncGenerator<readonly Row[], void, undefined> {
		this.#end = yield* this.source;
	}
}

/** What is remembered of one row that was processed. */
export interface SeenMark {
	/** Fingerprint of the list row; where a detail belongs to it, with its stamp. */
	row: string;
	/** Fingerprint of the detail, or one of three signs (recheck.ts); null where the list row says everything. */
	detail: string | null;
	/** Minutes since 1970 by our clock: first detail read under this list row, and the last one. */
	first: number;
	checked: number;
	/** A document GP may still change: unposted, or posted and not paid. */
	open: boolean;
	/** Older than the overlap and remembered all the same. */
	kept: boolean;
	/** The detail alone says what detail and list row say together, so it can be read by its key. */
	alone: boolean;
	/** It has no stamp, where others of its list have one: no filter by stamps finds it. */
	unstamped?: boolean;
}

/** A row of a list, normalised if it can be. */
export interface ListedRow {
	key: string;
	/** Null when the row is malformed. */
	record: GpRecord | null;
	fault: GpRecordMalformed | null;
	/** Kept only while the rest of the record has to be fetched. */
	pending: { raw: RawRecord; source: number } | null;
	/** What is known of it without unpacking it, where it is packed. */
	readonly noted?: { stamp: Stamp | null; open: boolean };
}

/** Where a row stood that was let go of. */
export const NO_ROW: ListedRow = { key: '', record: null, fault: null, pending: null };

/**
 * What a row without a key is listed under: where it stands, or the fingerprint of what it holds. In the form
 * of every other key, as tables keep it, so that it is found again by what they say.
 */
export function keylessKey(what: string): string {
	return canonicalKey(`#${what}`);
}

/** A row as its reader normalises it; one that is malformed keeps its fault, and its key where that is known. */
export function listedRow(
	raw: RawRecord,
	read: () => { record: GpRecord; pending: ListedRow['pending'] },
): ListedRow {
	try {
		const { record, pending } = read();
		return { key: record.key, record, fault: null, pending };
	} catch (error) {
		if (!(error instanceof GpRecordMalformed)) throw error;
		const { key } = error.details;
		return {
			key: typeof key === 'string' ? key : keylessKey(contentHash(raw)),
			...{ record: null, fault: error, pending: null },
		};
	}
}

/** Rows of an entity, doubles included; the end says whether each list was read to its end, as far as that can be shown. */
export type Listing = Pages<ListedRow, Completeness>;

/** The first row there is; nothing is asked for behind its page. */
export async function firstRow<Row>(pages: AsyncIterable<readonly Row[]>): Promise<Row | null> {
	for await (const [row] of pages) if (row !== undefined) return row;
	return null;
}

/** What is not proven, with the list it is about. */
export function named(completeness: Completeness, list: string): Completeness {
	return completeness.proven
		? completeness
		: { proven: false, why: `${list}: ${completeness.why}` };
}

/** Why a row may be missing; null where that none is missing was shown. */
export function whyNotProven(completeness: Completeness): string | null {
	return completeness.proven ? null : completeness.why;
}

/** Each of many made into another, in their order; others have their turn meanwhile. */
export async function mapInTurns<From, To>(
	items: readonly From[],
	make: (item: From) => To,
): Promise<To[]> {
	const pause = breather();
	const made: To[] = [];
	for (const item of items) {
		made.push(make(item));
		await pause();
	}
	return made;
}

/** Maps in order with at most `concurrency` under way; the first failure ends it and starts nothing more. */
export async function mapConcurrently<Item, Result>(
	items: readonly Item[],
	concurrency: number,
	task: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	let next = 0;
	let failed = false;
	const pause = breather();
	const worker = async () => {
		while (!failed && next < items.length) {
			const index = next;
			next += 1;
			try {
				results[index] = await task(items[index]!, index);
				await pause();
			} catch (error) {
				failed = true;
				throw error;
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
	return results;
}
