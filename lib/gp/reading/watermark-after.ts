import type { StampSettings } from '../profiles/site-profile';
import type { Stamp } from '../../model/gp-records';
import type { Watermark } from '../../model/gp-changes';
import { comparePlaces, isKeyless, type PendingChanges } from './pending-changes';
import type { RecheckBudget } from './recheck';
import { WHOLE_LIST, wholeListOf } from './remembered';
import { encodeMark, UNREADABLE, type SeenMark } from './seen-mark';
import { earlierOf, isAtOrAfter, laterOf, overlapStart } from './stamps';

/** Entries of `Watermark.seen`; rows beyond it are handed out again, which costs time, not truth. */
export const SEEN_LIMIT = 20_000;

/** The watermark once the first `done` rows are acknowledged; never past an unprocessed row. */
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

	const entries: Array<{ key: string; stamp: Stamp | null; mark: SeenMark }> = [];
	const remember = (key: string, stamp: Stamp | null, below: boolean, mark: SeenMark | null) => {
		if (mark === null) return;
		const kept = below || (stamp !== null && bound !== null && !isAtOrAfter(stamp, bound));
		const unread = mark.detail === UNREADABLE && !isKeyless(key);
		if (kept && !unread && !(mark.open && budget.keepOpen)) return;
		entries.push({ key, stamp, mark: { ...mark, kept } });
	};
	for (const { key, stamp, below, mark } of unchanged) remember(key, stamp, below, mark);
	changed.forEach((one, index) =>
		remember(one.key, one.stamp, false, index < done ? one.after : one.before),
	);
	again.forEach((one, index) =>
		remember(one.key, one.stamp, one.below, index < done - changed.length ? one.after : one.before),
	);
	if (entries.length > SEEN_LIMIT) {
		entries.sort(
			(left, right) =>
				Number(right.mark.kept) - Number(left.mark.kept) ||
				(left.mark.kept ? left.mark.checked - right.mark.checked : 0) ||
				comparePlaces(left, right),
		);
		entries.splice(0, entries.length - SEEN_LIMIT);
	}
	const wholeList = finished ? pending.wholeList : wholeListOf(before).at;
	return {
		since,
		seen: {
			...(wholeList !== null && budget.keepOpen ? { [WHOLE_LIST]: wholeList.toString(36) } : {}),
			...Object.fromEntries(entries.map(({ key, mark }) => [key, encodeMark(mark)])),
		},
	};
}
