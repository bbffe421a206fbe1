import type { Entity } from '../../model/desired';
import type { ChangeFault } from '../../model/gp-changes';
import type { GpRecord, Stamp } from '../../model/gp-records';
import { type PackedGroup, PackedGroups } from '../../model/json-text';
import { breather } from '../../http/read-body';
import { describeRecord, type GpError } from '../errors/gp-error';
import { GpRecordNotFound } from '../errors/refusals';
import type { EntityReader } from './entity-reader';
import { type ListedRow, NO_ROW } from './pages';
import { type ChangedRow, isKeyless, type RecheckedRow, stampOf } from './pending-changes';
import {
	detailFingerprint,
	isOpenDocument,
	isOpenRow,
	lookedAt,
	markOf,
	NEVER_READ,
	TAKEN_AS_FOUND,
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
	const byKey = again.filter(({ row }) => row === null);
	const keys = byKey.map(({ key }) => key);
	const located = (await reader.findRows?.(keys)) ?? null;
	const results = await reader.complete([
		...[...changed, ...listed].map(({ row }) => row!),
		...(located ?? []).filter((one): one is ListedRow => !(one instanceof Error)),
	]);
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

	const wholes = results.slice(changed.length + listed.length);
	const found = located
		? located.map((one) => (one instanceof Error ? one : wholes.shift()!))
		: await reader.getMany(keys);
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
	// A list row may tell no state: the record does.
	else if (parts.wanted(result)) batch.records.push(result);
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
type Content = Pick<ListedRow, 'record' | 'pending'>;
/** So many rows take two thirds of the room as one text that each takes by itself. */
const TOGETHER = 50;
/** With the turn of the row. */
type Turn = readonly [turn: number, content: Content];

class PackedRow implements ListedRow {
	constructor(
		readonly key: string,
		protected readonly group: PackedGroup<Content>,
		protected readonly place: number,
	) {}

	get content(): Content {
		return this.group.values[this.place]!;
	}

	get fault(): null {
		return null;
	}

	get record(): ListedRow['record'] {
		return this.content.record;
	}

	get pending(): ListedRow['pending'] {
		return this.content.pending;
	}
}

/** Until the listing is sifted, which goes by what is noted: unpacking all rows for that would take seconds, and much memory. */
class SiftedRow extends PackedRow {
	private readonly stamp: Stamp | null;
	private readonly isOpen: boolean;

	/** `serial`: its number in the listing. */
	constructor(
		row: ListedRow,
		groups: PackedGroups<Content>,
		readonly serial: number,
	) {
		const { group, place } = groups.add({ record: row.record, pending: row.pending });
		super(row.key, group, place);
		this.stamp = stampOf(row);
		this.isOpen = isOpenRow(row);
	}

	get noted(): NonNullable<ListedRow['noted']> {
		return { stamp: this.stamp, open: this.isOpen };
	}
}

/** On their way from the order of the listing to that of their turn so many rows are put in order at once. */
const BUCKET = 2_500;

/**
 * Keeps rows of a long listing small until their batch comes: a hundred thousand documents would else
 * fill a quarter of a gigabyte for as long as the run lasts. Each is what it was whenever it is looked at,
 * in whatever order; beside the one before it fastest.
 */
export class RowPacker {
	private listed = new PackedGroups<Content>(TOGETHER);
	private count = 0;

	add(row: ListedRow): ListedRow {
		return row.fault ? row : new SiftedRow(row, this.listed, this.count++);
	}

	/**
	 * Packs the rows anew in the order of their turn: what is opened together is read together, and what lies
	 * together in memory is let go of together. What is behind is let go of on the way, so that nothing is there
	 * twice. Others have their turn meanwhile.
	 */
	async together(changed: ChangedRow[]): Promise<void> {
		const pause = breather();
		this.listed = new PackedGroups(TOGETHER);
		if (liesInTurn(changed)) return;
		const buckets = Array.from(
			{ length: Math.ceil(changed.length / BUCKET) },
			() => new PackedGroups<Turn>(TOGETHER),
		);
		for (const turn of this.turnsAsListed(changed)) {
			const one = changed[turn]!;
			const { record, pending } = one.row;
			buckets[Math.floor(turn / BUCKET)]!.add([turn, { record, pending }]);
			one.row = NO_ROW;
			await pause();
		}
		const groups = new PackedGroups<Content>(TOGETHER);
		while (buckets.length > 0) {
			const turns = [...buckets.shift()!.values()].sort(([left], [right]) => left - right);
			for (const [turn, content] of turns) {
				changed[turn] = anew(changed[turn]!, content, groups);
				await pause();
			}
		}
	}

	private turnsAsListed(changed: readonly ChangedRow[]): Int32Array {
		const turns = new Int32Array(this.count).fill(-1);
		for (const [turn, { row }] of changed.entries())
			if (row instanceof SiftedRow) turns[row.serial] = turn;
		return turns.filter((turn) => turn >= 0);
	}
}

/** Nearly: each text is opened twice at most. To pack 100,000 rows anew takes 60 MB for a second. */
function liesInTurn(changed: readonly ChangedRow[]): boolean {
	const textOf = ({ row }: ChangedRow) =>
		row instanceof SiftedRow ? Math.floor(row.serial / TOGETHER) : -1;
	const texts = changed.map(textOf);
	const opened = texts.filter((text, turn) => text >= 0 && text !== texts[turn - 1]);
	return opened.length <= (2 * changed.length) / TOGETHER;
}

/** With texts that came out just now and lie beside each other. */
function anew(one: ChangedRow, content: Content, groups: PackedGroups<Content>): ChangedRow {
	const { record } = content;
	const key = record?.key === one.key ? record.key : one.key;
	const stamp = record?.modified === one.stamp ? record.modified : one.stamp;
	const { group, place } = groups.add(content);
	return { ...one, key, stamp, row: new PackedRow(key, group, place) };
}
