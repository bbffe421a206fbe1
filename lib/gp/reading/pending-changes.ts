import { breather, sortInTurns } from '../../http/read-body';
import type { StampSettings } from '../profiles/site-profile';
import type { Stamp } from '../../model/gp-records';
import type { RecheckReport, Watermark } from '../../model/gp-changes';
import type { ListedRow, SeenMark } from './pages';
import {
	chooseRecheck,
	isOpenRow,
	type KnownRow,
	markIfSame,
	marksOf,
	type RecheckBudget,
	TAKEN_AS_FOUND,
	UNREADABLE,
	unreadMark,
	wholeListAt,
} from './recheck';
import {
	isAhead,
	isAtOrAfter,
	isAtOrBefore,
	laterOf,
	overlapStart,
	shiftMilliseconds,
} from './stamps';

/** One changed row waiting to be handed out. */
export interface ChangedRow {
	key: string;
	row: ListedRow;
	stamp: Stamp | null;
	/** What was known of it before. */
	before: SeenMark | null;
	/** What is known of it once its batch was read; null until then: 100,000 of them are 8 MB. */
	after: SeenMark | null;
	/** Handed out even if its detail turns out to be known: asked for, or read again from an earlier day. */
	must: boolean;
}

/** One row whose detail is read although its list row looks as before. */
export interface RecheckedRow {
	key: string;
	/** Null: it is not in this listing and is read by its key. */
	row: ListedRow | null;
	stamp: Stamp | null;
	below: boolean;
	before: SeenMark | null;
	/** Null: nothing more to remember. */
	after: SeenMark | null;
	/** It could not be read in an earlier run and is handed out whatever it says. */
	owed: Owed | null;
}

/** A record that could not be read in an earlier run. */
export interface Owed {
	key: string;
	/** When GP does not find it: look into the whole list whether it is gone. */
	verify: boolean;
}

export interface PendingChanges {
	/** Changed rows by stamp and key. */
	changed: ChangedRow[];
	/** Of the first so many those that the last watermark remembers. */
	remembered?: { done: number; rows: ChangedRow[] };
	/** The same of those whose batches are behind the run. */
	settled?: { done: number; rows: ChangedRow[] };
	/** Worked off behind them. */
	again: RecheckedRow[];
	/** Rows that were processed before and are left alone. */
	unchanged: KnownRow[];
	/** Beyond it the watermark must not go: rows touched while the list was read may carry later stamps. */
	ceiling: Stamp | null;
	/** Backfill: the live watermark is left alone. */
	live: boolean;
	read: number;
	/** When the whole list was last read, this listing included; minutes since 1970. */
	wholeList: number | null;
	report: RecheckReport;
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

/**
 * Sifts a listing: which rows are new or changed, and which are read again, in an order of our own
 * making. A long one takes seconds, between which others of this process have their turn.
 */
export async function siftChanges(
	rows: ReadonlyMap<string, ListedRow>,
	reach: Reach,
	settings: StampSettings,
	listing: {
		read: number;
		durationMs: number;
		now: number;
		/** The server was asked for everything, whatever its stamp. */
		unfiltered: boolean;
		/** And everything came, which is proven: what is not in it is not there. */
		whole: boolean;
	},
	recheck: { budget: RecheckBudget; owed: readonly Owed[]; first: boolean },
): Promise<PendingChanges> {
	const { since, until } = boundsOf(reach, settings);
	const pause = breather();
	const live = reach.range === null;
	const { budget } = recheck;
	const seen = new Map(live ? marksOf(reach.watermark.seen) : []);
	// Something older than an overlap is remembered, so there was a date, and somebody cleared it.
	const cleared = since === null && [...seen.values()].some(({ kept }) => kept);
	const firstWhole = wholeListAt(reach.watermark) === null;
	const found: ChangedRow[] = [];
	const known: KnownRow[] = [];
	let latest: Stamp | null = null;

	for (const row of rows.values()) {
		await pause();
		const { key } = row;
		const stamp = stampOf(row);
		// A row without a stamp can only be judged by its content.
		const below = stamp !== null && since !== null && !isAtOrAfter(stamp, since);
		if (stamp !== null && until !== null && !isAtOrBefore(stamp, until)) continue;
		const before = seen.get(key) ?? null;
		const met = live && listing.whole && budget.keepOpen && isOpenRow(row);
		if (below && before === null && !met) continue;
		const credible = stamp !== null && !isAhead(stamp, listing.now + 24 * 3_600_000);
		if (credible && !below && !isAhead(stamp, listing.now)) latest = laterOf(latest, stamp);
		// Only what was known before is unpacked for its content.
		const same = before === null ? null : markIfSame(before, row);
		// The watermark was set back: somebody wants it read again.
		const comparable = since === null || stamp?.length === since.length;
		const setBack =
			same !== null && !below && credible && comparable && (before?.kept === true || cleared);
		if (same && !setBack) {
			known.push({ key, row, stamp, below, mark: same });
		} else if (before === null && below && firstWhole) {
			// From before anybody noted open documents: what it is now is where its story begins.
			const mark = unreadMark(row);
			const detail = mark.detail === null ? null : TAKEN_AS_FOUND;
			known.push({ key, row, stamp, below, mark: { ...mark, detail } });
		} else found.push({ key, row, stamp, before, after: null, must: setBack });
	}
	if (!listing.whole) {
		for (const [key, mark] of seen) {
			// A list that was filtered cannot have what has no stamp: forgotten, no list would be read whole for it.
			const unstamped = mark.unstamped === true;
			if (rows.has(key) || !(mark.open || mark.detail === UNREADABLE || unstamped)) continue;
			known.push({ key, row: null, stamp: null, below: !unstamped, mark });
		}
	}
	const changed = await sortInTurns(
		found,
		live
			? comparePlaces
			: (left, right) => comparePlaces(placeOf(left, live), placeOf(right, live)),
		pause,
	);
	const { chosen, report } = chooseRecheck(known, settings, budget, minutesOf(listing.now));
	const again = recheck.first
		? withOwed(changed, live ? chosen : [], known, rows, recheck.owed)
		: [];
	const taken = new Set(again.map(({ key }) => key));
	return {
		changed,
		again,
		unchanged: known.filter(({ key }) => !taken.has(key)),
		ceiling: latest === null ? null : shiftMilliseconds(latest, -listing.durationMs),
		live,
		read: listing.read,
		wholeList: listing.unfiltered ? minutesOf(listing.now) : wholeListAt(reach.watermark),
		report,
	};
}

/** What is owed comes first; where it changed, it is read with the changes. */
function withOwed(
	changed: readonly ChangedRow[],
	chosen: readonly KnownRow[],
	known: readonly KnownRow[],
	rows: ReadonlyMap<string, ListedRow>,
	owed: readonly Owed[],
): RecheckedRow[] {
	const keys = new Set(owed.map(({ key }) => key));
	const changedOf = ofKeys(changed, keys);
	const knownOf = ofKeys(known, keys);
	const again = new Map<string, RecheckedRow>();
	for (const one of owed) {
		const { key } = one;
		const change = changedOf.get(key);
		if (change) change.must = true;
		else {
			const listed = rows.get(key) ?? null;
			// A malformed list row with a key: perhaps its detail is in order.
			const row = listed?.fault && !isKeyless(key) ? null : listed;
			if (row === null && isKeyless(key)) continue;
			const { stamp = null, below = true, mark = null } = knownOf.get(key) ?? {};
			again.set(key, { key, row, stamp, below, before: mark, after: mark, owed: one });
		}
	}
	for (const { key, row, stamp, below, mark } of chosen) {
		if (again.has(key)) continue;
		again.set(key, { key, row, stamp, below, before: mark, after: mark, owed: null });
	}
	return [...again.values()];
}

function ofKeys<Row extends { key: string }>(rows: readonly Row[], keys: ReadonlySet<string>) {
	return new Map(rows.filter(({ key }) => keys.has(key)).map((row) => [row.key, row]));
}

/** A list row without a key stands for itself by the fingerprint of what it holds. */
export function isKeyless(key: string): boolean {
	return key.startsWith('#');
}

/**
 * A listing made anew in the middle of a run whose caller does not move the watermark (a dry run,
 * a backfill): what was handed out up to `place` counts as processed.
 */
export function resumeAfter(pending: PendingChanges, place: Place): PendingChanges {
	const { live } = pending;
	// A backfill that an older version began went by stamps: it hands out all of it again.
	if (!live && place.stamp !== null) return pending;
	const done = pending.changed.filter((change) => comparePlaces(placeOf(change, live), place) <= 0);
	return {
		...pending,
		changed: pending.changed.slice(done.length),
		unchanged: [
			...pending.unchanged,
			...done.map((change) => {
				const { key, row, stamp } = change;
				return { key, row, stamp, below: false, mark: markAfter(change) };
			}),
		],
	};
}

export interface Place {
	stamp: Stamp | null;
	key: string;
}

/**
 * Where a row has its turn. A backfill, which moves no watermark, goes by keys: what the tables know of the
 * documents of a batch is found in a few reads where their numbers follow each other.
 */
export function placeOf({ row, stamp }: ChangedRow, live: boolean): Place {
	return { stamp: live ? stamp : null, key: row.key };
}

/** What is remembered of a row once it is behind the run. */
export function markAfter({ row, after }: ChangedRow): SeenMark {
	return after ?? unreadMark(row);
}

/** Rows without a stamp first, then by stamp, then by key. */
export function comparePlaces(left: Place, right: Place): number {
	const [one, other] = [left.stamp ?? '', right.stamp ?? ''];
	if (one !== other) return one < other ? -1 : 1;
	return left.key < right.key ? -1 : left.key > right.key ? 1 : 0;
}

export function stampOf(row: ListedRow): Stamp | null {
	return row.noted ? row.noted.stamp : (row.record?.modified ?? null);
}

export function minutesOf(instant: number): number {
	return Math.floor(instant / 60_000);
}

/** Of two readings of one record the later stamp counts, at equal stamps the later reading. */
export function keepNewer(rows: Map<string, ListedRow>, row: ListedRow): void {
	const known = rows.get(row.key);
	const older = known && (stampOf(row) ?? '') < (stampOf(known) ?? '');
	if (!older) rows.set(row.key, row);
}
