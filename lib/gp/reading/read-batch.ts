import type { Entity } from '../../model/desired';
import type { ChangeFault } from '../../model/gp-changes';
import type { GpRecord, Stamp } from '../../model/gp-records';
import { JsonPacker } from '../../model/json-text';
import { breather } from '../../http/read-body';
import { describeRecord, type GpError } from '../errors/gp-error';
import { GpRecordNotFound } from '../errors/refusals';
import type { EntityReader } from './entity-reader';
import type { ListedRow, SeenMark } from './pages';
import { type ChangedRow, isKeyless, type RecheckedRow, stampOf } from './pending-changes';
import {
	detailFingerprint,
	isOpenDocument,
	lookedAt,
	NEVER_READ,
	TAKEN_AS_FOUND,
	UNREAD,
	UNREADABLE,
	unreadMark,
} from './recheck';

export interface BatchParts {
	entity: Entity;
	reader: EntityReader;
	/** Keys of all records GP lists. */
	listKeys(): Promise<string[]>;
	wanted(record: GpRecord): boolean;
	/** What was never read in detail is taken as it is found, rather than handed out. */
	baseline: boolean;
	/** By our clock, taken before anything of the batch is read. */
	nowMs: number;
}

export interface BatchRead {
	records: GpRecord[];
	faults: ChangeFault[];
	/** Owed records that GP has no more, neither by their key nor in its list. */
	gone: string[];
	/** Read, and found to be as they were. */
	unchanged: number;
}

/**
 * Reads what the rows of a batch lack and notes in each row (`after`) what is known of it then. What
 * turns out to be as it was is not handed out.
 */
export async function readBatch(
	parts: BatchParts,
	changed: readonly ChangedRow[],
	again: readonly RecheckedRow[],
): Promise<BatchRead> {
	const { reader } = parts;
	const batch: BatchRead = { records: [], faults: [], gone: [], unchanged: 0 };
	const listed = again.filter((one) => one.row !== null && one.owed === null);
	const results = await reader.complete([...changed, ...listed].map(({ row }) => row!));
	changed.forEach((one, index) => takeChanged(parts, batch, one, results[index]!));
	const recheck = new Map<RecheckedRow, GpRecord | GpError>(
		listed.map((one, index) => [one, results[changed.length + index]!]),
	);

	// A few records that cannot be read for weeks must not look like a service that is broken.
	const owed = again.filter((one) => one.row !== null && one.owed !== null);
	const completed = await reader.complete(
		owed.map(({ row }) => row!),
		{ someMayFail: true },
	);
	owed.forEach((one, index) => recheck.set(one, completed[index]!));

	const byKey = again.filter(({ row }) => row === null);
	const found = await reader.getMany(byKey.map(({ key }) => key));
	byKey.forEach((one, index) => recheck.set(one, found[index]!));

	const missing: RecheckedRow[] = [];
	for (const one of again) {
		const result = recheck.get(one)!;
		if (result instanceof GpRecordNotFound && (one.owed === null || one.owed.verify))
			missing.push(one);
		else takeRechecked(parts, batch, one, result);
	}
	if (missing.length > 0) {
		const present = new Set(await parts.listKeys());
		for (const one of missing) {
			// Not found, and no list shows whether it is gone: it stays in mind until one does.
			if (present.size === 0 && !one.owed) {
				one.after = one.before && { ...one.before, ...lookedAt(parts.nowMs, one.before) };
				continue;
			}
			const isGone = present.size > 0 && !present.has(one.key);
			if (!isGone) takeRechecked(parts, batch, one, recheck.get(one)!);
			else {
				one.after = null;
				if (one.owed) batch.gone.push(one.key);
			}
		}
	}
	return batch;
}

function takeChanged(
	parts: BatchParts,
	batch: BatchRead,
	one: ChangedRow,
	result: GpRecord | GpError,
): void {
	const { row, before, must } = one;
	const needsDetail = row.pending !== null;
	if (result instanceof Error) {
		batch.faults.push(faultOf(parts, one.key, result));
		one.after = { ...unreadMark(row), ...lookedAt(parts.nowMs, null), detail: UNREADABLE };
		return;
	}
	const detail = detailFingerprint(result);
	one.after = {
		...unreadMark(row),
		...(needsDetail ? { ...lookedAt(parts.nowMs, null), detail } : {}),
		open: isOpenDocument(result),
		alone: parts.reader.standsAlone(result),
	};
	if (needsDetail && !must && before?.detail === detail) batch.unchanged += 1;
	else batch.records.push(result);
}

function takeRechecked(
	parts: BatchParts,
	batch: BatchRead,
	one: RecheckedRow,
	result: GpRecord | GpError,
): void {
	const { before, owed } = one;
	if (result instanceof Error) {
		if (owed || before?.detail !== UNREADABLE) batch.faults.push(faultOf(parts, one.key, result));
		one.after = isKeyless(one.key)
			? before
			: { ...markOf(one), ...lookedAt(parts.nowMs, before), detail: UNREADABLE };
		return;
	}
	if (!parts.wanted(result)) {
		one.after = null;
		return;
	}
	const detail = detailFingerprint(result);
	const open = isOpenDocument(result);
	const mark = markOf(one);
	one.after =
		one.row === null && before === null && !open
			? null
			: mark.detail === null
				? { ...mark, open }
				: {
						...mark,
						...lookedAt(parts.nowMs, before),
						detail,
						open,
						alone: mark.alone && parts.reader.standsAlone(result),
					};
	if (owed) batch.records.push(result);
	else if (before?.detail === detail) batch.unchanged += 1;
	else if (before?.detail === TAKEN_AS_FOUND || (before?.detail === NEVER_READ && parts.baseline))
		batch.unchanged += 1;
	else batch.records.push(result);
}

/** What is remembered of a row so far; of one that is only known by its key, no list row at all. */
function markOf({ row, before }: RecheckedRow): SeenMark {
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

function faultOf({ entity }: BatchParts, key: string, error: GpError): ChangeFault {
	return { key, label: describeRecord(entity, key), error };
}

/** What of a row is packed; what is wrong with one stands beside it. */
type Content = Pick<ListedRow, 'record' | 'pending'>;
/** Of one row, or of several that have their turn together. */
type Packer = JsonPacker<Content[]>;

/** The text opened last: a row is looked at several times in a row, and then the one beside it. */
let opened: { packed: string; packer: Packer; contents: Content[] } | null = null;

class PackedRow implements ListedRow {
	readonly key: string;
	private readonly stamp: Stamp | null;
	private readonly fingerprint: string;
	private readonly open: boolean;
	private readonly detail: string | null;
	private content: Content | string;
	/** Which of those packed together. */
	private place = 0;

	constructor(
		row: ListedRow,
		private readonly packer: Packer,
	) {
		const { key, record, pending } = row;
		this.key = key;
		this.stamp = stampOf(row);
		({ row: this.fingerprint, detail: this.detail, open: this.open } = unreadMark(row));
		this.content = packer.pack([{ record, pending }]) ?? { record, pending };
	}

	get fault(): null {
		return null;
	}

	/** A listing is sifted by it: unpacking all its rows for that would take seconds, and much memory. */
	get noted(): NonNullable<ListedRow['noted']> {
		const { fingerprint, detail, open } = this;
		return { stamp: this.stamp, mark: { ...UNREAD, row: fingerprint, detail, open } };
	}

	get record(): ListedRow['record'] {
		return this.unpacked.record;
	}

	get pending(): ListedRow['pending'] {
		return this.unpacked.pending;
	}

	get unpacked(): Content {
		const { content: packed, packer } = this;
		if (typeof packed !== 'string') return packed;
		if (opened?.packed !== packed || opened.packer !== packer)
			opened = { packed, packer, contents: packer.open(packed) };
		return opened.contents[this.place]!;
	}

	packWith(packed: string, place: number): void {
		this.content = packed;
		this.place = place;
	}
}

/** So many rows take less than half the room as one text; a batch has many times more. */
const TOGETHER = 25;

/**
 * Keeps rows of a long listing small until their batch comes: a hundred thousand documents would else
 * fill a quarter of a gigabyte for as long as the run lasts. Each is what it was whenever it is looked at,
 * in whatever order.
 */
export class RowPacker {
	private readonly packer: Packer = new JsonPacker();

	/** The row, which is packed once some came before it. */
	add(row: ListedRow): ListedRow {
		return row.fault ? row : new PackedRow(row, this.packer);
	}

	/** Rows in the order of their turn, packed with those beside them; others have their turn meanwhile. */
	async together(rows: readonly ListedRow[]): Promise<void> {
		const pause = breather();
		for (let at = 0; at + TOGETHER <= rows.length; at += TOGETHER) {
			const beside = rows.slice(at, at + TOGETHER).filter((row) => row instanceof PackedRow);
			const packed = this.packer.pack(beside.map(({ unpacked }) => unpacked));
			if (packed !== null) beside.forEach((row, place) => row.packWith(packed, place));
			await pause();
		}
	}
}
