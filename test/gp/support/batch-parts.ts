import { GpRecordMalformed } from '../../../lib/gp/errors/gp-error';
import { GpRecordNotFound } from '../../../lib/gp/errors/refusals';
import type { ListedRow, SeenMark } from '../../../lib/gp/reading/pages';
import type { ChangedRow, RecheckedRow } from '../../../lib/gp/reading/pending-changes';
import type { BatchParts } from '../../../lib/gp/reading/read-batch';
import { detailFingerprint, unreadMark } from '../../../lib/gp/reading/recheck';
import type { GpRecord } from '../../../lib/model/gp-records';
import { FakeReader } from './fake-reader';
import { document } from './listed-rows';

/* Rows of a batch, half a minute past the 1,000th minute. */

export const STAMP = '2026-06-01T09:00:00.000Z';
/** Half a minute past the 1,000th minute. */
const NOW = 1_000 * 60_000 + 30_000;
const context = { entity: 'payable' } as never;
const notFound = (key: string) => new GpRecordNotFound({ ...(context as object), key } as never);
export const broken = new GpRecordMalformed(context, 'its amount', 'is none');

export function parts(reader: FakeReader, more: Partial<BatchParts> = {}): BatchParts {
	return {
		...{ entity: 'payable', reader, baseline: false, nowMs: NOW, wanted: () => true },
		listKeys: () => Promise.reject(new Error('nobody asked for the whole list')),
		...more,
	};
}
export const readerOf = () => new FakeReader(notFound);

export const changed = (row: ListedRow, more: Partial<ChangedRow> = {}): ChangedRow => ({
	...{ key: row.key, row, stamp: STAMP, before: null, after: unreadMark(row), must: false },
	...more,
});
export const again = (
	row: ListedRow | null,
	key: string,
	more: Partial<RecheckedRow> = {},
): RecheckedRow => ({
	...{ key, row, stamp: STAMP, below: false, before: null, after: null, owed: null },
	...more,
});
export const mark = (row: ListedRow, more: Partial<SeenMark> = {}): SeenMark => ({
	...unreadMark(row),
	...more,
});
export const open = document('1;1', STAMP);
export const edited = document('1;1', STAMP, { documentNumber: 'INV-2' } as never);
export const paid = document('1;1', STAMP, { state: 'history' });
export const print = (record: GpRecord) => detailFingerprint(record);
