import { breather } from '../../../http/read-body';
import type { Completeness } from '../../../model/gp-changes';
import type { PageSource } from '../../reading/pages';

const DIGITS = '0123456789';
const LETTERS = ` ${DIGITS}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;
/** VENDORID and VCHRNMBR are 15 and 17 characters wide; further ones of an account string halve slower. */
const WIDTH = 17;

/**
 * A key about half-way between two others, null when there is none left between them. Only a guess
 * of where to cut: the server decides on which side a row stands, so no row is lost by a bad one.
 */
export function keyBetween(after: string | null, upTo: string | null): string | null {
	const [low, high] = [(after ?? '').trimEnd().toUpperCase(), (upTo ?? '').trimEnd().toUpperCase()];
	const numbered =
		/^\d+$/.test(low || high) &&
		(low === '' || /^\d+$/.test(low)) &&
		(high === '' || /^\d+$/.test(high)) &&
		(low === '' || high === '' || low.length === high.length);
	const alphabet = numbered ? DIGITS : LETTERS;
	const width = numbered ? (low || high).length : WIDTH;
	const from = low === '' ? 0n : valueOf(low, alphabet, width);
	const to =
		high === ''
			? valueOf(alphabet.at(-1)!.repeat(width), alphabet, width)
			: valueOf(high, alphabet, width);
	const middle = (from + to) / 2n;
	if (middle <= from || middle >= to) return null;
	const text = textOf(middle, alphabet, width).trimEnd();
	return text === '' || text === low || text === high ? null : text;
}

function valueOf(text: string, alphabet: string, width: number): bigint {
	let value = 0n;
	for (let at = 0; at < width; at += 1) {
		const place = alphabet.indexOf(text[at] ?? alphabet[0]!);
		value = value * BigInt(alphabet.length) + BigInt(Math.max(0, place));
	}
	return value;
}

function textOf(value: bigint, alphabet: string, width: number): string {
	const base = BigInt(alphabet.length);
	let text = '';
	for (let left = value, at = 0; at < width; at += 1, left /= base)
		text = alphabet[Number(left % base)] + text;
	return text;
}

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
	/**
	 * Where several rows may have one key, and an answer may end between two of them: what stands under
	 * the key of these rows beside them; nothing once they are all.
	 */
	others?(key: string, rows: readonly Row[]): Promise<Row[]>;
	/** Whether an error may come from one record inside the answer, so that smaller ranges are worth asking for. */
	mayBeOneRecord(error: unknown): boolean;
}

/** The smallest range of a list that cannot be read, in the place of its rows. */
export class UnreadableRange {
	constructor(
		readonly range: KeyRange,
		readonly error: unknown,
	) {}
}

/** Pages of one list at most: a thousand rows each as installed. */
const MAX_REQUESTS = 20_000;
/** Ranges split in search of records that cannot be read. */
const MAX_SPLITS = 400;

/**
 * Reads a list that stops at a number of rows without saying so: each page begins after the last key
 * of the one before, until the answer past the last key is empty. Nothing is concluded from a short
 * page. The order is the server's; that it is one of keys is checked, as far as letters and digits
 * decide it in every collation. A range that fails is halved until what fails is small. A row may come
 * twice. It ends proven when the server was asked past the last key and had nothing.
 */
export async function* readByKeyset<Row>(
	options: KeysetOptions<Row>,
): PageSource<Row | UnreadableRange, Completeness> {
	let requests = 0;
	let notProven: string | null = null;
	const seen = new Set<string>();
	const segments: KeyRange[] = [{ after: null, upTo: null }];
	let splits = 0;
	let alive = false;
	/** Rows of the longest answer: a shorter one was not cut. */
	let longest = 0;
	const wholeKeys = new Set<string>();

	const ask = async (range: KeyRange): Promise<Row[]> => {
		requests += 1;
		return await options.fetch(range);
	};

	/** What has the one key of an answer that may have ended before all of it came. */
	async function* readOthers(key: string, rows: Row[]): PageSource<Row | UnreadableRange, void> {
		if (!options.others || rows.length < longest || wholeKeys.has(key)) return;
		wholeKeys.add(key);
		for (let had = 0; had < rows.length && requests < MAX_REQUESTS; ) {
			had = rows.length;
			requests += 1;
			try {
				rows.push(...(await options.others(key, rows)));
			} catch (error) {
				if (!options.mayBeOneRecord(error)) throw error;
				yield [new UnreadableRange({ after: key, upTo: key }, error)];
				notProven ??= `what else stands under ${key} cannot be sent by the service`;
			}
			if (rows.length > had) yield rows.slice(had);
		}
	}

	/** Reads a range to its proven end; null, or where it failed and why. */
	async function* readSegment(
		range: KeyRange,
	): PageSource<Row | UnreadableRange, { from: string | null; error: unknown } | null> {
		let last = range.after;
		/** The key before the last one, to see whether the last one has further rows. */
		let before: string | null = null;
		for (;;) {
			if (requests >= MAX_REQUESTS) {
				notProven ??= `it had not ended after ${MAX_REQUESTS} requests`;
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
			yield rows;
			const keys: string[] = [];
			const pause = breather();
			for (const row of rows) {
				const key = options.keyOf(row);
				const earlier = keys.at(-1);
				if (earlier !== undefined && follows(earlier, key) === false)
					notProven ??= `${key} came after ${earlier}, so the list is not in the order of its keys`;
				keys.push(key);
				await pause();
			}
			longest = Math.max(longest, rows.length);
			const [only] = keys;
			// No page that begins before this key or behind it would show what else has it.
			if (only !== undefined && keys.every((key) => key === only))
				yield* readOthers(only, [...rows]);
			const fresh = keys.filter((key) => !seen.has(key));
			for (const key of fresh) seen.add(key);
			if (fresh.length > 0) {
				last = keys.at(-1)!;
				before = options.others ? (keys.findLast((key) => key !== last) ?? null) : null;
			} else if (before !== null) before = null;
			else {
				if (rows.length > 0)
					notProven ??= 'asked past the last key it gave rows it had given before';
				return null;
			}
		}
	}

	for (let range = segments.pop(); range; range = segments.pop()) {
		const failed = yield* readSegment(range);
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
			yield [new UnreadableRange(rest, failed.error)];
			notProven ??= `what stands ${placeOf(rest)} cannot be sent by the service`;
		} else segments.push({ after: middle, upTo: rest.upTo }, { after: rest.after, upTo: middle });
	}
	return notProven === null
		? { proven: true, by: 'nothingBehind' }
		: { proven: false, why: notProven };
}

/** "after 00416 and up to 00417", for messages. */
export function placeOf({ after, upTo }: KeyRange): string {
	if (after !== null && after === upTo) return `beside another one under ${after}`;
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
