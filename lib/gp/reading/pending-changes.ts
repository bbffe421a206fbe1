import { contentHash } from '../../base/content-hash';
import type { StampSettings } from '../profiles/site-profile';
import type { Stamp } from '../records';
import type { Watermark } from '../changes.types';
import type { ListedRow } from './entity-reader';
import {
	earlierOf,
	isAtOrAfter,
	isAtOrBefore,
	laterOf,
	overlapStart,
	shiftMilliseconds,
} from './stamps';

/** Entries of `Watermark.seen`; rows beyond it are handed out again, which costs time, not truth. */
export const SEEN_LIMIT = 20_000;
/** Characters of the content hash kept in `seen`. */
const SEEN_HASH_LENGTH = 12;
/** Stamps further in the future than this do not move the watermark: somebody's GP user date was wrong. */
const FUTURE_MS = 26 * 3_600_000;

/** One changed row waiting to be handed out. */
export interface ChangedRow {
	row: ListedRow;
	stamp: Stamp | null;
	/** Fingerprint of the list row: list rows are compared with list rows, never with details. */
	mark: string;
}

export interface PendingChanges {
	/** Changed rows by stamp and key. */
	changed: ChangedRow[];
	/** Rows that were processed before, as entries of `seen`. */
	unchanged: Array<{ key: string; stamp: Stamp | null; mark: string }>;
	/** Beyond it the watermark must not go: rows touched while the list was read may carry later stamps. */
	ceiling: Stamp | null;
	/** Backfill: the live watermark is left alone. */
	live: boolean;
	read: number;
}

export interface Reach {
	/** Live reading: where the last run ended. */
	watermark: Watermark;
	/** Backfill bounds, both inclusive; null for live reading. */
	range: { from: Stamp | null; until: Stamp | null } | null;
}

/** What to ask the server for. */
export function boundsOf(
	reach: Reach,
	settings: StampSettings,
): { since: Stamp | null; until: Stamp | null } {
	if (reach.range) return { since: reach.range.from, until: reach.range.until };
	return {
		since: reach.watermark.since ? overlapStart(reach.watermark.since, settings) : null,
		until: null,
	};
}

/** Sifts a listing: which rows are new or changed, in an order of our own making. */
export function siftChanges(
	rows: Iterable<ListedRow>,
	reach: Reach,
	settings: StampSettings,
	listing: { read: number; durationMs: number; now: number },
): PendingChanges {
	const { since, until } = boundsOf(reach, settings);
	const live = reach.range === null;
	const changed: ChangedRow[] = [];
	const unchanged: PendingChanges['unchanged'] = [];
	let latest: Stamp | null = null;
	const future = new Date(listing.now + FUTURE_MS).toISOString();

	for (const row of rows) {
		const stamp = stampOf(row);
		const mark = markOf(row);
		// A row without a stamp can only be judged by its content.
		if (stamp !== null && since !== null && !isAtOrAfter(stamp, since)) continue;
		if (stamp !== null && until !== null && !isAtOrBefore(stamp, until)) continue;
		if (stamp !== null && stamp < future) latest = laterOf(latest, stamp);
		if (
			live &&
			Object.hasOwn(reach.watermark.seen, row.key) &&
			reach.watermark.seen[row.key] === mark
		) {
			unchanged.push({ key: row.key, stamp, mark });
		} else changed.push({ row, stamp, mark });
	}
	changed.sort((left, right) => comparePlaces(placeOf(left), placeOf(right)));
	return {
		changed,
		unchanged,
		ceiling: latest === null ? null : shiftMilliseconds(latest, -listing.durationMs),
		live,
		read: listing.read,
	};
}

/**
 * A listing made anew in the middle of a run whose caller does not move the watermark (a dry run,
 * a backfill): what was handed out up to `place` counts as processed.
 */
export function resumeAfter(pending: PendingChanges, place: Place): PendingChanges {
	const done = pending.changed.filter((change) => comparePlaces(placeOf(change), place) <= 0);
	return {
		...pending,
		changed: pending.changed.slice(done.length),
		unchanged: [
			...pending.unchanged,
			...done.map(({ row, stamp, mark }) => ({ key: row.key, stamp, mark })),
		],
	};
}

/** The watermark once the first `done` changed rows are acknowledged; never past an unprocessed row. */
export function watermarkAfter(
	pending: PendingChanges,
	done: number,
	before: Watermark,
	settings: StampSettings,
): Watermark {
	if (!pending.live) return before;
	const finished = done >= pending.changed.length;
	const reached = finished ? pending.ceiling : (pending.changed[done - 1]?.stamp ?? null);
	const bounded =
		reached === null || pending.ceiling === null ? null : earlierOf(reached, pending.ceiling);
	const since = laterOf(before.since, bounded);
	const bound = since === null ? null : overlapStart(since, settings);

	const entries = [
		...pending.unchanged,
		...pending.changed
			.slice(0, done)
			.map(({ row, stamp, mark }) => ({ key: row.key, stamp, mark })),
	].filter(({ stamp }) => stamp === null || bound === null || isAtOrAfter(stamp, bound));
	if (entries.length > SEEN_LIMIT) {
		entries.sort((left, right) => comparePlaces(left, right));
		entries.splice(0, entries.length - SEEN_LIMIT);
	}
	return { since, seen: Object.fromEntries(entries.map(({ key, mark }) => [key, mark])) };
}

/** Whether the server kept back rows it must have: of those processed within the overlap, not one came again. */
export function filterSwallowedRows(
	rows: ReadonlyMap<string, ListedRow>,
	reach: Reach,
	bound: Stamp | null,
): boolean {
	if (reach.range !== null || bound === null) return false;
	const keys = Object.keys(reach.watermark.seen);
	return keys.length > 0 && !keys.some((key) => rows.has(key));
}

export interface Place {
	stamp: Stamp | null;
	key: string;
}

export function placeOf({ row, stamp }: ChangedRow): Place {
	return { stamp, key: row.key };
}

/** Rows without a stamp first, then by stamp, then by key. */
function comparePlaces(left: Place, right: Place): number {
	const [one, other] = [left.stamp ?? '', right.stamp ?? ''];
	if (one !== other) return one < other ? -1 : 1;
	return left.key < right.key ? -1 : left.key > right.key ? 1 : 0;
}

export function stampOf(row: ListedRow): Stamp | null {
	return row.record?.modified ?? null;
}

export function markOf(row: ListedRow): string {
	const hash = row.record?.hash ?? contentHash(['malformed', row.fault?.message]);
	return hash.slice(0, SEEN_HASH_LENGTH);
}

/** Of two readings of one record the later stamp counts, at equal stamps the later reading. */
export function keepNewer(rows: Map<string, ListedRow>, row: ListedRow): void {
	const known = rows.get(row.key);
	const older = known && (stampOf(row) ?? '') < (stampOf(known) ?? '');
	if (!older) rows.set(row.key, row);
}
