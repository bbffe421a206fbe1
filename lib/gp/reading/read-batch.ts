import { isDeepStrictEqual } from 'node:util';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Entity } from '../../model/desired';
import type { ChangeFault } from '../../model/gp-changes';
import type { GpRecord, Stamp } from '../../model/gp-records';
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

/** Rows that stand for all of their listing: the others say mostly the same words. */
const SAMPLES = 3;
/** For texts of a few thousand letters, so that neither packing nor opening one costs much memory. */
const ZIP = { level: 1, windowBits: 13, memLevel: 5, chunkSize: 4096 };

/** Null where JSON does not keep a value as it is, such as a moment of a database. */
function exactJson(content: Content): string | null {
	try {
		const json = JSON.stringify(content);
		return isDeepStrictEqual(JSON.parse(json), content) ? json : null;
	} catch {
		return null;
	}
}

/** Rows of one listing, each packed by itself with what the first ones say as a dictionary. */
class RowFormat {
	private readonly dictionary: Buffer;

	constructor(samples: readonly Content[]) {
		this.dictionary = Buffer.from(samples.map((content) => exactJson(content) ?? '').join(''));
	}

	/** Null where such a row stays as it came. */
	pack(content: Content): string | null {
		const json = exactJson(content);
		if (json === null) return null;
		// As text: a small Buffer holds on to the eight kilobytes it was cut from.
		return deflateRawSync(json, { ...ZIP, dictionary: this.dictionary }).toString('latin1');
	}

	open(packed: string): Content {
		const options = { windowBits: ZIP.windowBits, chunkSize: ZIP.chunkSize };
		const bytes = Buffer.from(packed, 'latin1');
		const json = inflateRawSync(bytes, { ...options, dictionary: this.dictionary });
		return JSON.parse(json.toString()) as Content;
	}
}

/** The one opened last: a row is looked at several times in a row. */
let opened: { row: PackedRow; content: Content } | null = null;

class PackedRow implements ListedRow {
	readonly key: string;
	readonly fault = null;
	private readonly stamp: Stamp | null;
	private readonly fingerprint: string;
	private readonly open: boolean;
	private readonly detail: string | null;
	private content: Content | string;
	private format: RowFormat | null = null;

	constructor(row: ListedRow) {
		const { key, record, pending } = row;
		this.key = key;
		this.stamp = stampOf(row);
		({ row: this.fingerprint, detail: this.detail, open: this.open } = unreadMark(row));
		this.content = { record, pending };
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

	pack(format: RowFormat): void {
		const packed = format.pack(this.unpacked);
		if (packed === null) return;
		this.content = packed;
		this.format = format;
	}

	get unpacked(): Content {
		const { content } = this;
		if (typeof content !== 'string') return content;
		if (opened?.row !== this) opened = { row: this, content: this.format!.open(content) };
		return opened.content;
	}
}

/**
 * Keeps rows of a long listing small until their batch comes: a hundred thousand documents would else
 * fill a quarter of a gigabyte for as long as the run lasts. Each is what it was whenever it is looked at,
 * in whatever order.
 */
export class RowPacker {
	private readonly first: PackedRow[] = [];
	private format: RowFormat | null = null;

	/** The row, which is packed once some came before it. */
	add(row: ListedRow): ListedRow {
		if (row.fault) return row;
		const packable = new PackedRow(row);
		if (this.format) packable.pack(this.format);
		else if (this.first.push(packable) === SAMPLES) this.packFirst();
		return packable;
	}

	private packFirst(): void {
		const format = new RowFormat(this.first.map(({ unpacked }) => unpacked));
		this.format = format;
		for (const row of this.first.splice(0)) row.pack(format);
	}
}
