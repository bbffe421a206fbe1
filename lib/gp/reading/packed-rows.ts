import { isDeepStrictEqual } from 'node:util';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { ListedRow } from './pages';

/** What of a row is packed; what is wrong with one stands beside it. */
type Content = Pick<ListedRow, 'record' | 'pending'>;

/** More pack better, fewer are opened faster where rows are wanted in another order than they came in. */
const TOGETHER = 25;

/** The one opened last: rows are mostly looked at as they lie together. */
let opened: { packed: Buffer; contents: Content[] } | null = null;

function open(packed: Buffer): Content[] {
	if (opened?.packed !== packed)
		opened = { packed, contents: JSON.parse(inflateRawSync(packed).toString()) as Content[] };
	return opened.contents;
}

/** Null where JSON does not keep a value as it is, such as a moment of a database: such rows stay as they came. */
function packedAs(contents: Content[]): Buffer | null {
	try {
		// A copy of its own: zlib's result holds on to all the room it was given.
		const packed = Buffer.from(deflateRawSync(JSON.stringify(contents), { level: 1 }));
		return isDeepStrictEqual(open(packed), contents) ? packed : null;
	} catch {
		return null;
	}
}

class PackedRow implements ListedRow {
	readonly fault = null;
	private content: Content | { packed: Buffer; index: number };

	constructor(
		readonly key: string,
		{ record, pending }: ListedRow,
	) {
		this.content = { record, pending };
	}

	get record(): ListedRow['record'] {
		return this.unpacked.record;
	}

	get pending(): ListedRow['pending'] {
		return this.unpacked.pending;
	}

	pack(packed: Buffer, index: number): void {
		this.content = { packed, index };
	}

	get unpacked(): Content {
		const { content } = this;
		return 'packed' in content ? open(content.packed)[content.index]! : content;
	}
}

/**
 * Keeps rows of a long listing small until their batch comes: a hundred thousand documents would else
 * fill a quarter of a gigabyte for as long as the run lasts. Each is what it was whenever it is looked at.
 */
export class RowPacker {
	private waiting: PackedRow[] = [];

	/** The row, which is packed with those that follow it. */
	add(row: ListedRow): ListedRow {
		if (row.fault) return row;
		const packable = new PackedRow(row.key, row);
		this.waiting.push(packable);
		if (this.waiting.length === TOGETHER) this.pack();
		return packable;
	}

	private pack(): void {
		const rows = this.waiting;
		this.waiting = [];
		const contents = rows.map(({ unpacked }) => unpacked);
		const packed = packedAs(contents);
		if (packed === null) return;
		rows.forEach((row, index) => row.pack(packed, index));
	}
}
