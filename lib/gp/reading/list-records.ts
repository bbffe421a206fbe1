import { GP_STREAMS } from '../streams';
import type { Completeness } from '../../model/gp-changes';
import { GpError } from '../errors/gp-error';
import type { SiteProfile } from '../profiles/site-profile';
import type { GpRecord } from '../../model/gp-records';
import type { EntityReader, ListedRow } from './entity-reader';
import { keepNewer, stampOf } from './pending-changes';
import { checkedStamp, isAtOrAfter, isAtOrBefore } from './stamps';

export interface ListOptions {
	/** `YYYY-MM-DD` or a moment in UTC, inclusive. Records of entities without a stamp all count as modified. */
	modifiedSince?: string;
	/** The same, inclusive; a day counts whole. */
	modifiedUntil?: string;
	limit?: number;
	/** Text contained in the key or the name. */
	search?: string;
	/** Called once with whether the list was shown to be read to its end; not where no more was wanted. */
	onCompleteness?(completeness: Completeness): void;
	/** Called for each record that is left out because it cannot be understood. */
	onBadRecord?(fault: GpError): void;
}

/** Rows asked for at once when only a few are wanted: enough to survive a filter the server ignores. */
const SMALL_PAGE = 50;

/** A list for people: the server's order, no overlap, whole records. */
export async function listRecords(
	reader: EntityReader,
	profile: SiteProfile,
	options: ListOptions,
	{ wanted, onBadRecord }: { wanted(record: GpRecord): boolean; onBadRecord(fault: GpError): void },
): Promise<GpRecord[]> {
	const since = options.modifiedSince
		? checkedStamp(options.modifiedSince, 'modified since')
		: null;
	const until = options.modifiedUntil
		? checkedStamp(options.modifiedUntil, 'modified until')
		: null;
	const limit = options.limit ?? Infinity;
	if (limit <= 0) return [];
	const search = options.search?.trim().toLowerCase();
	const matches = (row: ListedRow): boolean => {
		const stamp = stampOf(row);
		if (stamp !== null && since !== null && !isAtOrAfter(stamp, since)) return false;
		if (stamp !== null && until !== null && !isAtOrBefore(stamp, until)) return false;
		if (!row.record) return !search;
		return wanted(row.record) && (!search || searchText(row.record).includes(search));
	};

	const rows = new Map<string, ListedRow>();
	let good = 0;
	const pageSize = Math.min(profile.query.pageSize, Math.max(limit, SMALL_PAGE));
	const { completeness } = await reader.list(
		{ since, until, ...(search ? { search: options.search!.trim() } : {}) },
		(row) => {
			if (!matches(row)) return;
			if (row.record && !rows.has(row.key)) good += 1;
			keepNewer(rows, row);
		},
		limit === Infinity ? {} : { enough: () => good >= limit, pageSize },
	);

	if (good < limit) options.onCompleteness?.(completeness);
	const chosen: ListedRow[] = [];
	let taken = 0;
	for (const row of rows.values()) {
		if (taken >= limit) break;
		if (row.record) taken += 1;
		chosen.push(row);
	}
	const records: GpRecord[] = [];
	for (const result of await reader.complete(chosen)) {
		if (result instanceof GpError) onBadRecord(result);
		else records.push(result);
	}
	return records;
}

function searchText(record: GpRecord): string {
	return GP_STREAMS[record.kind].searched(record as never).toLowerCase();
}
