import type { StampSettings } from '../profiles/site-profile';
import type { Stamp } from '../../model/gp-records';
import type { ListedRow } from './entity-reader';
import type { RecheckReport } from '../../model/gp-changes';
import { knowsDetail, UNREADABLE, type SeenMark } from './seen-mark';

const DAY_MINUTES = 24 * 60;
/** Instants are cut to seconds or minutes at worst. */
const MOST_INSTANT_MINUTES = 15;
/** Share of the details of a run left for documents that hardly ever change, where no stamp tells of it. */
const SHARE_OF_CLOSED = 5;

/** How much may be read again although no list row says that it changed. */
export interface RecheckBudget {
	/** Details a run of rows whose stamp may hide a later edit: of the last day, or of the last minutes. */
	recentPerRun: number;
	/** Details a run of documents that may change without a stamp, in turn. */
	openPerRun: number;
	/** Not before so long after it was last read. */
	afterMinutes: number;
	/** Remember open documents beyond the overlap, so that their turn comes. */
	keepOpen: boolean;
	/** What was never read in detail is taken as it is found, rather than handed out. */
	baseline: boolean;
}

/** A row that looks as it did before. */
export interface KnownRow {
	key: string;
	/** Null when this listing does not have it. */
	row: ListedRow | null;
	stamp: Stamp | null;
	/** Its stamp lies before the overlap, as far as it is known. */
	below: boolean;
	mark: SeenMark;
}

/**
 * Which of the rows that look as before have their details read again, those not looked at for longest
 * first. A stamp that was met when it was fresh may hide a later edit: within the day where stamps are
 * days, else within the overlap. An edit of a distribution alone moves no stamp at all, so open
 * documents come up in turn.
 */
export function chooseRecheck(
	known: readonly KnownRow[],
	settings: StampSettings,
	budget: RecheckBudget,
	nowMinutes: number,
): { chosen: KnownRow[]; report: RecheckReport } {
	const recent: KnownRow[] = [];
	const open: KnownRow[] = [];
	const closed: KnownRow[] = [];
	let listed = 0;
	for (const one of known) {
		const { mark, row, stamp, below } = one;
		if (mark.detail === null) {
			if (mark.open) listed += 1;
		} else if (row === null && !mark.alone) continue;
		else if (mark.detail === UNREADABLE) recent.push(one);
		else if (stamp !== null && !below && isFresh(mark, stamp, settings)) recent.push(one);
		else if (stamp !== null || row === null) {
			if (mark.open) open.push(one);
		} else if (mark.open || row.record?.kind !== 'payable') open.push(one);
		else closed.push(one);
	}
	const ofClosed = Math.min(
		closed.length,
		Math.max(Math.floor(budget.openPerRun / SHARE_OF_CLOSED), budget.openPerRun - open.length),
	);
	const ofOpen = budget.openPerRun - ofClosed;
	const due = (rows: KnownRow[], most: number) =>
		rows
			.filter(({ mark }) => nowMinutes - mark.checked >= budget.afterMinutes)
			.sort(byLastLook)
			.slice(0, most);
	return {
		chosen: [...due(recent, budget.recentPerRun), ...due(open, ofOpen), ...due(closed, ofClosed)],
		report: {
			open: open.length,
			openRuns: runs(open.length, ofOpen),
			closed: closed.length,
			closedRuns: runs(closed.length, ofClosed),
			listed,
		},
	};
}

/**
 * Whether an edit may have come after the last reading and carry the same stamp. Only differences of
 * our own clock are used: what GP's clock shows is not known. A stamp is not later than the first
 * reading under it, so after a reading that came later by as much as the stamp is coarse, it hides nothing.
 */
function isFresh(mark: SeenMark, stamp: Stamp, settings: StampSettings): boolean {
	if (!knowsDetail(mark)) return true;
	const instant = Math.max(1, Math.min(settings.overlapMinutes, MOST_INSTANT_MINUTES));
	const coarse = stamp.length === 10 ? DAY_MINUTES : instant;
	return mark.checked - mark.first < coarse;
}

function byLastLook(left: KnownRow, right: KnownRow): number {
	return left.mark.checked - right.mark.checked || (left.key < right.key ? -1 : 1);
}

function runs(count: number, perRun: number): number {
	return count === 0 ? 0 : perRun === 0 ? 0 : Math.ceil(count / perRun);
}
