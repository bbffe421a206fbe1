import { GpRecordMalformed } from '../../../lib/gp/errors/gp-error';
import type { ListedRow } from '../../../lib/gp/reading/pages';
import { contentHash } from '../../../lib/model/json-text';
import type { GpPayable, GpRecord } from '../../../lib/model/gp-records';

/** A payables document as far as reading looks into it. */
export function document(
	key: string,
	modified: string | null,
	more: Partial<GpPayable> = {},
): GpPayable {
	const record = { kind: 'payable', key, state: 'open', voided: false, ...more };
	return { ...record, modified, hash: contentHash(record) } as GpPayable;
}

/** A vendor, which is never looked at again for being open. */
export function firm(key: string, modified: string | null, name = 'ACME'): GpRecord {
	const record = { kind: 'vendor', key, name, vendorId: key };
	return { ...record, modified, hash: contentHash(record) } as unknown as GpRecord;
}

/** A list row that says everything. */
export function whole(record: GpRecord): ListedRow {
	return { key: record.key, record, fault: null, pending: null };
}

/** A list row behind which a detail stands. */
export function summary(record: GpRecord): ListedRow {
	return { ...whole(record), pending: { raw: { of: record.key }, source: 0 } };
}

/** A list row that cannot be understood. */
export function malformed(key: string): ListedRow {
	const fault = new GpRecordMalformed({ entity: 'payable', key }, 'its amount', 'is none');
	return { key, record: null, fault, pending: null };
}

export const byKey = (rows: readonly ListedRow[]): Map<string, ListedRow> =>
	new Map(rows.map((row) => [row.key, row]));
