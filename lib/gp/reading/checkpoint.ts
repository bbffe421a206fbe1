import { randomBytes } from 'node:crypto';
import type { Effects } from '../../model/connection-check';
import type { Watermark } from '../../model/gp-changes';
import type { Stamp } from '../../model/gp-records';
import { GpSettingInvalid } from '../errors/gp-error';
import type { StampSettings } from '../profiles/site-profile';
import {
	type ChangedRow,
	comparePlaces,
	isKeyless,
	markAfter,
	type PendingChanges,
} from './pending-changes';
import { NO_ROW, type SeenMark } from './pages';
import { encodeMark, type RecheckBudget, UNREADABLE, WHOLE_LIST, wholeListAt } from './recheck';
import { earlierOf, isAtOrAfter, laterOf, overlapStart } from './stamps';

/** Entries of `Watermark.seen`; rows beyond it are handed out again, which costs time, not truth. */
export const SEEN_LIMIT = 20_000;

/** What is remembered of one row. */
interface Entry {
	key: string;
	stamp: Stamp | null;
	mark: SeenMark;
	/** Older than the overlap, and remembered all the same. */
	kept: boolean;
}

/**
 * Without those that are too many: first what has no stamp where others have one, as no filtered list shows it
 * again (one stays, so that a whole list is asked for), of the ones kept those looked at longest ago, then the oldest
 * of the others. In a long run there are tens of thousands after each batch, so they are counted, not sorted.
 */
function withinLimit(all: Entry[], isUnstamped: (entry: Entry) => boolean): Entry[] {
	let excess = all.length - SEEN_LIMIT;
	if (excess <= 0) return all;
	const surplus = new Set(all.filter(isUnstamped).slice(1).slice(-excess));
	const entries = all.filter((entry) => !surplus.has(entry));
	excess -= surplus.size;
	if (excess === 0) return entries;
	const kept = entries.filter((entry) => entry.kept);
	if (kept.length < excess) {
		const lasts = (entry: Entry) => Number(isUnstamped(entry));
		const others = entries
			.filter((entry) => !entry.kept)
			.sort((left, right) => lasts(left) - lasts(right) || comparePlaces(left, right));
		return others.slice(excess - kept.length);
	}
	const counts = new Map<number, number>();
	for (const { mark } of kept) counts.set(mark.checked, (counts.get(mark.checked) ?? 0) + 1);
	const dropped = new Map<number, number>();
	for (const [minute, count] of [...counts].sort(([left], [right]) => left - right)) {
		dropped.set(minute, Math.min(count, excess));
		excess -= Math.min(count, excess);
	}
	return entries.filter((entry) => {
		const left = entry.kept ? (dropped.get(entry.mark.checked) ?? 0) : 0;
		if (left > 0) dropped.set(entry.mark.checked, left - 1);
		return left === 0;
	});
}

/**
 * The watermark once the first `done` rows are acknowledged; never past an unprocessed row. Notes in `pending` which
 * of them it remembers, so that the next batch need not go through all before it again.
 */
export function watermarkAfter(
	pending: PendingChanges,
	done: number,
	before: Watermark,
	settings: StampSettings,
	budget: RecheckBudget,
): Watermark {
	if (!pending.live) return before;
	const { changed, again, unchanged } = pending;
	const finished = done >= changed.length;
	const reached = finished ? pending.ceiling : (changed[done - 1]?.stamp ?? null);
	const bounded =
		reached === null || pending.ceiling === null ? null : earlierOf(reached, pending.ceiling);
	const since = laterOf(before.since, bounded);
	const bound = since === null ? null : overlapStart(since, settings);

	const entries: Entry[] = [];
	const remember = (key: string, stamp: Stamp | null, below: boolean, mark: SeenMark | null) => {
		if (mark === null) return false;
		const kept = below || (stamp !== null && bound !== null && !isAtOrAfter(stamp, bound));
		const unread = mark.detail === UNREADABLE && !isKeyless(key);
		if (kept && !unread && !(mark.open && budget.keepOpen)) return false;
		entries.push({ key, stamp, mark, kept });
		return true;
	};
	for (const { key, stamp, below, mark } of unchanged) remember(key, stamp, below, mark);
	const settled = pending.settled ?? { done: 0, rows: [] };
	const rows = [...settled.rows, ...changed.slice(settled.done, done)].filter((change) =>
		remember(change.key, change.stamp, false, markAfter(change)),
	);
	pending.remembered = { done: Math.min(done, changed.length), rows };
	for (let at = done; at < changed.length; at++) {
		const { key, stamp, before: mark } = changed[at];
		if (mark !== null) remember(key, stamp, false, mark);
	}
	again.forEach((one, index) =>
		remember(one.key, one.stamp, one.below, index < done - changed.length ? one.after : one.before),
	);
	const wholeList = finished ? pending.wholeList : wholeListAt(before);
	const isUnstamped = ({ stamp, kept, mark }: Entry) =>
		since !== null && stamp === null && !kept && mark.detail !== UNREADABLE;
	const noted = wholeList !== null && (budget.keepOpen || entries.some(isUnstamped));
	return {
		since,
		seen: {
			...(noted ? { [WHOLE_LIST]: wholeList.toString(36) } : {}),
			...Object.fromEntries(
				withinLimit(entries, isUnstamped).map((entry) => {
					const { key, mark, kept } = entry;
					return [key, encodeMark({ ...mark, kept, unstamped: isUnstamped(entry) })];
				}),
			),
		},
	};
}

/** A list that came quicker than the time before proves that much more, and nothing else moves. */
const NO_MOVE_MS = 60_000;

/** Whether a watermark that was moved before says the same as the one behind a batch. */
export function isUnmoved(before: Watermark, after: Watermark): boolean {
	const seen = Object.keys(after.seen);
	// Whoever writes a watermark by hand may leave it out.
	const known = before.seen ?? {};
	return (
		before.since !== null &&
		after.since !== null &&
		(before.since === after.since ||
			Math.abs(Date.parse(after.since) - Date.parse(before.since)) < NO_MOVE_MS) &&
		seen.length === Object.keys(known).length &&
		seen.every((key) => known[key] === after.seen[key])
	);
}

/** How long a listing waits for its next batch, milliseconds. */
const LIFETIME_MS = 30 * 60_000;
/** Listings kept at once; the oldest goes first. */
const MOST = 16;

/**
 * Listings on which runs of this process work off their batches, so that a server which ignores
 * paging is listed once per run, not once per batch. Losing one costs a new listing, nothing else.
 */
export class SnapshotStore<Snapshot> {
	private readonly entries = new Map<
		string,
		{ snapshot: Snapshot; owner: string; expires: number }
	>();

	/** Keeps a listing; only the same owner (server, company, entity) gets it back. */
	put(snapshot: Snapshot, owner: string, effects: Effects): string {
		this.dropExpired(effects.now());
		while (this.entries.size >= MOST) this.entries.delete(this.entries.keys().next().value!);
		const token = randomBytes(12).toString('hex');
		this.entries.set(token, { snapshot, owner, expires: effects.now() + LIFETIME_MS });
		return token;
	}

	/** The listing, its life prolonged; null when it is gone. */
	get(token: string, owner: string, effects: Effects): Snapshot | null {
		this.dropExpired(effects.now());
		const entry = this.entries.get(token);
		if (!entry || entry.owner !== owner) return null;
		entry.expires = effects.now() + LIFETIME_MS;
		return entry.snapshot;
	}

	delete(token: string): void {
		this.entries.delete(token);
	}

	get size(): number {
		return this.entries.size;
	}

	private dropExpired(now: number): void {
		for (const [token, { expires }] of this.entries) if (expires <= now) this.entries.delete(token);
	}
}

/** What is left of a row that no watermark remembers once the batch behind its own begins. */
const LET_GO: ChangedRow = {
	key: '',
	row: NO_ROW,
	stamp: null,
	before: null,
	after: { row: '', detail: null, first: 0, checked: 0, open: false, kept: false, alone: true },
	must: false,
};

/**
 * Lets go of the rows before a batch, which begins once theirs are written down: 100,000 of them are 50 MB. Those
 * that the watermark remembers stay: of what is older than the overlap nothing is remembered later either, as its
 * bound only rises.
 */
export function letGoBefore(pending: PendingChanges, offset: number): void {
	const { changed, remembered, settled } = pending;
	if (!remembered || remembered.done !== Math.min(offset, changed.length)) return;
	changed.fill(LET_GO, settled?.done ?? 0, remembered.done);
	for (const one of remembered.rows) one.row = NO_ROW;
	pending.settled = remembered;
}

/** Whether a listing can still give the batch at an offset: not an earlier one than it gave last. */
export function canGive({ settled }: PendingChanges, offset: number): boolean {
	return offset >= (settled?.done ?? 0);
}

/** Where a run stands between two batches. */
export interface Cursor {
	/** The listing, if this process still has it. */
	token: string;
	/** Changed rows handed out so far. */
	offset: number;
	/** The last of them: from here a new listing goes on when the old one is gone and no watermark moves. */
	stamp: Stamp | null;
	key: string;
	/** Fingerprint of the watermark the run began with. */
	began: string;
}

/** A cursor as the text that a checkpoint carries. */
export function encodeCursor({ token, offset, stamp, key, began }: Cursor): string {
	return Buffer.from(JSON.stringify([token, offset, stamp, key, began])).toString('base64url');
}

export function decodeCursor(text: string): Cursor {
	try {
		const [token, offset, stamp, key, began] = JSON.parse(
			Buffer.from(text, 'base64url').toString('utf8'),
		) as unknown[];
		if (
			typeof token === 'string' &&
			Number.isSafeInteger(offset) &&
			(offset as number) >= 0 &&
			(stamp === null || typeof stamp === 'string') &&
			typeof key === 'string' &&
			typeof began === 'string'
		) {
			return { token, offset: offset as number, stamp, key, began };
		}
	} catch {
		// Falls through: whatever it was, it is no cursor.
	}
	throw new GpSettingInvalid(
		'cursor',
		'it is not one that this node handed out',
		'Leave it empty in the first batch, and hand back the "cursor" of the checkpoint unchanged in the next.',
	);
}
