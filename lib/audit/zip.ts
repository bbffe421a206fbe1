import { ConnectorError, type ErrorScope } from '../model/connector-error';

/** The rows are more than one file can hold. */
export class ExportTooLargeError extends ConnectorError {
	readonly code = 'EXPORT_TOO_LARGE';
	readonly scope: ErrorScope = 'configuration';

	constructor() {
		super('The export is too large for one file', { remedy: 'Choose a shorter time.' });
	}
}

/** A file of an archive. */
export interface ZipEntry {
	/** Path within, ASCII. */
	name: string;
	bytes: Uint8Array;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** 1980-01-01, the first day the format knows: the same content gives the same file. */
const FIRST_DAY = 0x21;
/** Bytes summed up between two places where others may have their turn. */
const PIECE = 1024 * 1024;

/**
 * Files as one ZIP archive (APPNOTE.TXT 6.3), stored and not compressed: so it takes no library, and a
 * spreadsheet program reads it as any other.
 *
 * @throws ExportTooLargeError beyond 4 GB or 65,535 files, which the plain format does not hold
 */
export function* zip(entries: readonly ZipEntry[]): Generator<void, Uint8Array, void> {
	const parts: Uint8Array[] = [];
	const directory: Uint8Array[] = [];
	let offset = 0;
	for (const { name, bytes } of entries) {
		const path = new TextEncoder().encode(name);
		const sum = yield* crc32(bytes);
		const about = [0, 0, 0, FIRST_DAY, sum, bytes.length, bytes.length, path.length, 0];
		const header = record('42222244422', [LOCAL, 20, ...about]);
		directory.push(
			record('42222224442222244', [CENTRAL, 20, 20, ...about, 0, 0, 0, 0, offset]),
			path,
		);
		parts.push(header, path, bytes);
		offset += header.length + path.length + bytes.length;
	}
	const size = directory.reduce((sum, part) => sum + part.length, 0);
	if (offset + size > 0xffffffff || entries.length > 0xffff) {
		throw new ExportTooLargeError();
	}
	const count = entries.length;
	return joined([
		...parts,
		...directory,
		record('42222442', [END, 0, 0, count, count, size, offset, 0]),
	]);
}

/** Little-endian numbers of the widths given, in bytes. */
function record(widths: string, values: readonly number[]): Uint8Array {
	const bytes = new DataView(
		new ArrayBuffer([...widths].reduce((sum, one) => sum + Number(one), 0)),
	);
	let at = 0;
	[...widths].forEach((width, index) => {
		if (width === '2') bytes.setUint16(at, values[index]!, true);
		else bytes.setUint32(at, values[index]! >>> 0, true);
		at += Number(width);
	});
	return new Uint8Array(bytes.buffer);
}

/** All parts as one. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
	const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, value) => {
	let crc = value;
	for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
	return crc >>> 0;
});

/** The check sum every ZIP carries (polynomial 0xEDB88320). */
export function* crc32(bytes: Uint8Array): Generator<void, number, void> {
	let crc = 0xffffffff;
	for (let at = 0; at < bytes.length; at += 1) {
		crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[at]!) & 0xff]!;
		if (at % PIECE === PIECE - 1) yield;
	}
	return (crc ^ 0xffffffff) >>> 0;
}
