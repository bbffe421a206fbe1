import { breather } from '../../../http/read-body';
import { keyBetween } from './key-between';

/** Part of a list by its key; null is an open end. */
export interface KeyRange {
	/** Only keys after this one. */
	after: string | null;
	/** Only keys up to and including this one. */
	upTo: string | null;
}

export interface KeysetOptions<Row> {
	/** One answer of the server: rows of the range in the order of their keys, as many as it likes to give. */
	fetch(range: KeyRange): Promise<Row[]>;
	keyOf(row: Row): string;
	/** Called for every row; a row may come twice. */
	take(row: Row): void;
	/** Whether several rows may have one key: a page may then end between two of them. */
	sharedKeys: boolean;
	/** True when nothing more is wanted. */
	enough?(): boolean;
	/** Whether an error may come from one record inside the answer, so that smaller ranges are worth asking for. */
	mayBeOneRecord(error: unknown): boolean;
	/** Told of the smallest range that cannot be read; it is left out. */
	skip(range: KeyRange, error: unknown): void;
}

export interface KeysetReport {
	requests: number;
	/** Why a row may be missing; null: the server was asked past the last key and had nothing. */
	notProven: string | null;
}

/** Pages of one list at most: a thousand rows each as installed. */
const MAX_REQUESTS = 20_000;
/** Ranges split in search of records that cannot be read. */
const MAX_SPLITS = 400;

/**
 * Reads a list that stops at a number of rows without saying so: each page begins after the last key
 * of the one before, until the answer past the last key is empty. Nothing is concluded from a short
 * page. The order is the server's; that it is one of keys is checked, as far as letters and digits
 * decide it in every collation. A range that fails is halved until what fails is small.
 */
export async function readByKeyset<Row>(options: KeysetOptions<Row>): Promise<KeysetReport> {
	const report: KeysetReport = { requests: 0, notProven: null };
	const seen = new Set<string>();
	const segments: KeyRange[] = [{ after: null, upTo: null }];
	let splits = 0;
	let alive = false;

	const ask = async (range: KeyRange): Promise<Row[]> => {
		report.requests += 1;
		return await options.fetch(range);
	};

	/** Reads a range to its proven end; null, or where it failed and why. */
	async function readSegment(
		range: KeyRange,
	): Promise<{ from: string | null; error: unknown } | null> {
		let last = range.after;
		/** The key before the last one, to see whether the last one has further rows. */
		let before: string | null = null;
		for (;;) {
			if (options.enough?.()) return null;
			if (report.requests >= MAX_REQUESTS) {
				report.notProven ??= `it had not ended after ${MAX_REQUESTS} requests`;
				return null;
			}
			const after: string | null = before ?? last;
			let rows: Row[];
			try {
				rows = await ask({ after, upTo: range.upTo });
			} catch (error) {
				if (!options.mayBeOneRecord(error)) throw error;
				return { from: last, error };
			}
			const keys: string[] = [];
			const pause = breather();
			for (const row of rows) {
				options.take(row);
				const key = options.keyOf(row);
				const earlier = keys.at(-1);
				if (earlier !== undefined && follows(earlier, key) === false)
					report.notProven ??= `${key} came after ${earlier}, so the list is not in the order of its keys`;
				keys.push(key);
				await pause();
			}
			const fresh = keys.filter((key) => !seen.has(key));
			for (const key of fresh) seen.add(key);
			if (fresh.length > 0) {
				last = keys.at(-1)!;
				before = options.sharedKeys ? (keys.findLast((key) => key !== last) ?? null) : null;
			} else if (before !== null) before = null;
			else {
				if (rows.length > 0)
					report.notProven ??= 'asked past the last key it gave rows it had given before';
				return null;
			}
		}
	}

	for (let range = segments.pop(); range; range = segments.pop()) {
		const failed = await readSegment(range);
		if (!failed) continue;
		if (!alive) {
			// Nothing stands between a key and itself: a service that fails here too is broken as a whole.
			await ask({ after: LAST, upTo: LAST }).catch(() => {
				throw failed.error;
			});
			alive = true;
		}
		const rest = { after: failed.from, upTo: range.upTo };
		const middle = keyBetween(rest.after, rest.upTo);
		splits += 1;
		if (splits > MAX_SPLITS) throw failed.error;
		if (middle === null) {
			options.skip(rest, failed.error);
			report.notProven ??= `what stands ${placeOf(rest)} cannot be sent by the service`;
		} else segments.push({ after: middle, upTo: rest.upTo }, { after: rest.after, upTo: middle });
	}
	return report;
}

/** "after 00416 and up to 00417", for messages. */
export function placeOf({ after, upTo }: KeyRange): string {
	const parts = [
		after === null ? null : `after ${after}`,
		upTo === null ? null : `up to ${upTo}`,
	].filter((part) => part !== null);
	return parts.length === 0 ? 'in it' : parts.join(' and ');
}

const LAST = 'ZZZZZZZZZZZZZZZ';

/**
 * Whether a key may stand after another: false when not, null when only the server's collation can
 * tell. GP compares without case and trailing blanks; punctuation has another place in each collation.
 */
export function follows(earlier: string, later: string): boolean | null {
	const [left, right] = [earlier.trimEnd().toUpperCase(), later.trimEnd().toUpperCase()];
	let at = 0;
	while (at < left.length && at < right.length && left[at] === right[at]) at += 1;
	if (at === left.length) return true;
	if (at === right.length) return /^[A-Z0-9]/.test(left.slice(at)) ? false : null;
	const [one, other] = [left[at]!, right[at]!];
	return /[A-Z0-9]/.test(one) && /[A-Z0-9]/.test(other) ? one < other : null;
}
