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
	markOf,
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

function faultOf({ entity }: BatchParts, key: string, error: GpError): ChangeFault {
	return { key, label: describeRecord(entity, key), error };
}

/** What of a row is packed; what is wrong with one stands beside it. */
type Content = Pick<ListedRow, 'record' | 'pending' | 'noted'>;
/** Of one row, or of several that have their turn together. */
type Packer = JsonPacker<Content[]>;

/** The text opened last: a row is looked at several times in a row, and then the one beside it. */
let opened: { packed: string; packer: Packer; contents: Content[] } | null = null;

function open(packed: string, packer: Packer): Content[] {
	if (opened?.packed !== packed || opened.packer !== packer)
		opened = { packed, packer, contents: packer.open(packed) };
	return opened.contents;
}

abstract class Unpacking implements ListedRow {
	constructor(
		readonly key: string,
		protected readonly packer: Packer,
	) {}

	protected abstract readonly unpacked: Content;

	get fault(): null {
		return null;
	}

	get noted(): ListedRow['noted'] {
		return this.unpacked.noted;
	}

	get record(): ListedRow['record'] {
		return this.unpacked.record;
	}

	get pending(): ListedRow['pending'] {
		return this.unpacked.pending;
	}
}

/** Until the listing is sifted, which goes by what is noted: unpacking all rows for that would take seconds, and much memory. */
class PackedRow extends Unpacking {
	private readonly stamp: Stamp | null;
	private readonly mark: Pick<SeenMark, 'row' | 'detail' | 'open'>;
	private readonly content: Content | string;

	constructor(row: ListedRow, packer: Packer) {
		const { key, record, pending } = row;
		super(key, packer);
		this.stamp = stampOf(row);
		const { row: fingerprint, detail, open: isOpen } = unreadMark(row);
		this.mark = { row: fingerprint, detail, open: isOpen };
		this.content = packer.pack([{ record, pending }]) ?? { record, pending };
	}

	override get noted(): NonNullable<ListedRow['noted']> {
		return { stamp: this.stamp, mark: { ...UNREAD, ...this.mark } };
	}

	protected get unpacked(): Content {
		const { content } = this;
		return typeof content === 'string' ? open(content, this.packer)[0]! : content;
	}
}

/** From then until its turn. */
class RowBesideOthers extends Unpacking {
	constructor(
		key: string,
		packer: Packer,
		private readonly packed: string,
		private readonly place: number,
	) {
		super(key, packer);
	}

	protected get unpacked(): Content {
		return open(this.packed, this.packer)[this.place]!;
	}
}

/** So many rows take two thirds to three quarters of the room as one text; a batch has ten times more. */
const TOGETHER = 50;

/**
 * Keeps rows of a long listing small until their batch comes: a hundred thousand documents would else
 * fill a quarter of a gigabyte for as long as the run lasts. Each is what it was whenever it is looked at,
 * in whatever order.
 */
export class RowPacker {
	private readonly alone: Packer = new JsonPacker();
	private readonly beside: Packer = new JsonPacker(15);

	/** The row, which is packed once some came before it. */
	add(row: ListedRow): ListedRow {
		return row.fault ? row : new PackedRow(row, this.alone);
	}

	/**
	 * Packs rows, in the order of their turn, with those beside them, and makes them anew in that order: what
	 * lies together in memory is let go of together. Others have their turn meanwhile.
	 */
	async together(changed: ChangedRow[]): Promise<void> {
		const pause = breather();
		for (let at = 0; at + TOGETHER <= changed.length; at += TOGETHER) {
			this.besideEachOther(changed.slice(at, at + TOGETHER)).forEach((one, place) => {
				changed[at + place] = one;
			});
			await pause();
		}
	}

	private besideEachOther(changed: ChangedRow[]): ChangedRow[] {
		if (changed.some(({ row }) => !(row instanceof PackedRow))) return changed;
		const contents = changed.map(({ row }): Content => {
			const { record, pending, noted } = row;
			return { record, pending, noted };
		});
		const packed = this.beside.pack(contents);
		if (packed === null) return changed;
		return changed.map((one, place) => {
			const { record } = contents[place]!;
			// The same texts, as they came out just now.
			const key = record?.key === one.key ? record.key : one.key;
			const stamp = record?.modified === one.stamp ? record.modified : one.stamp;
			const row = new RowBesideOthers(key, this.beside, packed, place);
			return { ...one, key, stamp, row };
		});
	}
}
