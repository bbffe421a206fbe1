import { contentHash } from '../../model/content-hash';
import type { GpRecord } from '../../model/gp-records';
import type { ListedRow } from './entity-reader';

/**
 * Instead of the fingerprint of a detail: it was never read, or never and what it says is no news, or
 * the last reading failed.
 */
export const NEVER_READ = '';
export const TAKEN_AS_FOUND = '?';
export const UNREADABLE = '!';

/** What is remembered of one row that was processed. */
export interface SeenMark {
	/** Fingerprint of the list row; where a detail belongs to it, with its stamp. */
	row: string;
	/** Fingerprint of the detail, or one of the three above; null where the list row says everything. */
	detail: string | null;
	/** Minutes since 1970 by our clock: first detail read under this list row, and the last one. */
	first: number;
	checked: number;
	/** A document GP may still change: unposted, or posted and not paid. */
	open: boolean;
	/** Older than the overlap and remembered all the same. */
	kept: boolean;
	/** The detail alone says what detail and list row say together, so it can be read by its key. */
	alone: boolean;
}

/** Of a list row whose detail has not been read. */
export function unreadMark(row: ListedRow): SeenMark {
	return {
		row: rowFingerprint(row),
		detail: row.pending ? NEVER_READ : null,
		first: 0,
		checked: 0,
		open: row.record !== null && isOpenDocument(row.record),
		kept: false,
		alone: true,
	};
}

export function isOpenDocument(record: GpRecord): boolean {
	return record.kind === 'payable' && record.state !== 'history' && !record.voided;
}

export function rowFingerprint({ record, pending, fault }: ListedRow): string {
	if (!record) return contentHash(['malformed', fault?.message]).slice(0, 12);
	if (!pending) return listContent(record);
	return short(contentHash([record.hash, record.modified]));
}

/** Whether a detail stands behind this mark that later ones can be compared with. */
export function knowsDetail({ detail }: SeenMark): boolean {
	return detail !== NEVER_READ && detail !== TAKEN_AS_FOUND && detail !== UNREADABLE;
}

/** How 0.2.0 noted every row: the content of the list row, whatever it was missing. */
export function isMarkOfListAlone(mark: SeenMark, { record, pending }: ListedRow): boolean {
	return Boolean(record && pending) && mark.detail === null && mark.row === listContent(record!);
}

export function detailFingerprint(record: GpRecord): string {
	return short(record.hash);
}

/** `{row}`, `{row}.{flags}` or `{row}.{detail}.{first}.{checked}.{flags}`, numbers to the base 36. */
export function encodeMark({ row, detail, first, checked, open, kept, alone }: SeenMark): string {
	const flags = `${open ? 'o' : ''}${kept ? 'k' : ''}${alone ? '' : 'l'}`;
	if (detail === null) return flags === '' ? row : `${row}.${flags}`;
	return [row, detail, first.toString(36), checked.toString(36), flags].join('.');
}

/** Whatever it is not, a row is read again for. */
export function decodeMark(text: unknown): SeenMark | null {
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
