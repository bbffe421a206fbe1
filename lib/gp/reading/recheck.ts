import { contentHash } from '../../model/json-text';
import type { RecheckReport, Watermark } from '../../model/gp-changes';
import type { GpRecord, Stamp } from '../../model/gp-records';
import type { StampSettings } from '../profiles/site-profile';
import type { ListedRow, SeenMark } from './pages';

/**
 * Instead of the fingerprint of a detail: it was never read, or never and what it says is no news, or
 * the last reading failed.
 */
export const NEVER_READ = '';
export const TAKEN_AS_FOUND = '?';
export const UNREADABLE = '!';

/** What is the same for each row whose detail has not been read. */
const UNREAD = { first: 0, checked: 0, kept: false, alone: true } as const;

/** Of a list row whose detail has not been read. */
export function unreadMark(row: ListedRow): SeenMark {
	return {
		...UNREAD,
		row: rowFingerprint(row),
		detail: row.pending ? NEVER_READ : null,
		open: isOpenRow(row),
	};
}

export function isOpenRow({ noted, record }: ListedRow): boolean {
	return noted ? noted.open : record !== null && isOpenDocument(record);
}

/** What is remembered of a row so far; of one that is only known by its key, no list row at all. */
export function markOf({
	row,
	before,
}: {
	row: ListedRow | null;
	before: SeenMark | null;
}): SeenMark {
	if (before) return before;
	if (row) return unreadMark(row);
	return {
		row: '?',
		detail: NEVER_READ,
		first: 0,
		checked: 0,
		open: true,
		kept: true,
		alone: true,
	};
}

/** A payable that is neither in history nor void. */
export function isOpenDocument(record: GpRecord): boolean {
	return record.kind === 'payable' && record.state !== 'history' && !record.voided;
}

/** A list row in short, to tell later whether it changed. */
export function rowFingerprint({ record, pending, fault }: ListedRow): string {
	if (!record) return contentHash(['malformed', fault?.message]).slice(0, 12);
	if (!pending) return listContent(record);
	return short(contentHash([record.hash, record.modified]));
}

/** Whether a detail stands behind this mark that later ones can be compared with. */
function knowsDetail({ detail }: SeenMark): boolean {
	return detail !== NEVER_READ && detail !== TAKEN_AS_FOUND && detail !== UNREADABLE;
}

/** The first reading under a list row is noted late and the last early: what matters is what lies between at least. */
export function lookedAt(
	nowMs: number,
	before: SeenMark | null,
): Pick<SeenMark, 'first' | 'checked'> {
	return {
		first: before !== null && knowsDetail(before) ? before.first : Math.ceil(nowMs / 60_000),
		checked: Math.floor(nowMs / 60_000),
	};
}

/** How 0.2.0 noted every row: the content of the list row, whatever it was missing. */
function isMarkOfListAlone(mark: SeenMark, row: ListedRow): boolean {
	if (mark.detail !== null || !row.pending) return false;
	return row.record !== null && mark.row === listContent(row.record);
}

/** What is known of a row that looks as it is remembered; null where it looks otherwise. */
export function markIfSame(before: SeenMark, row: ListedRow): SeenMark | null {
	const fresh = unreadMark(row);
	if (isMarkOfListAlone(before, row)) return fresh;
	return before.row === fresh.row ? before : null;
}

/** The same of a record that was read whole. */
export function detailFingerprint(record: GpRecord): string {
	return short(record.hash);
}

/** `{row}`, `{row}.{flags}` or `{row}.{detail}.{first}.{checked}.{flags}`, numbers to the base 36. */
export function encodeMark(mark: SeenMark): string {
	const { row, detail, first, checked, open, kept, alone, unstamped } = mark;
	const flags = `${open ? 'o' : ''}${kept ? 'k' : ''}${alone ? '' : 'l'}${unstamped ? 'n' : ''}`;
	if (detail === null) return flags === '' ? row : `${row}.${flags}`;
	return [row, detail, first.toString(36), checked.toString(36), flags].join('.');
}

/** Whatever it is not, a row is read again for. */
function decodeMark(text: unknown): SeenMark | null {
	const parts = typeof text === 'string' ? text.split('.') : [];
	const [row, detail, first, checked] = parts;
	if (!row || ![1, 2, 5].includes(parts.length)) return null;
	const flags = parts.length === 1 ? '' : parts.at(-1)!;
	const whole = parts.length < 5;
	return {
		row,
		detail: whole ? null : detail!,
		first: whole ? 0 : minute(first),
		checked: whole ? 0 : minute(checked),
		open: flags.includes('o'),
		kept: flags.includes('k'),
		alone: !flags.includes('l'),
		...(flags.includes('n') ? { unstamped: true } : {}),
	};
}

function minute(text: string | undefined): number {
	const value = Number.parseInt(text ?? '', 36);
	return Number.isSafeInteger(value) ? value : 0;
}

function listContent(record: GpRecord): string {
	return record.hash.slice(0, 12);
}

/** 48 bits of a hexadecimal hash in eight letters. */
function short(hash: string): string {
	return Buffer.from(hash.slice(0, 12), 'hex').toString('base64url');
}

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
	/** One that is still to come was noted by a clock that was ahead: it says nothing. */
	const lastLook = ({ checked }: SeenMark) => (checked > nowMinutes ? 0 : checked);
	const due = (rows: KnownRow[], most: number) =>
		rows
			.filter(({ mark }) => nowMinutes - lastLook(mark) >= budget.afterMinutes)
			.sort((left, right) => lastLook(left.mark) - lastLook(right.mark) || byKey(left, right))
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

function byKey(left: KnownRow, right: KnownRow): number {
	return left.key < right.key ? -1 : 1;
}

function runs(count: number, perRun: number): number {
	return perRun === 0 ? 0 : Math.ceil(count / perRun);
}

/** Entry of `Watermark.seen` that is no key: when the whole list was last read, in minutes to the base 36. */
export const WHOLE_LIST = '';

/** Of watermarks in use: what one remembers of 20,000 rows is looked at several times in a run. */
const marks = new WeakMap<Watermark['seen'], ReadonlyArray<readonly [string, SeenMark]>>();

/** The rows a watermark remembers, by their keys. Nobody changes what it was read from. */
export function marksOf(seen: Watermark['seen']): ReadonlyArray<readonly [string, SeenMark]> {
	const known = marks.get(seen);
	if (known) return known;
	const read = Object.entries(seen).flatMap(([key, text]) => {
		const mark = key === WHOLE_LIST ? null : decodeMark(text);
		return mark ? [[key, mark] as const] : [];
	});
	marks.set(seen, read);
	return read;
}

/** When the whole list was last read, in minutes; null where nobody noted it. */
export function wholeListAt({ seen }: Watermark): number | null {
	const at = Number.parseInt(seen[WHOLE_LIST] ?? '', 36);
	return Number.isSafeInteger(at) ? at : null;
}

/**
 * The same, with whether a remembered document can only be read with its list row, and whether some of the
 * list have no stamp by which it could be filtered.
 */
export function wholeListOf(watermark: Watermark): {
	at: number | null;
	needed: boolean;
	unstamped: boolean;
} {
	const remembered = marksOf(watermark.seen);
	const needed = remembered.some(([, { kept, alone }]) => kept && !alone);
	const unstamped = remembered.some(([, mark]) => mark.unstamped);
	return { at: wholeListAt(watermark), needed, unstamped };
}
